-- Two papers make an application complete. The panel sits once a month, and
-- sees what came in by a day of the same month.

local early_years = require "early_years"
local panels = require "panels"
local place = require "place"

local next_panel = panels.next_reachable(function(pupil)
  return {
    weekday = pupil:param "panel_weekday",
    send_by = pupil:param "send_by_week",
    panel = pupil:param "panel_week",
  }
end)

local form = any_item("evidence", all {
    item "type" :is "application_form",
    item "signed" :is(true),
  })
  :because "the signed application form is on file"
  :source "MED-SENIF-2"

local in_school = early_years.in_school_years()
  :because "in Reception or later"
  :source "N-SENIF-5"

return rule {
  id = "medway-senif",
  title = "Medway SEN Inclusion Fund",
  source = "MED-SENIF",

  met_when = all {
    form,
    any_item("evidence", item "type" :is "provision_map")
      :because "the provision map is on file"
      :source "MED-SENIF-2",
    none { in_school } :because "the record does not say that the child is in school",
    none { early_years.without_funded_hours() }
      :because "the record does not say that the child takes up no funded hours"
      :source "N-SENIF-1",
    none { place.without_needs() }
      :because "the record does not say that the child has no special educational needs"
      :source "N-SENIF-1",
  },

  refer_to = "Medway Council's early years SEND team",

  amount = not_published { period = "month", because = message "no_rate" },

  due = deadline { date = next_panel, basis = "local" },

  actions = {
    met = {
      apply { to = "Medway Council's SEN Inclusion Fund panel", by = next_panel },
      action { text = message "usually", to = "the setting" },
      action { text = message "invoice", to = "the setting" },
    },
    needs_evidence = {
      action { text = message "send", to = "the setting" },
    },
    not_met = {
      action { when = in_school, text = message "school", to = "the school" },
    },
  },
}
