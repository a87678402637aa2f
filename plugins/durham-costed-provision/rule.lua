-- Minutes a week, shared by the group, for the weeks of a year, at what a minute
-- of each kind of staff costs; then services and resources at their own cost.

local costs = require "costs"

-- A line that the school says is part of its ordinary offer is left out.
local counts = none {
  all { item "additional" :is_known(), item "additional" :is(false) },
} :because "not said to be part of the ordinary offer"

local staff = item "staff"
local resource = none { staff :is_known(), item "minutes_per_week" :is_known() } :because "a resource"
local assistant = staff :is_one_of(param "assistant_staff") :because "a support assistant"
local teacher = staff :is_one_of(param "teacher_staff") :because "a teacher"
local lunchtime = staff :is_one_of(param "lunchtime_staff") :because "a lunchtime supervisor"

local assistant_minutes = costs.minutes_for_one(all { counts, none { resource }, assistant })
  :labelled "minutes a week of support assistants for this pupil"
local teacher_minutes = costs.minutes_for_one(all { counts, none { resource }, teacher })
  :labelled "minutes a week of teachers for this pupil"
local lunchtime_minutes = costs.minutes_for_one(all { counts, none { resource }, lunchtime })
  :labelled "minutes a week of lunchtime supervisors for this pupil"
local all_minutes = (assistant_minutes + teacher_minutes + lunchtime_minutes)
  :labelled "minutes a week of staff for this pupil"

-- Services and resources: other staff, or a line with neither staff nor minutes.
local services = sum("provision", item "annual_cost", all {
  counts,
  any {
    all { staff :is_known(), none { assistant, teacher, lunchtime } } :because "a service bought in",
    resource,
  },
}) :labelled "the year's cost of services and resources"

local rates_known = all "Durham's minute rates are known" {
  param "assistant_minute_rate" :is_known(),
  param "teacher_minute_rate" :is_known(),
  param "lunchtime_minute_rate" :is_known(),
}

local staff_cost = costs.of_pounds(
  (assistant_minutes * param "assistant_minute_rate"
    + lowest { teacher_minutes, param "teacher_minutes_at_most" } * param "teacher_minute_rate"
    + lunchtime_minutes * param "lunchtime_minute_rate")
  * param "weeks") :labelled "the year's cost of staff"
local total = (staff_cost + services) :labelled "the year's cost of the map"

local without_staff = all_minutes :at_most(0) :because "no staff time in the map"
local with_staff = all_minutes :above(0) :because "staff time in the map"

return rule {
  id = "durham-costed-provision",
  title = "Durham costed provision map",
  source = "Durham, Step by step guide to a costed provision map",

  met_when = any "The map costs more than the school meets itself" {
    all "Without staff time" {
      without_staff,
      services :above(param "threshold")
        :because "services and resources alone cost more than the school meets itself",
    },
    all "With staff time, at Durham's rates" {
      with_staff,
      rates_known,
      total :above(param "threshold") :because "the map costs more than the school meets itself",
    },
    all "With staff time, without the rates" {
      with_staff,
      none { rates_known },
      all_minutes :above(0)
        :because "the staff time costs enough"
        :unconfirmed "What a minute of each kind of staff costs was not published where we could read it, so the cost of the map is open.",
    },
  },

  refer_to = "Durham County Council's SEND team",

  amount = {
    payment {
      when = without_staff,
      value = services - param "threshold", period = "year",
      working = {
        line("services and resources, a year", services),
        line("less what the school meets itself", param "threshold"),
      },
    },
    payment {
      when = rates_known,
      value = total - param "threshold", period = "year",
      working = {
        line("minutes a week of support assistants for this pupil", assistant_minutes),
        line("minutes a week of teachers for this pupil", teacher_minutes),
        line("minutes a week of lunchtime supervisors for this pupil", lunchtime_minutes),
        line("weeks", param "weeks"),
        line("services and resources, a year", services),
        line("less what the school meets itself", param "threshold"),
      },
    },
    not_published {
      period = "year", because = message "rates",
      working = {
        line("minutes a week of support assistants for this pupil", assistant_minutes),
        line("minutes a week of teachers for this pupil", teacher_minutes),
        line("minutes a week of lunchtime supervisors for this pupil", lunchtime_minutes),
        line("weeks", param "weeks"),
        line("services and resources, a year", services),
        line("less what the school meets itself", param "threshold"),
      },
    },
  },

  actions = {
    needs_evidence = {
      action { text = message "lines", to = "the SENCO" },
    },
    refer = {
      action { when = all { with_staff, none { rates_known } }, text = message "ask", to = "the SENCO" },
      action {
        when = teacher_minutes :above(param "teacher_minutes_at_most"),
        text = message "cap", to = "the SENCO",
      },
      action { text = message "match", to = "the SENCO" },
    },
  },
}
