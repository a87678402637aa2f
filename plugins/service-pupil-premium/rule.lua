-- One rate, beside pupil premium and not in its place. The grant looks at one
-- census; where the record does not say how the pupil stood at it, today's
-- year group answers.

local year_group = choose {
  when(fact "census.nc_year" :is_known(), fact "census.nc_year"),
  otherwise(fact "nc_year"),
} :labelled "the year group, at the census where it is stated"

local service_child = fact "service_child" :is(true)
  :because "a parent is in the regular forces, or the pupil was recorded as a service child in about the last six years, or has a pension of the armed forces schemes"
  :source "N-PP-5"

local off_roll = all {
  fact "census.on_roll_october" :is_known(),
  fact "census.on_roll_october" :is(false),
} :because "not on roll at the October census"

return rule {
  id = "service-pupil-premium",
  title = "Service Pupil Premium",
  source = "N-PP-5",

  met_when = all {
    service_child,
    year_group :between("R", "11")
      :because "in Reception to Year 11"
      :source "N-PP-5",
    none { off_roll }
      :because "the record does not say that the pupil was missing from the October census"
      :source "N-PP-5",
  },

  refer_when = all "No national curriculum year" {
    service_child,
    year_group :is "X" :because "does not follow the national curriculum",
    none { off_roll },
  },
  refer_to = "the business manager, with the year's conditions of grant",

  amount = payment {
    value = param "rate", period = "financial_year",
    working = { line("the rate for a service child, paid beside pupil premium", param "rate") },
  },

  actions = {
    met = {
      action { text = message "from_the_census", to = "the school office" },
    },
    needs_evidence = {
      action { text = message "flag_it", to = "the school office" },
    },
    refer = {
      action { text = message "not_confirmed", to = "the business manager" },
    },
  },
}
