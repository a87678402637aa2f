-- The sums are for a standard week of funded hours. Stoke says that they may be
-- adjusted for more or fewer, and not how.

local levels = require "levels"

local hours = fact "early_years.funded_hours_per_week"
local amount = levels.cell("stoke", param "tiers", "amount")
  :labelled "the sum a term for the child's tier"

local standard_hours = hours :is(param "base_hours")
  :because "the funded hours that the sums are for"
local in_proportion = param "other_hours" :is "in_proportion"
  :because "the sum follows the hours"

local plan = fact "sen.status" :is "plan_final"

return rule {
  id = "stoke-senif",
  title = "Stoke-on-Trent SEN inclusion fund",
  source = "Stoke-on-Trent local offer, Funding you can apply for",

  met_when = all {
    hours :above(0)
      :because "the child attends on funded early years hours",
    none { plan }
      :because "no EHC plan yet",
    levels.at_most_one "stoke"
      :because "no more than one tier is stated",
    levels.brings_a_sum(amount)
      :because "a tier that brings money, for a significant delay in development",
  },

  refer_when = levels.several "stoke"
    :because "two tiers of Stoke are stated, and only one can hold",

  refer_to = "Stoke-on-Trent City Council's early years inclusive learning service",

  amount = {
    payment {
      when = standard_hours,
      value = amount, period = "term",
      working = { line("the sum a term for the tier", amount) },
    },
    payment {
      when = in_proportion,
      value = amount * hours / param "base_hours", period = "term",
      working = {
        line("the sum a term for the tier", amount),
        line("funded hours a week", hours),
        line("the hours that the sum is for", param "base_hours"),
      },
    },
    not_published { period = "term", because = message "other_hours" },
  },

  actions = {
    needs_evidence = {
      action { text = message "tier", to = "the setting" },
    },
    not_met = {
      action { when = plan, text = message "plan", to = "the setting" },
      action {
        when = any_item("sen.levels", all { item "scheme" :is "stoke", item "level" :is "1" }),
        text = message "no_money", to = "the setting",
      },
    },
    refer = {
      action { text = message "ask", to = "the setting" },
      action { text = message "again", to = "the setting" },
    },
  },
}
