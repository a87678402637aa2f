-- The weeks run from the day of the notice itself, so that an early notice
-- brings the last day forward. A late one does not push it back beyond the
-- weeks that the meeting leaves. A final plan from before the notice belongs to
-- an earlier review.

local ehc = require "ehc"

local meeting_on = fact "ehcp.review_meeting_on"
local notice_on = fact "ehcp.amendment_notice_on"
local final_on = fact "ehcp.amended_final_on"

local from_notice = within_weeks(param "weeks_from_notice", notice_on)
  :labelled "the last day that the notice leaves"
local from_meeting = within_weeks(param "weeks_from_meeting", meeting_on)
  :labelled "the last day that the review meeting leaves"

-- Amendments may also be made without a review, and a meeting after the notice
-- is that of the next one.
local has_notice = notice_on :is_known()
  :because "the day of the notice is recorded"
local after_meeting = all { meeting_on :is_known(), meeting_on :on_or_before(notice_on) }
  :because "the notice followed a review meeting"

-- Without the day of the notice, the meeting alone gives a last day.
local last_day = choose {
  when(all { has_notice, after_meeting }, lowest { from_notice, from_meeting }),
  when(has_notice, from_notice),
  otherwise(from_meeting),
} :labelled "the last day for the final amended plan"

local is_final = all {
  final_on :is_known(),
  none { all { has_notice, final_on :before(notice_on) } } :because "not from before the notice",
} :because "the final amended plan is recorded"

local is_final_by_last_day = all {
  is_final,
  final_on :on_or_before(last_day)
    :because "final on or before the last day"
    :source "reg 22(3) SEND Regulations 2014; R (L, M and P) v Devon CC [2022] EWHC 493 (Admin)",
}

return rule {
  id = "ehc-amended-final",
  title = "Final amended EHC plan",
  source = "reg 22(3) SEND Regulations 2014",

  applies_when = all {
    ehc.has_plan(),
    any "amendments have been proposed" {
      notice_on :is_known() :because "a notice of amendments is recorded",
      all "an amended plan is recorded, so that there was a notice" {
        final_on :is_known() :because "a final amended plan is recorded",
        none { all { meeting_on :is_known(), meeting_on :after(final_on) } }
          :because "no later review meeting is recorded",
      },
    },
  },

  met_when = any {
    as_of :on_or_before(last_day)
      :because "the last day has not passed"
      :source "reg 22(3) SEND Regulations 2014",
    all "the final amended plan came in time" { has_notice, is_final_by_last_day },
  },

  -- In time by the meeting; whether it was by the notice too, only its day says.
  refer_when = all "the plan was in time by the meeting, and the day of the notice is not recorded" {
    none { has_notice } :because "no notice of amendments is recorded",
    is_final_by_last_day,
  },
  refer_to = "the authority's SEN team",

  due = deadline { date = last_day, basis = "law", done = choose { when(is_final, final_on) } },

  actions = {
    met = {
      action { when = none { is_final }, text = message "await", to = "the parent or young person, and the school", by = last_day },
    },
    not_met = {
      action { when = none { is_final }, text = message "overdue", to = "the authority's SEN team" },
      action { when = is_final, text = message "late", to = "the SENCO" },
    },
    refer = {
      action { text = message "find_the_notice", to = "the SENCO" },
    },
  },
}
