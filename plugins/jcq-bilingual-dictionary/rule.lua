-- The centre decides, subject by subject. One subject that allows the
-- dictionary is enough; where every subject bars it, there is nothing to allow.

local jcq = require "jcq"

return rule {
  id = "jcq-bilingual-dictionary",
  title = "Bilingual translation dictionary",
  source = "AARA 5.18; ICE 14",

  applies_when = jcq.entered(),

  met_when = all {
    jcq.other_first_language(),
    jcq.subject_allows_dictionary(),
    jcq.normal_way_of_working("bilingual_dictionary")
      :because "a bilingual dictionary is the pupil's normal way of working"
      :source "ICE 14.2",
  },

  actions = {
    met = {
      action { text = message "word_for_word", to = "the examinations officer" },
      action {
        text = message "where_not",
        to = "the examinations officer",
        when = jcq.subject_bars_dictionary(),
      },
    },
  },
}
