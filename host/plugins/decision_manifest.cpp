#include "plugins/decision_manifest.hpp"

#include <algorithm>
#include <utility>

namespace sendcheck {
namespace {

using json::Type;

ParameterType type_of_part(ManifestReader& reader, const json::Value& value,
                           const std::string& at) {
  const std::string name = reader.text(value, "type", at);
  const auto known = parameter_type(name);
  if (known && is_scalar(*known) && *known != ParameterType::month_day) {
    return *known;
  }
  reader.fail(at + "/type",
              "an input or output of a decision table is boolean, integer, "
              "decimal, money, date, code or text; found \"" +
                  name + "\"");
  return ParameterType::text;
}

DecisionInput read_input(ManifestReader& reader, const json::Member& member,
                         const std::string& at) {
  DecisionInput input;
  input.name = std::string(member.key);
  if (!reader.expect(&member.value, Type::object, at)) return input;
  reader.only(member.value, at, {"type", "label", "unit", "codes"});
  input.type = type_of_part(reader, member.value, at);
  input.label = reader.text(member.value, "label", at, false);
  input.unit = reader.text(member.value, "unit", at, false);
  const json::Value* codes = member.value.find("codes");
  if (!codes) return input;
  if (input.type != ParameterType::code) {
    reader.fail(at + "/codes", "only an input of type code has codes");
  }
  if (!reader.expect(codes, Type::array, at + "/codes")) return input;
  for (const json::Value& code : codes->items) {
    if (reader.expect(&code, Type::string, at + "/codes")) {
      input.codes.emplace_back(code.text);
    }
  }
  return input;
}

// Values as plugin.json writes them: amounts and dates in quotation marks.
std::optional<Value> read_value(ManifestReader& reader,
                                const json::Value& value, ParameterType type,
                                const std::string& at, TextArena& texts) {
  const bool is_fitting =
      type == ParameterType::boolean ? value.is(Type::boolean)
      : type == ParameterType::integer || type == ParameterType::decimal
          ? value.is(Type::number)
          : value.is(Type::string);
  std::optional<Value> read;
  if (is_fitting && value.is(Type::boolean)) {
    read = Value::of(value.truth);
  } else if (is_fitting) {
    read = scalar_from_text(value.text, type, texts);
  }
  if (!read) {
    reader.fail(at, at + " is " + std::string(in_words(value.type)) +
                        "; expected " + std::string(name_of(type)) +
                        ", an amount or a date in quotation marks");
  }
  return read;
}

DecisionOutput read_output(ManifestReader& reader, const json::Member& member,
                           const std::string& at, DecisionSpec& spec) {
  DecisionOutput output;
  output.name = std::string(member.key);
  if (!reader.expect(&member.value, Type::object, at)) return output;
  reader.only(member.value, at, {"type", "label", "unit", "values", "default"});
  output.type = type_of_part(reader, member.value, at);
  output.label = reader.text(member.value, "label", at, false);
  output.unit = reader.text(member.value, "unit", at, false);
  if (const json::Value* values = member.value.find("values")) {
    if (reader.expect(values, Type::array, at + "/values")) {
      for (const json::Value& item : values->items) {
        const auto value =
            read_value(reader, item, output.type, at + "/values", spec.texts);
        if (!value) break;
        if (std::ranges::find(output.values, *value) != output.values.end()) {
          reader.fail(at + "/values", at + "/values has a value twice");
        }
        output.values.push_back(*value);
      }
    }
  }
  const json::Value* otherwise = member.value.find("default");
  if (!otherwise) return output;
  output.has_default = true;
  const bool is_list = spec.gives_list();
  if (is_list && !reader.expect(otherwise, Type::array, at + "/default")) {
    return output;
  }
  // A count is a number, whatever is counted.
  const bool counts = spec.aggregator == Aggregator::count;
  const ParameterType type = counts ? ParameterType::integer : output.type;
  const auto add = [&](const json::Value& item) {
    const auto value =
        read_value(reader, item, type, at + "/default", spec.texts);
    if (!value) return;
    if (spec.aggregator == Aggregator::none && !output.values.empty() &&
        std::ranges::find(output.values, *value) == output.values.end()) {
      reader.fail(at + "/default",
                  at + "/default is none of the declared values");
    }
    output.otherwise.push_back(*value);
  };
  if (is_list) {
    for (const json::Value& item : otherwise->items) add(item);
  } else {
    add(*otherwise);
  }
  return output;
}

void read_policy(ManifestReader& reader, const json::Value& value,
                 const std::string& at, DecisionSpec& spec) {
  const std::string policy = reader.text(value, "hit_policy", at);
  if (const auto known = hit_policy(policy)) {
    spec.policy = *known;
  } else {
    reader.fail(at + "/hit_policy",
                "\"" + policy +
                    "\" is no hit policy; expected unique, any, priority, "
                    "first, rule_order, output_order or collect");
  }
  const json::Value* given = value.find("aggregator");
  if (!given) return;
  const std::string name = reader.text(value, "aggregator", at);
  const auto known = aggregator(name);
  if (!known || *known == Aggregator::none) {
    reader.fail(
        at + "/aggregator",
        "\"" + name + "\" is no aggregator; expected sum, min, max or count");
    return;
  }
  spec.aggregator = *known;
  if (spec.policy != HitPolicy::collect) {
    reader.fail(at + "/aggregator",
                "only the hit policy collect has an aggregator");
  }
}

bool can_aggregate(Aggregator aggregator, ParameterType type) {
  switch (aggregator) {
    case Aggregator::none:
    case Aggregator::count:
      return true;
    case Aggregator::sum:
      return type == ParameterType::integer || type == ParameterType::decimal ||
             type == ParameterType::money;
    case Aggregator::min:
    case Aggregator::max:
      return type == ParameterType::integer || type == ParameterType::decimal ||
             type == ParameterType::money || type == ParameterType::date;
  }
  return false;
}

// What the parts must be together.
void check(ManifestReader& reader, const std::string& at,
           const DecisionSpec& spec) {
  if (spec.inputs.empty()) {
    reader.fail(at + "/inputs", "a decision table needs an input");
  }
  if (spec.outputs.empty()) {
    reader.fail(at + "/outputs", "a decision table needs an output");
  }
  for (const DecisionInput& input : spec.inputs) {
    if (spec.output(input.name) >= 0) {
      reader.fail(at + "/outputs", "\"" + input.name +
                                       "\" is an input and an output: give "
                                       "the two names of their own");
    }
  }
  const bool ranks = spec.policy == HitPolicy::priority ||
                     spec.policy == HitPolicy::output_order;
  bool has_values = false, has_default = false, lacks_default = false;
  for (const DecisionOutput& output : spec.outputs) {
    has_values = has_values || !output.values.empty();
    (output.has_default ? has_default : lacks_default) = true;
    if (!can_aggregate(spec.aggregator, output.type)) {
      reader.fail(at + "/aggregator",
                  "\"" + output.name + "\" is of type " +
                      std::string(name_of(output.type)) +
                      ", of which there "
                      "is no " +
                      std::string(name_of(spec.aggregator)));
    }
  }
  if (ranks && !has_values) {
    reader.fail(at + "/outputs",
                "the hit policy " + std::string(name_of(spec.policy)) +
                    " goes by the order of \"values\", the first before all: "
                    "give an output its values");
  }
  if (has_default && lacks_default) {
    reader.fail(at + "/outputs",
                "give every output a default, or none of them");
  }
  if (spec.aggregator != Aggregator::none && spec.outputs.size() > 1) {
    reader.fail(at + "/aggregator",
                "an aggregator is for a table of one output");
  }
}

}  // namespace

bool is_scalar(ParameterType type) {
  return type != ParameterType::table && type != ParameterType::calendar &&
         type != ParameterType::decision_table;
}

std::shared_ptr<const DecisionSpec> read_decision(ManifestReader& reader,
                                                  const json::Value& value,
                                                  const std::string& at) {
  auto spec = std::make_shared<DecisionSpec>();
  read_policy(reader, value, at, *spec);
  const auto each = [&](const char* name, auto read) {
    const std::string inside = at + "/" + name;
    const json::Value* parts = value.find(name);
    if (!reader.expect(parts, Type::object, inside)) return;
    for (const json::Member& member : parts->members) {
      read(member, inside + "/" + std::string(member.key));
    }
  };
  each("inputs", [&](const json::Member& member, const std::string& part) {
    spec->inputs.push_back(read_input(reader, member, part));
  });
  each("outputs", [&](const json::Member& member, const std::string& part) {
    spec->outputs.push_back(read_output(reader, member, part, *spec));
  });
  check(reader, at, *spec);
  return spec;
}

}  // namespace sendcheck
