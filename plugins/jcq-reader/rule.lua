-- As the computer reader, but a person may not read where reading itself is
-- tested. One paper that does not test it is enough to apply.

local jcq = require "jcq"

local has_paper_that_tests_reading = any_item("exams.subjects", item "tests_reading" :is(true))

return rule {
  id = "jcq-reader",
  title = "Reader",
  source = "AARA 5.5",

  applies_when = jcq.entered(),

  met_when = all {
    jcq.on_file "teacher_feedback"
      :because "the teachers' evidence that the pupil needs help with written text is on file"
      :source "AARA 5.5",
    jcq.normal_way_of_working("reader")
      :because "a reader is the pupil's normal way of working"
      :source "AARA 5.5",
    any_item("exams.subjects", item "tests_reading" :is(false))
      :because "at least one subject does not test reading"
      :source "AARA 5.5; OCR, access arrangements",
  },

  actions = {
    met = {
      jcq.apply_online(),
      action {
        text = message "not_in_reading_papers",
        to = "the examinations officer",
        when = has_paper_that_tests_reading,
      },
    },
    not_met = {
      action {
        text = message "computer_reader_instead",
        to = "the SENCO",
        when = has_paper_that_tests_reading,
      },
    },
    needs_evidence = {
      action { text = message "collect_first", to = "the SENCO" },
    },
  },
}
