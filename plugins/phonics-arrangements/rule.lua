-- What is permitted where it is normal practice. Whether a pupil who knows no
-- letter sounds takes the check at all is another question, and the head's.

local sta = require "sta"

local is_permitted = item "arrangement" :is_one_of(param "permitted")

local is_usual = sta.normal_practice(is_permitted)
  :because "an arrangement that the guidance names is the pupil's normal practice"
  :source "STA, phonics screening check"

local head_decides = sta.stated(fact "local.sta.no_letter_sounds", true)
  :because "the pupil knows no letter sounds, so the head teacher decides whether the pupil takes the check at all"
  :source "STA, phonics screening check: pupils who do not take it"

-- Braille is ordered; the other modified versions are downloaded.
local braille_is_open = all "Braille is ordered, and whether it still can be is open" {
  sta.stated(fact "exams.paper", "braille") :because "the pupil is to have the check in braille",
  any {
    param "braille_order" :is "not_read" :because "the last day to order braille was not read",
    as_of :after(param "braille_order_by") :because "the last day to order braille has passed",
  },
} :source "STA, phonics screening check: modified versions"

local has_another = sta.normal_practice(none { is_permitted })
  :because "an arrangement that the guidance we read does not name"
  :source "STA, phonics screening check"

return rule {
  id = "phonics-arrangements",
  title = "Phonics screening check: arrangements",
  source = "STA, phonics screening check",

  applies_when = sta.to_take("phonics", "the phonics screening check"),

  met_when = all {
    is_usual,
    none { head_decides } :because "the record does not say that the pupil knows no letter sounds",
    none { braille_is_open } :because "no braille version whose order is in doubt",
  },

  refer_when = any {
    head_decides,
    all { is_usual, braille_is_open }
      :because "the check is to be in braille, and whether it can still be ordered is open",
    has_another,
  },
  refer_to = "the head teacher, with STA's administration guidance for the check",

  due = deadline {
    date = choose {
      when(sta.stated(fact "exams.paper", "braille"), param "braille_order_by"),
    } :labelled "the last day to order the check in braille",
    basis = "guidance",
  },

  actions = {
    met = {
      action { text = message "prepare", to = "the teacher who gives the check", by = param "check_from" },
      action { when = has_another, text = message "another", to = "the SENCO" },
    },
    refer = {
      action { when = head_decides, text = message "head_decides", to = "the head teacher" },
      action { when = braille_is_open, text = message "braille", to = "the head teacher" },
      action { when = has_another, text = message "another", to = "the SENCO" },
    },
    needs_evidence = {
      action { text = message "find_out", to = "the SENCO" },
    },
  },
}
