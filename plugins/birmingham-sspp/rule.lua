-- The way to a top-up for pupils without an EHC plan. With a plan, the plan is
-- the way.

local additional_cost = require "additional_cost"
local place = require "place"

local consent = fact "consent.parent" :is(true)
  :because "the parent permits it"
  :source "BHM-TOPUP-3"
local plan = fact "sen.status" :is "plan_final" :because "the pupil has an EHC plan"

return rule {
  id = "birmingham-sspp",
  title = "Birmingham SEND Support Provision Plan",
  source = "BHM-TOPUP",

  met_when = all {
    consent,
    fact "sen.status" :is_one_of { "support", "in_assessment", "plan_draft" }
      :because "on SEN support, with no final plan"
      :source "BHM-TOPUP-1",
    none { place.is_not_mainstream() }
      :because "the record does not say that the place is other than mainstream"
      :source "BHM-TOPUP-1",
    additional_cost.a_year() :above(param "threshold")
      :because "the provision costs more than the school meets itself"
      :source "BHM-TOPUP-2",
    any_item("evidence", item "type" :is "specialist_report")
      :because "a report of an outside agency that backs the request is on file"
      :source "BHM-TOPUP-3",
  },

  refer_to = "Birmingham City Council's SEN team",

  amount = {
    not_published {
      when = param "amount_rule" :is "crisp",
      period = "year", because = message "crisp",
      working = { line("the annual cost of the additional provision", additional_cost.a_year()) },
    },
    not_published {
      period = "year", because = message "units",
      working = { line("the annual cost of the additional provision", additional_cost.a_year()) },
    },
  },

  actions = {
    met = {
      action { text = message "before", to = "the SENCO" },
      apply { to = "Birmingham City Council's group for the pupil's main area of need" },
      action { text = message "any_time", to = "the SENCO" },
    },
    needs_evidence = {
      action { text = message "collect", to = "the SENCO" },
    },
    not_met = {
      action { when = plan, text = message "plan", to = "the SENCO" },
      action { when = none { consent, plan }, text = message "permission", to = "the SENCO" },
    },
  },
}
