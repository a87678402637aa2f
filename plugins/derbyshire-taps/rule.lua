-- Temporary money, beside no other: a plan or GRIP shuts it out. What the school
-- itself spends comes first and must be shown.

local additional_cost = require "additional_cost"

local cost = additional_cost.a_year()

-- The panel's days are a fixed number of days apart.
local next_panel = compute("the next panel", function(pupil)
  local today = pupil:as_of()
  local every = pupil:param "panel_every"
  return today + (pupil:param "panel_day" - today) % every
end, "date")

local plan = fact "sen.status" :is "plan_final" :because "the pupil has an EHC plan"
local grip = fact "local.derbyshire.grip_funding" :is(true) :because "the pupil has GRIP funding"
local at_risk = fact "local.derbyshire.at_risk_of_exclusion" :is(true)
  :because "the behaviour puts the pupil at risk of suspension or exclusion"
local part_time = fact "attends" :is "part_time" :because "attends part time"

return rule {
  id = "derbyshire-taps",
  title = "Derbyshire Temporary Additional Pupil Support",
  source = "Derbyshire, Temporary Additional Pupil Support (TAPS)",

  met_when = all {
    none { plan } :because "no EHC plan",
    none { grip } :because "no GRIP funding",
    at_risk,
    cost :at_least(param "spent_first")
      :because "the school has spent what it must spend first",
    any_item("evidence", all { item "type" :is "provision_map", item "costed" :is(true) })
      :because "a costed provision map shows what the school has spent",
    any_item("evidence", item "type" :is "support_plan")
      :because "a plan for the money is on file",
  },

  refer_to = "Derbyshire's TAPS panel",

  amount = not_published { period = "period", because = message "amount" },

  -- No day is shown for a pupil for whom there is nothing to ask.
  due = deadline {
    date = choose { when(all { none { plan, grip }, at_risk }, next_panel) } :labelled "the next panel",
    basis = "local",
  },

  actions = {
    not_met = {
      action { when = any { plan, grip }, text = message "another", to = "the SENCO" },
    },
    needs_evidence = {
      action { text = message "collect", to = "the SENCO" },
    },
    refer = {
      action { text = message "referral", to = "the SENCO", by = next_panel },
      action { text = message "panel", to = "the SENCO" },
      action { when = part_time, text = message "part_time", to = "the SENCO" },
    },
  },
}
