-- A modified paper is made for one named pupil and one series, so that it has a
-- last day of its own, long before that of the other arrangements.

local jcq = require "jcq"

local is_paper = jcq.is_paper()
local is_established = item "established" :is(true) :because "established and known to the centre"

local of_the_needs = all {
  item "kind" :is_one_of(param "needs") :because "of a kind for which papers are modified",
  is_established,
}

local has_need = any_item("difficulties", of_the_needs)
  :because "an established difficulty of sight or hearing"

local has_paper = jcq.paper_to_order()

-- Who is down for a modified paper, and whose list of arrangements leaves it
-- out, has a record that wants completing: that is not held against the pupil.
local is_usual = any_item("arrangements", all { is_paper, item "normal_way_of_working" :is(true) }, { open = true })
  :because "the pupil normally works from modified papers, in class and in internal tests"

local stated_unusual = jcq.stated_unusual "modified_papers"

local has_advice = any {
  any_item("difficulties", all { of_the_needs, item "specialist_evidence" :is(true) })
    :because "a specialist's evidence of the difficulty",
  jcq.on_file "specialist_letter" :because "a specialist's letter",
} :because "advice of a specialist teacher or another specialist is on file"

local in_time = jcq.in_time("modified_papers", is_paper)
  :because "ordered by the awarding body's last day, unless that is still to come"

local is_ordered = any_item("arrangements", all {
    is_paper,
    any { item "applied_on" :is_known(), item "approved_on" :is_known() },
  })
  :because "the paper has been ordered"

local format_open = any "The format is not on record" {
  none { fact "exams.paper" :is_known() },
  none { fact "exams.paper" :is_one_of(param "ordered_papers") },
}

local other_difficulty = all "Papers for a difficulty other than of sight or hearing" {
  none { has_need } :because "no established difficulty of sight or hearing",
  any_item("difficulties", is_established) :because "an established difficulty of another kind",
  has_paper,
  none { stated_unusual } :because "nothing on record against modified papers as the pupil's normal way of working",
}

local order = action {
  when = none { is_ordered },
  text = message "order", to = "the examinations officer", by = jcq.last_day "modified_papers",
}
local settle_format = action { when = format_open, text = message "format", to = "the SENCO" }
local this_series = action { when = is_ordered, text = message "this_series", to = "the examinations officer" }

return rule {
  id = "jcq-modified-papers",
  title = "Modified papers",
  source = "AARA chapter 6",

  applies_when = jcq.entered(),

  met_when = all {
    has_need :source "AARA chapter 6",
    has_paper :source "AARA chapter 6",
    all "The pupil's normal way of working" {
      none { stated_unusual } :because "nothing on record against modified papers as the pupil's normal way of working",
      is_usual,
    } :source "AARA, normal way of working",
    has_advice :source "AARA chapter 6",
    in_time :source "Awarding bodies' key dates",
  },

  refer_when = other_difficulty,
  refer_to = "the examinations officer, who has the awarding body's key dates and JCQ's chapter on modified papers",

  due = deadline {
    date = choose { when(has_paper, jcq.last_day "modified_papers") } :labelled "the last day to order the paper",
    basis = "local",
    done = jcq.asked_on(is_paper),
  },

  actions = {
    met = { order, settle_format, this_series },
    refer = {
      action { when = other_difficulty, text = message "other_difficulty", to = "the examinations officer" },
      order,
      settle_format,
      this_series,
      action { when = jcq.no_last_day_read "modified_papers", text = message "look_up", to = "the examinations officer" },
    },
    needs_evidence = {
      action { text = message "collect", to = "the SENCO" },
      action {
        when = all { has_paper, as_of :on_or_before(jcq.last_day "modified_papers") },
        text = message "do_not_wait", to = "the SENCO", by = jcq.last_day "modified_papers",
      },
    },
    not_met = {
      action { when = all { has_need, has_paper, none { in_time } }, text = message "late", to = "the examinations officer" },
    },
  },
}
