-- What the authority must consider. Whether it then pays is its decision, with
-- a right to its review.

local with_plan = fact "sen.status" :is_one_of(param "statuses")
  :because "a plan is in place or being drafted"
  :source "N-PB-1"
local requested = fact "personal_budget.requested" :is(true)
  :because "the parent or young person has asked for it"
  :source "N-PB-2"
local head_agrees = fact "personal_budget.head_agrees" :is(true)
  :because "the head or principal agrees, or nothing is to happen on the premises"
  :source "N-PB-5"

return rule {
  id = "personal-budget",
  title = "Personal budget in an EHC plan",
  source = "N-PB",

  met_when = all {
    with_plan,
    requested,
    fact "personal_budget.for_placement" :is(false)
      :because "not for a place at a school or college, which a direct payment cannot buy"
      :source "N-PB-4",
    head_agrees,
  },

  refer_to = "the SEN team of the authority where the pupil lives",

  amount = not_published { period = "year", because = message "not_published" },

  actions = {
    met = {
      action { text = message "ask", to = "the parent or young person" },
      action { text = message "what_follows", to = "the parent or young person" },
      action { text = message "refusal", to = "the parent or young person" },
    },
    needs_evidence = {
      action { text = message "find_out", to = "the SENCO" },
    },
    not_met = {
      action { when = none { with_plan }, text = message "no_plan", to = "the parent or young person" },
      action {
        when = all { with_plan, none { requested } },
        text = message "no_request", to = "the parent or young person",
      },
      action {
        when = all { with_plan, requested },
        text = message "refusal", to = "the parent or young person",
      },
    },
  },
}
