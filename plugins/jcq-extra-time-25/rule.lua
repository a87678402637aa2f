-- Three ways to show the need: scores on Form 8, a current plan, another
-- impairment on Form 9. Whichever it is, extra time must be the pupil's normal
-- way of working, and the centre must hold its own evidence of that.

local function areas(where)
  return count("assessments", where, { distinct = "area" })
end

-- An assessment that JCQ would not accept is not counted at all.
local function assessed(score_no_more_than)
  return all {
    item "area" :is_one_of(param "speed_areas") :because "in an area of speed of working",
    item "score" :at_most(score_no_more_than),
    item "form" :is "form_8" :because "recorded on Form 8",
    item "assessor_qualified" :is(true) :because "by a qualified assessor whom the head of centre has appointed",
    item "nc_year" :at_least(param "earliest_year") :because "in a school year that counts",
  }
end

local has_below_average = areas(assessed(param "below_average"))
  :at_least(param "areas_below_average")
  :because "a below-average score in a speed area"
  :source "AARA 5.2"

local has_enough_areas = areas(assessed(param "low_average"))
  :at_least(param "areas_needed")
  :because "low-average or lower scores in different speed areas"
  :source "AARA 5.2"

local function on_file(kind)
  return any_item("evidence", item "type" :is(kind))
end

local has_plan = fact "sen.status" :is "plan_final"
  :because "a current EHC plan"
  :source "AARA 5.2"

local has_other_impairment = any_item("difficulties", all {
    item "kind" :is_not "learning_difficulty",
    item "established" :is(true),
  })
  :because "an established impairment that is not a learning difficulty"
  :source "AARA 5.2"

local has_form_9 = on_file "form_9"
  :because "Form 9, the profile of need, is on file"
  :source "AARA 5.2"

-- Editions before 2025-26 were read on scores and not on the other two ways.
local other_ways_count = param "other_ways" :is(true)
  :because "a plan, or another impairment, can stand in for scores"
  :source "AARA 5.2"

-- What the centre must hold itself is new in 2025-26.
local no_centre_evidence_asked = param "centre_evidence" :is "not_required"
  :because "the regulations in force do not ask the centre for more"
  :source "AARA 5.2"

local extra_time = item "arrangement" :is "extra_time_25"
local rest_breaks = item "arrangement" :is "rest_breaks"

local is_normal_way_of_working = any_item("arrangements", all {
    extra_time, item "normal_way_of_working" :is(true),
  })
  :because "extra time is the pupil's normal way of working"
  :source "AARA 5.2"

-- A trial that has not been held can still be held: like a document that is
-- not on file, it is outstanding. A trial that showed rest breaks to be enough
-- is an answer.
local rest_breaks_tried = any_item("arrangements", all {
    rest_breaks, item "trialled" :is(true),
  }, { open = true })
  :because "rest breaks have been fully tried in timed internal tests or mocks"
  :source "AARA 5.1"

local rest_breaks_not_enough = none {
    any_item("arrangements", all { rest_breaks, item "sufficient" :is(true) })
      :because "rest breaks are on record as enough",
  }
  :because "rest breaks alone are not enough"
  :source "AARA 5.1"

return rule {
  id = "jcq-extra-time-25",
  title = "25% extra time",
  source = "AARA 5.2",

  applies_when = fact "exams.qualification"
    :is_one_of { "gcse", "as_level", "a_level", "vocational" }
    :because "entered for a qualification that JCQ's regulations cover",

  met_when = all {
    any "Evidence of need" {
      all "An assessed learning difficulty (Form 8)" {
        has_below_average,
        has_enough_areas,
        on_file "form_8"
          :because "Form 8, all three parts, is on file"
          :source "AARA 5.2",
        any "Form 8 Part 1, where more than a skeleton is asked for" {
          no_centre_evidence_asked,
          any_item("evidence", all {
              item "type" :is "form_8_part_1", item "reviewed" :is(true),
            })
            :because "Form 8 Part 1 is a full picture of need, not a skeleton"
            :source "AARA 5.2, from 2025-26",
        },
      },
      all "A plan" { has_plan, other_ways_count },
      all "Another impairment (Form 9)" {
        has_other_impairment,
        has_form_9,
        on_file "specialist_letter"
          :because "a specialist's letter about the impairment is on file"
          :source "AARA 5.2",
        other_ways_count,
        any "Rest breaks tried first, where that is asked for" {
          param "rest_breaks_first" :is "not_required"
            :because "the regulations in force do not ask for rest breaks first"
            :source "AARA 5.1",
          all "Rest breaks were tried first" {
            rest_breaks_tried,
            rest_breaks_not_enough,
          },
        },
      },
    },
    is_normal_way_of_working,
    any "The centre's own evidence, where it is asked for" {
      no_centre_evidence_asked,
      all "A sample and the teachers' comments" {
        any_item("arrangements", all {
            extra_time, item "samples_on_file" :is(true),
          }, { open = true })
          :because "a sample of internal tests or mocks that shows the extra time is on file"
          :source "AARA 5.2, from 2025-26",
        any_item("arrangements", all {
            extra_time, item "teacher_comments_on_file" :is(true),
          }, { open = true })
          :because "comments from the subject teachers on why and how it is used are on file"
          :source "AARA 5.2, from 2025-26",
      },
    },
  },

  refer_when = any {
    judgement("exceptional_case", "Does the centre hold an exceptional case for the awarding body?"),
    all "Low-average scores in different areas: an exceptional case to put to the awarding body" {
      has_enough_areas,
      none { has_below_average } :because "no below-average score in a speed area",
      none { all { fact "sen.status" :is_known(), has_plan } } :because "the record names no EHC plan to apply with instead",
    }
      :source "AARA 5.2"
      :unconfirmed "Sources disagree on whether two low-average scores can be put to the awarding body, or three with a diagnostic report.",
    all "Rest breaks have not been tried, and whether they must be is not confirmed" {
      param "rest_breaks_first" :is "unread"
        :because "AARA 5.1 was amended in March 2026 and its new text has not been read",
      has_other_impairment,
      has_form_9,
      is_normal_way_of_working,
      none { any_item("arrangements", all {
          rest_breaks, item "trialled" :is(true), item "sufficient" :is(false),
        }) } :because "no trial has shown that rest breaks are not enough",
    }
      :source "AARA 5.1",
  },
  refer_to = "the awarding body, through Access Arrangements Online",

  actions = {
    met = {
      apply {
        to = "Access Arrangements Online",
        by = look_up(param "deadlines", {
          awarding_body = fact "exams.awarding_body",
          series = fact "exams.series",
          kind = "access_arrangements",
        }, "apply_by"),
      },
    },
    needs_evidence = {
      action { text = message "collect_first", to = "the SENCO" },
    },
    refer = {
      action { text = message "read_then_refer", to = "the SENCO" },
    },
  },
}
