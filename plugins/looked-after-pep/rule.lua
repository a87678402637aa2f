-- Working days, with the bank holidays of England and Wales. The day on which
-- the child entered care is not counted.

local entered_on = fact "care.entered_on"
local started_on = fact "care.pep_started_on"

-- Who entered care earlier did so under guidance that was not read.
local entered_earlier = all { entered_on :is_known(), entered_on :before(param "entered_from") }
  :because "the child entered care under earlier guidance, whose time was not read"

local last_day = choose {
  when(none { entered_earlier }, working_days_after(param "start_days", entered_on)),
} :labelled "the last day for starting the personal education plan"

local is_started = started_on :is_known()
  :because "the start of the personal education plan is recorded"

return rule {
  id = "looked-after-pep",
  title = "Personal education plan of a looked-after child",
  source = "Promoting the education of looked-after and previously looked-after children",

  -- A recorded entry to care is that of a looked-after child, unless the record
  -- says otherwise.
  applies_when = any {
    fact "care.looked_after" :is(true) :because "the child is looked after",
    all {
      entered_on :is_known() :because "the day of entering care is recorded",
      none { fact "care.looked_after" :is_known() } :because "whether the child is still looked after is not recorded",
    } :because "the child has entered care",
  } :because "a looked-after child",

  met_when = any {
    as_of :on_or_before(last_day)
      :because "the last day has not passed",
    started_on :on_or_before(last_day)
      :because "started on or before the last day",
  },

  refer_when = entered_earlier,
  refer_to = "the virtual school head",

  due = deadline { date = last_day, basis = "law", done = started_on },

  actions = {
    met = {
      action { when = none { is_started }, text = message "start", to = "the designated teacher", by = last_day },
      action { when = is_started, text = message "review", to = "the designated teacher" },
    },
    refer = {
      action { text = message "earlier", to = "the designated teacher" },
    },
    not_met = {
      action { when = none { is_started }, text = message "overdue", to = "the designated teacher" },
      action { when = is_started, text = message "late", to = "the designated teacher" },
    },
  },
}
