-- An approval covers an examination on its own last day. Arrangements that the
-- centre decides itself have no approval to run out, and are passed over.

local needs_approval = item "arrangement" :is_one_of(param "approved_arrangements")

local has_approved_arrangement = any_item("arrangements", needs_approval)
  :because "an arrangement that needs an online approval is on record"

local approvals_cover_examination = every_item("arrangements", any {
    none { needs_approval } :because "it needs no online approval",
    months_after(param "validity_months", item "approved_on")
      :on_or_after(fact "exams.first_exam_on")
      :because "the approval runs to the first examination or beyond",
  })
  :because "every approval covers the first examination"
  :source "JCQ, Access Arrangements Online: length of an approval"

local has_unconfirmed_length = any_item("arrangements", all {
    item "arrangement" :is_one_of(param "validity_not_confirmed"),
    item "approved_on" :is_known(),
  })
  :because "an approval of a kind whose length we have not read"

return rule {
  id = "jcq-approval-in-date",
  title = "Approval in date for the examination",
  source = "JCQ, Access Arrangements Online",

  applies_when = fact "exams.qualification"
    :is_one_of { "gcse", "as_level", "a_level", "vocational" }
    :because "entered for a qualification that JCQ's regulations cover",

  met_when = all {
    has_approved_arrangement,
    approvals_cover_examination,
    none { has_unconfirmed_length } :because "the length of every approval is known",
  },

  -- An approval that has plainly run out is not met, whatever stands beside it.
  refer_when = all {
    has_unconfirmed_length,
    approvals_cover_examination,
  },
  refer_to = "the awarding body, which says until when the approval runs",

  due = deadline {
    date = months_after(param "validity_months", earliest("arrangements", "approved_on", needs_approval))
      :labelled "the day on which the first approval ends",
    basis = "local",
    -- An approval that has served its purpose may run out.
    done = choose {
      when(all { approvals_cover_examination, as_of :after(fact "exams.first_exam_on") }, fact "exams.first_exam_on"),
    },
  },

  actions = {
    not_met = {
      apply {
        when = has_approved_arrangement,
        to = "Access Arrangements Online, as a new application",
        by = look_up(param "deadlines", {
          awarding_body = fact "exams.awarding_body",
          series = fact "exams.series",
          kind = "access_arrangements",
        }, "apply_by"),
      },
    },
    refer = {
      action { text = message "check_validity", to = "the examinations officer" },
    },
  },
}
