-- Rules know these names and no others. tests/plugins/stubs_test.cpp holds them to the program's.

local vocabulary = {
  "action", "age_on", "all", "any", "any_item", "apply", "as_of", "at_least_of", "choose", "compute", "count",
  "date", "day_before", "days_after", "days_beginning_with", "days_between", "deadline", "decimal", "earliest",
  "every_item", "fact", "highest", "item", "judgement", "latest", "line", "look_up", "lowest", "max_of", "message",
  "min_of", "months_after", "months_before", "months_old_on", "months_starting_with", "next_date", "none",
  "not_published", "on_day", "on_or_before_day", "otherwise", "param", "payment", "pounds", "refer", "rule", "sum",
  "test", "weeks_before", "when", "within_weeks", "working_days_after",
}

local sandbox = {
  "assert", "error", "ipairs", "math.abs", "math.ceil", "math.floor", "math.fmod", "math.max", "math.maxinteger",
  "math.min", "math.mininteger", "math.tointeger", "math.type", "math.ult", "pairs", "require", "select",
  "string.byte", "string.char", "string.find", "string.format", "string.len", "string.lower", "string.rep",
  "string.reverse", "string.sub", "string.upper", "table.concat", "table.insert", "table.remove", "table.sort",
  "table.unpack", "tonumber", "tostring", "type", "utf8.char", "utf8.codepoint", "utf8.len", "utf8.offset",
}

local known = {}
for _, list in ipairs { vocabulary, sandbox } do
  for _, name in ipairs(list) do
    local library, member = name:match "^(%w+)%.(%w+)$"
    if library then
      known[library] = known[library] or { fields = {} }
      known[library].fields[member] = {}
    else
      known[name] = {}
    end
  end
end

-- The one value among the words that is no function: what can be asked of it are the methods of every value, which api/ tells the editors.
known.as_of = { other_fields = true }

stds.rule = { read_globals = known }
std = "rule"
max_line_length = false

-- The stubs define what rules only read.
files["api"] = { std = "none", allow_defined = true, ignore = { "131", "212", "241" } }
