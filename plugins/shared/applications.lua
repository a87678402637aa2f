-- On which day an application goes in, for funds with windows and panels.
--
-- The record may state that day (application.on); it goes before the date on a form. The list of evidence is open, so that the last date in it is never
-- settled for the vocabulary: another form may turn up. A fund must choose a panel by what is there. Each function builds a new value or criterion, so that
-- a rule that does not call it holds no part of it.

local on_file = require "on_file"

local applications = {}

-- The record states the day of the application, no later than the as-of date. Gives a criterion.
function applications.stated()
  return all { fact "application.on" :is_known(), fact "application.on" :on_or_before(as_of) }
end

-- An application form with its date is on file now, dated no later than the as-of date. Gives a criterion.
function applications.dated()
  return on_file.of_open_list(count("evidence", all {
    item "type" :is "application_form",
    item "on" :on_or_before(as_of),
  }), 1)
end

-- The latest date on a form that is on file by the as-of date; unknown where a form bears none. For use inside compute. Gives a date.
function applications.date_on_form(pupil)
  local sent
  for _, entry in ipairs(pupil:list "evidence") do
    if entry.type == "application_form" and entry.on <= pupil:as_of() and (sent == nil or sent < entry.on) then
      sent = entry.on
    end
  end
  return sent
end

-- The day on which the application went in, as stated or as on the latest form that is on file by the as-of date. Unknown without either, as befits the
-- day on which a thing was done. Gives a date.
function applications.went_in_on()
  return choose {
    when(applications.stated(), fact "application.on"),
    when(applications.dated(), compute("the date on the application form", applications.date_on_form, "date")),
  } :labelled "the day on which the application went in"
end

-- The same, or, without either, the as-of date itself. Gives a date.
function applications.sent_on()
  return choose {
    when(any { applications.stated(), applications.dated() }, applications.went_in_on()),
    otherwise(as_of),
  } :labelled "the day on which the application goes in"
end

return applications
