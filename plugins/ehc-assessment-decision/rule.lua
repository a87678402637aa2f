-- The weeks run from the day on which the authority received the request. An
-- exception does not stop the clock: it makes a late decision one that a person
-- has to look at.

local ehc = require "ehc"

local decided_on = fact "ehcp.assess_decision_on"

local last_day = ehc.weeks_from_request(param "decision_weeks")
  :labelled "the last day for the decision whether to assess"

local is_decided = decided_on :is_known()
  :because "the day of the decision is recorded"

-- Whoever has a draft, a plan or a notice that there will be none has had a
-- decision to assess, though its day may not be on record.
local went_further = all "the authority went further, and the day of its decision is not recorded" {
  ehc.is_over(last_day),
  none { is_decided } :because "the day of the decision is not recorded",
  any "a later step is recorded" {
    fact "ehcp.no_plan_notified_on" :is_known() :because "a notice that there will be no plan",
    fact "ehcp.draft_served_on" :is_known() :because "a draft plan",
    fact "ehcp.issued_on" :is_known() :because "a final plan",
    ehc.status_is { "plan_draft", "plan_final" } :because "the SEN status says that there is a plan",
  },
}

return rule {
  id = "ehc-assessment-decision",
  title = "Decision whether to assess for an EHC plan",
  source = "reg 5(1) SEND Regulations 2014",

  applies_when = ehc.has_request(),

  met_when = any {
    as_of :on_or_before(last_day)
      :because "the last day has not passed"
      :source "reg 5(1) SEND Regulations 2014",
    decided_on :on_or_before(last_day)
      :because "the authority decided on or before the last day"
      :source "reg 5(1) SEND Regulations 2014",
    ehc.excused_if_justified(last_day) :source "reg 5(4) SEND Regulations 2014",
  },

  refer_when = any {
    ehc.may_be_excused(last_day) :source "reg 5(4) SEND Regulations 2014",
    went_further,
  },
  refer_to = "the authority's SEN team",

  -- A decision whose day is not recorded is not overdue: no day is shown.
  due = deadline {
    date = choose { when(none { went_further }, last_day) } :labelled "the last day for the decision whether to assess",
    basis = "law", done = decided_on,
  },

  actions = {
    met = {
      action { when = none { is_decided }, text = message "await", to = "the parent or young person, and the school", by = last_day },
    },
    not_met = {
      action { when = none { is_decided }, text = message "overdue", to = "the authority's SEN team" },
      action { when = is_decided, text = message "late", to = "the SENCO" },
    },
    refer = {
      action { when = went_further, text = message "find_the_day", to = "the SENCO" },
      action { when = none { went_further }, text = message "justify", to = "the authority's SEN team" },
    },
  },
}
