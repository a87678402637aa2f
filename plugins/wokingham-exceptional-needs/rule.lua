-- For a pupil who is new and has no plan yet. The school's authority pays,
-- wherever the pupil lives.

local plan = fact "sen.status" :is "plan_final" :because "the pupil has an EHC plan"

local new = any "New to the system or to the area" {
  fact "local.wokingham.first_entry" :is(true)
    :because "the pupil enters the education system for the first time",
  fact "local.wokingham.moved_in" :is(true)
    :because "the pupil has moved in from another authority",
}

return rule {
  id = "wokingham-exceptional-needs",
  title = "Wokingham Exceptional Needs Fund",
  source = "Wokingham, Exceptional Needs Fund",

  met_when = all {
    none { plan } :because "no EHC plan",
    new,
    any_item("evidence", all {
        item "type" :is_one_of(param "backed_by"),
        none { all { item "author_role" :is_known(), item "author_role" :is_one_of(param "not_outside") } }
          :because "not by somebody of the school or the family, as far as the record says",
      } :because "a report or a letter of a professional from outside the school")
      :because "a professional from outside the school backs the request and sees a high chance of an EHC plan",
  },

  refer_to = "Wokingham Borough Council's SEND team",

  amount = not_published { period = "period", because = message "amount" },

  actions = {
    not_met = {
      action { when = plan, text = message "plan", to = "the SENCO" },
      action { when = none { new }, text = message "not_new", to = "the SENCO" },
    },
    needs_evidence = {
      action { text = message "report", to = "the SENCO" },
    },
    refer = {
      apply { to = "Wokingham Borough Council" },
      action { text = message "request", to = "the SENCO" },
    },
  },
}
