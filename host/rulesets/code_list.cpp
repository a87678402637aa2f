#include "rulesets/code_list.hpp"

#include <set>
#include <utility>

#include "base/text.hpp"
#include "rulesets/object_reader.hpp"

namespace sendcheck {
namespace {

class CodeListReader {
 public:
  CodeListReader(const std::string& file, std::vector<Error>& errors)
      : file_(file), errors_(errors) {}

  CodeList read(const json::Member& member) {
    const std::string pointer = pointer_to("/code_lists", member.key);
    ObjectReader object(
        member.value, place(pointer), "facts.format", errors_,
        {"title", "source", "ordered", "open", "unknown_is_warning",
         "unlisted_is", "historic_aliases", "codes"});
    CodeList list;
    list.name = std::string(member.key);
    if (!object.is_object()) return list;
    list.title = object.text("title");
    list.source = object.text("source");
    list.ordered = object.flag("ordered");
    list.open = object.flag("open");
    list.unknown_is_warning = object.flag("unknown_is_warning");
    const json::Value* codes = object.need("codes");
    if (codes != nullptr) read_codes_of(*codes, object, list);
    if (const json::Value* aliases = object.find("historic_aliases")) {
      read_historic_aliases(*aliases, object, list);
    }
    if (object.find("unlisted_is") != nullptr) {
      const std::string code = object.text("unlisted_is");
      list.unlisted_is = list.find(code);
      if (list.unlisted_is < 0) {
        object.note("unlisted_is", "Found \"" + code +
                                       "\", expected one of the list's codes, "
                                       "as which an unlisted one is read.");
      }
    }
    check_spellings(list, pointer);
    return list;
  }

 private:
  Place place(std::string pointer) const {
    return Place{file_, 0, 0, std::move(pointer)};
  }
  void note(const char* id, std::string message, std::string pointer) {
    errors_.push_back({id, std::move(message), place(std::move(pointer))});
  }

  // An alias of a code that may stand further down.
  struct Spelling {
    std::string alias;
    std::string code;
    bool historic = false;
    std::string pointer;
  };

  void read_codes_of(const json::Value& codes, ObjectReader& object,
                     CodeList& list) {
    if (!codes.is(json::Type::array) || codes.items.empty()) {
      object.note("codes", "Found " + describe(codes) +
                               ", expected a list of at least one code.");
      return;
    }
    std::vector<Spelling> spellings;
    for (std::size_t i = 0; i < codes.items.size(); ++i) {
      read_code(codes.items[i],
                pointer_to(object.place("codes").pointer, std::to_string(i)),
                list, spellings);
    }
    add_spellings(spellings, list);
  }

  void read_code(const json::Value& value, const std::string& pointer,
                 CodeList& list, std::vector<Spelling>& spellings) {
    ObjectReader object(value, place(pointer), "facts.format", errors_,
                        {"code", "label", "aliases", "historic", "maps_to",
                         "outside_order", "means_unknown"});
    if (!object.is_object()) return;
    CodeValue code;
    code.code = object.text("code");
    code.label = object.text("label");
    code.historic = object.flag("historic");
    code.outside_order = object.flag("outside_order");
    code.means_unknown = object.flag("means_unknown");
    const std::string maps_to = object.optional_text("maps_to");
    const std::string& means = maps_to.empty() ? code.code : maps_to;
    for (const std::string& alias : object.texts("aliases")) {
      spellings.push_back(
          {alias, means, code.historic, object.place("aliases").pointer});
    }
    if (code.outside_order && !list.ordered) {
      object.note("outside_order",
                  "\"" + code.code +
                      "\" stands outside an order that its list does not "
                      "have. Mark the list as ordered, or take this out.");
    }
    if (maps_to.empty()) {
      list.codes.push_back(std::move(code));
      return;
    }
    if (!code.historic) {
      object.note("maps_to", "\"" + code.code +
                                 "\" maps to another code and is not "
                                 "historic. Mark it as historic, or make it "
                                 "an alias of that code.");
    }
    spellings.push_back(
        {code.code, maps_to, true, object.place("maps_to").pointer});
  }

  void read_historic_aliases(const json::Value& aliases, ObjectReader& object,
                             CodeList& list) {
    if (!aliases.is(json::Type::object)) {
      object.note("historic_aliases", "Found " + describe(aliases) +
                                          ", expected an object of aliases "
                                          "and their codes.");
      return;
    }
    std::vector<Spelling> spellings;
    for (const json::Member& member : aliases.members) {
      const std::string pointer =
          pointer_to(object.place("historic_aliases").pointer, member.key);
      if (!member.value.is(json::Type::string)) {
        note("facts.format",
             "Found " + describe(member.value) + ", expected a code.", pointer);
        continue;
      }
      spellings.push_back({std::string(member.key),
                           std::string(member.value.text), true, pointer});
    }
    add_spellings(spellings, list);
  }

  void add_spellings(const std::vector<Spelling>& spellings, CodeList& list) {
    for (const Spelling& spelling : spellings) {
      const int code = list.find(spelling.code);
      if (code < 0) {
        note("facts.unknown_codes",
             "\"" + quoted(spelling.alias) + "\" stands for \"" +
                 quoted(spelling.code) + "\", which is no code of the list \"" +
                 list.name + "\"." + near_code(spelling.code, list),
             spelling.pointer);
        continue;
      }
      list.aliases.push_back({spelling.alias, code, spelling.historic});
    }
  }

  // One spelling, one code.
  void check_spellings(const CodeList& list, const std::string& pointer) {
    std::set<std::string> seen;
    const auto check = [&](const std::string& spelling) {
      if (seen.insert(spelling).second) return;
      note("facts.duplicate",
           "The code or alias \"" + quoted(spelling) +
               "\" stands twice in the list \"" + list.name +
               "\". Take one of them out.",
           pointer);
    };
    for (const CodeValue& code : list.codes) check(code.code);
    for (const CodeList::Alias& alias : list.aliases) check(alias.alias);
  }

  const std::string& file_;
  std::vector<Error>& errors_;
};

}  // namespace

CodeList read_code_list(const json::Member& member, const std::string& file,
                        std::vector<Error>& errors) {
  return CodeListReader(file, errors).read(member);
}

std::string near_code(std::string_view code, const CodeList& list) {
  std::vector<std::string> known;
  for (const CodeValue& value : list.codes) known.push_back(value.code);
  return suggestion(code, known);
}

}  // namespace sendcheck
