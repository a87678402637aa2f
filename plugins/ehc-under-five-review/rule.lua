-- Guidance: the authority should consider reviews this often. Being behind is
-- a matter for a person, never a breach.

local counted_from = choose {
  when(fact "ehcp.last_review_on" :is_known(), fact "ehcp.last_review_on"),
  otherwise(fact "ehcp.issued_on"),
} :labelled "the last review, or the day on which the plan was first made"

local review_by = months_after(param "review_months", counted_from)
  :labelled "the day by which the guidance would have a review considered"

return rule {
  id = "ehc-under-five-review",
  title = "Review of the EHC plan of a child under five",
  source = "SEND Code of Practice 9.178",

  applies_when = all {
    fact "sen.status" :is "plan_final" :because "the child has a final EHC plan",
    age_on(as_of) :below(param "under_age") :because "the child is under five",
  },

  met_when = as_of :on_or_before(review_by)
    :because "no longer since the last review than the guidance has in mind"
    :source "SEND Code of Practice 9.178",

  refer_when = as_of :after(review_by)
    :because "longer since the last review than the guidance has in mind"
    :source "SEND Code of Practice 9.178",
  refer_to = "the authority's SEN team, which should consider a review",

  due = deadline { date = review_by, basis = "guidance" },

  actions = {
    refer = {
      action { text = message "consider", to = "the authority's SEN team", by = review_by },
      action { text = message "read_the_code", to = "the SENCO" },
    },
  },
}
