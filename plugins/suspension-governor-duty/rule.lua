-- The days of a term are added up, a lunchtime as half a day. Exactly as many
-- days as a line names are not more than it.

local this_term = all {
  item "from" :on_or_after(fact "school.term_from") :because "not before this term",
  item "from" :on_or_before(fact "school.term_to") :because "not after this term",
}

local total = sum("suspensions", item "school_days", all {
    this_term,
    none { all { item "permanent" :is_known(), item "permanent" :is(true) } }
      :because "a suspension, not a permanent exclusion",
  })
  :labelled "the school days of suspension this term"

local misses_exam = any_item("suspensions", all { this_term, item "misses_exam" :is(true) })
  :because "a suspension or exclusion makes the pupil miss a public examination or national test"

local has_representations = fact "suspension_representations" :is(true)
  :because "the parent has made representations"

return rule {
  id = "suspension-governor-duty",
  title = "Governing board's duty to meet after suspensions",
  source = "regs 6, 15 and 24 School Discipline (Pupil Exclusions and Reviews) (England) Regulations 2012",

  met_when = any "a ground on which the board must meet" {
    any_item("suspensions", all { this_term, item "permanent" :is(true) })
      :because "a permanent exclusion this term"
      :source "reg 6 (reg 15 for a pupil referral unit, reg 24 for an academy)",
    total :above(param "always_above")
      :because "so much suspension this term that the board must meet in any case"
      :source "reg 6 (reg 15 for a pupil referral unit, reg 24 for an academy)",
    misses_exam :source "reg 6 (reg 15 for a pupil referral unit, reg 24 for an academy)",
    all "a meeting on the parent's representations" {
      total :above(param "on_request_above")
        :because "so much suspension this term that the board must meet if the parent asks",
      has_representations,
    } :source "reg 6 (reg 15 for a pupil referral unit, reg 24 for an academy)",
  },

  actions = {
    met = {
      action { text = message "meet", to = "the clerk to the governing board" },
      action { when = misses_exam, text = message "before_exam", to = "the clerk to the governing board" },
      action { text = message "look_at_needs", to = "the head teacher and the SENCO" },
    },
    not_met = {
      action {
        when = all { total :above(0), has_representations },
        text = message "representations", to = "the governing board",
      },
      action { when = total :above(0), text = message "look_at_needs", to = "the head teacher and the SENCO" },
    },
    needs_evidence = {
      action {
        when = none { fact "suspension_representations" :is_known() },
        text = message "ask_parent", to = "the head teacher",
      },
    },
  },
}
