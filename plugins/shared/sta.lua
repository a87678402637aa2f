-- What the rules on the national tests of primary schools reason alike.
--
-- Each function builds a new criterion of the vocabulary, so that a rule that does not call it holds no part of it. Codes are those of
-- rules/facts.json; parameters are read by the names given below, and the rule's manifest declares them.

local sta = {}

-- The pupil is to take one of the tests. `test_code`: a code of the list qualification. `words`: the test, as a reader calls it.
-- Gives a criterion, for `applies_when`. Source: contract, "STA: key_stage_2, phonics, multiplication_check".
function sta.to_take(test_code, words)
  return fact "exams.qualification" :is(test_code) :because("to take " .. words)
end

-- The record says that a fact is so. Where it says nothing this is not met, and nothing is asked for.
-- `value`: a fact or a field. `answer`: a code or a boolean. Gives a criterion without words of its own.
function sta.stated(value, answer)
  return all { value:is_known(), value:is(answer) }
end

-- An arrangement is normal classroom practice. `which`: a criterion over an entry of `arrangements`.
-- Gives a criterion without words of its own. Source: the general test of STA's access guidance.
function sta.normal_practice(which)
  return any_item("arrangements", all { which, item "normal_way_of_working" :is(true) })
end

-- The record says that an arrangement is not normal classroom practice. Where it says nothing this is not met.
-- `which`: a criterion over an entry of `arrangements`. Gives a criterion without words of its own.
-- Source: the general test of STA's access guidance.
function sta.stated_unusual(which)
  return all {
    count("arrangements") :is_known(),
    any_item("arrangements", all { which, sta.stated(item "normal_way_of_working", false) })
      :because "it is on record as not being normal classroom practice",
  }
end

-- The application was late for a reason that STA rejects. Where no reason is stated this is not met.
-- Reads the parameter `late_reasons_rejected` (codes of late_reason). Gives a criterion.
-- Source: key stage 2 access guidance 2026, late requests.
function sta.late_without_ground()
  local reason = fact "application.late_reason"
  return all { reason:is_known(), reason:is_one_of(param "late_reasons_rejected") }
    :because "the application was late for a reason that STA rejects"
    :source "STA, late requests"
end

return sta
