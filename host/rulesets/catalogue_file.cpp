#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/files.hpp"
#include "base/text.hpp"
#include "json/value.hpp"
#include "rulesets/code_list.hpp"
#include "rulesets/object_reader.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck {
namespace {

// What the program itself reads, whatever the rules read: to name a pupil, to
// find whose editions apply, and to tell a step that concerns a pupil.
struct ReadFact {
  std::string_view path;
  FactType type;
};
constexpr std::array<ReadFact, 19> read_by_the_program = {{
    {"upn", FactType::text},
    {"former_upn", FactType::text},
    {"uln", FactType::text},
    {"name.given", FactType::text},
    {"name.family", FactType::text},
    {"date_of_birth", FactType::date},
    {"nc_year", FactType::code},
    {"home_la", FactType::code},
    {"school.urn", FactType::text},
    {"school.name", FactType::text},
    {"school.la", FactType::code},
    {"sen.status", FactType::code},
    {"ehcp.requested_on", FactType::date},
    {"ehcp.issued_on", FactType::date},
    {"ehcp.next_phase", FactType::code},
    {"care.looked_after", FactType::boolean},
    {"sen.needs", FactType::list},
    {"evidence", FactType::list},
    {"judgements", FactType::list},
}};

bool is_name(std::string_view text) {
  if (text.empty() || text.front() < 'a' || text.front() > 'z') return false;
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

bool is_path(std::string_view text) {
  return std::ranges::all_of(split(text, '.'), is_name);
}

std::optional<Absence> absence(std::string_view name) {
  if (name == "unknown") return Absence::unknown;
  if (name == "none") return Absence::none;
  if (name == "not_yet") return Absence::not_yet;
  return std::nullopt;
}

bool is_numeric(FactType type) {
  return type == FactType::integer || type == FactType::decimal ||
         type == FactType::money;
}

class CatalogueReader {
 public:
  explicit CatalogueReader(const std::string& file) : file_(file) {}

  Result<Catalogue> read(const json::Value& root) {
    ObjectReader object(root, place(""), "facts.format", errors_,
                        {"$schema", "format", "code_lists", "facts"});
    if (const json::Value* format = object.need("format");
        format != nullptr && format->text != "sendcheck-facts/1") {
      object.note("format", "The format is " + describe(*format) +
                                ", expected the text \"sendcheck-facts/1\".");
    }
    const json::Value* lists = object.need("code_lists");
    const json::Value* facts = object.need("facts");
    if (lists != nullptr && !lists->is(json::Type::object)) {
      object.note("code_lists", "Found " + describe(*lists) +
                                    ", expected an object with one member a "
                                    "code list.");
    }
    if (facts != nullptr && !facts->is(json::Type::array)) {
      object.note("facts",
                  "Found " + describe(*facts) + ", expected a list of facts.");
    }
    if (errors_.empty()) {
      for (const json::Member& list : lists->members) {
        note(catalogue_.add_codes(read_code_list(list, file_, errors_)),
             pointer_to("/code_lists", list.key));
      }
      find_slots(*facts);
      for (std::size_t i = 0; i < facts->items.size(); ++i) {
        read_fact(facts->items[i], "/facts/" + std::to_string(i));
      }
    }
    if (errors_.empty()) check_what_the_program_reads();
    if (!errors_.empty()) return unexpected(std::move(errors_.front()));
    return std::move(catalogue_);
  }

 private:
  Place place(std::string pointer) const {
    return Place{file_, 0, 0, std::move(pointer)};
  }
  void note(const char* id, std::string message, std::string pointer) {
    errors_.push_back({id, std::move(message), place(std::move(pointer))});
  }
  // The catalogue knows the error, the reader the place.
  void note(const Result<void>& result, std::string pointer) {
    if (result) return;
    Error error = result.error();
    error.place = place(std::move(pointer));
    errors_.push_back(std::move(error));
  }

  // Where each scalar will stand, so that `after` can name one further down.
  void find_slots(const json::Value& facts) {
    int slot = 0;
    for (const json::Value& fact : facts.items) {
      const json::Value* path = fact.find("path");
      const json::Value* type = fact.find("type");
      if (path == nullptr || type == nullptr || type->text == "list") continue;
      const json::Value* codes = fact.find("codes");
      slots_.try_emplace(
          std::string(path->text),
          Slot{slot, type->text, codes == nullptr ? "" : codes->text});
      ++slot;
    }
  }

  void read_fact(const json::Value& value, const std::string& pointer) {
    ObjectReader object(value, place(pointer), "facts.format", errors_,
                        {"path",
                         "type",
                         "label",
                         "statement",
                         "unit",
                         "codes",
                         "absence",
                         "after",
                         "open",
                         "evidence",
                         "check",
                         "personal",
                         "special_category",
                         "protected",
                         "actionable",
                         "minimum",
                         "maximum",
                         "source",
                         "fields",
                         "implied_by"});
    if (!object.is_object()) return;
    FactSpec fact;
    fact.path = object.text("path");
    if (!fact.path.empty() && !is_path(fact.path)) {
      object.note("path", "\"" + quoted(fact.path) +
                              "\" is no path, expected words in lower case, "
                              "joined by dots and underscores.");
    }
    if (fact.path.starts_with("local.")) {
      object.note("path", "\"" + quoted(fact.path) +
                              "\" is a local fact. Those are declared by the "
                              "plugin that reads them.");
    }
    if (!read_common(object, fact)) return;
    fact.source = object.text("source");
    fact.evidence = object.flag("evidence");
    fact.is_protected = object.flag("protected");
    read_check(object, fact);
    read_absence(object, fact);
    read_fields(object, fact);
    note(catalogue_.add_fact(std::move(fact)), pointer);
  }

  // What a fact and a list's field have in common. False when the type is not
  // known.
  bool read_common(ObjectReader& object, FactSpec& fact) {
    const std::string type = object.text("type");
    const auto known = fact_type(type);
    if (!known) {
      if (!type.empty()) {
        object.note("type", "facts.unknown_type",
                    "\"" + quoted(type) +
                        "\" is no type of facts. The types are boolean, "
                        "integer, decimal, money, date, code, text and list.");
      }
      return false;
    }
    fact.type = *known;
    fact.label = object.text("label");
    fact.statement = object.optional_text("statement");
    if (!fact.statement.empty() && fact.type != FactType::boolean) {
      object.note("statement", "A " + type +
                                   " is not true or false, so that nothing "
                                   "states it. Take \"statement\" out.");
    }
    fact.unit = object.optional_text("unit");
    fact.open = object.flag("open");
    fact.personal = object.flag("personal");
    fact.special_category = object.flag("special_category");
    fact.actionable = object.flag("actionable");
    fact.minimum = bound(object, "minimum", fact);
    fact.maximum = bound(object, "maximum", fact);
    if (fact.minimum && fact.maximum && *fact.minimum > *fact.maximum) {
      object.note("minimum",
                  "The minimum is above the maximum. Exchange or "
                  "correct them.");
    }
    if (fact.type != FactType::code) {
      if (object.has("codes")) {
        object.note("codes", "A " + type +
                                 " has no code list. Take \"codes\" "
                                 "out, or make it a code.");
      }
      return true;
    }
    const std::string list = object.text("codes");
    fact.codes = catalogue_.code_list(list);
    if (fact.codes >= 0 || list.empty()) return !list.empty();
    std::vector<std::string> names;
    for (const CodeList& codes : catalogue_.code_lists()) {
      names.push_back(codes.name);
    }
    object.note("codes", "facts.unknown_codes",
                "There is no code list \"" + quoted(list) + "\"." +
                    suggestion(list, names));
    return false;
  }

  std::optional<Number> bound(ObjectReader& object, const char* key,
                              const FactSpec& fact) {
    const json::Value* value = object.find(key);
    if (value == nullptr) return std::nullopt;
    if (!is_numeric(fact.type)) {
      object.note(key, "A " + std::string(name_of(fact.type)) + " has no " +
                           key + ". Take it out.");
      return std::nullopt;
    }
    const bool is_written =
        value->is(json::Type::number) || value->is(json::Type::string);
    const auto number = is_written ? Number::parse(value->text) : std::nullopt;
    if (!number) {
      object.note(key, "\"" + std::string(key) + "\" is " + describe(*value) +
                           ", expected a number.");
    }
    return number;
  }

  void read_check(ObjectReader& object, FactSpec& fact) {
    fact.check = object.optional_text("check");
    if (fact.check.empty()) return;
    if (fact.check != "upn" && fact.check != "uln") {
      object.note("check", "\"" + quoted(fact.check) +
                               "\" is no check that is known, expected upn "
                               "or uln.");
    } else if (fact.type != FactType::text) {
      object.note("check",
                  "Only a text has check characters. Take \"check\" "
                  "out.");
    }
  }

  void read_absence(ObjectReader& object, FactSpec& fact) {
    const std::string name = object.optional_text("absence");
    if (!name.empty()) {
      const auto known = absence(name);
      if (!known) {
        object.note("absence", "\"" + quoted(name) +
                                   "\" is no meaning of absence, expected "
                                   "unknown, none or not_yet.");
        return;
      }
      fact.absence = *known;
    }
    if (fact.absence == Absence::none && !fact.is_list()) {
      object.note("absence",
                  "Only a list can be taken for empty when it is "
                  "absent. Take \"absence\" out.");
    }
    if (fact.absence != Absence::not_yet) {
      for (const char* key : {"after", "implied_by"}) {
        if (!object.has(key)) continue;
        object.note(key, "\"" + std::string(key) +
                             "\" belongs to a date whose absence is "
                             "not_yet. Take it out, or add that.");
      }
      return;
    }
    if (fact.type != FactType::date) {
      object.note("absence",
                  "Only a date can be not_yet. Take \"absence\" "
                  "out.");
      return;
    }
    read_after(object, fact);
    read_implied_by(object, fact);
  }

  // A step that another fact says must have happened: then it is asked for.
  void read_implied_by(ObjectReader& object, FactSpec& fact) {
    const json::Value* implied_by = object.find("implied_by");
    if (implied_by == nullptr) return;
    if (implied_by->members.size() != 1) {
      object.note("implied_by", "Found " + describe(*implied_by) +
                                    ", expected an object with one fact and "
                                    "a list of its codes.");
      return;
    }
    const std::string path(implied_by->members.front().key);
    ObjectReader other(*implied_by, object.place("implied_by"), "facts.format",
                       errors_, {path});
    const auto found = slots_.find(path);
    const int list = found == slots_.end() || found->second.type != "code"
                         ? -1
                         : catalogue_.code_list(found->second.codes);
    if (list < 0) {
      std::vector<std::string> coded;
      for (const auto& [known, slot] : slots_) {
        if (slot.type == "code") coded.push_back(known);
      }
      other.note(path, "facts.unknown_fact",
                 "\"" + quoted(path) + "\" is no code of the catalogue." +
                     suggestion(path, coded));
      return;
    }
    fact.implied_by = found->second.slot;
    const CodeList& codes =
        catalogue_.code_lists()[static_cast<std::size_t>(list)];
    for (const std::string& code : other.texts(path)) {
      const int index = codes.find(code);
      if (index >= 0) {
        fact.implied_by_codes.push_back(index);
        continue;
      }
      other.note(path, "facts.unknown_codes",
                 "\"" + quoted(code) + "\" is no code of the list \"" +
                     codes.name + "\"." + near_code(code, codes));
    }
    if (fact.implied_by_codes.empty()) {
      other.note(path, "No code is named. Name at least one in a list.");
    }
  }

  void read_after(ObjectReader& object, FactSpec& fact) {
    const std::string path = object.text("after");
    if (path.empty()) return;
    const auto found = slots_.find(path);
    if (found != slots_.end() && found->second.type == "date") {
      fact.after = found->second.slot;
      return;
    }
    std::vector<std::string> dates;
    for (const auto& [other, slot] : slots_) {
      if (slot.type == "date") dates.push_back(other);
    }
    object.note("after", "facts.unknown_fact",
                "\"" + quoted(path) + "\" is no date of the catalogue." +
                    suggestion(path, dates));
  }

  void read_fields(ObjectReader& object, FactSpec& fact) {
    const json::Value* fields = object.find("fields");
    if (!fact.is_list()) {
      if (fields != nullptr) {
        object.note("fields",
                    "Only a list has fields. Take them out, or make "
                    "it a list.");
      }
      return;
    }
    if (fields == nullptr || !fields->is(json::Type::array) ||
        fields->items.empty()) {
      object.note("fields",
                  "The list has no fields. Name at least one in "
                  "\"fields\".");
      return;
    }
    for (std::size_t i = 0; i < fields->items.size(); ++i) {
      read_field(fields->items[i],
                 pointer_to(object.place("fields").pointer, std::to_string(i)),
                 fact);
    }
  }

  void read_field(const json::Value& value, const std::string& pointer,
                  FactSpec& list) {
    ObjectReader object(value, place(pointer), "facts.format", errors_,
                        {"name", "type", "label", "statement", "unit", "codes",
                         "open", "personal", "special_category", "actionable",
                         "minimum", "maximum", "identifies"});
    if (!object.is_object()) return;
    FactSpec field;
    field.path = object.text("name");
    if (!field.path.empty() && !is_name(field.path)) {
      object.note("name", "\"" + quoted(field.path) +
                              "\" is no name of a field, expected words in "
                              "lower case, joined by underscores.");
    }
    field.identifies = object.flag("identifies");
    if (!read_common(object, field)) return;
    if (field.is_list()) {
      object.note("type", "facts.unknown_type",
                  "A field cannot be a list itself. Give it a type that holds "
                  "one value.");
      return;
    }
    list.fields.push_back(std::move(field));
  }

  void check_what_the_program_reads() {
    for (const ReadFact& wanted : read_by_the_program) {
      const auto found = catalogue_.find(wanted.path);
      if (found && catalogue_.spec(*found).type == wanted.type) continue;
      note("facts.unknown_fact",
           "The program itself reads \"" + std::string(wanted.path) + "\", a " +
               std::string(name_of(wanted.type)) + ", and the catalogue " +
               (found ? "makes it a " +
                            std::string(name_of(catalogue_.spec(*found).type))
                      : "does not have it") +
               ". Put it back.",
           "/facts");
    }
  }

  struct Slot {
    int slot = 0;
    std::string_view type;
    std::string_view codes;  // name of its list
  };

  const std::string& file_;
  std::vector<Error> errors_;
  Catalogue catalogue_;
  std::map<std::string, Slot> slots_;
};

}  // namespace

Result<Catalogue> read_catalogue(const std::string& file) {
  const auto text = read_file(file);
  if (!text) return unexpected(text.error());
  json::Document document;
  if (const auto parsed = document.parse(*text, file); !parsed) {
    return unexpected(parsed.error());
  }
  return CatalogueReader(file).read(document.root());
}

}  // namespace sendcheck
