// The rule sets that are shipped: complete, sourced, and shown by cases.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "base/files.hpp"
#include "casework/workspace.hpp"
#include "json/value.hpp"

using namespace sendcheck;

namespace {

std::string source_path(const std::string& name) {
  return join_path(SENDCHECK_SOURCE, name);
}

const Workspace& workspace() {
  static const auto opened =
      Workspace::open(source_path("rules"), source_path("plugins"));
  if (!opened) FAIL(opened.error().to_string());
  return **opened;
}

// A JSON file, for as long as its values are looked at.
class JsonFile {
 public:
  explicit JsonFile(const std::string& path) {
    const auto text = read_file(path);
    REQUIRE(text);
    REQUIRE(document_.parse(*text, path));
  }
  const json::Value& root() const { return document_.root(); }

 private:
  json::Document document_;
};

std::string text_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value ? std::string(value->text) : std::string();
}

struct CaseDay {
  std::string rule;
  std::string la;
  Date as_of;
};

// The days on which the plugins' cases stand, and where.
std::vector<CaseDay> case_days() {
  std::vector<CaseDay> days;
  for (const Plugin& plugin : workspace().plugins().plugins) {
    const JsonFile file(join_path(plugin.folder, "cases.json"));
    for (const json::Value& one : file.root().find("cases")->items) {
      CaseDay day;
      day.rule = text_of(one, "rule");
      day.as_of = Date::parse(text_of(one, "as_of")).value();
      const json::Value& pupil = *one.find("pupil");
      const json::Value* school = pupil.find("school");
      day.la = plugin.manifest.authority == Authority::home
                   ? text_of(pupil, "home_la")
               : school ? text_of(*school, "la")
                        : std::string();
      days.push_back(day);
    }
  }
  return days;
}

}  // namespace

TEST_CASE("Every edition that is shipped loads") {
  CHECK(workspace().rulesets().editions().size() >= 25);
  for (const BrokenEdition& broken : workspace().rulesets().broken()) {
    for (const Error& error : broken.errors) FAIL_CHECK(error.to_string());
  }
}

TEST_CASE("Every rule of a plugin is put in force by some edition") {
  std::set<std::string> named;
  for (const Edition& edition : workspace().rulesets().editions()) {
    for (const auto& [rule, entry] : edition.rules) named.insert(rule);
  }
  for (const Plugin& plugin : workspace().plugins().plugins) {
    for (const Rule& rule : plugin.rules) {
      INFO(rule.id);
      CHECK(named.contains(rule.id));
    }
  }
}

TEST_CASE(
    "Every source of an edition is a web page that was read on a day, and is "
    "used") {
  std::size_t sources = 0;
  for (const Edition& edition : workspace().rulesets().editions()) {
    const JsonFile file(edition.file);
    const auto text = read_file(edition.file);
    REQUIRE(text);
    for (const json::Member& source : file.root().find("sources")->members) {
      INFO(edition.id << ": " << source.key);
      const std::string url = text_of(source.value, "url");
      CHECK((url.starts_with("https://") || url.starts_with("http://")));
      CHECK(url.find(' ') == std::string::npos);
      CHECK_FALSE(text_of(source.value, "title").empty());
      const auto read_on = Date::parse(text_of(source.value, "read_on"));
      CHECK(read_on.has_value());
      ++sources;
    }
  }
  CHECK(sources >= 25);
}

TEST_CASE(
    "Every edition says who approved it, and not before its sources were "
    "read") {
  for (const Edition& edition : workspace().rulesets().editions()) {
    const JsonFile file(edition.file);
    INFO(edition.id);
    const json::Value* approved = file.root().find("approved");
    REQUIRE(approved);
    CHECK_FALSE(text_of(*approved, "by").empty());
    const auto on = Date::parse(text_of(*approved, "on"));
    REQUIRE(on);
    for (const json::Member& source : file.root().find("sources")->members) {
      INFO(source.key);
      const auto read_on = Date::parse(text_of(source.value, "read_on"));
      REQUIRE(read_on);
      CHECK(*read_on <= *on);
    }
  }
}

TEST_CASE("What is not confirmed says why in a whole sentence") {
  std::size_t unconfirmed = 0;
  for (const Edition& edition : workspace().rulesets().editions()) {
    for (const auto& [rule, entry] : edition.rules) {
      for (const auto& [name, parameter] : entry.parameters) {
        if (!parameter.unconfirmed) continue;
        INFO(edition.id << ": " << rule << ": " << name);
        CHECK(parameter.unconfirmed_because.size() > 20);
        CHECK(parameter.unconfirmed_because.ends_with("."));
        ++unconfirmed;
      }
    }
  }
  CHECK(unconfirmed > 0);
}

TEST_CASE(
    "Every edition is shown by a case on its first day, for every rule that it "
    "names") {
  const std::vector<CaseDay> days = case_days();
  REQUIRE(days.size() >= 700);
  for (const Edition& edition : workspace().rulesets().editions()) {
    for (const auto& [rule, entry] : edition.rules) {
      INFO(edition.id << ": " << rule);
      const bool shown =
          std::any_of(days.begin(), days.end(), [&](const CaseDay& day) {
            return day.rule == rule && day.as_of == edition.from &&
                   (edition.layer != Layer::authority || day.la == edition.la);
          });
      CHECK(shown);
    }
  }
}

TEST_CASE(
    "An authority's edition takes no rule away without a case on the day "
    "before it began") {
  // Whoever reads the cases sees what changed, and when.
  const std::vector<CaseDay> days = case_days();
  for (const Edition& edition : workspace().rulesets().editions()) {
    for (const auto& [rule, entry] : edition.rules) {
      if (!entry.closed && !entry.removed) continue;
      INFO(edition.id << ": " << rule);
      const bool shown =
          std::any_of(days.begin(), days.end(), [&](const CaseDay& day) {
            return day.rule == rule && day.as_of == edition.from - 1;
          });
      CHECK(shown);
    }
  }
}

TEST_CASE(
    "Every edition stands in the change log with each rule that it is about") {
  const auto log =
      read_file(std::string(SENDCHECK_SOURCE) + "/rules/CHANGELOG.md");
  REQUIRE(log);
  for (const Edition& edition : workspace().rulesets().editions()) {
    INFO(edition.id);
    const std::size_t row = log->find("`" + edition.id + "`");
    REQUIRE(row != std::string::npos);
    const std::string line = log->substr(row, log->find('\n', row) - row);
    for (const auto& [rule, entry] : edition.rules) {
      INFO(rule);
      CHECK(line.find("`" + rule + "`") != std::string::npos);
    }
  }
}
