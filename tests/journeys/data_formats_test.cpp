// What other programs read: JSON, JSON Lines and CSV of the three fixtures.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "base/csv.hpp"
#include "json_shape.hpp"
#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

// The UPNs that stand in a register, read by no code of the program's own registers.
std::multiset<std::string> upns_of(const std::string& path) {
  std::multiset<std::string> upns;
  if (path.ends_with(".json")) {
    const Json register_json(content_of(path));
    for (const auto& one : register_json.root().find("pupils")->items) {
      upns.insert(text(one, "upn"));
    }
  } else if (path.ends_with(".jsonl")) {
    for (const std::string& line : lines_of(content_of(path))) {
      upns.insert(text(Json(line).root(), "upn"));
    }
  } else {
    const auto lines = lines_of(content_of(path + "/pupils.csv"));
    for (std::size_t i = 1; i < lines.size(); ++i) {
      upns.insert(lines[i].substr(0, lines[i].find(',')));
    }
  }
  return upns;
}

void none(const std::vector<std::string>& faults) {
  std::string all;
  for (std::size_t i = 0; i < faults.size() && i < 12; ++i) {
    all += faults[i] + "\n";
  }
  INFO(faults.size() << " faults:\n" << all);
  CHECK(faults.empty());
}

}  // namespace

TEST_CASE("the JSON of each fixture has the contract's shape throughout") {
  for (const std::string& path : fixture_registers()) {
    INFO(path);
    const Ran ran = run(check_words(path, "json"));
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    const Json json(ran.out);
    none(faults_of_check(json.root()));
    CHECK(text(json.root(), "as_of") == fixture_day);
    CHECK(json.root().find("errors")->items.empty());
    CHECK(json.root().find("run")->is(json::Type::null));
  }
}

TEST_CASE("the shape checker sees what is wrong with a check") {
  const Ran ran = run(check_words(fixture_registers()[2], "json"));
  const std::string& good = ran.out;
  const auto faults = [](const std::string& text) {
    return faults_of_check(Json(text).root()).size();
  };
  REQUIRE(faults(good) == 0);
  CHECK(faults(replaced(good, "\"kind\":\"statutory\"",
                        "\"kind\":\"statute\"")) == 1);
  CHECK(faults(replaced(good, "\"amount\":null", "\"amount\":0")) >= 1);
  CHECK(faults(replaced(good, "\"result\":\"unknown\"",
                        "\"result\":\"maybe\"")) == 1);
  CHECK(faults(replaced(good, "\"steps\":[{", "\"steps\":[{\"x\":1,")) == 1);
  CHECK(faults(replaced(good, "\"rejected\": 1", "\"rejected\": 2")) >= 1);
  CHECK(faults(replaced(good, "\"actionable\":true",
                        "\"actionable\":\"true\"")) == 1);
}

TEST_CASE("every pupil of a register is in the JSON, checked or rejected") {
  for (const std::string& path : fixture_registers()) {
    INFO(path);
    const Ran ran = run(check_words(path, "json"));
    const Json json(ran.out);
    std::multiset<std::string> answered;
    for (const char* list : {"pupils", "rejected"}) {
      for (const auto& one : json.root().find(list)->items) {
        answered.insert(text(one, "upn"));
      }
    }
    CHECK(answered == upns_of(path));
  }
}

TEST_CASE("pupils come in the order of their register") {
  const std::string& path = fixture_registers()[2];
  const auto asked = lines_of(content_of(path));
  const auto answered = expanded_lines(path);
  REQUIRE(answered.size() == asked.size() + 1);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const Json one(answered[i]);
    const json::Value* rejected = one.root().find("rejected");
    CHECK(text(rejected ? *rejected : one.root(), "upn") ==
          text(Json(asked[i]).root(), "upn"));
  }
}

