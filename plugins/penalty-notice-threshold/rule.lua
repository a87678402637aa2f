-- School weeks are the weeks with a session, so that a window of so many of them
-- may reach across holidays, terms and school years. Whether the notices went to
-- the same parent is not in the record.

-- The most unauthorised sessions in any run of school weeks as long as the
-- window, among the weeks begun by the day of the check.
local most_in_a_window = compute("the most unauthorised sessions in the weeks of one window", function(pupil)
  local weeks = {}
  for _, week in ipairs(pupil:list "attendance.weeks") do
    if week.week_beginning <= pupil:as_of() then
      -- A week in which a session was missed had one.
      if week.unauthorised > 0 then
        table.insert(weeks, week)
      elseif week.possible > 0 then
        table.insert(weeks, week)
      end
    end
  end
  table.sort(weeks, function(a, b) return a.week_beginning < b.week_beginning end)
  local window = pupil:param "school_weeks"
  local most, running = 0, 0
  for place, week in ipairs(weeks) do
    running = running + week.unauthorised
    if place > window then running = running - weeks[place - window].unauthorised end
    if running > most then most = running end
  end
  return most
end)

local reached = most_in_a_window :at_least(param "sessions")
  :because "enough unauthorised absence within the school weeks of one window"

local counting_notices = count("attendance.penalty_notices", all {
    item "on" :on_or_after(param "notices_from") :because "issued since notices count",
    item "on" :on_or_before(as_of) :because "issued by now",
    months_after(param "notice_months", item "on") :on_or_after(as_of) :because "still counts",
    none { item "withdrawn" :is(true) } :because "not withdrawn",
  })
  :labelled "the penalty notices that count"

local none_can_follow = counting_notices :at_least(param "notices")
  :because "as many notices as there can be"

return rule {
  id = "penalty-notice-threshold",
  title = "Threshold to consider a penalty notice",
  source = "Education (Penalty Notices) (England) (Amendment) Regulations 2024",

  met_when = all {
    reached,
    none { none_can_follow } :because "a notice can still be issued",
  },
  on_met = refer { to = "the school's head teacher" },

  -- Also where it is not known whether a notice counts: a person decides all the
  -- same, and only which action is open hangs on it.
  refer_when = reached,
  refer_to = "the authority, for action other than a penalty notice if no further one can be issued",

  actions = {
    refer = {
      action { text = message "consider", to = "the attendance lead and the SENCO" },
      action { when = counting_notices :is(0), text = message "first", to = "the head teacher" },
      action {
        when = all { counting_notices :above(0), none { none_can_follow } },
        text = message "second", to = "the head teacher",
      },
      action { when = none_can_follow, text = message "other_action", to = "the head teacher" },
      action {
        when = none { counting_notices :is_known() } :because "whether every notice counts is not recorded",
        text = message "check_notices", to = "the head teacher",
      },
    },
  },
}
