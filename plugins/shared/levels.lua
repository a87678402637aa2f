-- What the local schemes of bands, tiers and levels reason alike.
--
-- A level stands in sen.levels[] as an entry with its `scheme` and its `level`; the list is a closed one. The authority's table has a row a level.
-- Each function builds a new criterion or value of the vocabulary, so that a rule that does not call it holds no part of it.

local levels = {}

-- The cell of the table for the pupil's level. Nothing (0) where the list holds no level of the scheme; unknown where it is not stated, or the entry
-- has no level; outside the table where the table has no such row, which refers.
-- `scheme`: the text of sen.levels[].scheme. `bands`: a table parameter whose key is `level`. `column`: one of its columns of numbers or amounts.
-- Gives a number or an amount.
function levels.cell(scheme, bands, column)
  return sum("sen.levels", look_up(bands, { level = item "level" }, column), item "scheme" :is(scheme))
end

-- The pupil's level brings a sum. `amount`: a cell of amounts, as above. Gives a criterion without words of its own.
function levels.brings_a_sum(amount)
  return amount :above(pounds "0.00")
end

-- No more than one level of the scheme is stated: the cells of two would be added. Gives a criterion without words of its own.
function levels.at_most_one(scheme)
  return count("sen.levels", item "scheme" :is(scheme)) :at_most(1)
end

-- More than one level of the scheme is stated, for `refer_when`: a person must say which holds. Gives a criterion without words of its own.
function levels.several(scheme)
  return count("sen.levels", item "scheme" :is(scheme)) :above(1)
end

return levels
