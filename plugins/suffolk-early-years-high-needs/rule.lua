-- The rate times the hours of one week is the sum for the whole term. There is
-- a window each term, and what comes late is refused.

local applications = require "applications"
local early_years = require "early_years"
local levels = require "levels"

local hours = lowest { fact "early_years.funded_hours_per_week", param "most_hours" }
  :labelled "the funded hours of one week that count"
local rate = levels.cell("suffolk", param "bands", "rate")
  :labelled "the rate of the child's band"

local sent = applications.sent_on()
local too_late = sent :after(param "window_to")
  :because "after the window of the term"
local too_early = sent :before(param "window_from")
  :because "before the window of the term"

local at_special_school = all {
  fact "school.type" :is_known(), fact "school.type" :is "special",
} :because "at a special school, as in a dual placement with its assessment nursery"

local had_it_before = any_item("awards", all {
  item "fund" :is "suffolk-early-years-high-needs", item "on" :before(as_of),
}) :because "the fund was awarded for the child before"

return rule {
  id = "suffolk-early-years-high-needs",
  title = "Suffolk Early Years High Needs Funding",
  source = "SUF-EY",

  met_when = all {
    fact "early_years.funded_hours_per_week" :above(0)
      :because "the child takes up funded hours"
      :source "SUF-EY-1",
    none { early_years.in_school_years() }
      :because "the record does not say that the child is in school"
      :source "SUF-EY-1",
    levels.at_most_one "suffolk" :because "no more than one band is stated",
    levels.brings_a_sum(rate)
      :because "a band of Suffolk's scheme, for needs that are significant and complex"
      :source "SUF-EY-2",
    none {
      all { fact "provision_total_cost" :is_known(), fact "provision_total_cost" :at_most(param "nominal_cost") },
    } :because "the record does not say that the support costs no more than the setting meets itself"
      :source "SUF-EY-2",
    any "What Suffolk wants to see" {
      any_item("evidence", item "type" :is "profile_descriptor")
        :because "a profile descriptor is on file",
      all "A repeat with no change" {
        had_it_before,
        judgement("unchanged_since_last_term", "Has nothing changed for this child since the award of last term?"),
      },
    } :source "SUF-EY-5",
    none { too_late, too_early }
      :because "in the window of the term"
      :source "SUF-EY-4",
    none { at_special_school }
      :because "the record does not say that the place is at a special school"
      :source "SUF-EY-7",
  },

  refer_when = any {
    levels.several "suffolk" :because "two bands of Suffolk are stated, and only one can hold",
    at_special_school,
  },
  refer_to = "Suffolk County Council's early years high needs funding team",

  amount = payment {
    value = rate * hours, period = "term",
    working = {
      line("rate of the band", rate),
      line("funded hours of one week that count", hours),
    },
  },

  due = deadline { date = param "window_to", basis = "local", done = applications.went_in_on() },

  actions = {
    met = {
      apply {
        when = none { applications.went_in_on() :is_known() },
        to = "Suffolk County Council", by = param "window_to",
      },
      action { text = message "contribution", to = "the setting" },
    },
    needs_evidence = {
      action { text = message "upload", to = "the setting", by = param "window_to" },
    },
    not_met = {
      action { when = too_late, text = message "closed", to = "the setting" },
      action { when = too_early, text = message "not_open", to = "the setting", by = param "window_to" },
    },
    refer = {
      action { when = at_special_school, text = message "dual", to = "the setting" },
    },
  },
}
