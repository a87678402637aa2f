-- The centre decides. It must suit a need: preference is not one.

local jcq = require "jcq"

local is_normal_way_of_working = jcq.normal_way_of_working("word_processor")
  :because "a word processor is the pupil's normal way of working"
  :source "AARA 5.8"

return rule {
  id = "jcq-word-processor",
  title = "Word processor",
  source = "AARA 5.8",

  applies_when = jcq.entered(),

  met_when = all {
    jcq.established(item "kind" :is_one_of(param "kinds_of_need"))
      :because "an established difficulty of a kind that makes a word processor appropriate"
      :source "AARA 5.8",
    is_normal_way_of_working,
  },

  refer_when = all "A difficulty of a kind that the regulations do not name" {
    jcq.established(none { item "kind" :is_one_of(param "kinds_of_need") })
      :because "an established difficulty of another kind",
    is_normal_way_of_working,
  }
    :source "AARA 5.8",
  refer_to = "the SENCO, who knows how the difficulty shows when the pupil writes by hand",

  actions = {
    met = {
      action { text = message "tools_off", to = "the examinations officer" },
    },
    not_met = {
      action { text = message "preference", to = "the SENCO", when = is_normal_way_of_working },
    },
    refer = {
      action { text = message "look_at_writing", to = "the SENCO" },
    },
  },
}
