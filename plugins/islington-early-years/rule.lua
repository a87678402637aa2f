-- Any one of the grounds opens the fund, and the rate is a highest rate: what is
-- worked out is a most, and the panel decides. A child who moves to Reception has
-- hours for the transition instead.

local hours = fact "early_years.funded_hours_per_week"
local in_reception = fact "nc_year" :is "R"
  :because "moving to Reception"

local weeks = choose {
  when(fact "early_years.weeks" :is_known(), lowest { fact "early_years.weeks", param "weeks" }),
  otherwise(param "weeks"),
} :labelled "weeks in term time, as claimed and at most those of a year"

local plan = fact "sen.status" :is "plan_final"

return rule {
  id = "islington-early-years",
  title = "Islington early years SEND funding",
  source = "Islington, SEND funding in the early years",

  met_when = all {
    age_on(as_of) :below(param "under_age")
      :because "young enough",
    any "One of the grounds" {
      fact "sen.status" :is_one_of { "in_assessment", "plan_draft" }
        :because "an EHC needs assessment is agreed or under way",
      all "With a finished plan" {
        fact "sen.status" :is "plan_final" :because "the child has an EHC plan",
        fact "sen.status" :is "plan_final"
          :because "a finished plan counts as an assessment that was agreed"
          :unconfirmed "Islington's page speaks of an assessment that is agreed or under way. Whether a finished plan counts was not read.",
      },
      all "A significant sensory impairment" {
        any_item("sen.needs", item "type" :is_one_of { "HI", "VI", "MSI" } :because "a sensory impairment")
          :because "a hearing, vision or multi-sensory impairment",
        any_item("evidence", item "type" :is_one_of { "specialist_letter", "specialist_report", "diagnosis" }
            :because "a specialist's letter or report, or a diagnosis")
          :because "a specialist's paper on file shows how significant it is",
      },
      fact "local.islington.known_to_team" :is(true)
        :because "known to one of Islington's teams, or identified by the priority referral team",
    },
    any "A place that is funded" {
      in_reception,
      hours :above(0) :because "funded early years hours, up to the nursery class",
    },
  },

  refer_to = "Islington's Area SENCO team",

  amount = {
    payment {
      when = in_reception,
      value = param "transition_hours" * param "hourly_rate", period = "year",
      working = {
        line("hours for the move to Reception", param "transition_hours"),
        line("the highest rate an hour", param "hourly_rate"),
      },
    },
    payment {
      value = hours * weeks * param "hourly_rate", period = "year",
      working = {
        line("funded hours a week", hours),
        line("weeks", weeks),
        line("the highest rate an hour", param "hourly_rate"),
      },
    },
  },

  -- Past its day it says nothing to whoever asks for a later term.
  due = deadline {
    date = choose {
      when(
        any {
          param "autumn_deadline" :on_or_after(as_of) :because "the day for the autumn is still to come",
          fact "application.on" :on_or_before(param "autumn_deadline") :because "applied in time for the autumn",
        },
        param "autumn_deadline"),
    } :labelled "the last day for applications for the autumn term",
    basis = "local", done = fact "application.on",
  },

  actions = {
    met = {
      apply { to = "Islington's SEND Funding panel" },
      action { text = message "at_most", to = "the setting" },
      action { text = message "each_term", to = "the setting" },
      action { when = fact "sen.status" :is "in_assessment", text = message "agreed", to = "the setting" },
      action { when = none { in_reception }, text = message "move", to = "the setting" },
    },
    needs_evidence = {
      action { text = message "collect", to = "the setting" },
    },
    refer = {
      action { when = plan, text = message "plan", to = "the setting" },
    },
  },
}
