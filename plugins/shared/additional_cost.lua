-- What a school spends on a pupil beyond its ordinary offer, from whichever way the record states it.
--
-- Each function builds a new value or criterion, so that a rule that does not call it holds no part of it.

local additional_cost = {}

-- The school states no total, and lists its provision. Gives a criterion.
function additional_cost.by_lines()
  return all {
    none { fact "provision_cost" :is_known() } :because "the school states no total",
    count("provision") :is_known() :because "the school lists its provision",
  }
end

-- The annual cost of the additional provision: the total that the school states, which is its own answer whatever the lines hold, or the sum of the
-- lines that are additional. Pounds a year. Source: N-EL-4.
function additional_cost.a_year()
  return choose {
    when(additional_cost.by_lines(), sum("provision", item "annual_cost", item "additional" :is(true))),
    otherwise(fact "provision_cost"),
  } :labelled "the annual cost of the additional provision"
end

return additional_cost
