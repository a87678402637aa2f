-- One descriptor for each area of need, each with its points; the sum leads to
-- a tariff. The table is net: the school's own share is already off it.

local points = sum("sen.levels", item "points", item "scheme" :is "herefordshire")
  :labelled "the points of all areas of need"

local early_years = fact "school.phase" :is "early_years"
  :because "in the early years"

local hours = fact "early_years.funded_hours_per_week"
local longer = hours :is(param "longer_hours") :because "the hours of the longer column"
local shorter = hours :is(param "shorter_hours") :because "the hours of the shorter column"

local function tariff(column)
  return look_up(param "matrix", { points = points }, column)
end

local group = line("group", tariff "group")

return rule {
  id = "herefordshire-high-needs-matrix",
  title = "Herefordshire High Needs Matrix",
  source = "HEREF",

  met_when = all {
    none { all { fact "sen.status" :is_known(), fact "sen.status" :is "none" } }
      :because "the record does not say that the pupil has no special educational needs"
      :source "HEREF-1",
    points :at_least(param "local_offer_below")
      :because "more points than the Local Offer covers"
      :source "HEREF-1",
    any "The matrix has a column for the pupil" {
      none { early_years } :because "in a school, which has one column",
      longer,
      shorter,
      none { longer, shorter }
        :because "other funded hours, for which there is no column"
        :source "HEREF-6"
        :unconfirmed "What is paid for other funded hours than those of the two columns was not read.",
    },
  },

  refer_to = "Herefordshire Council's SEN team",

  amount = {
    payment {
      when = all { early_years, longer },
      value = tariff "per_term_30", period = "term",
      working = { line("points", points), group },
    },
    payment {
      when = all { early_years, shorter },
      value = tariff "per_term_15", period = "term",
      working = { line("points", points), group },
    },
    not_published { when = early_years, period = "term", because = message "other_hours" },
    payment {
      value = tariff "per_year", period = "year",
      working = { line("points", points), group, line("a term; the year is three", tariff "per_term_30") },
    },
  },

  actions = {
    met = {
      apply { to = "the Herefordshire Referral Panel" },
      action { text = message "apply", to = "the SENCO" },
      action { text = message "end_date", to = "the SENCO" },
    },
    needs_evidence = {
      action { text = message "score", to = "the SENCO" },
    },
    refer = {
      action { text = message "ask", to = "the SENCO" },
    },
  },
}
