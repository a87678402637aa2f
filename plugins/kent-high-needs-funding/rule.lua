-- Conditions of January 2018. What asks for a document is outstanding while
-- the document is not on file; it is never refused for that.

local additional_cost = require "additional_cost"

local has_plan = fact "sen.status" :is "plan_final"
  :because "the pupil has an EHC plan"

local function on_file(kind)
  return any_item("evidence", item "type" :is(kind))
end

local cost = additional_cost.a_year()

-- Whoever turns the next age during the school year still counts.
local age_when_the_year_begins =
  age_on(day_before(on_or_before_day(param "school_year_age_day", day_before(as_of))))
  :labelled "the age when the school year begins"

local conditions = all "The published conditions" {
  any "An EHC plan, or SEN support with severe and complex needs" {
    has_plan,
    all "Without a plan" {
      fact "sen.status" :is_one_of { "support", "in_assessment", "plan_draft" }
        :because "the pupil is on SEN support"
        :source "KENT-HNF-2",
      judgement("needs_identified_with_professionals",
          "Were the pupil's severe and complex needs identified with professionals from outside the school?")
        :source "KENT-HNF-4",
      on_file "lift_outcome"
        :because "the outcome of the district LIFT meeting is on file"
        :source "KENT-HNF-7",
    },
  } :source "KENT-HNF-2",
  any "On roll and attending full time" {
    fact "attends" :is "full_time" :because "attends full time",
    fact "attends" :is "part_time"
      :because "attends part time, as an exceptional case"
      :unconfirmed "Kent let in exceptional cases of part-time attendance. Which these are was not published.",
  } :source "KENT-HNF-3",
  judgement("resources_fully_used",
      "Are the resources normally available to the school fully used, so that the provision is at the Personalised or Individualised level of Kent's Mainstream Core Standards?")
    :source "KENT-HNF-5, KENT-HNF-6",
  count("evidence", all { item "type" :is "support_plan", item "reviewed" :is(true) })
    :at_least(param "reviewed_plans")
    :because "reviewed provision plans show that the professionals' advice was carried out and evaluated"
    :source "KENT-HNF-8",
  any_item("evidence", all {
      item "type" :is "staff_training",
      item "on" :on_or_after(months_before(param "training_within_months", as_of)),
      item "on" :on_or_before(as_of),
    })
    :because "staff were trained for this type of need recently enough"
    :source "KENT-HNF-9",
  fact "consent.parent" :is(true)
    :because "the parent consents"
    :source "KENT-HNF-12",
}

return rule {
  id = "kent-high-needs-funding",
  title = "Kent High Needs Funding",
  source = "KENT-HNF",

  met_when = all {
    fact "school.type" :is "mainstream"
      :because "in a mainstream place, not in a specialist resource provision, a special school or a PRU"
      :source "KENT-HNF-1",
    cost :above(param "threshold")
      :because "the additional provision costs more than the school meets itself"
      :source "KENT-HNF-10",
    age_on(as_of) :at_least(param "youngest_age")
      :because "old enough"
      :source "KENT-HNF-11",
    age_when_the_year_begins :at_most(param "oldest_age")
      :because "not too old when the school year began"
      :source "KENT-HNF-11",
    any "Kent's conditions" {
      all {
        param "conditions" :is "published" :because "the conditions of the time are known",
        conditions,
      },
      param "conditions" :is "not_read" :because "the conditions of the time were not read",
    },
  },

  refer_to = "Kent County Council's SEN team",

  amount = {
    not_published {
      when = param "amount_rule" :is "cost_based",
      period = "year", because = message "cost_based",
    },
    not_published { period = "year", because = message "need_type_rates" },
  },

  actions = {
    met = {
      apply { to = "Kent County Council's high needs funding team" },
      action { text = message "again", to = "the SENCO" },
    },
    needs_evidence = {
      action { text = message "collect", to = "the SENCO" },
    },
    refer = {
      action {
        when = param "conditions" :is "not_read",
        text = message "not_read", to = "the SENCO",
      },
      action {
        when = fact "attends" :is "part_time",
        text = message "part_time", to = "the SENCO",
      },
    },
  },
}
