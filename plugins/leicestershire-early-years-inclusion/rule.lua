-- The provider's authority takes the application. The hours attended pick the
-- band; the calendar says which panel an application can still reach.

local applications = require "applications"
local early_years = require "early_years"
local place = require "place"

local attended = fact "early_years.attended_hours_per_week"
local band = look_up(param "bands", { hours = attended }, "band")
  :labelled "the attendance band"

local send_by = next_date(param "panels", "in_by", applications.sent_on())
  :labelled "the last day to apply for the panel"
local panel = next_date(param "panels", "panel_week", highest { as_of, send_by })
  :labelled "the week of the next panel that the application can reach"

local lives_elsewhere = all {
  param "residents_only" :is(true) :because "only residents count",
  fact "home_la" :is_not(fact "school.la") :because "lives in another authority",
}

return rule {
  id = "leicestershire-early-years-inclusion",
  title = "Leicestershire Early Years Inclusion Funding",
  source = "Leicestershire, apply for inclusion funding",

  met_when = all {
    attended :above(0) :because "the child attends",
    band :is_one_of(param "bands_in_use") :because "a band in use fits the hours attended",
    none { lives_elsewhere }
      :because "not shut out by living elsewhere",
    none { early_years.without_funded_hours() }
      :because "the record does not say that the child takes up no funded hours",
    none { early_years.in_school_years() }
      :because "the record does not say that the child is in school",
    none { place.without_needs() }
      :because "the record does not say that the child has no special educational needs",
  },

  refer_to = "Leicestershire County Council's Early Years Inclusion and Childcare duty desk",

  amount = not_published {
    period = "week", because = message "no_amounts",
    working = { line("attendance band", band), line("hours attended a week", attended) },
  },

  due = deadline { date = panel, basis = "local" },

  actions = {
    met = {
      apply { to = "Leicestershire's early years inclusion panel", by = send_by },
      action { text = message "complex", to = "the setting" },
      action { text = message "from_the_panel", to = "the setting" },
    },
    not_met = {
      action { when = lives_elsewhere, text = message "residents", to = "the setting" },
    },
    refer = {
      action { text = message "hours", to = "the setting" },
    },
  },
}
