#include "base/text.hpp"
#include "criteria/compiler.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

using Kind = Value::Kind;

}  // namespace

std::string kind_in_words(const ValueType& type) {
  if (type.is_list) return "a list of values";
  switch (type.kind) {
    case Kind::boolean:
      return "true or false";
    case Kind::number:
      return "a number";
    case Kind::money:
      return "an amount of money";
    case Kind::date:
      return "a date";
    case Kind::code:
      return "a code";
    case Kind::text:
      return "a text";
    case Kind::unknown:
      break;
  }
  return "something unknown";
}

Kind kind_of(FactType type) {
  switch (type) {
    case FactType::boolean:
      return Kind::boolean;
    case FactType::integer:
    case FactType::decimal:
      return Kind::number;
    case FactType::money:
      return Kind::money;
    case FactType::date:
      return Kind::date;
    case FactType::code:
      return Kind::code;
    case FactType::text:
      return Kind::text;
    case FactType::list:
      break;
  }
  return Kind::unknown;
}

Kind kind_of(ParameterType type) {
  switch (type) {
    case ParameterType::boolean:
      return Kind::boolean;
    case ParameterType::integer:
    case ParameterType::decimal:
    case ParameterType::month_day:
      return Kind::number;
    case ParameterType::money:
      return Kind::money;
    case ParameterType::date:
      return Kind::date;
    case ParameterType::code:
    case ParameterType::text:
      return Kind::text;
    case ParameterType::table:
    case ParameterType::calendar:
    case ParameterType::decision_table:
      break;
  }
  return Kind::unknown;
}

void Compiler::fail(int line, std::string id, std::string message) {
  if (!failure_) {
    failure_ = Error{std::move(id), std::move(message), {"", line, 0, ""}};
  }
}

int Compiler::list_slot(const std::string& name, int line) {
  const auto ref = catalogue_.find(name);
  if (!ref) {
    unknown_fact(name, line);
    return -1;
  }
  if (!ref->is_list) {
    fail(line, "rules.not_a_list",
         "\"" + name + "\" is a single fact, not a list: use fact \"" + name +
             "\"");
    return -1;
  }
  return ref->slot;
}

void Compiler::unknown_fact(const std::string& name, int line) {
  const std::string near = catalogue_.nearest_path(name);
  fail(line, "rules.unknown_fact",
       "there is no fact \"" + name + "\"" +
           (near.empty() ? std::string(": see rules/facts.json")
                         : "; did you mean \"" + near + "\"?"));
}

int Compiler::field_of(int list, const std::string& name, int line) {
  if (list < 0) return -1;
  const FactSpec& spec = catalogue_.lists()[at(list)];
  const int field = spec.field(name);
  if (field < 0) {
    std::vector<std::string> names;
    for (const FactSpec& f : spec.fields) names.push_back(f.path);
    fail(line, "rules.unknown_field",
         "an entry of \"" + spec.path + "\" has no \"" + name + "\"; it has " +
             join_in_words(names));
  }
  return field;
}

int Compiler::parameter_index(const std::string& name, int line) {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (parameters_[i].name == name) return static_cast<int>(i);
  }
  std::vector<std::string> names;
  for (const ParameterSpec& spec : parameters_) names.push_back(spec.name);
  const std::string near = nearest(name, names);
  fail(line, "rules.unknown_parameter",
       "plugin.json declares no parameter \"" + name + "\"" +
           (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  return -1;
}

// A text as a code of a list: what is compared with a coded fact.
Value Compiler::code_constant(const std::string& text, int codes, int line) {
  const CodeList& list = catalogue_.code_lists()[at(codes)];
  const int index = list.find(text);
  if (index < 0) {
    std::vector<std::string> names;
    for (const CodeValue& code : list.codes) names.push_back(code.code);
    const std::string near = nearest(text, names);
    fail(line, "rules.unknown_code",
         "\"" + text + "\" is no code of " + list.name +
             (near.empty() ? ": " + join(names, ", ")
                           : "; did you mean \"" + near + "\"?"));
  }
  return Value::code(index);
}

}  // namespace sendcheck
