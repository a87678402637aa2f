-- A practical assistant does what the pupil's hands or eyes cannot, and never
-- what is being assessed. The awarding body always decides.

local jcq = require "jcq"

local of_the_needs = all {
  item "kind" :is_one_of(param "needs") :because "of a kind that calls for practical help",
  item "established" :is(true) :because "established and known to the centre",
}

-- What is not on file yet is to be asked for.
local has_specialist_evidence = any_item("difficulties", all {
    of_the_needs,
    item "specialist_evidence" :is_known(),
    item "specialist_evidence" :is(true),
  })
  :because "a specialist's evidence of the difficulty is on file"

local tests_practical = item "tests_practical" :is(true)

return rule {
  id = "jcq-practical-assistant",
  title = "Practical assistant",
  source = "AARA 5.14",

  applies_when = jcq.entered(),

  met_when = all {
    any_item("difficulties", of_the_needs)
      :because "an established physical or sensory difficulty"
      :source "AARA 5.14",
    any_item("exams.subjects", item "tests_practical" :is(false))
      :because "a subject in which practical skill is not what is tested"
      :source "AARA 4.2.2",
    -- The record may leave out how the pupil works: the awarding body asks. What
    -- it says against an assistant counts.
    none { jcq.stated_unusual "practical_assistant" }
      :because "nothing on record against an assistant as the pupil's normal way of working"
      :source "AARA, normal way of working",
  },

  on_met = refer { to = "the awarding body (through Access Arrangements Online)" },
  refer_to = "the awarding body (through Access Arrangements Online)",

  actions = {
    refer = {
      action {
        when = none { has_specialist_evidence },
        text = message "specialist", to = "the SENCO",
      },
      apply { to = "Access Arrangements Online, with the tasks listed", by = jcq.apply_by() },
      action { text = message "tasks", to = "the SENCO" },
      action {
        when = any_item("exams.subjects", tests_practical)
          :because "a subject that tests practical skill is among those entered",
        text = message "leave_out", to = "the SENCO",
      },
      action { text = message "on_the_day", to = "the examinations officer" },
    },
    needs_evidence = {
      action { text = message "collect_first", to = "the SENCO" },
    },
  },
}
