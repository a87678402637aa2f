---@meta
-- For editors (LuaLS): the words that make and combine criteria. Never run.
-- There is no `not`, `and` or `or` over facts: write `none`, `all`, `any`.

---Met, not met or unknown, for each pupil.
---@class Criterion
local Criterion = {}

---Its words for a reader.
---@param words string
---@return Criterion
function Criterion:because(words) end

---Its clause.
---@param clause string
---@return Criterion
function Criterion:source(clause) end

---Its source is not confirmed, and why: what hangs on it is referred to a person.
---@param reason string
---@return Criterion
function Criterion:unconfirmed(reason) end

---Every one is met. `all "A label" { a, b }` names it.
---@overload fun(label: string): fun(criteria: Criterion[]): Criterion
---@param criteria Criterion[]
---@return Criterion
function all(criteria) end

---At least one is met. `any "A label" { a, b }` names it.
---@overload fun(label: string): fun(criteria: Criterion[]): Criterion
---@param criteria Criterion[]
---@return Criterion
function any(criteria) end

---Not one is met. `none "A label" { a, b }` names it.
---@overload fun(label: string): fun(criteria: Criterion[]): Criterion
---@param criteria Criterion[]
---@return Criterion
function none(criteria) end

---So many of them are met.
---@overload fun(n: integer, label: string, criteria: Criterion[]): Criterion
---@param n integer
---@param criteria Criterion[]
---@return Criterion
function at_least_of(n, criteria) end

---Some entry of a list satisfies the criterion. With `{ open = true }` what is not on file is outstanding, whatever the list is.
---@param list string
---@param criterion Criterion
---@param options? { open: boolean }
---@return Criterion
function any_item(list, criterion, options) end

---Every entry of a list satisfies the criterion.
---@param list string
---@param criterion Criterion
---@return Criterion
function every_item(list, criterion) end

---A question that only a named person can answer; the answer stands in `judgements[]`.
---@param id string
---@param question string
---@return Criterion
function judgement(id, question) end

---A criterion that Lua works out for each pupil.
---@param label string
---@param holds fun(pupil: Pupil): boolean
---@return Criterion
function test(label, holds) end
