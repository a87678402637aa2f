-- Amendments must come with the decision, so a notice of amendments is a
-- decision too, and a decision whose amendments come later is not kept. What
-- was sent before the meeting belongs to an earlier review.

local ehc = require "ehc"

local meeting_on = fact "ehcp.review_meeting_on"
local decided_on = fact "ehcp.review_decision_on"
local notice_on = fact "ehcp.amendment_notice_on"
local final_on = fact "ehcp.amended_final_on"
local completed_on = fact "ehcp.last_review_on"

local last_day = within_weeks(param "decision_weeks", meeting_on)
  :labelled "the last day for the decision after the review meeting"

local function since_meeting(day, words)
  return all { day :is_known(), day :on_or_after(meeting_on) } :because(words)
end

local has_decision = since_meeting(decided_on, "a decision since the meeting is recorded")
local has_notice = since_meeting(notice_on, "a notice of amendments since the meeting is recorded")

local in_time = all "the decision came in time, with its amendments" {
  any {
    all { has_decision, decided_on :on_or_before(last_day) }
      :because "the authority decided on or before the last day",
    all { has_notice, notice_on :on_or_before(last_day) }
      :because "the authority sent its amendments on or before the last day",
  } :because "a decision on or before the last day",
  none { all { has_notice, notice_on :after(last_day) } }
    :because "no amendments came after the last day"
    :source "reg 22(2) SEND Regulations 2014; R (L, M and P) v Devon CC [2022] EWHC 493 (Admin)",
}

-- A review is completed by the decision, so either of these shows that there
-- was one.
local day_not_recorded = all "the review went further, and no decision is recorded" {
  any "a later step is recorded" {
    since_meeting(final_on, "an amended final plan since the meeting is recorded"),
    since_meeting(completed_on, "a review completed since the meeting is recorded"),
  },
  none { has_decision, has_notice } :because "neither a decision nor a notice of amendments since the meeting",
}

return rule {
  id = "ehc-review-decision",
  title = "Decision after an annual review",
  source = "reg 20 SEND Regulations 2014",

  applies_when = all {
    ehc.has_plan(),
    meeting_on :is_known() :because "a review meeting is recorded",
  },

  met_when = any {
    as_of :on_or_before(last_day)
      :because "the last day has not passed"
      :source "reg 20(10) SEND Regulations 2014",
    in_time :source "reg 20(10) SEND Regulations 2014",
  },

  refer_when = day_not_recorded,
  refer_to = "the authority's SEN team",

  -- Done when the amendments were sent, where there are any. A decision whose day
  -- is not recorded is not overdue: once the last day has passed it is not shown.
  due = deadline {
    date = choose { when(none { all { as_of :after(last_day), day_not_recorded } }, last_day) }
      :labelled "the last day for the decision after the review meeting",
    basis = "law",
    done = choose {
      when(has_notice, notice_on),
      when(has_decision, decided_on),
    },
  },

  actions = {
    met = {
      action { when = none { has_decision, has_notice }, text = message "await", to = "the parent or young person, and the school", by = last_day },
    },
    not_met = {
      action { when = none { has_decision, has_notice }, text = message "overdue", to = "the authority's SEN team" },
      action { when = all { has_decision, decided_on :after(last_day) }, text = message "late", to = "the SENCO" },
      action { when = all { has_notice, notice_on :after(last_day) }, text = message "amendments_late", to = "the SENCO" },
    },
    refer = {
      action { text = message "find_the_day", to = "the SENCO" },
    },
  },
}
