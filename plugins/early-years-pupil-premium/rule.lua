-- Paid for each funded hour, up to the universal hours: what working parents get
-- beyond them adds nothing. One ground is enough.

local funded = fact "early_years.funded_hours_per_week"

local hours_in_period = lowest {
  lowest { funded, param "most_hours_a_week" } * fact "early_years.weeks",
  param "most_hours_a_year",
} :labelled "the hours of the period that count"

local in_reception = all {
  age_on(as_of) :at_least(param "reception_age") :because "old enough for Reception",
  fact "nc_year" :is "R" :because "in Reception",
}

local function on_universal_credit()
  return fact "household.universal_credit" :is(true)
    :because "the household is on Universal Credit"
end
local income = fact "household.net_earned_income"

local at_the_limit = income :is(param "net_earned_limit")
  :because "the household's net earned income is exactly the limit"

return rule {
  id = "early-years-pupil-premium",
  title = "Early Years Pupil Premium",
  source = "N-EYPP",

  met_when = all {
    funded :above(0)
      :because "the child takes up funded early years hours"
      :source "N-EYPP-1",
    months_old_on(as_of) :at_least(param "youngest_months")
      :because "old enough for the premium"
      :source "N-EYPP-1",
    age_on(as_of) :at_most(param "oldest_age")
      :because "not older than the early years"
      :source "N-EYPP-1",
    none { in_reception }
      :because "not in a Reception class, where the school-age premium takes over"
      :source "N-EYPP-4",
    any "A ground for the premium" {
      fact "household.qualifying_benefit" :is(true)
        :because "the family gets one of the listed benefits"
        :source "N-EYPP-2",
      all "Universal Credit, with earnings within the limit" {
        on_universal_credit(),
        any {
          income :below(param "net_earned_limit")
            :because "the household's net earned income is below the limit",
          all "Exactly at the limit" {
            at_the_limit,
            income :at_most(param "net_earned_limit")
              :because "no more than the limit, where that is enough"
              :unconfirmed "One page says \"less than\" the limit, another \"no more than\": exactly the limit is not settled.",
          },
        },
      } :source "N-EYPP-2",
      all "Universal Credit, with earnings above the limit, since the change to free school meals" {
        on_universal_credit(),
        income :above(param "net_earned_limit")
          :because "the household's net earned income is above the limit",
        as_of :on_or_after(param "income_test_in_doubt_from")
          :because "free school meals reach every household on Universal Credit",
        on_universal_credit() :because "Universal Credit alone is enough, since free school meals are"
          :unconfirmed "Every household on Universal Credit has free school meals now. Whether this premium keeps the older income test was not read.",
      } :source "N-EYPP-2",
      fact "care.looked_after" :is(true)
        :because "the child is looked after, if only for a day"
        :source "N-EYPP-3",
      fact "care.previously_looked_after" :is(true)
        :because "the child left care by adoption, special guardianship or a child arrangements order"
        :source "N-EYPP-3",
    },
  },

  refer_to = "the authority that funds the setting",

  amount = payment {
    value = hours_in_period * param "rate", period = "period",
    working = {
      line("funded hours a week that count", lowest { funded, param "most_hours_a_week" }),
      line("weeks in the period claimed", fact "early_years.weeks"),
      line("hours of the period that count", hours_in_period),
      line("rate an hour", param "rate"),
    },
  },

  actions = {
    met = {
      apply { to = "the authority where the setting is, wherever the child lives" },
      action { text = message "claim", to = "the setting" },
    },
    needs_evidence = {
      action { text = message "ask_family", to = "the setting" },
    },
    refer = {
      action { when = at_the_limit, text = message "at_the_limit", to = "the setting" },
      action { text = message "not_confirmed", to = "the setting" },
    },
  },
}
