-- The regulations say "before" a day, so the last day is the one before it.
-- They say "at least" so many months before any other post-16 move: that day
-- itself is still in time.

local next_phase = fact "ehcp.next_phase"
local transfer_on = fact "ehcp.transfer_on"
local final_on = fact "ehcp.phase_transfer_final_on"

local last_day = choose {
  when(next_phase :is "post_16", day_before(on_day(param "before_post_16", transfer_on))),
  when(next_phase :is "other_post_16", months_before(param "months_before_other_post_16", transfer_on)),
  otherwise(day_before(on_day(param "before", transfer_on))),
} :labelled "the last day on which the plan can be made final"

local plan_is_final = final_on :is_known()
  :because "the plan that names the next school or college is final"

return rule {
  id = "ehc-phase-transfer",
  title = "EHC plan at a change of phase",
  source = "reg 18 SEND Regulations 2014",

  -- A change of phase is recorded of a plan; a record that gives no SEN status
  -- does not contradict it.
  applies_when = all {
    next_phase :is_not "none" :because "the pupil is to change phase",
    none { all { fact "sen.status" :is_known(), fact "sen.status" :is_not "plan_final" } }
      :because "the pupil has a final EHC plan",
  },

  met_when = any {
    as_of :on_or_before(last_day)
      :because "the last day has not passed"
      :source "reg 18 SEND Regulations 2014",
    all "The plan was final in time" {
      plan_is_final,
      final_on :on_or_before(last_day)
        :because "final on or before the last day"
        :source "reg 18 SEND Regulations 2014",
    },
  },

  due = deadline { date = last_day, basis = "law", done = final_on },

  actions = {
    met = {
      action {
        when = none { plan_is_final },
        text = message "meet", to = "the school and the authority's SEN team",
        by = weeks_before(param "review_weeks", last_day),
      },
    },
    not_met = {
      action {
        when = none { plan_is_final },
        text = message "overdue", to = "the authority's SEN team",
      },
    },
  },
}