TEST_CASE("JSON Lines have a pupil a line, and the summary last") {
  for (const std::string& path : fixture_registers()) {
    INFO(path);
    const Ran whole = run(check_words(path, "json"));
    const Json json(whole.out);
    const Ran ran = run(check_words(path, "jsonl"));
    CHECK(ran.status == 0);
    REQUIRE(ran.out.ends_with('\n'));
    std::size_t texts = 0, checked = 0, rejected = 0, warnings = 0;
    const auto lines = lines_of(ran.out);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
      INFO("line " << i + 1);
      const Json line(lines[i]);
      if (const json::Value* number = line.root().find("rule_text")) {
        CHECK(number->text == std::to_string(++texts));
        continue;
      }
      if (const json::Value* found = line.root().find("rejected")) {
        CHECK(line.root().members.size() == 1);
        none(faults_of_rejected(*found));
        ++rejected;
        continue;
      }
      ++checked;
      for (const auto& one : line.root().find("decisions")->items) {
        const json::Value* text = one.find("text");
        if (text) CHECK(std::stoul(std::string(text->text)) <= texts);
        for (const char* in_clear :
             {"rule", "outcome", "summary", "amount", "due"}) {
          CHECK(one.find(in_clear) != nullptr);
        }
      }
      if (const json::Value* of_pupil = line.root().find("warnings")) {
        warnings += of_pupil->items.size();
      }
    }
    CHECK(texts >= 8);
    CHECK(checked == json.root().find("pupils")->items.size());
    CHECK(rejected == json.root().find("rejected")->items.size());
    const Json last(lines.back());
    const json::Value* summary = last.root().find("summary");
    REQUIRE(summary != nullptr);
    const json::Value* counts = summary->find("counts");
    REQUIRE(counts != nullptr);
    CHECK(text(*counts, "checked") == std::to_string(checked));
    CHECK(text(*counts, "warnings") == std::to_string(warnings));
    CHECK(text(*counts, "pupils") == std::to_string(checked + rejected));
    CHECK(text(*summary, "as_of") == fixture_day);
    CHECK(summary->find("editions")->items.size() ==
          json.root().find("editions")->items.size());
  }
}

TEST_CASE(
    "expanded, the JSON Lines of each fixture hold the bytes of its JSON, "
    "pupil by pupil") {
  for (const std::string& path : fixture_registers()) {
    INFO(path);
    const Ran whole = run(check_words(path, "json"));
    const auto in_full = lines_of(whole.out);
    std::size_t found = 0;
    // In --format json a pupil is a line too, indented, with a comma.
    auto at = in_full.begin();
    for (const std::string& line : expanded_lines(path)) {
      if (!line.starts_with("{\"upn\":")) continue;
      ++found;
      none(faults_of_pupil(Json(line).root()));
      // Warnings stand with the pupil here, and together there.
      const std::size_t warnings = line.find(",\"warnings\":");
      std::string wanted = line;
      if (warnings < line.find(",\"decisions\":")) {
        wanted.erase(warnings, line.find(",\"decisions\":") - warnings);
      }
      at = std::find_if(at, in_full.end(), [&](const std::string& one) {
        return one.find(wanted) != std::string::npos;
      });
      REQUIRE(at != in_full.end());
      CHECK(at->size() <= wanted.size() + 10);
    }
    CHECK(found == Json(whole.out).root().find("pupils")->items.size());
  }
}

TEST_CASE("what is no file of decisions is not expanded, and says why") {
  const Scratch scratch;
  const auto refused = [](const std::string& path) {
    const Ran ran = run({"expand", path});
    CHECK(ran.status == 3);
    return ran.err;
  };
  const std::string good =
      run(check_words(fixture_registers()[2], "jsonl")).out;
  CHECK_THAT(refused(scratch.path("nowhere.jsonl")),
             Catch::Contains("files.missing"));
  CHECK_THAT(refused(fixture_registers()[2]),
             Catch::Contains("nursery.jsonl:1") &&
                 Catch::Contains("decisions.not_lines"));
  CHECK_THAT(refused(scratch.write("cut.jsonl",
                                   good.substr(0, good.rfind("{\"summary")))),
             Catch::Contains("decisions.cut_short"));
  CHECK_THAT(
      refused(scratch.write("later.jsonl", good.substr(good.find('\n') + 1))),
      Catch::Contains("decisions.unknown_text"));
  CHECK_THAT(
      refused(scratch.write("changed.jsonl", replaced(good, "\"reasons\":[\"",
                                                      "\"reasons\":[1,\""))),
      Catch::Contains("decisions.does_not_fit"));
  CHECK(run({"expand"}).status == 2);
}

