-- Two grounds give additional time by themselves: a modified paper, and a plan.
-- For everybody else there is a further way in, and which one it is today we
-- have not read.

local sta = require "sta"

local is_additional_time = item "arrangement" :is_one_of(param "additional_time")

local awaits_plan = fact "sen.status" :is_one_of(param "awaiting_a_plan")
  :because "the pupil is waiting for an EHC plan to be confirmed"
  :source "STA, additional time"

local is_usual = sta.normal_practice(is_additional_time)
  :because "additional time is normal classroom practice for this pupil"
  :source "STA, normal classroom practice"

local no_paper_or_plan = none "No ground that gives it by itself" {
  all { param "with_modified_paper" :is_known(), fact "exams.paper" :is_one_of(param "modified_papers") },
  all { param "with_plan" :is_known(), fact "sen.status" :is "plan_final" },
}

return rule {
  id = "ks2-additional-time",
  title = "Key stage 2: additional time",
  source = "STA, additional time",

  applies_when = sta.to_take("key_stage_2", "the key stage 2 tests"),

  met_when = all {
    none { sta.stated_unusual(is_additional_time) }
      :because "nothing on record against additional time as normal classroom practice"
      :source "STA, normal classroom practice",
    any "Grounds for additional time" {
      all "A modified paper" {
        param "with_modified_paper" :is_known() :because "a modified paper gives additional time by itself",
        fact "exams.paper" :is_one_of(param "modified_papers")
          :because "the pupil is to sit a braille or modified large print paper",
      } :source "STA, modified test administration guidance",
      all "An EHC plan" {
        param "with_plan" :is_known() :because "a plan gives additional time by itself",
        fact "sen.status" :is "plan_final" :because "the pupil has an EHC plan",
      } :source "STA, additional time",
      all "Another pupil who needs it to show what they know" {
        any "Normal classroom practice, or a plan on its way" { is_usual, awaits_plan },
        none { sta.late_without_ground() } :because "no late application that STA rejects",
        param "other_pupils" :is_one_of { "application", "school", "profile" }
          :because "there is a way for other pupils to have it"
          :source "STA, additional time",
      },
    },
  },

  refer_to = "the head teacher, who looks up the route in STA's access arrangements guidance",

  actions = {
    met = {
      action { text = message "school_sets", to = "the head teacher" },
    },
    refer = {
      action {
        when = none { no_paper_or_plan },
        text = message "school_sets", to = "the head teacher",
      },
      action {
        when = all { no_paper_or_plan, param "other_pupils" :is "application" },
        text = message "check_route", to = "the SENCO",
      },
      action {
        when = fact "application.late_reason" :is_known() :because "the application was late",
        text = message "late", to = "the head teacher",
      },
    },
    not_met = {
      action {
        when = sta.late_without_ground(),
        text = message "too_late", to = "the head teacher",
      },
    },
    needs_evidence = {
      action { text = message "find_out", to = "the SENCO" },
    },
  },
}
