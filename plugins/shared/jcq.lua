-- What the rules on JCQ's access arrangements reason alike.
--
-- Each function builds a new criterion or value of the vocabulary, so that a rule that does not call it holds no part of it. Codes are those of
-- rules/facts.json; parameters are read by the names given below, and the rule's manifest declares them.

local jcq = {}

-- The pupil is entered for a qualification that JCQ's regulations cover.
-- Gives a criterion, for `applies_when`. Source: contract, "applies to gcse, as_level, a_level, vocational".
function jcq.entered()
  return fact "exams.qualification"
    :is_one_of { "gcse", "as_level", "a_level", "vocational" }
    :because "entered for a qualification that JCQ's regulations cover"
end

-- A document of one kind is on file. What is not there is outstanding, never refuted: the list is an open one.
-- `kind`: a code of evidence_type. Gives a criterion without words of its own.
function jcq.on_file(kind)
  return any_item("evidence", item "type" :is(kind))
end

-- An arrangement is the pupil's current normal way of working in the centre: in lessons, internal tests and mocks.
-- `arrangement`: its code, or a parameter that lists some codes. Gives a criterion without words of its own.
-- Source: the general gate of AARA, read on JCQ's own page for separate invigilation and in secondary sources for all.
function jcq.normal_way_of_working(arrangement)
  local of_these
  if type(arrangement) == "string" then
    of_these = item "arrangement" :is(arrangement)
  else
    of_these = item "arrangement" :is_one_of(arrangement)
  end
  return any_item("arrangements", all { of_these, item "normal_way_of_working" :is(true) })
end

-- The record says that an arrangement is not the pupil's normal way of working. Where it says nothing this is not met, and nothing is asked for.
-- `arrangement`: its code. Gives a criterion without words of its own. Source: as above.
function jcq.stated_unusual(arrangement)
  return all {
    count("arrangements") :is_known(),
    any_item("arrangements", all {
      item "arrangement" :is(arrangement),
      item "normal_way_of_working" :is_known(),
      item "normal_way_of_working" :is(false),
    }) :because "it is on record as not being how the pupil normally works",
  }
end

-- A difficulty is established and known to the centre.
-- `which`: a criterion over the entry's `kind`, or nothing for a difficulty of any kind. Gives a criterion without words of its own.
function jcq.established(which)
  local known = item "established" :is(true)
  if which then return any_item("difficulties", all { which, known }) end
  return any_item("difficulties", known)
end

-- An assessment that JCQ would accept, with a standard score (mean 100, SD 15) of no more than `highest`.
-- `area`: a criterion over the entry's area. `highest`: a parameter. Gives a criterion over an entry of `assessments`.
-- Reads the parameter `earliest_year`. Source: AARA 5.2 and 5.7, Form 8; chapter 7 on assessors.
function jcq.assessed(area, highest)
  return all {
    area,
    item "score" :at_most(highest),
    item "form" :is "form_8" :because "recorded on Form 8",
    item "assessor_qualified" :is(true) :because "by a qualified assessor whom the head of centre has appointed",
    item "nc_year" :at_least(param "earliest_year") :because "in a school year that counts",
  }
end

-- The last day on which to apply online, where the awarding body's date for the series was read; otherwise nothing is shown.
-- Gives a date. Reads the parameter `deadlines` (awarding_body, series, kind, apply_by). Source: the awarding bodies' key dates.
function jcq.apply_by()
  return look_up(param "deadlines", {
    awarding_body = fact "exams.awarding_body",
    series = fact "exams.series",
    kind = "access_arrangements",
  }, "apply_by")
end

-- The last day for the awarding body and the series, from one of the two tables. `kind`: "access_arrangements" or "modified_papers". Gives a date.
local function day_read(kind)
  return look_up(param "deadlines", { awarding_body = fact "exams.awarding_body", series = fact "exams.series", kind = kind }, "apply_by")
    :labelled "the awarding body's last day for the series"
end

local function day_presumed(kind)
  return look_up(param "presumed_deadlines",
      { awarding_body = fact "exams.awarding_body", series = fact "exams.series", kind = kind }, "apply_by")
    :labelled "the presumed last day for the series"
end

-- No last day was read for the awarding body and the series. `kind`: as above. Gives a criterion. Reads the parameter `deadlines`.
function jcq.no_last_day_read(kind)
  return none { day_read(kind) :is_known() } :because "no last day was read for this awarding body and series"
end

-- Nor was one read, but one is presumed.
local function only_presumed(kind)
  return all {
    jcq.no_last_day_read(kind),
    day_presumed(kind) :is_known() :because "a last day is presumed",
  } :because "the last day is presumed, not read"
