-- Somebody or something that helps: it must be normal classroom practice, and no
-- relative may help. Whether STA must be told was not read for this year.

local sta = require "sta"

local is_helper = item "arrangement" :is_one_of(param "helpers")

-- A helper whose tier is the one of this list.
local function of_tier(tier)
  return sta.normal_practice(all { is_helper, item "arrangement" :is_one_of(param(tier)) })
end

local related = sta.stated(fact "local.sta.helper_is_relative", true)
  :because "the helper is the pupil's relative, carer or guardian"
  :source "STA, helpers"

return rule {
  id = "ks2-helpers",
  title = "Key stage 2: helpers and aids",
  source = "STA, access arrangements",

  applies_when = sta.to_take("key_stage_2", "the key stage 2 tests"),

  met_when = all {
    sta.normal_practice(is_helper)
      :because "a helper or an aid is normal classroom practice for this pupil"
      :source "STA, normal classroom practice",
    none { related }
      :because "nothing on record of a helper who is the pupil's relative, carer or guardian"
      :source "STA, helpers",
    any "Who must be told" {
      of_tier "notified" :because "STA is told after the tests",
      of_tier "left_to_school" :because "the school decides by itself",
    },
  },

  refer_to = "the head teacher, who looks up in STA's access arrangements guidance whether STA must be told",

  actions = {
    met = {
      action { text = message "keep_record", to = "the head teacher" },
    },
    refer = {
      action {
        when = of_tier "notified",
        text = message "notify", to = "the head teacher",
      },
      action {
        when = of_tier "left_to_school",
        text = message "school_arranges", to = "the head teacher",
      },
      action { text = message "keep_record", to = "the head teacher" },
    },
    not_met = {
      action { when = related, text = message "another_helper", to = "the head teacher" },
    },
    needs_evidence = {
      action { text = message "find_out", to = "the SENCO" },
    },
  },
}
