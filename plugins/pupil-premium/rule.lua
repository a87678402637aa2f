-- One rate a pupil: that for care, which is the highest, or that for free
-- school meals. The grant looks back at one census and at periods of free
-- meals recorded up to it, so a meal that began later does not count this year.

-- The record may not hold the year group at the census. Today's year group
-- answers for it wherever a year more or less makes no difference.
local year_group = choose {
  when(fact "census.nc_year" :is_known(), fact "census.nc_year"),
  when(fact "nc_year" :is_one_of { "E1", "E2", "N1", "N2", "1", "2", "3", "4", "5", "6", "8", "9", "10", "11", "13", "14" },
    fact "nc_year"),
  otherwise(fact "census.nc_year"),
} :labelled "the year group at the census"

local primary = year_group :between("R", "6") :because "in Reception to Year 6 at the census"
local secondary = year_group :between("7", "11") :because "in Year 7 to Year 11 at the census"

local on_roll = fact "census.on_roll_october" :is(true)
  :because "on roll at the census that the grant uses"

local in_school = fact "school.type" :is_one_of { "mainstream", "resource_base", "special" }
  :because "in a mainstream or special school"
local in_pru = fact "school.type" :is "pupil_referral_unit"
  :because "in a PRU or AP academy"

-- A period that reaches into the window. One that is known to have ended
-- before it does not, whenever it began.
local function recorded(from, to)
  return any_item("fsm.recorded", all {
    none { all { item "to" :is_known(), item "to" :before(param(from)) } }
      :because "not over before the window opens",
    any {
      item "from" :on_or_after(param(from)) :because "began after the window opened",
      item "to" :on_or_after(param(from)) :because "lasted into the window",
    },
    item "from" :on_or_before(param(to)) :because "recorded by the census",
  })
end

local looked_after = fact "care.looked_after" :is(true)
  :because "looked after now: the same rate, paid to the authority and managed by the virtual school head"
  :source "N-PP-4"

local previously_looked_after = all "Previously looked after" {
  fact "care.previously_looked_after" :is(true)
    :because "adopted from care, or left care on a special guardianship or child arrangements order",
  on_roll,
} :source "N-PP-3"

local ever_6 = all "Free school meals, Ever 6" {
  on_roll,
  any {
    all "Mainstream or special school" {
      in_school,
      recorded("fsm_from", "fsm_to") :because "a recorded period of free school meals counts",
    } :source "N-PP-1",
    all "PRU or AP academy" {
      in_pru,
      recorded("pru_from", "pru_to") :because "a recorded period of free school meals counts",
    } :source "N-PP-2",
  },
}

local perhaps_ever_6 = all "Free school meals that count by the pattern of other years" {
  on_roll,
  any {
    all {
      in_school,
      recorded("fsm_perhaps_from", "fsm_to") :because "a recorded period would count by the pattern",
    },
    all {
      in_pru,
      recorded("pru_perhaps_from", "pru_to") :because "a recorded period would count by the pattern",
    },
  },
} :source "N-PP-9"

return rule {
  id = "pupil-premium",
  title = "Pupil premium",
  source = "N-PP",

  met_when = all {
    any "In Reception to Year 11 at the census" { primary, secondary },
    any "A ground for pupil premium" { looked_after, previously_looked_after, ever_6 },
  },

  refer_when = any {
    all "The window for free school meals was not read for this year" {
      any { primary, secondary },
      perhaps_ever_6,
    },
    all "No national curriculum year, so that the rate is not plain" {
      year_group :is "X" :because "does not follow the national curriculum",
      any { looked_after, previously_looked_after, ever_6, perhaps_ever_6 },
    },
  },
  refer_to = "the business manager, with the year's conditions of grant",

  amount = {
    payment {
      when = looked_after,
      value = param "care_rate", period = "financial_year",
      working = { line("looked after: paid to the authority, not to the school", param "care_rate") },
    },
    payment {
      when = previously_looked_after,
      value = param "care_rate", period = "financial_year",
      working = { line("previously looked after: one rate, the highest that applies", param "care_rate") },
    },
    payment {
      when = primary,
      value = param "primary_rate", period = "financial_year",
      working = { line("Ever 6 free school meals, Reception to Year 6", param "primary_rate") },
    },
    payment {
      when = secondary,
      value = param "secondary_rate", period = "financial_year",
      working = { line("Ever 6 free school meals, Years 7 to 11", param "secondary_rate") },
    },
  },

  actions = {
    met = {
      action { text = message "from_the_census", to = "the school" },
      action { when = looked_after, text = message "virtual_school", to = "the virtual school head" },
    },
    needs_evidence = {
      action { text = message "check_history", to = "the school office" },
    },
    refer = {
      action { text = message "not_confirmed", to = "the business manager" },
    },
  },
}
