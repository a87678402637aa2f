-- What funds for the early years reason alike.
--
-- Each function builds a new criterion of the vocabulary, so that a rule that does not call it holds no part of it. Codes are those of rules/facts.json.

local early_years = {}

-- The child is in Reception or later by the record. A record that does not say the year group is not held up by that.
-- Gives a criterion without words of its own. Source: N-SENIF-5, Reception children are outside.
function early_years.in_school_years()
  return all { fact "nc_year" :is_known(), fact "nc_year" :at_least "R" }
end

-- The record says that the child takes up no funded hours. A record that does not say the hours is not held up by that.
-- Gives a criterion without words of its own. Source: N-SENIF-1, the fund is for children who take up funded hours.
function early_years.without_funded_hours()
  return all {
    fact "early_years.funded_hours_per_week" :is_known(),
    fact "early_years.funded_hours_per_week" :at_most(0),
  }
end

return early_years
