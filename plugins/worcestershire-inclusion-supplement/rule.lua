-- A rate for each funded hour, by level and age. A final plan or an assessment
-- under way leads to the exceptional rate, which must be applied for.

local early_years = require "early_years"
local levels = require "levels"
local place = require "place"

local funded = fact "early_years.funded_hours_per_week"
local age = age_on(as_of)

local in_scheme = item "scheme" :is "worcestershire"

local under_assessment = all {
  fact "sen.status" :is_known(),
  fact "sen.status" :is_one_of { "in_assessment", "plan_draft", "plan_final" },
} :because "a final plan, or an assessment under way"

local exceptional = any "The exceptional rate" {
  under_assessment,
  any_item("sen.levels", all { in_scheme, item "level" :is "exceptional" })
    :because "the level is exceptional",
} :source "WORC-3"

local rate = choose {
  when(exceptional, look_up(param "rates", { level = "exceptional", age = age }, "rate")),
  otherwise(sum("sen.levels", look_up(param "rates", { level = item "level", age = age }, "rate"), in_scheme)),
} :labelled "the supplement for a funded hour"

local at_specialist = all {
  fact "school.type" :is_known(), fact "school.type" :is "special",
} :because "at a specialist provider, whose first hours carry no supplement"

local hours = choose {
  when(at_specialist, highest { funded - param "specialist_hours", 0 }),
  otherwise(funded),
} :labelled "the funded hours a week that carry a supplement"

local function application_on_file()
  return any_item("evidence", item "type" :is "application_form")
    :because "the application is on file"
end

local challenged = all {
  fact "local.worcestershire.gr4_challenge" :is_known(),
  fact "local.worcestershire.gr4_challenge" :is(true),
} :because "the provider challenges the level, for GR4"

local poor_judgement = all {
  fact "school.ofsted" :is_known(),
  fact "school.ofsted" :is_one_of { "inadequate", "requires_improvement" },
} :because "Ofsted has judged the provider inadequate or requires improvement"

local not_yet_funded = all "Not yet on funded hours" {
  funded :is(0) :because "no funded hours yet",
  age :at_most(param "before_hours_to_age") :because "young enough to apply before",
} :source "WORC-4"

local out_of_scheme = any "Shut out by the record" {
  poor_judgement,
  early_years.in_school_years() :because "in Reception or later",
  place.without_needs() :because "no special educational needs",
}

return rule {
  id = "worcestershire-inclusion-supplement",
  title = "Worcestershire Early Years Inclusion Supplement",
  source = "WORC",

  met_when = all {
    funded :above(0)
      :because "the child takes up funded hours"
      :source "WORC-1",
    none { out_of_scheme }
      :because "nothing in the record shuts the child or the provider out"
      :source "WORC-5",
    any "No more than one level" {
      exceptional,
      levels.at_most_one "worcestershire" :because "no more than one level is stated",
    },
    levels.brings_a_sum(rate)
      :because "a level that brings a supplement at the child's age"
      :source "WORC-2",
    any "Applied for, where the exceptional rate asks for it" {
      none { exceptional } :because "not the exceptional rate",
      all "Both forms" {
        application_on_file(),
        any_item("evidence", item "type" :is "monitoring_form")
          :because "the monitoring form is on file",
      },
    } :source "WORC-3",
    any "Applied for, where the level is challenged" {
      none { challenged } :because "the record does not say that the level is challenged",
      application_on_file(),
    } :source "WORC-4",
  },

  refer_when = all {
    none { out_of_scheme },
    any {
      not_yet_funded,
      all "No single level" {
        none { exceptional },
        levels.several "worcestershire" :because "two levels are stated, and only one can hold",
      },
    },
  },
  refer_to = "Worcestershire's early years inclusion team",

  amount = payment {
    value = hours * fact "early_years.weeks" * rate, period = "period",
    working = {
      line("funded hours a week that carry a supplement", hours),
      line("weeks in the period claimed", fact "early_years.weeks"),
      line("supplement for a funded hour", rate),
    },
  },

  actions = {
    met = {
      action { when = exceptional, text = message "exceptional", to = "the setting" },
      action { text = message "portal", to = "the setting" },
    },
    needs_evidence = {
      action { when = exceptional, text = message "apply_exceptional", to = "the setting" },
      action { when = none { exceptional }, text = message "portal", to = "the setting" },
    },
    not_met = {
      action { when = poor_judgement, text = message "ofsted", to = "the setting" },
      action {
        when = all { none { out_of_scheme }, none { exceptional }, any_item("sen.levels", in_scheme), none { levels.brings_a_sum(rate) } },
        text = message "base_rate", to = "the setting",
      },
      action {
        when = all { none { out_of_scheme }, at_specialist, levels.brings_a_sum(rate) },
        text = message "specialist", to = "the setting",
      },
    },
    refer = {
      action { when = not_yet_funded, text = message "before_hours", to = "the setting" },
    },
  },
}
