-- What local funds reason alike on the place that a pupil has.
--
-- Each function builds a new criterion of the vocabulary, so that a rule that does not call it holds no part of it. Codes are those of rules/facts.json.

local place = {}

-- A place of another kind than in a mainstream school is stated. A record that does not say the kind of place is not held up by that.
-- Gives a criterion without words of its own. Source: N-EL-8, places of other kinds are funded as places.
function place.is_not_mainstream()
  return all { fact "school.type" :is_known(), fact "school.type" :is_not "mainstream" }
end

-- The record says that the pupil has no special educational needs. A record that does not say the SEN status is not held up by that.
-- Gives a criterion without words of its own.
function place.without_needs()
  return all { fact "sen.status" :is_known(), fact "sen.status" :is "none" }
end

return place
