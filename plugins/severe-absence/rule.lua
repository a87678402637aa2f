-- Compared by multiplying out: a share is never rounded before it is compared.

local possible = fact "attendance.possible"
local missed = (fact "attendance.authorised" + fact "attendance.unauthorised")
  :labelled "sessions missed, authorised and unauthorised"

return rule {
  id = "severe-absence",
  title = "Severe absence",
  source = "DfE, pupil absence in schools in England: methodology",

  met_when = all {
    possible :above(0) :because "there were sessions to attend",
    (missed * 100) :at_least(param "threshold_percent" * possible)
      :because "the share of the pupil's own possible sessions that was missed reaches the threshold"
      :source "DfE, guide to absence statistics",
  },

  actions = {
    met = {
      action { text = message "act_together", to = "the attendance lead and the SENCO" },
    },
  },
}
