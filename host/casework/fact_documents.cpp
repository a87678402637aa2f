#include "casework/fact_documents.hpp"

#include <map>
#include <memory>

#include "base/text.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

using json::Writer;

// The facts of a record by the objects that they stand in: "ehcp" holds "issued_on".
struct Branch {
  const FactSpec* fact = nullptr;
  std::vector<std::pair<std::string, std::unique_ptr<Branch>>> children;

  Branch& child(const std::string& name) {
    for (auto& [known, branch] : children) {
      if (known == name) return *branch;
    }
    children.emplace_back(name, std::make_unique<Branch>());
    return *children.back().second;
  }
};

std::string absence_in_words(const FactSpec& fact, const Catalogue& catalogue) {
  if (fact.absence == Absence::none) return "there are none";
  if (fact.absence == Absence::not_yet) {
    const std::string start =
        fact.after < 0
            ? std::string("the step")
            : catalogue.scalars()[static_cast<std::size_t>(fact.after)].path;
    return "not yet, where " + start + " is stated; otherwise unknown";
  }
  if (fact.open) return "unknown; what is stated may be added to";
  return "unknown";
}

std::string description(const FactSpec& fact) {
  std::string words = capitalised(fact.label);
  if (!fact.unit.empty()) words += " (" + fact.unit + ")";
  return words + ".";
}

void write_fact(Writer& json, const FactSpec& fact, const Catalogue& catalogue);

void write_type(Writer& json, const FactSpec& fact,
                const Catalogue& catalogue) {
  const auto nullable = [&](const char* type) {
    json.key("type").begin_array().string(type).string("null").end_array();
  };
  const auto bounds = [&]() {
    if (fact.minimum) {
      json.key("minimum").number_text(fact.minimum->to_string());
    }
    if (fact.maximum) {
      json.key("maximum").number_text(fact.maximum->to_string());
    }
  };
  switch (fact.type) {
    case FactType::boolean:
      nullable("boolean");
      break;
    case FactType::integer:
      nullable("integer");
      bounds();
      break;
    case FactType::decimal:
      nullable("number");
      bounds();
      break;
    case FactType::money:
      nullable("string");
      json.member("pattern", "^-?[0-9]+\\.[0-9]{2}$");
      break;
    case FactType::date:
      nullable("string");
      json.member("format", "date");
      json.member("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
      break;
    case FactType::code: {
      const CodeList& codes = catalogue.codes_of(fact);
      if (codes.unknown_is_warning) {
        nullable("string");
        break;
      }
      json.key("enum").begin_array();
      for (const CodeValue& code : codes.codes) json.string(code.code);
      for (const CodeList::Alias& alias : codes.aliases) {
        json.string(alias.alias);
      }
      json.null().end_array();
      break;
    }
    case FactType::text:
      nullable("string");
      break;
    case FactType::list:
      nullable("array");
      json.key("items").begin_object().member("type", "object");
      json.key("properties").begin_object();
      for (const FactSpec& field : fact.fields) {
        json.key(field.path);
        write_fact(json, field, catalogue);
      }
      json.end_object();
      json.key("additionalProperties").boolean(false).end_object();
      break;
  }
}

void write_fact(Writer& json, const FactSpec& fact,
                const Catalogue& catalogue) {
  json.begin_object();
  json.member("description", description(fact));
  write_type(json, fact, catalogue);
  json.end_object();
}

void write_branch(Writer& json, const Branch& branch,
                  const Catalogue& catalogue) {
  if (branch.fact) {
    write_fact(json, *branch.fact, catalogue);
    return;
  }
  json.begin_object();
  json.key("type").begin_array().string("object").string("null").end_array();
  json.key("properties").begin_object();
  for (const auto& [name, child] : branch.children) {
    json.key(name);
    write_branch(json, *child, catalogue);
  }
  json.end_object();
  json.key("additionalProperties").boolean(false);
  json.end_object();
}

Branch tree_of(const Catalogue& catalogue) {
  Branch root;
  for (const std::string& path : catalogue.paths()) {
    Branch* branch = &root;
    for (std::string_view part : split(path, '.')) {
      branch = &branch->child(std::string(part));
    }
    branch->fact = &catalogue.spec(*catalogue.find(path));
  }
  return root;
}

std::string type_in_words(const FactSpec& fact, const Catalogue& catalogue) {
  if (fact.type == FactType::code) {
    return "code: [" + catalogue.codes_of(fact).title + "](#" +
           catalogue.codes_of(fact).name + ")";
  }
  std::string words(name_of(fact.type));
  if (!fact.unit.empty()) words += ", " + fact.unit;
  return words;
}

std::string marks(const FactSpec& fact) {
  std::vector<std::string> found;
  if (fact.is_protected) found.push_back("protected characteristic");
  if (fact.special_category) found.push_back("special category");
  if (fact.actionable) found.push_back("a school can act on it");
  return join(found, "; ");
}

}  // namespace

