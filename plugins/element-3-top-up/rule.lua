-- The threshold is what the school is expected to spend, never money that it
-- has received for this pupil. Most authorities measure it on the additional
-- provision, some on all that is spent on the pupil.

local lines_cost = sum("provision", item "annual_cost", item "additional" :is(true))
  :labelled "the additional provision, line by line"

-- A total that the school states is its own answer, whatever the lines hold.
local costed_by_lines = all {
  none { fact "provision_cost" :is_known() } :because "the school states no total",
  count("provision") :is_known() :because "the school lists its provision",
}

local additional = param "basis" :is "additional"
  :because "the threshold is measured on the additional provision"
local total = param "basis" :is "total"
  :because "the threshold is measured on all that is spent on the pupil"

local cost = choose {
  when(total, fact "provision_total_cost"),
  when(costed_by_lines, lines_cost),
  otherwise(fact "provision_cost"),
} :labelled "the cost that counts"

return rule {
  id = "element-3-top-up",
  title = "Element 3 top-up",
  source = "N-EL-4",

  met_when = all {
    fact "school.type" :is "mainstream"
      :because "in a mainstream place; places in special schools, units, PRUs and colleges are funded as places"
      :source "N-EL-2, N-EL-8",
    none { all { fact "sen.status" :is_known(), fact "sen.status" :is "none" } }
      :because "the record does not say that the pupil has no special educational needs"
      :source "N-EL-2",
    any "The cost is above the threshold" {
      all "Additional provision, from its lines" {
        additional, costed_by_lines,
        lines_cost :above(param "threshold")
          :because "the additional provision, line by line, costs more than the school meets itself",
      },
      all "Additional provision, from the school's total" {
        additional, none { costed_by_lines },
        fact "provision_cost" :above(param "threshold")
          :because "the additional provision costs more than the school meets itself",
      },
      all "All provision" {
        total,
        fact "provision_total_cost" :above(param "threshold")
          :because "all that is spent on the pupil is more than the school meets itself",
      } :source "N-EL-7",
    } :source "N-EL-4",
  },

  refer_to = "the authority where the pupil lives",

  amount = payment {
    value = cost - param "threshold", period = "year",
    working = {
      line("cost of the provision that counts, a year", cost),
      line("less what the school meets itself", param "threshold"),
    },
  },

  actions = {
    met = {
      apply { to = "the authority where the pupil lives, whatever authority the school is in" },
      action { text = message "indicated", to = "the SENCO" },
    },
    needs_evidence = {
      action { text = message "cost_it", to = "the SENCO" },
    },
    refer = {
      action { text = message "own_scheme", to = "the SENCO" },
    },
  },
}
