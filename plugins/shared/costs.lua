-- What rules that cost provision reason alike.
--
-- Each function builds a new value of the vocabulary, so that a rule that does not call it holds no part of it.

local costs = {}

-- A number of pounds as an amount of money, not rounded. `number`: a number, such as minutes times a rate in pounds a minute. Gives an amount.
function costs.of_pounds(number)
  return number * pounds "1.00"
end

-- The number of minutes a week that fall to one pupil, over the lines of provision[] that satisfy `where`: a line's minutes shared by its group.
-- `where`: a criterion over an entry. Gives a number of minutes a week. Source: Durham, step by step guide to a costed provision map, steps 2 and 3.
function costs.minutes_for_one(where)
  return sum("provision", item "minutes_per_week" / item "group_size", where)
end

return costs
