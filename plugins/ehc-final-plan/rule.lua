-- The weeks run from the day on which the authority received the request. A
-- notice that there will be no plan ends this limit; a plan that comes after
-- such a notice comes by another course, with limits of its own.

local ehc = require "ehc"

local issued_on = fact "ehcp.issued_on"

local last_day = ehc.weeks_from_request(param "plan_weeks")
  :labelled "the last day for the final plan"

local has_notice = fact "ehcp.no_plan_notified_on" :is_known()
  :because "the authority said that there will be no plan"

local is_issued = issued_on :is_known()
  :because "the day of the final plan is recorded"

local is_issued_or_must_be = any {
  is_issued,
  ehc.status_is { "plan_final" } :because "the SEN status says that there is a final plan",
}

local no_plan_is_due = all "no plan is due" {
  has_notice,
  none { is_issued_or_must_be } :because "there is no final plan",
}

-- A plan whose day is not recorded is not overdue.
local day_is_missing = all "there is a final plan, and its day is not recorded" {
  ehc.is_over(last_day),
  none { is_issued } :because "the day of the final plan is not recorded",
  ehc.status_is { "plan_final" } :because "the SEN status says that there is a final plan",
}

local by_another_course = all "the plan came after a notice that there would be none" {
  ehc.is_over(last_day),
  has_notice,
  is_issued_or_must_be :because "there is a final plan",
}

-- The record does not say which way the authority decided.
local perhaps_not_assessed = all "the authority decided whether to assess, and may have refused" {
  ehc.is_over(last_day),
  fact "ehcp.assess_decision_on" :is_known() :because "the authority has decided whether to assess",
  ehc.status_is { "none", "support" } :because "the SEN status is not that of a pupil who is being assessed",
  none { is_issued } :because "there is no final plan",
}

return rule {
  id = "ehc-final-plan",
  title = "Final EHC plan",
  source = "reg 13(2) SEND Regulations 2014",

  applies_when = ehc.has_request(),

  met_when = any {
    as_of :on_or_before(last_day)
      :because "the last day has not passed"
      :source "reg 13(2) SEND Regulations 2014",
    issued_on :on_or_before(last_day)
      :because "the final plan was sent on or before the last day"
      :source "reg 13(2) SEND Regulations 2014",
    no_plan_is_due,
    ehc.excused_if_justified(last_day) :source "reg 13(3) SEND Regulations 2014",
  },

  refer_when = any {
    ehc.may_be_excused(last_day) :source "reg 13(3) SEND Regulations 2014",
    by_another_course,
    perhaps_not_assessed,
  },
  refer_to = "the authority's SEN team",

  -- No day is shown where no plan is due, or where there is one of an unknown day.
  due = deadline {
    date = choose { when(none { no_plan_is_due, day_is_missing }, last_day) } :labelled "the last day for the final plan",
    basis = "law", done = issued_on,
  },

  actions = {
    met = {
      action {
        when = none { is_issued, no_plan_is_due },
        text = message "await", to = "the parent or young person, and the school", by = last_day,
      },
    },
    not_met = {
      action { when = none { is_issued }, text = message "overdue", to = "the authority's SEN team" },
      action { when = is_issued, text = message "late", to = "the SENCO" },
    },
    refer = {
      action { when = by_another_course, text = message "other_course", to = "the SENCO" },
      action { when = perhaps_not_assessed, text = message "refused", to = "the SENCO" },
      action {
        when = none { by_another_course, perhaps_not_assessed },
        text = message "justify", to = "the authority's SEN team",
      },
    },
  },
}
