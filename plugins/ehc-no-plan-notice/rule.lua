-- The notice is due only where there will be no plan. That a plan is on its way
-- shows by a draft, by the plan itself or by the SEN status.

local ehc = require "ehc"

local notified_on = fact "ehcp.no_plan_notified_on"

local last_day = ehc.weeks_from_request(param "notice_weeks")
  :labelled "the last day for the notice that there will be no plan"

local is_notified = notified_on :is_known()
  :because "the day of the notice is recorded"

local plan_is_coming = all "a plan is on its way, so that no notice is due" {
  none { is_notified } :because "no notice that there will be no plan",
  any "a plan is on record" {
    fact "ehcp.draft_served_on" :is_known() :because "a draft plan was served",
    fact "ehcp.issued_on" :is_known() :because "a final plan was made",
    ehc.status_is { "plan_draft", "plan_final" } :because "the SEN status says that there is a plan",
  },
}

-- The record does not say which way the authority decided.
local perhaps_not_assessed = all "the authority decided whether to assess, and may have refused" {
  ehc.is_over(last_day),
  fact "ehcp.assess_decision_on" :is_known() :because "the authority has decided whether to assess",
  ehc.status_is { "none", "support" } :because "the SEN status is not that of a pupil who is being assessed",
  none { is_notified } :because "no notice that there will be no plan",
}

return rule {
  id = "ehc-no-plan-notice",
  title = "Notice that there will be no EHC plan",
  source = "reg 10(1) SEND Regulations 2014",

  applies_when = ehc.has_request(),

  met_when = any {
    as_of :on_or_before(last_day)
      :because "the last day has not passed"
      :source "reg 10(1) SEND Regulations 2014",
    notified_on :on_or_before(last_day)
      :because "the notice was given on or before the last day"
      :source "reg 10(1) SEND Regulations 2014",
    plan_is_coming,
    ehc.excused_if_justified(last_day) :source "reg 10(4) SEND Regulations 2014",
  },

  refer_when = any {
    ehc.may_be_excused(last_day) :source "reg 10(4) SEND Regulations 2014",
    perhaps_not_assessed,
  },
  refer_to = "the authority's SEN team",

  -- No day is shown where no notice is due.
  due = deadline {
    date = choose { when(none { plan_is_coming }, last_day) } :labelled "the last day for the notice that there will be no plan",
    basis = "law", done = notified_on,
  },

  actions = {
    met = {
      action {
        when = none { is_notified, plan_is_coming },
        text = message "await", to = "the parent or young person, and the school", by = last_day,
      },
    },
    not_met = {
      action { when = none { is_notified }, text = message "overdue", to = "the authority's SEN team" },
      action { when = is_notified, text = message "late", to = "the SENCO" },
    },
    refer = {
      action { when = perhaps_not_assessed, text = message "refused", to = "the SENCO" },
      action { when = none { perhaps_not_assessed }, text = message "justify", to = "the authority's SEN team" },
    },
  },
}
