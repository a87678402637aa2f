-- Three models by date. The third is for a whole school and no award for one
-- pupil: its edition closes this rule.

local levels = require "levels"

local by_bands = param "model" :is "bands" :because "Norfolk decided by bands"
local by_panel = param "model" :is "panel" :because "Norfolk's panel decided"

local amount = levels.cell("norfolk", param "bands", "amount")
  :labelled "the sum for the pupil's band"

return rule {
  id = "norfolk-element-3",
  title = "Norfolk Element 3",
  source = "Norfolk, High needs Element 3 funding",

  met_when = all {
    fact "sen.status" :is_one_of { "support", "in_assessment", "plan_draft", "plan_final" }
      :because "on SEN support or with an EHC plan",
    any "The model of the time" {
      all "By bands" {
        by_bands,
        levels.at_most_one "norfolk" :because "no more than one band is stated",
        levels.brings_a_sum(amount) :because "a band of Norfolk's with a sum",
      },
      all "By a panel" {
        by_panel,
        any_item("evidence", item "type" :is "profile_descriptor")
          :because "the needs profile (INDES) is on file",
        any_item("evidence", all { item "type" :is "provision_map", item "costed" :is(true) })
          :because "a costed provision map is on file",
        any_item("evidence", item "type" :is_one_of { "support_plan", "ehc_plan" } :because "the support plan or the EHC plan")
          :because "the support plan or the EHC plan is on file",
        param "model" :is "panel"
          :because "the panel decides whether the support includes money"
          :unconfirmed "The papers are there. Norfolk's panel decides whether the support that it offers includes money.",
      },
    },
  },

  refer_when = all {
    by_bands,
    levels.several "norfolk" :because "two bands of Norfolk are stated, and only one can hold",
  } :because "two bands of Norfolk are stated, and only one can hold",

  refer_to = "Norfolk County Council's SEND team",

  amount = {
    not_published { when = by_panel, period = "period", because = message "panel_amount" },
    payment {
      value = amount, period = "period",
      working = { line("the sum for the band, September to December", amount) },
    },
  },

  due = deadline { date = param "apply_by", basis = "local", done = fact "application.on" },

  actions = {
    met = {
      action { text = message "four_months", to = "the SENCO" },
    },
    needs_evidence = {
      action { when = by_bands, text = message "band", to = "the SENCO" },
      action { when = by_panel, text = message "collect", to = "the SENCO" },
    },
    refer = {
      action { when = by_panel, text = message "panel", to = "the SENCO" },
    },
  },
}
