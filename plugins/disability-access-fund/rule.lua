-- The provider that the parent named gets one lump sum, and none again until
-- the period is over, even when the child moves. Authorities count the period
-- in two ways: months from the last payment, or one payment a financial year.

local fund = "disability-access-fund"

-- The first day on which a payment of an earlier day no longer stands in the
-- way. So many months later, or the first day of the financial year that has
-- begun by then.
local function free_again(paid_on)
  local months_later = months_after(param "repeat_months", paid_on)
  return choose {
    when(param "repeat_period" :is "financial_year",
      on_or_before_day(param "financial_year_begins", months_later)),
    otherwise(months_later),
  } :labelled "the first day on which the fund can be paid again for this child"
end

local still_counts = all {
  item "fund" :is(fund),
  item "on" :on_or_before(as_of),
  free_again(item "on") :after(as_of),
}

local paid_in_period = any_item("awards", still_counts)
  :because "the fund was paid for this child in the period"

local in_reception = all {
  age_on(as_of) :at_least(param "reception_age") :because "old enough for Reception",
  fact "nc_year" :is "R" :because "in Reception",
}

local about_to_start_school = age_on(as_of) :at_least(param "reception_age")
  :because "about to start school"

local paid_in_part = any "Paid in part" {
  param "part_payment" :is "always" :because "the authority pays every child's sum pro rata",
  all {
    param "part_payment" :is "before_school" :because "the authority pays pro rata before the start of school",
    about_to_start_school,
  },
}

return rule {
  id = "disability-access-fund",
  title = "Disability Access Fund",
  source = "N-DAF",

  met_when = all {
    fact "benefits.dla_child" :is(true)
      :because "the child gets child Disability Living Allowance, at any rate"
      :source "N-DAF-1",
    any_item("evidence", item "type" :is "dla_award")
      :because "the Disability Living Allowance award letter is on file"
      :source "N-DAF-1",
    fact "early_years.funded_hours_per_week" :above(0)
      :because "the child takes up some of the funded early years hours"
      :source "N-DAF-2",
    months_old_on(as_of) :at_least(param "youngest_months")
      :because "old enough for the fund"
      :source "N-DAF-3",
    age_on(as_of) :at_most(param "oldest_age")
      :because "not older than the early years"
      :source "N-DAF-3",
    none { in_reception }
      :because "not in a Reception class"
      :source "N-DAF-4",
    fact "early_years.daf_nominated" :is(true)
      :because "the parent named this provider, and no other"
      :source "N-DAF-5",
    any_item("evidence", all {
        item "type" :is "parental_declaration", item "signed" :is(true),
      })
      :because "the parent's signed declaration that names the provider is on file"
      :source "N-DAF-5",
    none { paid_in_period }
      :because "not paid for this child in the period, here or elsewhere"
      :source "N-DAF-6",
    -- Only a special school shuts the fund out, so a record that does not say
    -- what kind of setting it comes from is not held up by that.
    none {
      all { fact "school.type" :is_known(), fact "school.type" :is "special" },
    } :because "not a special school, whose places are funded another way"
      :source "N-DAF-7",
  },

  refer_to = "the authority that funds the setting",

  amount = {
    not_published { when = paid_in_part, period = "one_off", because = message "part_payment" },
    payment {
      value = param "amount", period = "one_off",
      working = { line("the lump sum of the financial year", param "amount") },
    },
  },

  -- What falls due is the next payment, not a duty.
  due = deadline { date = free_again(latest("awards", "on", still_counts)), basis = "guidance" },

  actions = {
    met = {
      apply { to = "the authority that funds the setting, wherever the child lives" },
    },
    needs_evidence = {
      action { text = message "collect", to = "the setting" },
    },
    not_met = {
      action {
        when = paid_in_period,
        text = message "already_paid", to = "the setting",
        by = free_again(latest("awards", "on", still_counts)),
      },
    },
    refer = {
      action { text = message "not_confirmed", to = "the setting" },
    },
  },
}
