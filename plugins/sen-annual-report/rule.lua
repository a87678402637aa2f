-- Law. While the school year runs, the report can still be sent; a record that
-- does not say when the year ends is taken as it stands.

local year_to = fact "school.year_to"

local year_still_runs = all { year_to :is_known(), as_of :on_or_before(year_to) }
  :because "the school year is not over"

local is_sent = fact "sen.annual_report_sent" :is(true)
  :because "the annual report was sent to the parents"
  :source "SEND Code of Practice 6.64"

return rule {
  id = "sen-annual-report",
  title = "Annual report to the parents of a pupil on SEN support",
  source = "SEND Code of Practice 6.64",

  applies_when = fact "sen.status" :is "support"
    :because "the pupil is on SEN support",

  met_when = any { is_sent, year_still_runs },

  due = deadline { date = year_to, basis = "law", done = choose { when(is_sent, lowest { as_of, year_to }) } },

  actions = {
    met = {
      action { when = none { is_sent }, text = message "send", to = "the school", by = year_to },
    },
    not_met = {
      action { text = message "missing", to = "the school" },
    },
  },
}
