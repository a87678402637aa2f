#include "domain/catalogue.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"

namespace sendcheck {
namespace {

struct TypeName {
  std::string_view name;
  std::string_view in_words;
};
// In the order of FactType.
constexpr std::array<TypeName, 8> type_names = {{
    {"boolean", "true or false"},
    {"integer", "a whole number"},
    {"decimal", "a number"},
    {"money", "an amount in pounds and pence (\"6000.00\")"},
    {"date", "a date (\"2026-11-22\")"},
    {"code", "a code"},
    {"text", "a text"},
    {"list", "a list"},
}};

const CodeValue* code_value(const Value& value, const FactSpec& fact,
                            const Catalogue& catalogue) {
  if (fact.codes < 0) return nullptr;
  const std::vector<CodeValue>& codes = catalogue.codes_of(fact).codes;
  const auto index = static_cast<std::size_t>(value.code());
  return index < codes.size() ? &codes[index] : nullptr;
}

int position(const std::vector<FactSpec>& facts, std::string_view path) {
  const auto found =
      std::find_if(facts.begin(), facts.end(),
                   [&](const FactSpec& fact) { return fact.path == path; });
  return found == facts.end() ? -1 : static_cast<int>(found - facts.begin());
}

}  // namespace

std::string_view name_of(FactType type) {
  return type_names[static_cast<std::size_t>(type)].name;
}

std::optional<FactType> fact_type(std::string_view name) {
  for (std::size_t i = 0; i < type_names.size(); ++i) {
    if (type_names[i].name == name) return static_cast<FactType>(i);
  }
  return {};
}

std::string_view in_words(FactType type) {
  return type_names[static_cast<std::size_t>(type)].in_words;
}

int CodeList::find(std::string_view code) const {
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (codes[i].code == code) return static_cast<int>(i);
  }
  return -1;
}

int FactSpec::field(std::string_view name) const {
  return position(fields, name);
}

Result<void> Catalogue::add_codes(CodeList codes) {
  if (code_list(codes.name) >= 0) {
    return unexpected(
        {"facts.duplicate", "The code list \"" + quoted(codes.name) +
                                "\" stands in the catalogue already. Give each "
                                "code list a name of its own."});
  }
  code_lists_.push_back(std::move(codes));
  return {};
}

Result<void> Catalogue::check_codes(const FactSpec& fact,
                                    const std::string& path) const {
  const bool known = fact.codes >= 0 &&
                     static_cast<std::size_t>(fact.codes) < code_lists_.size();
  if (fact.type != FactType::code || known) return {};
  return unexpected({"facts.unknown_codes",
                     "The fact \"" + quoted(path) +
                         "\" is a code, but its code list is not in the "
                         "catalogue. Add the code list before the fact."});
}

Result<void> Catalogue::add_fact(FactSpec fact) {
  if (by_path_.contains(fact.path)) {
    return unexpected(
        {"facts.duplicate", "The fact \"" + quoted(fact.path) +
                                "\" stands in the catalogue already. Give each "
                                "fact a path of its own."});
  }
  if (auto checked = check_codes(fact, fact.path); !checked) return checked;
  for (std::size_t i = 0; i < fact.fields.size(); ++i) {
    const FactSpec& field = fact.fields[i];
    const std::string path = fact.path + "[]." + field.path;
    if (fact.field(field.path) != static_cast<int>(i)) {
      return unexpected({"facts.duplicate",
                         "The field \"" + quoted(path) +
                             "\" stands twice in its list. Give each field a "
                             "name of its own."});
    }
    if (auto checked = check_codes(field, path); !checked) return checked;
  }
  std::vector<FactSpec>& facts = fact.is_list() ? lists_ : scalars_;
  const FactRef ref{fact.is_list(), static_cast<int>(facts.size())};
  by_path_.emplace(fact.path, ref);
  order_.push_back(ref);
  facts.push_back(std::move(fact));
  return {};
}

int Catalogue::code_list(std::string_view name) const {
  for (std::size_t i = 0; i < code_lists_.size(); ++i) {
    if (code_lists_[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

std::optional<FactRef> Catalogue::find(std::string_view path) const {
  const auto found = by_path_.find(path);
  if (found == by_path_.end()) return {};
  return found->second;
}

int Catalogue::scalar(std::string_view path) const {
  const std::optional<FactRef> ref = find(path);
  return ref && !ref->is_list ? ref->slot : -1;
}

int Catalogue::list(std::string_view path) const {
  const std::optional<FactRef> ref = find(path);
  return ref && ref->is_list ? ref->slot : -1;
}

std::string Catalogue::nearest_path(std::string_view path) const {
  return nearest(path, paths());
}

std::vector<std::string> Catalogue::paths() const {
  std::vector<std::string> all;
  all.reserve(order_.size());
  for (const FactRef ref : order_) all.push_back(spec(ref).path);
  return all;
}

std::string to_text(const Value& value, const FactSpec& fact,
                    const Catalogue& catalogue) {
  switch (value.kind()) {
    case Value::Kind::unknown:
      return {};
    case Value::Kind::boolean:
      return value.boolean() ? "true" : "false";
    case Value::Kind::number:
      return value.number().to_string();
    case Value::Kind::money:
      return value.money().to_string();
    case Value::Kind::date:
      return value.date().to_string();
    case Value::Kind::code: {
      const CodeValue* code = code_value(value, fact, catalogue);
      return code == nullptr ? std::string() : code->code;
    }
    case Value::Kind::text:
      return std::string(value.text());
  }
  return {};
}

std::string in_words(const Value& value, const FactSpec& fact,
                     const Catalogue& catalogue) {
  switch (value.kind()) {
    case Value::Kind::unknown:
      return "not stated";
    case Value::Kind::boolean:
      return value.boolean() ? "yes" : "no";
    case Value::Kind::money:
      return value.money().in_words();
    case Value::Kind::date:
      return value.date().in_words();
    case Value::Kind::code: {
      const CodeValue* code = code_value(value, fact, catalogue);
      if (code != nullptr && !code->label.empty()) return code->label;
      break;
    }
    case Value::Kind::number:
    case Value::Kind::text:
      break;
  }
  return to_text(value, fact, catalogue);
}

}  // namespace sendcheck
