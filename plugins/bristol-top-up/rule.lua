-- One scheme, opened and closed by its editions. Awards outlive it: one that was
-- made runs to its end date, whatever the edition says of new requests.

local place = require "place"

local no_plan = fact "sen.status" :is_one_of { "support", "in_assessment", "plan_draft" }
  :because "SEN support, without an EHC plan"
local with_plan = fact "sen.status" :is "plan_final"
  :because "the pupil has an EHC plan"

local is_running = all {
  item "fund" :is "bristol-top-up",
  item "to" :on_or_after(as_of),
  none { all { item "from" :is_known(), item "from" :after(as_of) } } :because "it has begun",
}
local running = any_item("awards", is_running)
  :because "an award of Bristol's Top Up runs today"

local mainstream = none { place.is_not_mainstream() }
  :because "a mainstream school, as far as the record says"

local function on_file(kind)
  return any_item("evidence", item "type" :is(kind))
end

local recent_enough = months_before(param "review_within_months", as_of)
local review_recent_enough = any "A recent annual review" {
  all "Reviewed" {
    fact "ehcp.last_review_on" :on_or_after(recent_enough)
      :because "the annual review was held recently enough",
    fact "ehcp.last_review_on" :on_or_before(as_of) :because "the annual review was held",
  },
  all "Not reviewed yet" {
    fact "ehcp.issued_on" :on_or_after(recent_enough) :because "the plan is too young for its first annual review",
    fact "ehcp.issued_on" :on_or_after(recent_enough)
      :because "a plan that is too young for its first review will do"
      :unconfirmed "Bristol asks for the plan and a review held recently enough. Whether a plan that is younger than that will do alone was not read.",
  },
}

local unpaid_here = any {
  all { mainstream, item "level" :is_one_of(param "unpaid_bands") },
  all {
    mainstream,
    fact "school.phase" :is "secondary" :because "a secondary school",
    item "level" :is_one_of(param "unpaid_bands_secondary"),
  },
} :because "a band that brings this school nothing"

local in_band = item "scheme" :is "bristol"

return rule {
  id = "bristol-top-up",
  title = "Bristol Top Up funding",
  source = "BRI",

  met_when = any "An award that runs, or a request" {
    running :source "BRI-6",
    all "A request" {
      any "Open to the pupil" {
        with_plan,
        all {
          no_plan,
          param "without_a_plan" :is "open" :because "open to pupils without a plan",
        },
      } :source "BRI-6",
      any_item("sen.levels", all { in_band, none { unpaid_here } })
        :because "a band of Bristol's that brings this school money"
        :source "BRI-2, BRI-4",
      count("plan_cycles", item "reviewed_on" :on_or_before(as_of) :because "a reviewed cycle of support")
        :at_least(param "cycles_of_support")
        :because "the graduated approach is shown: suitable interventions, from the school's own money, for long enough"
        :source "BRI-1",
      on_file "application_form" :because "the application form is filled in" :source "BRI-2",
      any_item("evidence", all {
          item "type" :is "provision_map", item "costed" :is(true), item "reviewed" :is(true),
        })
        :because "a costed and evaluated provision map is on file"
        :source "BRI-2",
      on_file "specialist_report" :because "the professionals' reports are on file" :source "BRI-2",
      any "The plan of support" {
        all "Without an EHC plan" {
          no_plan,
          on_file "support_plan" :because "the current SEND support plan is on file",
        },
        all "With an EHC plan" { with_plan, review_recent_enough },
      } :source "BRI-2",
    },
  },

  refer_when = all {
    no_plan,
    param "without_a_plan" :is "closed" :because "closed to pupils without a plan",
    none { running } :because "no award runs today",
  } :because "new requests for pupils without an EHC plan ended with the June 2024 panel" :source "BRI-6",

  refer_to = "Bristol City Council's SEND team; for a pupil without an EHC plan, since September 2024, its Targeted Support Fund",

  amount = {
    not_published {
      when = running, period = "year", because = message "award_runs",
      working = { line("the award ends on", latest("awards", "to", is_running)) },
    },
    not_published { period = "year", because = message "amounts" },
  },

  due = deadline {
    date = choose {
      when(running, latest("awards", "to", is_running)),
      otherwise(param "apply_by"),
    } :labelled "the last day of the award, or for applications",
    basis = "local",
    done = choose { when(none { running }, fact "application.on") } :labelled "the day of the application",
  },

  actions = {
    met = {
      action { when = running, text = message "after_award", to = "the SENCO" },
      apply { when = none { running }, to = "Bristol City Council's Top Up panel" },
    },
    not_met = {
      action {
        when = any_item("sen.levels", all { in_band, unpaid_here }),
        text = message "unpaid", to = "the SENCO",
      },
    },
    needs_evidence = {
      action { text = message "send", to = "the SENCO" },
      action { when = with_plan, text = message "with_plan", to = "the SENCO" },
    },
    refer = {
      action { when = no_plan, text = message "closed", to = "the SENCO" },
    },
  },
}
