-- Guidance: too few meetings are a matter for a person, never a breach. While
-- the school year runs, meetings can still be held; a record that does not say
-- when the year ends is taken as it stands.

local held = fact "sen.parent_meetings_this_year"
local year_to = fact "school.year_to"

local year_still_runs = all { year_to :is_known(), as_of :on_or_before(year_to) }
  :because "the school year is not over"

local often_enough = held :at_least(param "meetings")
  :because "as many meetings as the Code asks for"
  :source "SEND Code of Practice 6.65"

return rule {
  id = "sen-support-meetings",
  title = "Meetings with the parents of a pupil on SEN support",
  source = "SEND Code of Practice 6.65",

  applies_when = fact "sen.status" :is "support"
    :because "the pupil is on SEN support",

  met_when = any { often_enough, year_still_runs },

  refer_when = held :below(param "meetings")
    :because "fewer meetings than the Code asks for"
    :source "SEND Code of Practice 6.65",
  refer_to = "the SENCO: a departure from guidance, not a breach of law",

  due = deadline { date = year_to, basis = "guidance", done = choose { when(often_enough, lowest { as_of, year_to }) } },

  actions = {
    met = {
      action { when = none { often_enough }, text = message "plan", to = "the SENCO", by = year_to },
    },
    refer = {
      action { text = message "catch_up", to = "the SENCO" },
    },
  },
}
