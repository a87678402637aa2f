// Which pupils and rules are checked, and words that mean nothing.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::set<std::string> rules_in(const Ran& ran) {
  const Json json(ran.out);
  std::set<std::string> rules;
  for (const auto& one : json.root().find("pupils")->items) {
    for (const auto& decision : one.find("decisions")->items) {
      rules.insert(text(decision, "rule"));
    }
  }
  return rules;
}

Ran kent(const Words& more) {
  return run(check_words(fixture_registers()[0], "json", more));
}

}  // namespace

TEST_CASE("the option --pupil finds one pupil, however the UPN is typed") {
  const Ran first = kent({"--pupil", "K886999919002"});
  CHECK(first.status == 0);
  const Json json(first.out);
  CHECK(json.root().find("pupils")->items.size() == 1);
  CHECK(text(*json.root().find("counts"), "pupils") == "1");
  CHECK(json.root().find("rejected")->items.empty());
  CHECK(json.root().find("warnings")->items.empty());
  CHECK(kent({"--pupil", "k886999919002"}).out == first.out);
  CHECK(kent({"--pupil", " K886 9999 19002"}).out == first.out);
}

TEST_CASE(
    "the option --pupil decides for one pupil what a whole check decides") {
  const std::string& path = fixture_registers()[0];
  const auto whole = expanded_lines(path);
  const auto lines = expanded_lines(path, {"--pupil", "K886999919002"});
  REQUIRE(lines.size() == 2);
  CHECK(std::count(whole.begin(), whole.end(), lines[0]) == 1);
}

TEST_CASE(
    "the option --pupil of somebody rejected says that they were rejected") {
  const Json json(kent({"--pupil", "Q886999917013"}).out);
  CHECK(json.root().find("rejected")->items.size() == 1);
  CHECK(json.root().find("pupils")->items.empty());
}

TEST_CASE(
    "the option --kind and --rule choose rules, and --rule may be given "
    "again") {
  CHECK(rules_in(kent({"--rule", "persistent-absence"})) ==
        std::set<std::string>{"persistent-absence"});
  CHECK(rules_in(kent(
            {"--rule", "persistent-absence", "--rule", "element-3-top-up"})) ==
        std::set<std::string>{"persistent-absence", "element-3-top-up"});
  const auto statutory = rules_in(kent({"--kind", "statutory"}));
  CHECK(statutory.count("ehc-annual-review") == 1);
  CHECK(statutory.count("ehc-phase-transfer") == 1);
  const auto all = rules_in(kent({}));
  CHECK(statutory.size() < all.size());
  const Json json(kent({"--kind", "statutory"}).out);
  for (const auto& one : json.root().find("pupils")->items) {
    for (const auto& decision : one.find("decisions")->items) {
      CHECK(text(decision, "kind") == "statutory");
    }
  }
  CHECK(rules_in(kent({"--kind", "monitoring"})).count("persistent-absence") ==
        1);
  CHECK(rules_in(kent({})).count("herefordshire-high-needs-matrix") == 0);
}

TEST_CASE(
    "another authority's rule, asked for by name, is not about the pupil") {
  const Ran ran = kent({"--rule", "herefordshire-high-needs-matrix"});
  CHECK(ran.status == 0);
  const Json json(ran.out);
  std::size_t looked_at = 0;
  for (const auto& one : json.root().find("pupils")->items) {
    for (const auto& decision : one.find("decisions")->items) {
      if (text(one, "upn") == "Q886999916012") continue;  // home not known
      ++looked_at;
      CHECK(text(decision, "outcome") == "not_applicable");
    }
  }
  CHECK(looked_at == 118);
  const json::Value* unknown =
      decision(json.root(), "Q886999916012", "herefordshire-high-needs-matrix");
  REQUIRE(unknown != nullptr);
  CHECK(text(*unknown, "outcome") == "needs_evidence");
}

TEST_CASE("wrong words are exit 2, and nothing is printed but why") {
  Around around;
  around.folder = source_folder();
  const std::string& path = fixture_registers()[2];
  struct Wrong {
    Words words;
    const char* part;
  };
  for (const Wrong& wrong : std::vector<Wrong>{
           {{}, "required"},
           {{"chec", path}, "did you mean \"check\"?"},
           {{"frobnicate"},
            "check, expand, explain, rules, facts, decide, erase or audit"},
           {{"rules", "lists"}, "did you mean \"list\"?"},
           {{"rules"}, "required"},
           {{"check"}, "register"},
           {{"check", path, "--format", "xml"}, "xml"},
           {{"check", path, "--jobs", "0"}, "jobs"},
           {{"check", path, "--jobs", "many"}, "jobs"},
           {{"check", path, "--frobnicate"}, "--frobnicate"},
           {{"check", path, path}, "argument"},
           {{"check", path, "--as-of", "2026-02-30"}, "2026-02-30"},
           {{"check", path, "--as-of", "22/11/2026"}, "expected one such as"},
           {{"check", path, "--as-of", ""}, "--as-of"},
           {{"check", path, "--pupil", ""}, "--pupil"},
           {{"check", path, "--pupil", "  "}, "--pupil"},
           {{"check", path, "--rejects", ""}, "--rejects"},
           {{"check", path, "--kind", ""}, "--kind"},
           {{"check", path, "--rule", ""}, "--rule"},
           {{"explain", path}, "required"},
           {{"explain", path, "--pupil", "V886999725001"}, "--rule"},
           {{"facts", "--schema", "--markdown"}, "--schema"},
           {{"facts", "sen.status", "--schema"}, "--schema"}}) {
    const std::string words = wrong.words.empty() ? "" : wrong.words.front();
    INFO(words << " ... " << (wrong.words.empty() ? "" : wrong.words.back()));
    const Ran ran = run(wrong.words, around);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Contains(wrong.part));
  }
}

TEST_CASE(
    "a rule, kind or pupil that nobody knows is exit 2 with the nearest") {
  struct Wrong {
    Words words;
    const char* part;
  };
  for (const Wrong& wrong : std::vector<Wrong>{
           {{"--rule", "jcq-extra-time-52"},
            "did you mean \"jcq-extra-time-25\"?"},
           {{"--rule", "persistent-absence", "--rule", "x"},
            "(engine.unknown_rule)"},
           {{"--kind", "fundign"}, "(engine.unknown_kind)"},
           {{"--rule", "persistent-absence", "--kind", "funding"},
            "(check.no_rule)"},
           {{"--pupil", "N999999999999"}, "(check.no_such_pupil)"}}) {
    INFO(wrong.words.back());
    for (const char* format : {"table", "json", "jsonl", "csv", "html"}) {
      const Ran ran =
          run(check_words(fixture_registers()[0], format, wrong.words));
      CHECK(ran.status == 2);
      CHECK(ran.out.empty());
      CHECK_THAT(ran.err, Catch::Contains(wrong.part));
    }
  }
}

TEST_CASE("help and version are answers, not mistakes") {
  const Ran help = run({"--help"});
  CHECK(help.status == 0);
  CHECK(help.err.empty());
  CHECK_THAT(help.out, Catch::Contains("Exit status"));
  for (const char* command : {"check", "explain", "rules", "facts"}) {
    CHECK_THAT(help.out, Catch::Contains(command));
    CHECK(run({command, "--help"}).status == 0);
  }
  const Ran version = run({"--version"});
  CHECK(version.status == 0);
  CHECK_THAT(version.out,
             Catch::Matches("sendcheck [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}
