-- The age is that of the day before the academic year begins, whatever birthday
-- follows. One group is enough; a disability benefit needs a second benefit.

local day_before_the_year = on_or_before_day(param "age_day", day_before(as_of))
  :labelled "the day before the academic year"
local age = age_on(day_before_the_year) :labelled "the age on the day before the academic year"

local on_universal_credit = fact "benefits.universal_credit_own_right" :is(true)
  :because "Universal Credit in the student's own right"

local too_old = age :at_least(param "too_old_at")
  :because "too old for the vulnerable groups"

-- Whether the discretionary bursary is open at that age.
local may_go_on = any {
  fact "bursary.continuing_programme" :is(true)
    :because "goes on with a programme begun at 16 to 18",
  fact "sen.status" :is "plan_final" :because "has an EHC plan",
} :source "N-BUR-4"

return rule {
  id = "bursary-vulnerable-groups",
  title = "16 to 19 Bursary: vulnerable groups",
  source = "N-BUR",

  met_when = all {
    age :at_least(param "youngest_age")
      :because "old enough on the day before the academic year"
      :source "N-BUR-1",
    age :below(param "too_old_at")
      :because "not too old on the day before the academic year"
      :source "N-BUR-1, N-BUR-4",
    any "In one of the vulnerable groups" {
      fact "care.looked_after" :is(true) :because "in care",
      fact "care.care_leaver" :is(true) :because "a care leaver",
      fact "benefits.income_support_own_right" :is(true)
        :because "Income Support in the student's own right",
      on_universal_credit,
      all "A disability benefit and a second benefit, both in the student's own right" {
        any {
          fact "benefits.dla_own_right" :is(true) :because "Disability Living Allowance",
          fact "benefits.pip_own_right" :is(true) :because "Personal Independence Payment",
        },
        any {
          fact "benefits.esa_own_right" :is(true) :because "Employment and Support Allowance",
          on_universal_credit,
        },
      },
    } :source "N-BUR-2",
  },

  refer_to = "the school's or college's bursary officer",

  amount = payment {
    value = lowest { fact "bursary.participation_cost", param "ceiling" }, period = "year",
    working = {
      line("what taking part in the course costs in the year", fact "bursary.participation_cost"),
      line("the most that is paid", param "ceiling"),
    },
  },

  actions = {
    met = {
      action { text = message "evidence", to = "the bursary officer" },
      action { text = message "costs_only", to = "the bursary officer" },
      action {
        when = param "claimed_from" :is "dfe",
        text = message "claim_dfe", to = "the bursary officer",
      },
      action {
        when = param "claimed_from" :is "bursary_service",
        text = message "claim_service", to = "the bursary officer",
      },
    },
    needs_evidence = {
      action { text = message "cost_it", to = "the bursary officer" },
    },
    not_met = {
      action {
        when = all { too_old, may_go_on },
        text = message "discretionary", to = "the student",
      },
      action {
        when = none { too_old },
        text = message "own_policy", to = "the student",
      },
    },
  },
}