TEST_CASE("the CSV has a row for every decision and every rejected record") {
  for (const std::string& path : fixture_registers()) {
    INFO(path);
    const Ran whole = run(check_words(path, "json"));
    const Json json(whole.out);
    const Ran ran = run(check_words(path, "csv"));
    CHECK(ran.status == 0);
    const auto table = parse_csv(ran.out, "out.csv");
    INFO((table ? std::string() : table.error().to_string()));
    REQUIRE(table.has_value());
    CHECK(table->headings == std::vector<std::string>{
                                 "upn", "name", "rule", "title", "outcome",
                                 "summary", "amount", "amount_status", "period",
                                 "due", "due_state", "due_days", "missing",
                                 "refer_to", "actions", "edition"});
    std::size_t row = 0;
    std::size_t rejected = 0;
    std::map<std::string, std::map<std::string, const CsvRow*>> rows;
    for (; row < table->rows.size(); ++row) {
      const CsvRow& one = table->rows[row];
      if (one.cells[4] == "rejected") {
        ++rejected;
        continue;
      }
      CHECK(rows[one.cells[0]].emplace(one.cells[2], &one).second);
    }
    CHECK(rejected == json.root().find("rejected")->items.size());
    std::size_t decisions = 0;
    for (const auto& one : json.root().find("pupils")->items) {
      for (const auto& decision : one.find("decisions")->items) {
        ++decisions;
        const auto& of_pupil = rows[text(one, "upn")];
        const auto found = of_pupil.find(text(decision, "rule"));
        REQUIRE(found != of_pupil.end());
        const auto& cells = found->second->cells;
        CHECK(cells[1] == text(one, "name"));
        CHECK(cells[4] == text(decision, "outcome"));
        CHECK(cells[5] == text(decision, "summary"));
        CHECK(cells[6] == text(*decision.find("amount"), "value"));
        CHECK(cells[7] == text(*decision.find("amount"), "status"));
        CHECK(cells[8] == text(*decision.find("amount"), "period"));
        CHECK(cells[9] == text(*decision.find("due"), "date"));
        CHECK(cells[10] == text(*decision.find("due"), "state"));
        CHECK(cells[11] == text(*decision.find("due"), "days"));
        CHECK(cells[13] == text(decision, "refer_to"));
        CHECK(cells[15] == text(decision, "edition"));
      }
    }
    CHECK(table->rows.size() == decisions + rejected);
  }
}

TEST_CASE("no cell of the CSV is a formula to a spreadsheet") {
  const Scratch scratch;
  const std::string path =
      scratch.write("register.json",
                    R"json({"format": "sendcheck-register/1", "pupils": [
        {"upn": "N886999916001", "name": {"given": "=1+1", "family": "+A1"}},
        {"upn": "C886999916002", "name": {"given": "@SUM(A1)", "family": "x"}},
        {"upn": "F886999916004", "name": {"given": "-2", "family": "\"q\",z"}}
      ]})json");
  const Ran ran = run(check_words(path, "csv"));
  CHECK(ran.status == 0);
  const auto table = parse_csv(ran.out, "out.csv");
  REQUIRE(table.has_value());
  std::set<std::string> names;
  for (const CsvRow& row : table->rows) names.insert(row.cells[1]);
  CHECK(names == std::set<std::string>{"=1+1 +A1", "@SUM(A1) x", "-2 \"q\",z"});
  CHECK(times(ran.out, ",=1+1") == 0);
  CHECK(times(ran.out, ",'=1+1 +A1,") > 0);
  CHECK(times(ran.out, ",'@SUM(A1) x,") > 0);
  CHECK(times(ran.out, "'-2 ") > 0);
}

TEST_CASE("a person's counts of CSV and JSON Lines go to standard error") {
  for (const char* format : {"csv", "jsonl"}) {
    const Ran ran = run(check_words(fixture_registers()[1], format));
    CHECK(times(ran.err, "197 pupils checked, 3 rejected, 1 warning\n") == 1);
    CHECK(times(ran.err, "rejected: ") == 3);
    CHECK(times(ran.out, "pupils checked") == 0);
  }
}
