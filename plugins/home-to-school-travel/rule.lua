-- Any ground is enough. Most need the nearest suitable school; for low income
-- from 11 on, other tests stand in its place.

local distance = fact "travel.distance_miles"
local age = age_on(as_of)

-- Beyond a walking distance. Sources differ on the distance itself.
local function beyond(limit, farther, exactly)
  return any {
    distance :above(param(limit)) :because(farther),
    all {
      param "distance_itself_counts" :is(true) :because "the distance itself counts",
      distance :is(param(limit)) :because(exactly),
    },
  }
end
local function beyond_walking(limit)
  return beyond(limit, "farther than the walking distance", "exactly the walking distance")
end
local function beyond_low_income()
  return beyond("low_income_distance", "farther than the distance for low incomes", "exactly the distance for low incomes")
end

local nearest = fact "travel.nearest_suitable_school" :is(true)
  :because "the nearest suitable school, or no suitable arrangement was made nearer"

local low_income = fact "household.low_income" :is(true)
  :because "the household is on a low income by the travel test"

local younger = age :below(param "longer_from_age") :because "young enough for the shorter distance"
local older = age :at_least(param "longer_from_age") :because "old enough for the longer distance"
local wider_choice = age :at_least(param "low_income_older_age")
  :because "old enough for the wider choice of schools"

local of_age = all "Of the age for school travel" {
  age :at_least(param "youngest_age") :because "old enough",
  age :at_most(param "oldest_age") :because "not too old",
  none { all { fact "nc_year" :is_known(), fact "nc_year" :at_least "12" } }
    :because "not in Year 12 or later",
}

return rule {
  id = "home-to-school-travel",
  title = "Home-to-school travel, ages 5 to 16",
  source = "N-TR",

  met_when = all {
    of_age,
    any "A ground for travel" {
      all "Nearest suitable school" {
        nearest,
        any {
          all "Distance, younger pupil" { younger, beyond_walking "shorter_distance" } :source "N-TR-1",
          all "Distance, older pupil" { older, beyond_walking "longer_distance" } :source "N-TR-1",
          fact "travel.cannot_walk" :is(true)
            :because "cannot be expected to walk, even with somebody, because of SEN, disability or mobility"
            :source "N-TR-2",
          fact "travel.unsafe_route" :is(true)
            :because "the route is unsafe, even with somebody"
            :source "N-TR-3",
          all "Low income, not yet of the age for the wider choice" {
            low_income, older, none { wider_choice }, beyond_low_income(),
          } :source "N-TR-4a",
        },
      },
      all "Low income, one of the nearest suitable schools" {
        low_income, wider_choice, beyond_low_income(),
        distance :at_most(param "low_income_most") :because "not too far",
        fact "travel.suitable_schools_nearer" :below(param "schools_nearer")
          :because "few enough suitable schools are nearer",
      } :source "N-TR-4b",
      all "Low income, the nearest school preferred for religion or belief" {
        low_income, wider_choice, beyond_low_income(),
        distance :at_most(param "belief_most") :because "not too far for a school of that belief",
        fact "travel.chosen_for_belief" :is(true)
          :because "the nearest school preferred for religion or belief",
      } :source "N-TR-4c",
    },
  },

  refer_to = "the school transport team of the authority where the pupil lives",

  amount = not_published { period = "year", because = message "not_a_sum" },

  actions = {
    met = {
      apply { to = "the school transport team of the authority where the pupil lives" },
      action { when = low_income, text = message "low_income", to = "the parent" },
    },
    needs_evidence = {
      action { text = message "find_out", to = "the school" },
    },
    not_met = {
      action { when = age :above(param "oldest_age"), text = message "after_16", to = "the parent" },
      action {
        when = all { fact "nc_year" :is_known(), fact "nc_year" :at_least "12" },
        text = message "after_16", to = "the parent",
      },
      action { when = of_age, text = message "discretion", to = "the parent" },
    },
  },
}
