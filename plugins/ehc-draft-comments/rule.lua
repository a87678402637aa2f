-- The days begin with the day of service, so that one fewer is added to it. The
-- day that falls due is the earliest on which the time to comment may end.

local served_on = fact "ehcp.draft_served_on"
local comments_due_on = fact "ehcp.comments_due_on"
local issued_on = fact "ehcp.issued_on"

local earliest_last_day = days_beginning_with(param "comment_days", served_on)
  :labelled "the earliest lawful last day for comments"

local long_enough = comments_due_on :on_or_after(earliest_last_day)
  :because "the last day given for comments leaves the full time"
  :source "reg 13(1) SEND Regulations 2014"

local final_too_soon = all "the final plan was made within the time for comments" {
  issued_on :is_known() :because "the day of the final plan is recorded",
  issued_on :on_or_after(served_on) :because "after this draft",
  issued_on :on_or_before(earliest_last_day) :because "before the time for comments was over",
}

return rule {
  id = "ehc-draft-comments",
  title = "Time to comment on a draft EHC plan",
  source = "reg 13(1) SEND Regulations 2014",

  applies_when = served_on :is_known()
    :because "a draft plan has been served",

  met_when = all {
    long_enough,
    none { final_too_soon } :because "no final plan was made within the time for comments",
  },

  -- Whether the comments had come in by then is not in the record.
  refer_when = all {
    final_too_soon,
    none { all { comments_due_on :is_known(), comments_due_on :before(earliest_last_day) } }
      :because "the last day given is not known to be too soon",
  } :source "reg 13(1) SEND Regulations 2014",
  refer_to = "the authority's SEN team",

  -- Kept on that day, when the time given reaches it. Once the day has passed it
  -- says nothing more, unless the record says what time was given.
  due = deadline {
    date = choose {
      when(any { comments_due_on :is_known(), as_of :on_or_before(earliest_last_day) }, earliest_last_day),
    } :labelled "the earliest lawful last day for comments",
    basis = "law",
    done = choose { when(long_enough, earliest_last_day) },
  },

  actions = {
    met = {
      action { text = message "comment", to = "the parent or young person", by = comments_due_on },
    },
    not_met = {
      action { text = message "too_short", to = "the authority's SEN team" },
    },
    needs_evidence = {
      action { text = message "read_the_letter", to = "the SENCO" },
    },
    refer = {
      action { text = message "too_early", to = "the SENCO" },
    },
  },
}
