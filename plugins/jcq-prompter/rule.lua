-- The need itself, that the pupil loses concentration or the sense of time, is
-- for the SENCO to see. What the record can show is how the pupil works.

local jcq = require "jcq"

return rule {
  id = "jcq-prompter",
  title = "Prompter",
  source = "AARA 5.10",

  applies_when = jcq.entered(),

  met_when = jcq.normal_way_of_working("prompter")
    :because "a prompter is the pupil's normal way of working, because the pupil loses concentration or the sense of time"
    :source "AARA 5.10",

  actions = {
    met = {
      action {
        when = param "decided_by" :is "centre" :because "the centre decides, without an application",
        text = message "centre_decides", to = "the SENCO",
      },
      apply {
        when = param "decided_by" :is "awarding_body" :because "the awarding body decides",
        to = "Access Arrangements Online",
      },
      action { text = message "trained", to = "the examinations officer" },
    },
    needs_evidence = {
      action { text = message "find_out", to = "the SENCO" },
    },
    not_met = {
      action { text = message "try_first", to = "the SENCO" },
    },
  },
}