end

-- The last day to apply, or to order a paper: the day that was read, else one that is presumed; where there is neither it is outside the table.
-- `kind`: "access_arrangements" or "modified_papers". Gives a date. Reads the parameters `deadlines` and `presumed_deadlines` (awarding_body, series,
-- kind, apply_by). Source: the awarding bodies' key dates.
function jcq.last_day(kind)
  return choose {
    when(only_presumed(kind), day_presumed(kind)),
    otherwise(day_read(kind)),
  }
end

-- What is on record was asked for by a day, or the day has not passed. An approval shows that there was an application before it.
local function by(day, which)
  return any {
    as_of :on_or_before(day) :because "the last day has not passed",
    all {
      any_item("arrangements", which) :because "it is on record",
      every_item("arrangements", any {
        none { which } :because "it is something else",
        item "applied_on" :on_or_before(day) :because "asked for in time",
        all {
          none { item "applied_on" :is_known() },
          item "approved_on" :on_or_before(day),
        } :because "approved by the last day",
      }) :because "it was asked for by the last day",
    } :because "asked for in time",
  }
end

-- Everything of a kind that is on record was asked for by the last day, or the last day has not passed. A day that was read counts before a presumed one.
-- `kind`: as for `jcq.last_day`, whose parameters it reads. `which`: a criterion over an entry of `arrangements`.
-- Gives a criterion without words of its own. Source: the awarding bodies' key dates.
function jcq.in_time(kind, which)
  return any {
    all {
      none { only_presumed(kind) } :because "the last day is not a presumed one",
      by(day_read(kind), which),
    } :because "by the last day that was read",
    all { only_presumed(kind), by(day_presumed(kind), which) } :because "by a last day that is presumed",
  }
end

-- The day on which something was last asked for; where no application is dated, the day of its approval. `which`: a criterion over an entry of
-- `arrangements`. Gives a date.
function jcq.asked_on(which)
  return choose {
    when(any_item("arrangements", all { which, item "applied_on" :is_known() }), latest("arrangements", "applied_on", which)),
    otherwise(latest("arrangements", "approved_on", which)),
  }
end

-- An entry of `arrangements` is for modified papers. Gives a criterion.
function jcq.is_paper()
  return item "arrangement" :is "modified_papers"
end

-- A modified paper is to be ordered: it is among the arrangements, or the pupil is down for one.
-- Gives a criterion. Reads the parameter `ordered_papers` (codes of exam_paper).
function jcq.paper_to_order()
  return any {
    any_item("arrangements", jcq.is_paper()) :because "modified papers are among the arrangements",
    all {
      fact "exams.paper" :is_known(),
      fact "exams.paper" :is_one_of(param "ordered_papers"),
    } :because "the pupil is down for a modified paper",
  } :because "a modified paper is to be ordered"
end

-- The pupil's first language is one for which a bilingual translation dictionary may be used.
-- Gives a criterion. Reads the parameter `languages_without` (codes of language). Source: JCQ ICE 14.2.
function jcq.other_first_language()
  return none { fact "first_language" :is_one_of(param "languages_without") }
    :because "the first language is not English, Irish or Welsh"
    :source "ICE 14.2"
end

-- What bars the dictionary in the subject in hand: a list of criteria over an entry of `exams.subjects`.
local function bars_dictionary()
  local own_paper = look_up(param "language_papers", { language = fact "first_language" }, "subject")
  return {
    item "name" :is_one_of(param "barred_subjects") :because "a subject in which no dictionary may be used",
    all { own_paper :is_known(), item "name" :is(own_paper) } :because "a paper in the dictionary's own language",
  }
end

-- At least one of the pupil's subjects does not bar the dictionary. Subjects are named as in the record: lower case with underscores.
-- Gives a criterion. Reads the parameters `barred_subjects` (names of subjects) and `language_papers` (language; subject: the paper in that language).
-- A language that the table does not list has no paper of its own here. Source: JCQ ICE 14.3.
function jcq.subject_allows_dictionary()
  return any_item("exams.subjects", none(bars_dictionary()) :because "the dictionary is allowed in it")
    :because "at least one subject allows the dictionary"
    :source "ICE 14.3"
end

-- At least one of the pupil's subjects bars the dictionary. Gives a criterion without words of its own; reads and rests on the same.
function jcq.subject_bars_dictionary()
  return any_item("exams.subjects", any(bars_dictionary()))
end

-- The next step "Apply to Access Arrangements Online", with its last day. Gives an action.
function jcq.apply_online()
  return apply { to = "Access Arrangements Online", by = jcq.apply_by() }
end

return jcq
