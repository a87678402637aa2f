-- Counted back from the meeting, so that the last day for the invitations is
-- as many weeks before it, that day included.

local ehc = require "ehc"

local meeting_on = fact "ehcp.review_meeting_on"
local invited_on = fact "ehcp.review_invited_on"

local last_day = weeks_before(param "notice_weeks", meeting_on)
  :labelled "the last day for the invitations"

local is_invited = invited_on :is_known()
  :because "the day of the invitations is recorded"

return rule {
  id = "ehc-review-notice",
  title = "Notice of an annual review meeting",
  source = "reg 20(3) SEND Regulations 2014",

  applies_when = all {
    ehc.has_plan(),
    meeting_on :is_known() :because "a review meeting is recorded",
  },

  met_when = any {
    as_of :on_or_before(last_day)
      :because "full notice can still be given"
      :source "reg 20(3) SEND Regulations 2014",
    invited_on :on_or_before(last_day)
      :because "the invitations went out on or before the last day"
      :source "reg 20(3) SEND Regulations 2014",
  },

  due = deadline { date = last_day, basis = "law", done = invited_on },

  actions = {
    met = {
      action { when = none { is_invited }, text = message "invite", to = "the school", by = last_day },
    },
    not_met = {
      action { when = none { is_invited }, text = message "too_late", to = "the school" },
      action { when = is_invited, text = message "too_short", to = "the school" },
    },
  },
}
