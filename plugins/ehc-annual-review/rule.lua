-- The review is finished by the authority's decision, not by the meeting, so
-- the period is counted from the day the last review was completed.

local counted_from = choose {
  when(fact "ehcp.last_review_on" :is_known(), fact "ehcp.last_review_on"),
  otherwise(fact "ehcp.issued_on"),
} :labelled "the last review, or the day on which the plan was first made"

local last_day = months_starting_with(param "review_months", counted_from)
  :labelled "the last day on which the review can be finished"

local meeting_by = weeks_before(param "decision_weeks", last_day)
  :labelled "the meeting that leaves the authority its full time"

local meeting_held = all {
  fact "ehcp.review_meeting_on" :is_known(),
  fact "ehcp.review_meeting_on" :on_or_after(counted_from),
} :because "a review meeting has been held in this period"

local too_late_for_notice = within_weeks(param "notice_weeks", as_of)
  :after(last_day)
  :because "full notice given today would end after the last day"
  :source "reg 20(3) SEND Regulations 2014"

local can_still_invite = none { meeting_held, too_late_for_notice }

return rule {
  id = "ehc-annual-review",
  title = "Annual review of an EHC plan",
  source = "s.44(1) Children and Families Act 2014",

  applies_when = fact "sen.status" :is "plan_final"
    :because "the pupil has a final EHC plan",

  met_when = as_of :on_or_before(last_day)
    :because "the period for the review has not run out"
    :source "s.44(1) Children and Families Act 2014",

  due = deadline { date = last_day, basis = "law" },

  actions = {
    met = {
      action {
        when = can_still_invite,
        text = message "invite", to = "the parent or young person, the school, education, health and social care",
        by = weeks_before(param "notice_weeks", meeting_by),
      },
      action { when = can_still_invite, text = message "meet", to = "the school", by = meeting_by },
      action { when = meeting_held, text = message "decide", to = "the authority's SEN team", by = last_day },
      action {
        when = all { too_late_for_notice, none { meeting_held } },
        text = message "notice_too_short", to = "the authority's SEN team", by = last_day,
      },
    },
    not_met = {
      action { text = message "overdue", to = "the authority's SEN team" },
    },
  },
}
