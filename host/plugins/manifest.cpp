#include "plugins/manifest.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "json/value.hpp"
#include "plugins/decision_manifest.hpp"
#include "plugins/manifest_reader.hpp"

namespace sendcheck {
namespace {

using json::Type;

using Reader = ManifestReader;

ColumnSpec read_column(Reader& reader, const json::Member& member,
                       const std::string& at, bool calendar) {
  ColumnSpec column;
  column.name = std::string(member.key);
  column.type = calendar ? ParameterType::date : ParameterType::text;
  if (!reader.expect(&member.value, Type::object, at)) return column;
  reader.only(member.value, at, {"type", "key", "from", "to", "label", "unit"});
  column.is_percentage =
      reader.text(member.value, "unit", at, false).starts_with('%');
  const std::string type = reader.text(member.value, "type", at, !calendar);
  if (!type.empty()) {
    if (auto known = parameter_type(type); known && is_scalar(*known)) {
      column.type = *known;
    } else {
      reader.fail(at, "\"" + type + "\" is no type of a column");
    }
  }
  const std::pair<const char*, ColumnSpec::Role> roles[] = {
      {"key", ColumnSpec::Role::key},
      {"from", ColumnSpec::Role::from},
      {"to", ColumnSpec::Role::to}};
  for (const auto& [name, role] : roles) {
    const std::string of = reader.text(member.value, name, at, false);
    if (!of.empty()) {
      if (column.role != ColumnSpec::Role::value) {
        reader.fail(at, "the column \"" + column.name +
                            "\" is one of key, from and to, not two of them");
      }
      column.role = role;
      column.of = of;
    }
  }
  return column;
}

ParameterSpec read_parameter(Reader& reader, const json::Member& member) {
  ParameterSpec spec;
  spec.name = std::string(member.key);
  const std::string at = "/parameters/" + spec.name;
  const json::Value& value = member.value;
  if (!reader.expect(&value, Type::object, at)) return spec;
  reader.only(
      value, at,
      {"type", "unit", "label", "codes", "minimum", "maximum", "required",
       "columns", "hit_policy", "aggregator", "inputs", "outputs"});
  std::string type = reader.text(value, "type", at);
  constexpr std::string_view list_of = "list of ";
  if (type.starts_with(list_of)) {
    spec.is_list = true;
    type.erase(0, list_of.size());
  }
  if (auto known = parameter_type(type);
      known && (is_scalar(*known) || !spec.is_list)) {
    spec.type = *known;
  } else {
    reader.fail(at + "/type", "\"" + type + "\" is no type of a parameter");
  }
  spec.unit = reader.text(value, "unit", at, false);
  spec.label = reader.words(value, "label", at);
  spec.required = reader.truth(value, "required", at, true);
  spec.minimum = reader.number(value, "minimum", at);
  spec.maximum = reader.number(value, "maximum", at);
  if (spec.minimum && spec.maximum && *spec.maximum < *spec.minimum) {
    reader.fail(at + "/maximum", at + "/maximum is less than the minimum");
  }
  if (const json::Value* codes = value.find("codes")) {
    if (reader.expect(codes, Type::array, at + "/codes")) {
      for (const json::Value& code : codes->items) {
        if (reader.expect(&code, Type::string, at + "/codes")) {
          spec.codes.emplace_back(code.text);
        }
      }
    }
    if (spec.type != ParameterType::code) {
      reader.fail(at + "/codes", "only a parameter of type code has codes");
    }
  }
  const bool decides = spec.type == ParameterType::decision_table;
  for (const char* part : {"hit_policy", "aggregator", "inputs", "outputs"}) {
    if (!decides && value.find(part)) {
      reader.fail(at + "/" + part,
                  std::string("only a decision table has \"") + part + "\"");
    }
  }
  if (decides) spec.decision = read_decision(reader, value, at);
  const bool tabular =
      spec.type == ParameterType::table || spec.type == ParameterType::calendar;
  const json::Value* columns = value.find("columns");
  if (tabular && reader.expect(columns, Type::object, at + "/columns")) {
    for (const json::Member& column : columns->members) {
      spec.columns.push_back(read_column(
          reader, column, at + "/columns/" + std::string(column.key),
          spec.type == ParameterType::calendar));
    }
  } else if (!tabular && columns) {
    reader.fail(at + "/columns", "only a table or a calendar has columns");
  }
  return spec;
}

FactSpec read_local_fact(Reader& reader, const json::Member& member) {
  FactSpec fact;
  fact.path = std::string(member.key);
  const std::string at = "/facts/" + fact.path;
  const json::Value& value = member.value;
  if (!reader.expect(&value, Type::object, at)) return fact;
  reader.only(value, at,
              {"type", "label", "unit", "actionable", "minimum", "maximum"});
  fact.label = reader.words(value, "label", at);
  fact.unit = reader.text(value, "unit", at, false);
  fact.actionable = reader.truth(value, "actionable", at, false);
  fact.minimum = reader.number(value, "minimum", at);
  fact.maximum = reader.number(value, "maximum", at);
  fact.personal = true;
  fact.source = "declared by a rule";
  const std::string type = reader.text(value, "type", at);
  const auto known = fact_type(type);
  if (!known || *known == FactType::list || *known == FactType::code) {
    reader.fail(at + "/type",
                "a local fact is boolean, integer, decimal, money, date or "
                "text; found \"" +
                    type + "\"",
                "plugins.local_fact");
  } else {
    fact.type = *known;
  }
  const auto parts = split(fact.path, '.');
  const bool has_empty_part =
      std::find(parts.begin(), parts.end(), "") != parts.end();
  if (parts.size() < 3 || parts[0] != "local" || has_empty_part) {
    reader.fail(at,
                "a plugin may declare facts under local.<authority>. only; "
                "found \"" +
                    fact.path + "\"",
                "plugins.local_fact");
  }
  return fact;
}

bool is_id(const std::string& id) {
  const auto is_word = [](std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    });
  };
  const auto words = split(id, '-');
  return std::all_of(words.begin(), words.end(), is_word);
}

