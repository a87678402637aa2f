-- The awarding body always decides. This rule only says whether there is a
-- case to put to it: what nobody has put on record is no case, since more than
-- 25% is rare and nobody is to collect evidence for it on the off chance.

local jcq = require "jcq"

local is_sensory_or_physical = item "kind" :is_one_of { "sensory", "physical" }

return rule {
  id = "jcq-extra-time-over-25",
  title = "More than 25% extra time",
  source = "AARA 5.3, 5.4",

  applies_when = jcq.entered(),

  met_when = all {
      count("difficulties") :is_known() :because "the difficulties are on record",
      any_item("difficulties", all {
        item "kind" :is_known(),
        is_sensory_or_physical,
        item "specialist_evidence" :is_known(),
        item "specialist_evidence" :is(true),
      }) :because "one of them is sensory or physical, with a specialist's evidence",
    }
    :because "a case for more than 25%, such as a sensory or physical difficulty with a specialist's evidence"
    :source "AARA 5.3, 5.4",
  on_met = refer { to = "the awarding body (through Access Arrangements Online)" },

  -- What is not on record here refers nobody, and holds nobody up.
  refer_when = any {
    any_item("assessments", all {
        item "area" :is_one_of(param "speed_areas") :because "in an area of speed of working",
        item "score" :at_most(param "very_low"),
      })
      :because "a very low score in an area of speed of working"
      :source "AARA 5.3",
    jcq.on_file "form_9"
      :because "Form 9, the profile of need, is on file"
      :source "AARA 5.3, Form 9",
    all "A sensory or physical difficulty, and a specialist's letter" {
      any_item("difficulties", is_sensory_or_physical)
        :because "a sensory or physical difficulty",
      jcq.on_file "specialist_letter"
        :because "a specialist's letter is on file",
    }
      :source "AARA 5.3, 5.4",
  },
  refer_to = "the awarding body (through Access Arrangements Online)",

  actions = {
    refer = {
      action { text = message "picture_of_need", to = "the SENCO", by = jcq.apply_by() },
      action {
        text = message "no_reading_scores",
        to = "the SENCO",
        when = any {
          any_item("difficulties", item "kind" :is "sensory"),
          fact "exams.paper" :is "braille",
        },
      },
      action {
        text = message "not_normal",
        to = "the SENCO",
        when = any_item("arrangements", all {
          item "arrangement" :is "extra_time_over_25", item "normal_way_of_working" :is(false),
        }),
      },
    },
    not_met = {
      action { text = message "look_at_25", to = "the SENCO" },
      action {
        text = message "ask_specialist",
        to = "the SENCO",
        when = any_item("difficulties", all { is_sensory_or_physical, none { item "specialist_evidence" :is_known() } }),
      },
    },
  },
}
