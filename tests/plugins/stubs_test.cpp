// What editors (plugins/api) and luacheck (plugins/.luacheckrc) know of the vocabulary is what the program binds: no name more and none less.
//
// The program's names are found by asking it: every word that stands in quotation marks in the sources of the vocabulary and the sandbox, or in
// the stubs, is looked up in a real script state.
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "base/files.hpp"
#include "plugins/lua_text.hpp"
#include "plugins/vocabulary.hpp"
#include "shipped.hpp"

using namespace sendcheck;
using namespace shipped;

namespace {

using Names = std::set<std::string>;

bool is_name(const std::string& text) {
  return !text.empty() &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") ==
             std::string::npos &&
         (text[0] < '0' || text[0] > '9');
}

// Functions and values that a stub defines: "fact", "Value:is", "as_of".
Names stub_names() {
  Names names;
  const auto files = list_folder(source_path("plugins/api"));
  REQUIRE(files);
  for (const std::string& file : *files) {
    const std::string text = read_text(source_path("plugins/api/" + file));
    INFO(file);
    CHECK(text.starts_with("---@meta\n"));
    std::size_t from = 0;
    while (from < text.size()) {
      const std::size_t end = std::min(text.find('\n', from), text.size());
      std::string line = text.substr(from, end - from);
      from = end + 1;
      const std::string word = "function ";
      if (line.starts_with(word)) {
        const std::size_t bracket = line.find('(');
        REQUIRE(bracket != std::string::npos);
        line = line.substr(word.size(), bracket - word.size());
      } else if (line.ends_with(" = nil")) {
        line.resize(line.size() - 6);
      } else {
        continue;
      }
      INFO(line);
      CHECK(names.insert(line).second);
    }
  }
  return names;
}

// The strings of the list `local name = { ... }` in .luacheckrc.
Names listed(const std::string& name) {
  const std::string text = read_text(source_path("plugins/.luacheckrc"));
  const std::size_t from = text.find("local " + name + " = {");
  REQUIRE(from != std::string::npos);
  const std::size_t to = text.find('}', from);
  Names names;
  for (const TextLiteral& literal : literals(text.substr(from, to - from))) {
    INFO(literal.text);
    CHECK(names.insert(literal.text).second);
  }
  return names;
}

// Every word that could be a name.
const Names& candidates() {
  static const Names found = [] {
    Names names;
    for (const char* folder : {"host/plugins", "host/script"}) {
      const auto files = list_folder(source_path(folder));
      REQUIRE(files);
      for (const std::string& file : *files) {
        const std::string path = join_path(source_path(folder), file);
        if (extension(file) != ".cpp") continue;
        for (const TextLiteral& literal : literals(read_text(path))) {
          if (!literal.is_number && is_name(literal.text)) {
            names.insert(literal.text);
          }
        }
      }
    }
    for (std::string name : stub_names()) {
      names.insert(name.substr(name.find(':') + 1));
    }
    for (std::string name : listed("sandbox")) {
      names.insert(name.substr(0, name.find('.')));
      names.insert(name.substr(name.find('.') + 1));
    }
    return names;
  }();
  return found;
}

// A state as rule.lua meets it.
class Bound {
 public:
  Bound() : vocabulary_(state_, manifest_) {}

  // What an expression is, in Lua's words; empty when there is no such thing.
  std::string type(const std::string& expression) {
    vocabulary_.start_over();
    const auto found = state_.run("return type(" + expression + ")", "probe");
    if (!found) return {};
    REQUIRE(found->text());
    return *found->text() == "nil" ? std::string() : *found->text();
  }

  // The candidates that are members of what an expression gives.
  Names members(const std::string& expression) {
    Names names;
    for (const std::string& name : candidates()) {
      if (!type(expression + "." + name).empty()) names.insert(name);
    }
    return names;
  }

 private:
  script::State state_;
  Manifest manifest_;
  Vocabulary vocabulary_;
};

Names names_of(const std::string& type, const Names& stubs) {
  Names names;
  for (const std::string& name : stubs) {
    if (name.starts_with(type + ":"))
      names.insert(name.substr(type.size() + 1));
  }
  return names;
}

}  // namespace

TEST_CASE(
    "The stubs and luacheck know exactly the words that the program binds") {
  Bound bound;
  Names words, functions;
  const Names in_sandbox = listed("sandbox");
  for (const std::string& name : candidates()) {
    const std::string type = bound.type(name);
    // true and false are Lua's own.
    if (type.empty() || type == "boolean") continue;
    if (type == "table") {
      for (const std::string& member : bound.members(name)) {
        functions.insert(name + "." + member);
      }
    } else {
      (in_sandbox.contains(name) ? functions : words).insert(name);
    }
  }
  CHECK(words.size() > 40);
  CHECK(words == listed("vocabulary"));
  CHECK(functions == in_sandbox);

  Names defined;
  for (const std::string& name : stub_names()) {
    if (name.find(':') == std::string::npos) defined.insert(name);
  }
  CHECK(words == defined);
}

TEST_CASE(
    "The stubs know exactly what a value, a criterion and a date can be "
    "asked") {
  Bound bound;
  const Names stubs = stub_names();
  CHECK(bound.members("as_of") == names_of("Value", stubs));
  CHECK(bound.members("as_of:is_known()") == names_of("Criterion", stubs));
  CHECK(bound.members("date(\"2026-11-22\")") == names_of("Date", stubs));
  CHECK(names_of("Value", stubs).contains("at_least"));
}

TEST_CASE("The stubs know exactly what the pupil can be asked") {
  const Catalogue& catalogue = workspace().catalogue();
  const Rule rule;
  const Binding binding;
  const Record record = Record::empty(catalogue);
  const BankHolidays holidays;
  Names found;
  for (const std::string& name : candidates()) {
    Plugin plugin;
    plugin.source = "return test(\"probe\", function(pupil) return pupil." +
                    name + " ~= nil end)";
    PluginRunner runner(plugin, catalogue);
    const Evaluation evaluation(rule, binding, record, catalogue, holidays,
                                Date(), nullptr);
    if (!runner.run(0, evaluation).fault) found.insert(name);
  }
  CHECK(found == names_of("Pupil", stub_names()));
  CHECK(found.contains("get"));
}

TEST_CASE(
    "Every word of the vocabulary is explained to whoever writes a rule") {
  const std::string page = read_text(source_path("plugins/README.md"));
  for (std::string name : stub_names()) {
    INFO(name);
    name = name.substr(name.find(':') + 1);
    bool explained = false;
    for (std::size_t at = page.find(name); at != std::string::npos;
         at = page.find(name, at + 1)) {
      const auto in_word = [&](std::size_t i) {
        return i < page.size() && is_name(std::string("a") + page[i]);
      };
      explained = explained || (!in_word(at - 1) && !in_word(at + name.size()));
    }
    CHECK(explained);
  }
}
