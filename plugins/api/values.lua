---@meta
-- For editors (LuaLS): the words that make values. Never run, and not a plugin.
-- What each means in full: plugins/README.md. That these names are exactly those
-- of the program is held by tests/plugins/stubs_test.cpp.

---Something that is worked out for each pupil: a fact, a parameter, a sum, a date.
---@class Value
---@operator add(Value | integer): Value
---@operator sub(Value | integer): Value
---@operator mul(Value | integer): Value
---@operator div(Value | integer): Value
local Value = {}

---What may stand wherever a value is asked for.
---@alias Operand Value | Exact | Date | integer | boolean | string

---A number that is held exactly, such as `decimal "0.5"`.
---@class Exact
---@operator add(Exact | integer): Exact | integer
---@operator sub(Exact | integer): Exact | integer
---@operator mul(Exact | integer): Exact | integer
---@operator div(Exact | integer): Exact | integer

---A day of the calendar. `date - date` is a number of days; `date + n` and `date - n` are dates.
---@class Date
---@operator add(integer): Date
---@operator sub(integer): Date
---@operator sub(Date): integer
local Date = {}

---So many months later; a month added to a last day ends on the last day.
---@param months integer
---@return Date
function Date:plus_months(months) end

---@return integer
function Date:year() end

---From 1.
---@return integer
function Date:month() end

---From 1.
---@return integer
function Date:day() end

---Equal to. Unknown where either side is.
---@param other Operand
---@return Criterion
function Value:is(other) end

---@param other Operand
---@return Criterion
function Value:is_not(other) end

---One of those listed: `{ "a", "b" }`, or a parameter that is a list.
---@param others Operand[] | Value
---@return Criterion
function Value:is_one_of(others) end

---No less than: numbers, amounts, dates and ordered codes.
---@param other Operand
---@return Criterion
function Value:at_least(other) end

---@param other Operand
---@return Criterion
function Value:at_most(other) end

---@param other Operand
---@return Criterion
function Value:above(other) end

---@param other Operand
---@return Criterion
function Value:below(other) end

---Both ends included.
---@param low Operand
---@param high Operand
---@return Criterion
function Value:between(low, high) end

---@param day Operand a date
---@return Criterion
function Value:before(day) end

---@param day Operand a date
---@return Criterion
function Value:after(day) end

---@param day Operand a date
---@return Criterion
function Value:on_or_before(day) end

---@param day Operand a date
---@return Criterion
function Value:on_or_after(day) end

---Among the values of a list that a decision table gives: `look_up(param "papers", { ... }, "document"):includes "form_8"`.
---@param value Operand
---@return Criterion
function Value:includes(value) end

---The record states it. Never unknown.
---@return Criterion
function Value:is_known() end

---The words that a reader sees for this value.
---@param words string
---@return Value
function Value:labelled(words) end

---A fact of the pupil's record, by its path: `fact "sen.status"`. All of them stand in rules/facts.json.
---@param path string
---@return Value
function fact(path) end

---A parameter of the edition in force, which plugin.json declares.
---@param name string
---@return Value
function param(name) end

---A field of the list entry in hand, inside `any_item`, `every_item`, `count`, `sum` and their like.
---@param field string
---@return Value
function item(field) end

---The day for which the pupil is checked.
---@type Value
as_of = nil

---An exact amount: `pounds "12.50"`. Inside `test` and `compute` it is an exact number.
---@param amount string
---@return Value
function pounds(amount) end

---An exact number: `decimal "0.5"`.
---@param number string
---@return Exact | integer
function decimal(number) end

---A day of the calendar: `date "2026-11-22"`. A date that policy could change belongs in an edition.
---@param day string
---@return Date
function date(day) end

---The smallest.
---@param values Operand[]
---@return Value
function lowest(values) end

---The largest.
---@param values Operand[]
---@return Value
function highest(values) end

---How many entries of a list there are, or satisfy `where`; with `distinct`, how many different values of a field they have.
---@param list string | Value a list of the record, or one that a decision table gives
---@param where? Criterion
---@param options? { distinct: string }
---@return Value
function count(list, where, options) end

---The sum over a list of a field, or of an expression over `item`s.
---@param list string | Value a list of the record, or one that a decision table gives
---@param value? Value | string
---@param where? Criterion
---@return Value
function sum(list, value, where) end

---The largest of a field.
---@param list string
---@param field string
---@param where? Criterion
---@return Value
function max_of(list, field, where) end

---The smallest of a field.
---@param list string
---@param field string
---@param where? Criterion
---@return Value
function min_of(list, field, where) end

---The last date of a field.
---@param list string
---@param field string
---@param where? Criterion
---@return Value
function latest(list, field, where) end

---The first date of a field.
---@param list string
---@param field string
---@param where? Criterion
---@return Value
function earliest(list, field, where) end

---The cell of a table: `look_up(param "bands", { points = p }, "amount")`; of a decision table, the output for its inputs. What hangs on a row that is
---not there is referred. A hit policy that gives a list (rule_order, output_order, collect): ask it with `count`, `sum` and `:includes`.
---@param table Value
---@param keys table<string, Operand>
---@param column string
---@return Value
function look_up(table, keys, column) end

---The first date of a calendar's column on or after a day.
---@param calendar Value
---@param column string
---@param from Operand a date
---@return Value
function next_date(calendar, column, from) end

---@class When

---One possibility of `choose`.
---@param criterion Criterion
---@param value Operand
---@return When
function when(criterion, value) end

---What `choose` gives when no `when` is met.
---@param value Operand
---@return When
function otherwise(value) end

---The value of the first `when` that is met.
---@param possibilities When[]
---@return Value
function choose(possibilities) end

---A value that Lua works out for each pupil.
---@param label string
---@param work fun(pupil: Pupil): integer | Exact | Date | string | boolean
---@param kind? "number" | "money" | "date" | "text" | "truth" what it gives back; a number where nothing is said
---@return Value
function compute(label, work, kind) end

---The pupil's age in completed years on a date.
---@param day Operand a date
---@return Value
function age_on(day) end

---The pupil's age in completed months on a date.
---@param day Operand a date
---@return Value
function months_old_on(day) end

---The last day that is within n weeks of a date.
---@param weeks Operand
---@param day Operand a date
---@return Value
function within_weeks(weeks, day) end

---The day n weeks before a date.
---@param weeks Operand
---@param day Operand a date
---@return Value
function weeks_before(weeks, day) end

---The last of n days of which the date is the first.
---@param days Operand
---@param day Operand a date
---@return Value
function days_beginning_with(days, day) end

---The last day of a period of n months that starts with the date.
---@param months Operand
---@param day Operand a date
---@return Value
function months_starting_with(months, day) end

---@param months Operand
---@param day Operand a date
---@return Value
function months_after(months, day) end

---@param months Operand
---@param day Operand a date
---@return Value
function months_before(months, day) end

---@param days Operand
---@param day Operand a date
---@return Value
function days_after(days, day) end

---@param day Operand a date
---@return Value
function day_before(day) end

---So many working days later, with the bank holidays of England and Wales.
---@param days Operand
---@param day Operand a date
---@return Value
function working_days_after(days, day) end

---A day of the year (`month_day`) in the calendar year of a date.
---@param month_day Value
---@param day Operand a date
---@return Value
function on_day(month_day, day) end

---The last such day of the year that is not after a date.
---@param month_day Value
---@param day Operand a date
---@return Value
function on_or_before_day(month_day, day) end

---Days from one date to another.
---@param from Operand a date
---@param to Operand a date
---@return Value
function days_between(from, to) end
