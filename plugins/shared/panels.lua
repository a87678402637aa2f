-- Panels that sit on a weekday of the month, such as the third Tuesday.

local applications = require "applications"

local panels = {}

local weekdays = { monday = 0, tuesday = 1, wednesday = 2, thursday = 3, friday = 4, saturday = 5, sunday = 6 }

-- The n-th such weekday of the month of a date. `day`: a date. `weekday`: "monday" to "sunday". `n`: 1 to 4. Gives a date; for use inside compute.
function panels.nth_weekday(day, weekday, n)
  local first = day - (day:day() - 1)
  local monday = date "1900-01-01"
  local to_the_first_such = (weekdays[weekday] - (first - monday)) % 7
  return first + to_the_first_such + 7 * (n - 1)
end

-- The next panel that the application can still reach: the first panel, on the as-of date or later, whose last day for applications is no earlier than
-- the day on which the application goes in. `days`: a function of the pupil that gives { weekday = ..., send_by = ..., panel = ... }: a weekday as above,
-- and the number of that weekday in the month for the last day to send and for the panel, which follows in the same month. Gives a date.
function panels.next_reachable(days)
  local function next_after(label, sent_on)
    return compute(label, function(pupil)
      local on = days(pupil)
      local sent = sent_on(pupil)
      local month = pupil:as_of()
      while true do
        local panel = panels.nth_weekday(month, on.weekday, on.panel)
        if panels.nth_weekday(month, on.weekday, on.send_by) >= sent and panel >= pupil:as_of() then
          return panel
        end
        month = (month - (month:day() - 1)):plus_months(1)
      end
    end, "date")
  end
  return choose {
    when(applications.stated(), next_after("the next panel after the day of the application", function(pupil)
      return pupil:get "application.on"
    end)),
    when(applications.dated(), next_after("the next panel after the date on the form", applications.date_on_form)),
    otherwise(next_after("the next panel for an application that goes in today", function(pupil) return pupil:as_of() end)),
  } :labelled "the next panel that the application can reach"
end

return panels
