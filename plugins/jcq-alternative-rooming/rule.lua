-- The centre decides. Nervousness is not an impairment: without one that is
-- established, there is no other room.

local jcq = require "jcq"

local is_normal_way_of_working = jcq.normal_way_of_working("alternative_rooming")
  :because "another room is the pupil's normal way of working in internal tests and mocks"
  :source "AARA 5.16"

local has_impairment = jcq.established(item "kind" :is_one_of(param "kinds_of_need"))
  :because "an established impairment that affects the pupil in the main room"
  :source "AARA 5.16; JCQ, separate invigilation"

local works_with_a_helper = jcq.normal_way_of_working(param "roomed_apart")
  :because "the pupil's normal way of working is with a helper whom others would hear"
  :source "JCQ, separate invigilation"

return rule {
  id = "jcq-alternative-rooming",
  title = "Alternative rooming",
  source = "AARA 5.16",

  applies_when = jcq.entered(),

  met_when = all {
    any "A ground for another room" { has_impairment, works_with_a_helper },
    is_normal_way_of_working,
  },

  actions = {
    met = {
      action { text = message "keep_a_record", to = "the SENCO" },
    },
    not_met = {
      action {
        text = message "nervousness",
        to = "the SENCO",
        when = none { any { has_impairment, works_with_a_helper } },
      },
    },
  },
}
