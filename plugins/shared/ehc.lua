-- What the rules on EHC needs assessments, plans and their reviews reason alike.
--
-- Each function builds a new criterion or value of the vocabulary, so that a rule that does not call it holds no part of it. Facts and codes are those of
-- rules/facts.json; parameters are read by the names given below, and the rule's manifest declares them. Dates are calendar days, and none is moved
-- forward from a weekend or a bank holiday: the SEND Regulations say nothing of the kind.

local ehc = {}

-- A request for an EHC needs assessment has reached the authority: its day is recorded, or the SEN status says that there must have been one.
-- Gives a criterion, for `applies_when`. Source: contract section 1, what absence means.
function ehc.has_request()
  return any "the authority has a request for an EHC needs assessment" {
    fact "ehcp.requested_on" :is_known() :because "the day of the request is recorded",
    fact "sen.status" :is_one_of { "in_assessment", "plan_draft", "plan_final" }
      :because "the SEN status says that there was a request",
  }
end

-- The pupil has a final plan. Gives a criterion, for `applies_when`.
function ehc.has_plan()
  return fact "sen.status" :is "plan_final" :because "the pupil has a final EHC plan"
end

-- The SEN status is stated, and is one of `codes` (a list of codes of sen_status). Never unknown: gives a criterion without words of its own.
function ehc.status_is(codes)
  return all { fact "sen.status" :is_known(), fact "sen.status" :is_one_of(codes) }
end

-- The last day has passed. A step that was not taken by then is late. `last_day`: a date. Gives a criterion.
function ehc.is_over(last_day)
  return as_of :after(last_day) :because "the last day has passed"
end

-- The last day of a step that may take so many weeks from the day on which the authority received the request.
-- `weeks`: a parameter, in weeks. Gives a date. Source: SEND Regulations 2014, regs 5(1), 10(1), 13(2).
function ehc.weeks_from_request(weeks)
  return within_weeks(weeks, fact "ehcp.requested_on")
end

-- An exception is open to the authority. Advice that was asked for round a closure opens one where the closure lasted long enough, and where the
-- advice was asked for in the window that begins some weeks before the closure and ends as many weeks before the day of re-opening. The other two
-- grounds are recorded as such and have no dates.
-- Gives a criterion over `ehcp.exceptions`. Reads the parameters `closure_weeks` and `closure_margin_weeks`, both in weeks.
-- Source: SEND Regulations 2014, regs 5(4), 10(4), 13(3).
function ehc.exception_open()
  local closed_from = item "closure_from"
  local reopens_on = days_after(1, item "closure_to"):labelled "the day of re-opening"
  return any_item("ehcp.exceptions", any {
      item "ground" :is_one_of { "personal_circumstances", "absent_from_area" }
        :because "its ground is exceptional personal circumstances or absence from the authority's area",
      all "advice was asked for in the window round a closure that was long enough" {
        item "ground" :is_one_of { "school_closure", "early_years_closure" }
          :because "the school or early years setting was closed",
        reopens_on :on_or_after(within_weeks(param "closure_weeks", closed_from))
          :because "closed for long enough, without a break",
        item "advice_requested_on" :on_or_after(weeks_before(param "closure_margin_weeks", closed_from))
          :because "the advice was not asked for too long before the closure",
        item "advice_requested_on" :on_or_before(weeks_before(param "closure_margin_weeks", reopens_on))
          :because "the advice was not asked for too near the re-opening",
      },
    })
    :because "an exception is open to the authority"
end

local function impractical()
  return judgement("impractical_within_limit", "Did the exception make it impractical for the authority to keep the limit?")
end

-- A late step that an exception may excuse, for `refer_when`: one is open, and nobody has answered that it did not make the limit impractical.
-- `last_day`: a date. Gives a criterion. Reads the parameters of `exception_open`, and the judgement `impractical_within_limit`.
function ehc.may_be_excused(last_day)
  return all "the step is late, and an exception may excuse it" {
    ehc.is_over(last_day),
    ehc.exception_open(),
    any {
      impractical(),
      none {
        any_item("judgements", all {
            item "question" :is "impractical_within_limit",
            item "answer" :is_known(),
            item "answer" :is(false),
          }),
      } :because "nobody has answered that the limit could have been kept",
    },
  }
end

-- The same for `met_when`, beside the day itself. It never makes a late step kept, for its last part is not for a rule to confirm; but while the dates of
-- an exception are missing, it keeps the step from being called a breach, and the dates are asked for.
-- `last_day`: a date. Gives a criterion. Reads the parameters of `exception_open`, and the judgement `impractical_within_limit`.
function ehc.excused_if_justified(last_day)
  return all "the step is late, and an exception excuses it" {
    ehc.exception_open(),
    impractical(),
    as_of :after(last_day)
      :because "being late has to be justified"
      :unconfirmed "The exception excuses the authority only as far as it can justify being late. A person has to look at that.",
  }
end

return ehc
