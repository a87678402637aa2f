-- A net table: the school's own share is already off it.

local levels = require "levels"
local place = require "place"

local amount = levels.cell("devon", param "bands", "amount")
  :labelled "the sum for the pupil's band"

return rule {
  id = "devon-top-up",
  title = "Devon top-up",
  source = "Devon, reply on its mainstream bands",

  met_when = all {
    none { place.without_needs() }
      :because "special educational needs, as far as the record says",
    none { place.is_not_mainstream() }
      :because "a place in a mainstream school, as far as the record says",
    levels.at_most_one "devon"
      :because "no more than one band is stated",
    levels.brings_a_sum(amount)
      :because "a band of Devon's with a sum",
  },

  refer_when = levels.several "devon"
    :because "two bands of Devon are stated, and only one can hold",

  refer_to = "Devon County Council's SEND team",

  amount = payment {
    value = amount, period = "year",
    working = { line("the sum for the band, with the school's own share already off it", amount) },
  },

  actions = {
    met = {
      action { text = message "what_for", to = "the SENCO" },
    },
    needs_evidence = {
      action { text = message "band", to = "the SENCO" },
    },
    not_met = {
      action { when = place.is_not_mainstream(), text = message "other_place", to = "the SENCO" },
    },
    refer = {
      action {
        when = any_item("sen.levels", all { item "scheme" :is "devon", item "level" :is "plus" }),
        text = message "plus", to = "the SENCO",
      },
    },
  },
}