int read_api(Reader& reader, const json::Value& root) {
  const json::Value* value = root.find("api");
  if (!reader.expect(value, Type::number, "/api")) return 0;
  const auto api = Number::parse(value->text);
  if (!api || !api->is_whole() || *api < Number(0) || Number(1000) < *api) {
    reader.fail("/api", "/api is " + std::string(value->text) +
                            "; expected a whole number such as " +
                            std::to_string(newest_api));
    return 0;
  }
  return static_cast<int>(api->numerator());
}

}  // namespace

std::string_view name_of(Authority authority) {
  switch (authority) {
    case Authority::national:
      return "national";
    case Authority::home:
      return "home";
    case Authority::school:
      return "school";
  }
  return {};
}

Result<Manifest> read_manifest(const std::string& text, const std::string& file,
                               const std::string& folder_name) {
  json::Document document;
  if (auto parsed = document.parse(text, file); !parsed) {
    return unexpected(parsed.error());
  }
  Reader reader(file);
  Manifest manifest;
  const json::Value& root = document.root();
  if (!reader.expect(&root, Type::object, "")) {
    return unexpected(*reader.failure());
  }
  reader.only(
      root, "",
      {"format", "id", "version", "api", "title", "kind", "authority",
       "summary", "parameters", "facts", "messages", "reads_protected"});
  if (const std::string format = reader.text(root, "format", "");
      !reader.failure() && format != "sendcheck-plugin/1") {
    reader.fail("/format", "/format is \"" + format +
                               "\"; expected \"sendcheck-plugin/1\"");
  }
  manifest.id = reader.text(root, "id", "");
  if (!reader.failure() && !is_id(manifest.id)) {
    reader.fail("/id", "/id is \"" + manifest.id +
                           "\"; expected lower case letters and digits, in "
                           "words joined by hyphens");
  }
  manifest.version = reader.words(root, "version", "");
  manifest.title = reader.words(root, "title", "");
  manifest.kind = reader.text(root, "kind", "");
  manifest.summary = reader.text(root, "summary", "", false);
  const std::string authority = reader.text(root, "authority", "");
  manifest.messages = reader.texts(root, "messages");
  manifest.reads_protected = reader.texts(root, "reads_protected");
  manifest.api = read_api(reader, root);

  for (const Authority known :
       {Authority::national, Authority::home, Authority::school}) {
    if (authority == name_of(known)) manifest.authority = known;
  }
  if (authority != name_of(manifest.authority)) {
    reader.fail("/authority", "/authority is \"" + authority +
                                  "\"; expected national, home or school");
  }
  const std::vector<std::string> kinds = {"access_arrangement", "funding",
                                          "statutory", "monitoring"};
  if (std::find(kinds.begin(), kinds.end(), manifest.kind) == kinds.end()) {
    reader.fail("/kind", "/kind is \"" + manifest.kind + "\"; expected " +
                             join_in_words(kinds, " or "));
  }
  const auto read_each = [&](const char* name, auto read) {
    const json::Value* value = root.find(name);
    if (!value ||
        !reader.expect(value, Type::object, std::string("/") + name)) {
      return;
    }
    for (const json::Member& member : value->members) read(member);
  };
  read_each("parameters", [&](const json::Member& member) {
    manifest.parameters.push_back(read_parameter(reader, member));
  });
  read_each("facts", [&](const json::Member& member) {
    manifest.facts.push_back(read_local_fact(reader, member));
  });
  if (!reader.failure() && manifest.id != folder_name) {
    reader.fail("/id",
                "/id is \"" + manifest.id + "\" and the folder is \"" +
                    folder_name + "\": make them the same",
                "plugins.folder");
  }
  if (!reader.failure() && (manifest.api < 1 || manifest.api > newest_api)) {
    reader.fail("/api",
                "this rule was made for version " +
                    std::to_string(manifest.api) +
                    " of the vocabulary; this program speaks version " +
                    std::to_string(newest_api),
                "plugins.api");
  }
  if (reader.failure()) return unexpected(*reader.failure());
  return manifest;
}

}  // namespace sendcheck
