-- A gross table: it prints what a band costs in all, and the school's own share
-- comes off.

local levels = require "levels"
local place = require "place"

local bands = param "bands"
local total_cost = levels.cell("solihull", bands, "total_cost")
  :labelled "the total cost of the pupil's band"

return rule {
  id = "solihull-top-up",
  title = "Solihull top-up",
  source = "Solihull, How schools are funded for SEN",

  met_when = all {
    fact "sen.status" :is "plan_final"
      :because "the pupil has an EHC plan",
    none { place.is_not_mainstream() }
      :because "a place in a mainstream school, as far as the record says",
    levels.at_most_one "solihull"
      :because "no more than one band is stated",
    total_cost :above(param "school_share")
      :because "the band costs more than the school pays itself",
  },

  refer_when = levels.several "solihull"
    :because "two bands of Solihull are stated, and only one can hold",

  refer_to = "Solihull Council's SEND team",

  amount = payment {
    value = total_cost - param "school_share", period = "year",
    working = {
      line("total cost of the band", total_cost),
      line("less what the school pays itself", param "school_share"),
    },
  },

  actions = {
    needs_evidence = {
      action { text = message "band", to = "the SENCO" },
    },
    not_met = {
      action {
        when = any_item("sen.levels", all {
          item "scheme" :is "solihull",
          look_up(bands, { level = item "level" }, "total_cost") :at_most(param "school_share"),
        }),
        text = message "school_pays", to = "the SENCO",
      },
    },
    refer = {
      action { text = message "ask", to = "the SENCO" },
    },
  },
}
