-- Compared in sessions: numbers are exact, so that a share is never rounded before it is compared.

local possible = fact "attendance.possible"
local missed = (fact "attendance.authorised" + fact "attendance.unauthorised")
  :labelled "sessions missed, authorised and unauthorised"
local enough = (param "threshold_percent" * possible / 100)
  :labelled "the sessions that make the threshold's share of the possible ones"

return rule {
  id = "severe-absence",
  title = "Severe absence",
  source = "DfE, pupil absence in schools in England: methodology",

  met_when = all {
    possible :above(0) :because "there were sessions to attend",
    missed :at_least(enough)
      :because "the share of the pupil's own possible sessions that was missed reaches the threshold"
      :source "DfE, guide to absence statistics",
  },

  actions = {
    met = {
      action { text = message "act_together", to = "the attendance lead and the SENCO" },
    },
  },
}
