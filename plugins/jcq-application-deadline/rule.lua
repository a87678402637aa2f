-- Two last days: one for modified papers, one for all else that is applied for.
-- A date that was read counts before one that is only presumed, and a date that
-- is neither is looked up by a person.

local jcq = require "jcq"

local body = fact "exams.awarding_body"
local series = fact "exams.series"

local function row_of(dates, kind)
  return look_up(param(dates), { awarding_body = body, series = series, kind = kind }, "apply_by")
end

local function date_read(kind)
  return row_of("deadlines", kind) :labelled "the awarding body's last day for the series"
end

local function date_presumed(kind)
  return row_of("presumed_deadlines", kind) :labelled "the presumed last day for the series"
end

local function no_date_read(kind)
  return none { date_read(kind) :is_known() }
    :because "no last day was read for this awarding body and series"
end

local function only_presumed(kind)
  return all {
    no_date_read(kind),
    date_presumed(kind) :is_known() :because "a last day is presumed",
  } :because "the last day is presumed, not read"
end

local function last_day(kind)
  return choose {
    when(only_presumed(kind), date_presumed(kind)),
    otherwise(date_read(kind)),
  }
end

-- An approval shows that there was an application before it.
local function applied_by(day)
  return any {
    item "applied_on" :on_or_before(day) :because "applied for in time",
    all {
      none { item "applied_on" :is_known() },
      item "approved_on" :on_or_before(day),
    } :because "approved by the last day, so applied for in time",
  }
end

local function in_time(day, which)
  return any "In time" {
    as_of :on_or_before(day) :because "the last day has not passed",
    all {
      any_item("arrangements", which) :because "it is on record",
      every_item("arrangements", any { none { which }, applied_by(day) }) :because "it was asked for by the last day",
    } :because "asked for in time",
  }
end

local function kept(label, kind, which)
  return any(label) {
    all {
      none { only_presumed(kind) } :because "the last day is not a presumed one",
      in_time(date_read(kind), which),
    } :because "by the date that was read",
    all {
      only_presumed(kind),
      in_time(date_presumed(kind), which),
    } :because "by a date that is presumed",
  }
end

local online = "access_arrangements"
local papers = "modified_papers"

local is_online = item "arrangement" :is_one_of(param "applied_for")
local is_paper = item "arrangement" :is "modified_papers"

local has_online = any_item("arrangements", is_online)
  :because "an arrangement that is applied for online is on record"

local has_paper = any {
  any_item("arrangements", is_paper) :because "modified papers are among the arrangements",
  all {
    fact "exams.paper" :is_known(),
    fact "exams.paper" :is_one_of(param "ordered_papers"),
  } :because "the pupil is to sit a modified paper",
} :because "a modified paper is to be ordered"

local paper_in_time = any_item("arrangements", all {
  is_paper,
  item "applied_on" :is_known(),
  item "applied_on" :on_or_before(last_day(papers)),
})

-- Of two last days the paper's is shown until the paper has been ordered in time.
local about_the_paper = all { has_paper, none { all { has_online, paper_in_time } } }

-- Qualifications that are not on the online system have no date for the series.
local by_form = all "A vocational qualification for which this awarding body has no date for a series that we could read" {
  fact "exams.qualification" :is "vocational",
  body :is_one_of(param "form_bodies"),
  series :is_known(),
  no_date_read(online),
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
      kept("Applied for in time, or still to come", online, is_online),
    },
    any "Modified papers" {
      none { has_paper } :because "no modified paper to order",
      kept("Ordered in time, or still to come", papers, is_paper),
    },
  },

  refer_when = by_form,
  refer_to = "the examinations officer, who has the awarding body's key dates",

  due = deadline {
    date = choose {
      when(about_the_paper, last_day(papers)),
      when(by_form, weeks_before(param "form_weeks", fact "exams.first_exam_on")),
      when(has_online, last_day(online)),
    } :labelled "the last day to apply, or to order the paper",
    basis = "local",
    done = choose {
      when(about_the_paper, latest("arrangements", "applied_on", is_paper)),
      when(all_dated, latest("arrangements", "applied_on", is_online)),
      otherwise(latest("arrangements", "approved_on", is_online)),
    },
  },

  actions = {
    met = {
      apply { when = not_yet_applied, to = "Access Arrangements Online", by = last_day(online) },
      action { when = not_yet_ordered, text = message "order", to = "the examinations officer", by = last_day(papers) },
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
