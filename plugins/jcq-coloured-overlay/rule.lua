-- An overlay needs no test and no application, but it must be how the pupil
-- normally works.

local jcq = require "jcq"

return rule {
  id = "jcq-coloured-overlay",
  title = "Coloured overlay",
  source = "AARA 5.16",

  applies_when = jcq.entered(),

  met_when = jcq.normal_way_of_working("coloured_overlay")
    :because "a coloured overlay is the pupil's normal way of working"
    :source "AARA 5.16",

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
      action { text = message "paper", to = "the examinations officer" },
    },
    needs_evidence = {
      action { text = message "find_out", to = "the SENCO" },
    },
    not_met = {
      action { text = message "try_first", to = "the SENCO" },
    },
  },
}
