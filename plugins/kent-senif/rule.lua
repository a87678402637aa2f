-- The setting asks, so its authority's edition applies. Kent prints no rate:
-- what can be worked out is the hours.

local early_years = require "early_years"

local funded = fact "early_years.funded_hours_per_week"
local attended = fact "early_years.attended_hours_per_week"

local function plan_in_place()
  return fact "sen.status" :is "plan_final" :because "the child has an EHC plan"
end

local limit = choose {
  when(age_on(as_of) :at_least(param "more_hours_from_age"), param "most_hours"),
  otherwise(param "most_hours_younger"),
} :labelled "the most hours a week at the child's age"

-- Where nobody has noted the hours attended, the funded ones answer.
local hours = choose {
  when(attended :is_known(), lowest { funded, attended, limit }),
  otherwise(lowest { funded, limit }),
} :labelled "the hours a week that count: attended and funded, up to the limit"

local function on_file(kind)
  return any_item("evidence", item "type" :is(kind))
end
local function reviewed(kind)
  return any_item("evidence", all { item "type" :is(kind), item "reviewed" :is(true) })
end

local function long_enough_on_portage()
  return fact "early_years.portage_weeks" :at_least(param "portage_weeks")
    :because "the child has had Portage for long enough"
end

local function younger_than_the_limits()
  return months_old_on(as_of) :below(param "hours_known_from_months")
    :because "younger than the ages for which Kent prints a limit of hours"
end

return rule {
  id = "kent-senif",
  title = "Kent SEN Inclusion Fund",
  source = "KENT-SENIF",

  met_when = all {
    funded :above(0)
      :because "the child takes up funded early education"
      :source "KENT-SENIF-2",
    none { all { attended :is_known(), attended :at_most(0) } }
      :because "the record does not say that the child attends for no hours"
      :source "KENT-SENIF-5",
    months_old_on(as_of) :at_least(param "youngest_months")
      :because "old enough for the fund"
      :source "N-SENIF-1",
    none { early_years.in_school_years() }
      :because "the record does not say that the child is in school"
      :source "N-SENIF-5",
    any "Needs at the level of SEN support" {
      fact "sen.status" :is_one_of { "support", "in_assessment", "plan_draft" }
        :because "on SEN support, with no final plan yet",
      all "A plan, of which the page says nothing" {
        plan_in_place(),
        param "plan_rule" :is "not_said" :because "the page does not speak of plans",
        plan_in_place() :because "a plan does not stand in the way"
          :unconfirmed "The pages of 2017 and 2018 shut out a child with an EHC plan. The newest page does not say, and when that ended was not read.",
      } :source "KENT-SENIF-7",
    } :source "KENT-SENIF-3",
    any "A limit of hours for the child's age" {
      months_old_on(as_of) :at_least(param "hours_known_from_months")
        :because "of an age for which Kent prints a limit of hours",
      all "Younger, under a limit that was not read" {
        younger_than_the_limits(),
        younger_than_the_limits() :because "the fund pays for hours at this age too"
          :unconfirmed "The limit of hours for children under two was not read.",
      },
    } :source "KENT-SENIF-5",
    any "What the setting must show" {
      all "A Support Plan, after ordinary provision" {
        param "evidence_rule" :is "support_plan" :because "a Support Plan is asked for",
        judgement("ordinarily_available_provision",
            "Is Ordinarily Available Provision part of everyday practice for this child, from before the request?")
          :source "KENT-SENIF-4",
        any {
          reviewed "support_plan" :because "a reviewed Support Plan is on file",
          all "Portage route" {
            long_enough_on_portage(),
            on_file "support_plan" :because "a Support Plan is on file, built on the Portage aims",
          },
        },
      },
      all "A personalised plan and EY LIFT" {
        param "evidence_rule" :is "personalised_plan_and_lift" :because "a personalised plan is asked for",
        any {
          all "LIFT route" {
            reviewed "personalised_plan" :because "a reviewed personalised plan is on file",
            on_file "lift_outcome"
              :because "the outcome of EY LIFT is on file, its advice put in place and reviewed"
              :source "KENT-SENIF-8",
          },
          long_enough_on_portage(),
        },
      },
    } :source "KENT-SENIF",
  },

  refer_to = "Kent County Council's SEN Inclusion Fund officer",

  amount = {
    payment {
      when = param "hourly_rate" :is_known(),
      value = hours * param "hourly_rate", period = "week",
      working = { line("hours a week that count", hours), line("rate for an hour", param "hourly_rate") },
    },
    not_published {
      period = "week", because = message "no_rate",
      working = { line("hours a week that count", hours) },
    },
  },

  actions = {
    met = {
      apply { to = "Kent County Council's SEN Inclusion Fund officer" },
      action {
        when = param "evidence_rule" :is "support_plan",
        text = message "ask", to = "the setting",
      },
      action {
        when = param "evidence_rule" :is "personalised_plan_and_lift",
        text = message "ask_then", to = "the setting",
      },
    },
    needs_evidence = {
      action {
        when = param "evidence_rule" :is "support_plan",
        text = message "collect", to = "the setting",
      },
      action {
        when = param "evidence_rule" :is "personalised_plan_and_lift",
        text = message "ask_then", to = "the setting",
      },
    },
    refer = {
      action { when = plan_in_place(), text = message "plan", to = "the setting" },
      action { when = younger_than_the_limits(), text = message "young", to = "the setting" },
    },
  },
}
