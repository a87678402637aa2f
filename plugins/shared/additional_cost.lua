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

-- What an entry of provision[] costs in a year: its annual cost where that is stated, or minutes a week at the hourly rate for its weeks, shared by the
-- group, where all four are. Otherwise unknown, and the annual cost is what is asked for. For use inside sum. Pounds a year. Source: N-EL-4; shared by the
-- group as in Durham's map, 3.12.
function additional_cost.of_line()
  local minutes_in_an_hour = 60
  return choose {
    when(item "annual_cost" :is_known(), item "annual_cost"),
    when(
      all {
        item "minutes_per_week" :is_known(), item "hourly_rate" :is_known(),
        item "weeks" :is_known(), item "group_size" :is_known(),
      },
      item "hourly_rate" * item "minutes_per_week" * item "weeks" / (item "group_size" * minutes_in_an_hour)),
    otherwise(item "annual_cost"),
  }
end

-- The annual cost of the lines of provision[] that are additional. Pounds a year. Source: N-EL-4.
function additional_cost.of_lines()
  return sum("provision", additional_cost.of_line(), item "additional" :is(true))
end

-- The annual cost of the additional provision: the total that the school states, which is its own answer whatever the lines hold, or the sum of the
-- lines that are additional. Pounds a year. Source: N-EL-4.
function additional_cost.a_year()
  return choose {
    when(additional_cost.by_lines(), additional_cost.of_lines()),
    otherwise(fact "provision_cost"),
  } :labelled "the annual cost of the additional provision"
end

return additional_cost
