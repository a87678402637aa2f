-- Two last days: one for modified papers, one for all else that is applied for.
-- A date that was read counts before one that is only presumed, and a date that
-- is neither is looked up by a person.

local jcq = require "jcq"

local online = "access_arrangements"
local papers = "modified_papers"

local is_online = item "arrangement" :is_one_of(param "applied_for") :because "applied for online"
local is_paper = jcq.is_paper()

local has_online = any_item("arrangements", is_online)
  :because "an arrangement that is applied for online is on record"
local has_paper = jcq.paper_to_order()

local paper_in_time = any_item("arrangements", all {
  is_paper,
  item "applied_on" :is_known(),
  item "applied_on" :on_or_before(jcq.last_day(papers)),
})

-- Of two last days the paper's is shown until the paper has been ordered in time.
local about_the_paper = all { has_paper, none { all { has_online, paper_in_time } } }

-- Qualifications that are not on the online system have no date for the series.
local by_form = all "A vocational qualification that may not be on the online system" {
  fact "exams.qualification" :is "vocational",
  fact "exams.awarding_body" :is_one_of(param "form_bodies"),
  fact "exams.series" :is_known(),
  jcq.no_last_day_read(online),
  has_online,
}

local all_dated = every_item("arrangements", any { none { is_online }, item "applied_on" :is_known() })

local not_yet_applied = any_item("arrangements", all {
  is_online,
  none { item "applied_on" :is_known(), item "approved_on" :is_known() },
})

local not_yet_ordered = all {
  has_paper,
  none {
    any_item("arrangements", all {
      is_paper,
      any { item "applied_on" :is_known(), item "approved_on" :is_known() },
    }),
  },
}

return rule {
  id = "jcq-application-deadline",
  title = "Access arrangements applied for in time",
  source = "JCQ and awarding bodies' key dates",

  applies_when = jcq.entered(),

  met_when = all {
    any "Something to apply for" { has_online, has_paper },
    any "Online applications" {
      none { has_online } :because "nothing to apply for online",
      jcq.in_time(online, is_online) :because "applied for in time, or still to come",
    },
    any "Modified papers" {
      none { has_paper } :because "no modified paper to order",
      jcq.in_time(papers, is_paper) :because "ordered in time, or still to come",
    },
  },

  refer_when = by_form,
  refer_to = "the examinations officer, who has the awarding body's key dates",

  due = deadline {
    date = choose {
      when(about_the_paper, jcq.last_day(papers)),
      when(by_form, weeks_before(param "form_weeks", fact "exams.first_exam_on")),
      when(has_online, jcq.last_day(online)),
    } :labelled "the last day to apply, or to order the paper",
    basis = "local",
    done = choose {
      when(about_the_paper, jcq.asked_on(is_paper)),
      when(all_dated, latest("arrangements", "applied_on", is_online)),
      otherwise(latest("arrangements", "approved_on", is_online)),
    },
  },

  actions = {
    met = {
      apply { when = not_yet_applied, to = "Access Arrangements Online", by = jcq.last_day(online) },
      action { when = not_yet_ordered, text = message "order", to = "the examinations officer", by = jcq.last_day(papers) },
    },
    not_met = {
      action {
        when = any { has_online, has_paper },
        text = message "late", to = "the examinations officer",
      },
    },
    needs_evidence = {
      action { text = message "record", to = "the SENCO" },
    },
    refer = {
      action { when = by_form, text = message "by_form", to = "the examinations officer" },
      action { text = message "look_up", to = "the examinations officer" },
    },
  },
}
