-- No scores: the teachers' evidence of need, and the pupil's normal way of
-- working. It may be used where reading is tested, so subjects do not matter.

local jcq = require "jcq"

return rule {
  id = "jcq-computer-reader",
  title = "Computer reader",
  source = "AARA 5.5",

  applies_when = jcq.entered(),

  met_when = all {
    jcq.on_file "teacher_feedback"
      :because "the teachers' evidence that the pupil needs help with written text is on file"
      :source "AARA 5.5",
    jcq.normal_way_of_working("computer_reader")
      :because "a computer reader is the pupil's normal way of working"
      :source "AARA 5.5",
  },

  actions = {
    met = {
      jcq.apply_online(),
      action {
        text = message "in_reading_papers",
        to = "the examinations officer",
        when = any_item("exams.subjects", item "tests_reading" :is(true)),
      },
    },
    needs_evidence = {
      action { text = message "collect_first", to = "the SENCO" },
    },
  },
}
