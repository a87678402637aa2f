-- The highest band whose tests are met today. What a higher band still asks for
-- is outstanding and must not hold back the lower one, so the sum is chosen by
-- what is on file now.

local on_file = require "on_file"

local supports = "Does the setting's SENCO support the application?"
local stated = "Does the application state the early years level at which the child is working now?"

local function areas_behind(months)
  return count("sen.delays", item "months" :at_least(months) :because "an area with such a delay", { distinct = "area" })
end

local function reviewed_sets()
  return count("plan_cycles", item "reviewed_on" :on_or_before(as_of) :because "a set of reviewed targets")
end

-- The tests of a band, as what is asked for; and as what is there now.
local function asked_for(band)
  return all {
    areas_behind(param("months_behind_" .. band)) :at_least(param("areas_" .. band))
      :because "far enough behind the expected level, in enough areas of learning",
    reviewed_sets() :at_least(param("reviewed_sets_" .. band))
      :because "enough sets of reviewed targets",
    judgement("senco_supports", supports),
    judgement("level_stated", stated),
  }
end
local function there_now(band)
  return all {
    on_file.of_closed_list(areas_behind(param("months_behind_" .. band)), param("areas_" .. band))
      :because "far enough behind, in enough areas that are on record",
    on_file.of_open_list(reviewed_sets(), param("reviewed_sets_" .. band))
      :because "enough sets of reviewed targets are on file",
    on_file.answered_yes("senco_supports", supports)
      :because "the SENCO has said that the application has support",
    on_file.answered_yes("level_stated", stated)
      :because "it has been said that the level is stated",
  }
end

local band_2 = there_now "2"
  :because "the tests of band 2 that were read are met"
local band_1b = there_now "1b"
  :because "the tests of band 1b are met"

return rule {
  id = "lambeth-early-years-inclusion",
  title = "Lambeth Early Years Inclusion Fund",
  source = "Lambeth, How much funding will a setting receive",

  met_when = any "A band of the fund" {
    all "band 1a: just started" {
      fact "local.lambeth.just_started" :is(true)
        :because "the child has just started and needs help to settle",
      any_item("evidence", item "type" :is "settling_targets")
        :because "settling-in targets are written",
    },
    asked_for "1b" :because "band 1b: universal offer",
    asked_for "2" :because "band 2: targeted support, as far as its tests were read",
  },

  refer_to = "Lambeth's Early Years Inclusion Fund panel",

  amount = {
    payment {
      when = band_2, value = param "amount_2", period = "term",
      working = { line("band 2, a term", param "amount_2") },
    },
    payment {
      when = band_1b, value = param "amount_1b", period = "term",
      working = { line("band 1b, a term", param "amount_1b") },
    },
    payment {
      value = param "amount_1a", period = "one_off",
      working = { line("band 1a, once", param "amount_1a") },
    },
  },

  actions = {
    needs_evidence = {
      action { text = message "collect", to = "the setting" },
    },
    refer = {
      action { text = message "panel", to = "the setting" },
      action {
        when = none { band_1b, band_2 },
        text = message "parent", to = "the setting",
      },
      action {
        when = any { band_1b, band_2 },
        text = message "again", to = "the setting",
      },
      action {
        when = all {
          on_file.of_closed_list(areas_behind(param "months_behind_2"), param "areas_2")
            :because "far enough behind for band 2",
          none { band_2 },
        },
        text = message "band_2_next", to = "the setting",
      },
      action { text = message "band_3", to = "the setting" },
    },
  },
}
