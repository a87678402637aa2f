-- Marks in place of the spelling paper, so that a pupil who cannot hear it still
-- gets an outcome for the test. The record does not say which sense a sensory
-- impairment is of, nor how far it goes: whoever has one is referred, and the
-- finer conditions were read in old editions only.

local sta = require "sta"

local has_need = any_item("difficulties", all {
    item "kind" :is_one_of(param "needs") :because "of a kind that can shut the pupil out of the spelling paper",
    item "established" :is(true) :because "established and known to the school",
  })
  :because "an established sensory impairment, which has to be one of hearing"
  :source "STA, compensatory marks"

local not_late = none { sta.late_without_ground() } :because "no late application that STA rejects"

return rule {
  id = "ks2-compensatory-marks",
  title = "Key stage 2: compensatory marks for spelling",
  source = "STA, compensatory marks",

  applies_when = sta.to_take("key_stage_2", "the key stage 2 tests"),

  met_when = all {
    has_need,
    not_late,
    judgement("shut_out_of_spelling_paper",
        "Does a profound hearing impairment shut the pupil out of the spelling paper, also with lip-reading or signing?")
      :source "STA, compensatory marks",
    param "conditions" :is_one_of { "profound_hearing_impairment", "other" }
      :because "the conditions that the guidance sets"
      :source "STA, compensatory marks",
  },

  refer_when = all "A sensory impairment that may be a ground for compensatory marks" { has_need, not_late },
  refer_to = "the head teacher, who looks up the conditions and the last day in STA's access arrangements guidance",

  actions = {
    met = {
      apply { to = "STA, in the National Curriculum Assessments Portal" },
    },
    refer = {
      action { text = message "check", to = "the SENCO" },
      action {
        when = fact "application.late_reason" :is_known() :because "the application was late",
        text = message "late", to = "the head teacher",
      },
    },
    not_met = {
      action {
        when = sta.late_without_ground(),
        text = message "too_late", to = "the head teacher",
      },
    },
    needs_evidence = {
      action { text = message "find_out", to = "the SENCO" },
    },
  },
}