std::string register_schema(const Catalogue& catalogue) {
  const Branch root = tree_of(catalogue);
  std::string out;
  Writer json(out, 2);
  json.begin_object();
  json.member("$schema", "https://json-schema.org/draft/2020-12/schema");
  json.member("title", "A sendcheck register");
  json.member("type", "object");
  json.key("required").begin_array().string("format").string("pupils");
  json.end_array();
  json.key("properties").begin_object();
  json.key("format").begin_object().member("const", "sendcheck-register/1");
  json.end_object();
  for (const auto& [name, branch] : root.children) {
    if (name != "school") continue;
    json.key("school");
    write_branch(json, *branch, catalogue);
  }
  json.key("pupils").begin_object().member("type", "array").key("items");
  json.begin_object().member("$ref", "#/$defs/pupil").end_object();
  json.end_object().end_object();
  json.key("$defs").begin_object().key("pupil");
  write_branch(json, root, catalogue);
  json.end_object().end_object();
  out += '\n';
  return out;
}

std::string facts_page(const Catalogue& catalogue) {
  std::string out =
      "# Every fact that a pupil's record can state\n\n"
      "Made from `facts.json` by `sendcheck facts --markdown`. Absent is never "
      "false and never zero: the column *where absent* says what it is.\n\n"
      "| fact | what it is | type | where absent | notes |\n"
      "|---|---|---|---|---|\n";
  const auto row = [&](const std::string& path, const FactSpec& fact,
                       const std::string& absent) {
    out += "| `" + path + "` | " + fact.label + " | " +
           type_in_words(fact, catalogue) + " | " + absent + " | " +
           marks(fact) + " |\n";
  };
  for (const std::string& path : catalogue.paths()) {
    const FactSpec& fact = catalogue.spec(*catalogue.find(path));
    row(fact.is_list() ? path + "[]" : path, fact,
        absence_in_words(fact, catalogue));
    for (const FactSpec& field : fact.fields) {
      row(path + "[]." + field.path, field, "unknown");
    }
  }
  out += "\n## Codes\n";
  for (const CodeList& list : catalogue.code_lists()) {
    out += "\n### " + list.name + "\n\n" + capitalised(list.title) + ".";
    if (!list.source.empty()) out += " Source: " + list.source + ".";
    if (list.ordered) out += " In this order.";
    out += "\n\n| code | meaning |\n|---|---|\n";
    for (const CodeValue& code : list.codes) {
      out += "| `" + code.code + "` | " + code.label +
             (code.historic ? " (of former years: a warning)" : "") +
             (code.outside_order ? " (outside the order)" : "") + " |\n";
    }
    for (const CodeList::Alias& alias : list.aliases) {
      out += "| `" + alias.alias + "` | the same as `" +
             list.codes[static_cast<std::size_t>(alias.code)].code + "`" +
             (alias.historic ? " (of former years: a warning)" : "") + " |\n";
    }
  }
  return out;
}

Result<std::string> fact_shown(const Catalogue& catalogue,
                               const std::string& path) {
  const auto ref = catalogue.find(path);
  if (!ref) {
    const std::string near = catalogue.nearest_path(path);
    return unexpected(
        {"facts.unknown_fact",
         "there is no fact \"" + path + "\"" +
             (near.empty() ? "; sendcheck facts lists them all"
                           : "; did you mean \"" + near + "\"?")});
  }
  const FactSpec& fact = catalogue.spec(*ref);
  std::string out = path + "\n  " + description(fact) + "\n  " +
                    std::string(in_words(fact.type));
  if (fact.minimum) out += ", at least " + fact.minimum->to_string();
  if (fact.maximum) out += ", at most " + fact.maximum->to_string();
  out += ".\n  Where absent: " + absence_in_words(fact, catalogue) + ".\n";
  if (const std::string notes = marks(fact); !notes.empty()) {
    out += "  " + capitalised(notes) + ".\n";
  }
  if (fact.type == FactType::code) {
    for (const CodeValue& code : catalogue.codes_of(fact).codes) {
      out += "    " + code.code + ": " + code.label + "\n";
    }
  }
  for (const FactSpec& field : fact.fields) {
    out += "    " + field.path + ": " + field.label + " (" +
           std::string(in_words(field.type)) + ")\n";
  }
  return out;
}

}  // namespace sendcheck
