-- What is there now, where a rule must choose by it: of several bands, the highest whose tests are met today.
--
-- The lists of documents and cycles are open: what is not on file is outstanding, so that a criterion over it is unknown and never refuted. These are met
-- where it is on file, and not met where it is not yet. Each function builds a new criterion, so that a rule that does not call it holds no part of it.

local on_file = {}

-- The smaller of what is counted and what is asked for: settled as soon as there are so many, and open before where more can be supplied.
local function so_far(counted, n)
  return lowest { counted, n } :labelled "the number on file, as far as it is asked for"
end

-- At least `n` entries of an open list are on file now. `counted`: count(...) over it. `n`: an integer parameter. Gives a criterion.
function on_file.of_open_list(counted, n)
  return so_far(counted, n) :is_known()
end

-- At least `n` entries of a closed list are stated, and the list is. `counted`: count(...) over it. `n`: an integer parameter. Gives a criterion.
function on_file.of_closed_list(counted, n)
  return all { so_far(counted, n) :is_known(), so_far(counted, n) :at_least(n) }
end

-- A named person has answered a question with yes, and has not taken it back. `id`, `question`: as for `judgement`. Gives a criterion.
function on_file.answered_yes(id, question)
  return all {
    any_item("judgements", all { item "question" :is(id), item "answer" :is(true) }),
    judgement(id, question),
  }
end

return on_file
