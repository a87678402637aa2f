-- A scribe, speech recognition and a word processor with spelling help on are
-- one arrangement. Scores are needed, on Form 8 and on nothing else.

local jcq = require "jcq"

local function low_score_in(area)
  return any_item("assessments", jcq.assessed(item "area" :is(area), param "below_average"))
end

local no_other_means = fact "writing.other_means" :is(false)
  :because "the pupil cannot produce written work by any other means, such as typing"
  :source "AARA 5.7"

local is_normal_way_of_working = jcq.normal_way_of_working("scribe")
  :because "a scribe or speech recognition is the pupil's normal way of working"
  :source "AARA 5.7"

return rule {
  id = "jcq-scribe",
  title = "Scribe or speech recognition",
  source = "AARA 5.7",

  applies_when = jcq.entered(),

  met_when = all {
    any "Evidence of need on Form 8" {
      all "Spelling" {
        low_score_in "spelling_accuracy"
          :because "a below-average score in spelling"
          :source "AARA 5.7",
        fact "writing.spelling_unrecognisable" :is(true)
          :because "the spellings cannot be recognised"
          :source "AARA 5.7",
      },
      low_score_in "writing_speed"
        :because "a below-average score in writing speed"
        :source "AARA 5.7",
    },
    no_other_means,
    is_normal_way_of_working,
  },

  refer_when = any {
    all "Another impairment (Form 9)" {
      jcq.established(item "kind" :is_not "learning_difficulty")
        :because "an established impairment that is not a learning difficulty",
      jcq.on_file "form_9" :because "Form 9, the profile of need, is on file",
      no_other_means,
      is_normal_way_of_working,
    }
      :source "AARA 5.7, Form 9"
      :unconfirmed "Form 9 can carry the evidence for a scribe, but what it must show was read only in outline.",
    all "A current EHC plan" {
      fact "sen.status" :is "plan_final" :because "a current EHC plan",
      no_other_means,
      is_normal_way_of_working,
    }
      :source "AARA 5.7, plan"
      :unconfirmed "Whether a plan can take the place of the scores for a scribe, and with which form, was not read.",
  },
  refer_to = "the awarding body, through Access Arrangements Online",

  actions = {
    met = {
      jcq.apply_online(),
      action { text = message "form_8", to = "the SENCO" },
      action { text = message "cover_sheet", to = "the examinations officer" },
    },
    not_met = {
      action {
        text = message "word_processor_instead",
        to = "the SENCO",
        when = fact "writing.other_means" :is(true),
      },
    },
    needs_evidence = {
      action { text = message "collect_first", to = "the SENCO" },
    },
    refer = {
      action { text = message "read_then_refer", to = "the SENCO" },
    },
  },
}
