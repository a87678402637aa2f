-- The centre decides: a difficulty that it knows, and rest breaks in use. The
-- trial that comes before extra time is for the rule on extra time.

local jcq = require "jcq"

local has_difficulty = jcq.established()
  :because "an established difficulty"
  :source "AARA 5.1"

return rule {
  id = "jcq-rest-breaks",
  title = "Supervised rest breaks",
  source = "AARA 5.1",

  applies_when = jcq.entered(),

  met_when = all {
    has_difficulty,
    jcq.normal_way_of_working("rest_breaks")
      :because "rest breaks are the pupil's normal way of working"
      :source "AARA 5.1",
  },

  actions = {
    met = {
      action { text = message "how", to = "the examinations officer" },
      action {
        text = message "form_9",
        to = "the SENCO",
        when = jcq.established(item "kind" :is_not "learning_difficulty"),
      },
      action {
        text = message "read_5_1",
        to = "the SENCO",
        when = param "section_5_1" :is "amended_unread",
      },
    },
    not_met = {
      action { text = message "try_first", to = "the SENCO", when = has_difficulty },
    },
    needs_evidence = {
      action { text = message "try_first", to = "the SENCO" },
    },
  },
}
