---@meta
-- For editors (LuaLS): the rule and its parts. Never run.

---@alias Period "year" | "financial_year" | "term" | "month" | "week" | "hour" | "one_off" | "period"

---@class Line
---@class Payment
---@class Deadline
---@class Action
---@class Referral
---@class Rule

---A text of plugin.json, by its id.
---@param id string
---@return string
function message(id) end

---One line of an amount's working.
---@param label string
---@param value Operand
---@return Line
function line(label, value) end

---What is paid. Of several, the first whose `when` is met.
---@param parts { value: Operand, period: Period, working?: Line[], when?: Criterion, from?: Operand, to?: Operand, because?: string }
---@return Payment
function payment(parts) end

---What is paid under a fund whose figures are not published.
---@param parts { period: Period, because: string, when?: Criterion, working?: Line[] }
---@return Payment
function not_published(parts) end

---The last day for a duty, and the day on which it was done.
---@param parts { date: Operand, basis: "law" | "guidance" | "local", done?: Operand }
---@return Deadline
function deadline(parts) end

---A next step for somebody, shown where `when` is met.
---@param parts { text: string, to?: string | Value, by?: Operand, when?: Criterion }
---@return Action
function action(parts) end

---The next step "Apply".
---@param parts { to?: string | Value, by?: Operand, when?: Criterion, text?: string }
---@return Action
function apply(parts) end

---For `on_met`: somebody else always decides.
---@param parts { to: string }
---@return Referral
function refer(parts) end

---@class RuleParts
---@field id string the name of the folder
---@field title string the title of plugin.json
---@field source? string
---@field applies_when? Criterion whom the rule is about; left out: everybody
---@field met_when Criterion
---@field refer_when? Criterion when a person decides instead
---@field on_met? Referral
---@field refer_to? string to whom, when anything is referred
---@field amount? Payment | Payment[]
---@field due? Deadline
---@field actions? { met?: Action[], not_met?: Action[], needs_evidence?: Action[], refer?: Action[] }

---The rule, which rule.lua returns: one, or a list of them.
---@param parts RuleParts
---@return Rule
function rule(parts) end
