-- The check is taken on a screen, and its arrangements are switches in STA's
-- service. Two of them were read; the rest are for a person to look up.

local sta = require "sta"

local by_next_button = item "arrangement" :is_one_of(param "next_button_for")
local by_contrast = item "arrangement" :is_one_of(param "contrast_for")
local has_a_switch = any { by_next_button, by_contrast } :because "the service has an option for it"

local stated_unusual = sta.stated(item "normal_way_of_working", false)
  :because "it is on record as not being the pupil's normal way of working"

local has_option = any_item("arrangements", all { has_a_switch, none { stated_unusual } :because "nothing is on record against it" })
  :because "an arrangement for which the service has an option"
  :source "STA, multiplication tables check"

local check_is_over = all {
  param "dates" :is "read" :because "the dates of this year's check were read",
  as_of :after(param "last_day") :because "the last day of the check has passed",
} :because "this year's check is over"
  :source "STA, multiplication tables check: dates"

return rule {
  id = "multiplication-check-arrangements",
  title = "Multiplication tables check: arrangements",
  source = "STA, multiplication tables check",

  applies_when = sta.to_take("multiplication_check", "the multiplication tables check"),

  met_when = all {
    has_option,
    none { check_is_over } :because "this year's check is not known to be over",
  },

  refer_when = all {
    none { check_is_over } :because "this year's check is not known to be over",
    any {
      any_item("arrangements", all { has_a_switch, stated_unusual })
        :because "an arrangement that is not the pupil's normal way of working: whether the check asks for that was not read",
      any_item("arrangements", none { has_a_switch } :because "the service has no option for it that we read of")
        :because "an arrangement for which we read of no option in the service",
    } :because "what the service offers for this arrangement was not read",
  },
  refer_to = "the head teacher, with STA's administration guidance for the check",

  due = deadline {
    date = param "last_day" :labelled "the last day of the check, with the days for catching up",
    basis = "guidance",
  },

  actions = {
    met = {
      action {
        when = any_item("arrangements", by_next_button) :because "the pupil needs a pause between the questions",
        text = message "next_button", to = "the teacher who gives the check",
      },
      action {
        when = any_item("arrangements", by_contrast) :because "the pupil needs other colours",
        text = message "contrast", to = "the teacher who gives the check",
      },
      action {
        when = as_of :before(param "service_opens") :because "the service is not open yet",
        text = message "not_open", to = "the teacher who gives the check", by = param "service_opens",
      },
      action { text = message "try_out", to = "the teacher who gives the check" },
    },
    refer = {
      action { text = message "look_up", to = "the SENCO" },
    },
    needs_evidence = {
      action { text = message "find_out", to = "the SENCO" },
    },
  },
}
