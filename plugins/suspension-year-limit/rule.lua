-- All of the year counts, at any school, and a suspension that is only proposed
-- counts too: so its outcome is seen before it begins. A lunchtime is half a
-- day. A permanent exclusion is no suspension.

local this_year = all {
  item "from" :on_or_after(fact "school.year_from") :because "not before this school year",
  item "from" :on_or_before(fact "school.year_to") :because "not after this school year",
  none { all { item "permanent" :is_known(), item "permanent" :is(true) } }
    :because "a suspension, not a permanent exclusion",
}

local total = sum("suspensions", item "school_days", this_year)
  :labelled "the school days of suspension this school year"

return rule {
  id = "suspension-year-limit",
  title = "Limit on suspension in a school year",
  source = "School Discipline (Pupil Exclusions and Reviews) (England) Regulations 2012",

  met_when = total :at_most(param "limit_days")
    :because "the suspensions of the school year stay within the limit",

  actions = {
    met = {
      action { when = total :above(0), text = message "look_at_needs", to = "the head teacher and the SENCO" },
    },
    not_met = {
      action { text = message "not_allowed", to = "the head teacher" },
    },
  },
}
