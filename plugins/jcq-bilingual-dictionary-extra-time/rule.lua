-- The dictionary's own conditions, and a pupil who is new to the country and
-- to English. Who reaches the limit inside a series finishes that series.

local jcq = require "jcq"

local anniversary = months_after(param "months_since_entry", fact "language.entered_uk_on")
  :labelled "the last day of the time allowed after entering the United Kingdom"

local allows_dictionary = jcq.subject_allows_dictionary()

-- Every series lies within one calendar year, and lasts no longer than so many
-- months. Only where the anniversary comes no earlier can it fall inside the
-- series of the pupil's first paper.
local in_the_same_year = test("the anniversary falls in the calendar year of the first examination", function(pupil)
  local ends = pupil:get "language.entered_uk_on" :plus_months(pupil:param "months_since_entry")
  return ends:year() == pupil:get "exams.first_exam_on" :year()
end)

local summer_from = on_day(param "summer_series_from", fact "exams.first_exam_on")
  :labelled "the earliest day of a summer series in the year of the first examination"

local may_be_in_series = all "The anniversary is near enough to the first paper to fall inside its series" {
  in_the_same_year,
  anniversary :on_or_after(months_before(param "series_months", fact "exams.first_exam_on"))
    :because "no longer before the first paper than a series lasts",
  none {
    all {
      fact "exams.first_exam_on" :on_or_after(summer_from) :because "the first paper is in the summer or later",
      anniversary :before(summer_from) :because "the anniversary is before the summer series",
    },
  } :because "not in the spring before a summer series",
}

local is_recent = any "Entered the United Kingdom recently enough" {
  anniversary :on_or_after(fact "exams.first_exam_on")
    :because "the first examination falls within the time allowed",
  all "The time allowed ends inside the series, before the pupil's own first paper" {
    may_be_in_series,
    judgement("anniversary_in_series", "Does the third anniversary of entering the United Kingdom fall inside the examination series?"),
  },
}
  :source "AARA 5.18.6"

local others = {
  jcq.other_first_language(),
  jcq.normal_way_of_working("bilingual_dictionary")
    :because "a bilingual dictionary is the pupil's normal way of working"
    :source "AARA 5.18",
  is_recent,
  fact "language.no_english_on_arrival" :is(true)
    :because "the pupil had no English on arrival"
    :source "AARA 5.18.6",
  fact "language.spoken_at_home_english" :is(false)
    :because "English is not spoken in the family home"
    :source "AARA 5.18.6",
  fact "language.english_medium_schooling" :is(false)
    :because "no earlier schooling in English, such as an international school"
    :source "AARA 5.18.6",
}

local at_level_3 = fact "exams.qualification" :is_one_of(param "rarely_for")
  :because "a level 3 qualification, where extra time with a dictionary is rare and exceptional"
  :source "AARA 5.18"

local level_not_known = fact "exams.qualification" :is_one_of(param "level_not_known")
  :because "a qualification that may be at level 3"
  :source "AARA 5.18"

local all_others = all "Language, and time in the United Kingdom" (others)

return rule {
  id = "jcq-bilingual-dictionary-extra-time",
  title = "Bilingual dictionary with extra time",
  source = "AARA 5.18",

  applies_when = jcq.entered(),

  met_when = all {
    allows_dictionary,
    all_others,
    none { at_level_3 } :because "not a level 3 qualification",
    none { level_not_known } :because "not a course whose level is unknown",
  },

  refer_when = any {
    all "A level 3 qualification, and the centre holds an exceptional case" {
      at_level_3,
      judgement("exceptional_case", "Does the centre hold an exceptional case for the awarding body?"),
    },
    all "All the rest is met, and one thing is not known" {
      all_others,
      none { at_level_3 } :because "not a level 3 qualification",
      any "What is not known" {
        all "The level of the course" { level_not_known, allows_dictionary },
        none { allows_dictionary }
          :because "whether there is extra time in subjects that all bar the dictionary"
          :unconfirmed "A teacher says that extra time may still be given in papers where the dictionary is barred. We have not read that in the regulations.",
      },
    }
      :source "AARA 5.18",
    param "text_read" :is "in_outline"
      :because "the conditions of these regulations are known only in outline"
      :source "AARA 5.18",
  },
  refer_to = "the awarding body",

  actions = {
    met = {
      apply { to = param "asked_of", by = jcq.apply_by() },
      action { text = message "form_bd25", to = "the SENCO" },
      action {
        text = message "series",
        to = "the examinations officer",
        when = in_the_same_year,
      },
    },
    refer = {
      action { text = message "level", to = "the SENCO", when = level_not_known },
      action { text = message "read_regulations", to = "the SENCO" },
    },
  },
}
