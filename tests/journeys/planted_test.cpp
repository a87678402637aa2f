// What fixtures/README.md says of the pupils planted in the registers is what the program finds.
#include <catch2/catch.hpp>
#include <map>
#include <memory>
#include <regex>
#include <set>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string& kent = fixture_registers()[0];
const std::string& hereford = fixture_registers()[1];
const std::string& nursery = fixture_registers()[2];

struct Finding {
  const char* upn;
  const char* id;
  const char* fact;
  const char* found;
  const char* expected;  // part of it
};

using Found = std::multimap<std::string, const json::Value*>;  // by UPN

Found warnings_of(const json::Value& root) {
  Found found;
  for (const auto& one : root.find("warnings")->items) {
    found.emplace(text(one, "upn"), &one);
  }
  return found;
}

Found rejections_of(const json::Value& root) {
  Found found;
  for (const auto& one : root.find("rejected")->items) {
    for (const auto& finding : one.find("findings")->items) {
      found.emplace(text(one, "upn"), &finding);
    }
  }
  return found;
}

// Exactly these, and no other.
void are(const Found& found, const std::vector<Finding>& expected) {
  CHECK(found.size() == expected.size());
  for (const Finding& one : expected) {
    INFO(one.upn << " " << one.id);
    bool seen = false;
    const auto [first, last] = found.equal_range(one.upn);
    for (auto at = first; at != last; ++at) {
      const json::Value& finding = *at->second;
      if (text(finding, "expected").find(one.expected) == std::string::npos) {
        continue;
      }
      seen = true;
      CHECK(text(finding, "id") == one.id);
      CHECK(text(finding, "fact") == one.fact);
      CHECK(text(finding, "found") == one.found);
      CHECK(text(finding, "upn") == one.upn);
    }
    CHECK(seen);
  }
}

// The line of a text in a file, from 1.
std::size_t line_with(const std::string& file, const std::string& part) {
  const auto lines = lines_of(content_of(file));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].find(part) != std::string::npos) return i + 1;
  }
  return 0;
}

// A checked register, with the whole of its answer.
class Checked {
 public:
  explicit Checked(const std::string& path)
      : ran_(run(check_words(path, "json"))), json_(ran_.out) {}
  const json::Value& root() const { return json_.root(); }

 private:
  Ran ran_;
  Json json_;
};

struct Answer {
  const char* upn;
  const char* outcome;
  const char* amount = "";
  const char* due = "";
  const char* state = "";
  const char* missing = "";  // a fact that must be among the missing
};

void answers(const std::string& path, const std::string& rule,
             const std::vector<Answer>& expected) {
  const Checked checked(path);
  for (const Answer& one : expected) {
    INFO(one.upn << " " << rule);
    const json::Value* found = decision(checked.root(), one.upn, rule);
    REQUIRE(found != nullptr);
    INFO(text(*found, "summary"));
    CHECK(text(*found, "outcome") == one.outcome);
    CHECK(text(*found->find("amount"), "value") == one.amount);
    if (*one.due != '\0') {
      CHECK(text(*found->find("due"), "date") == one.due);
      CHECK(text(*found->find("due"), "state") == one.state);
    }
    if (*one.missing != '\0') {
      bool named = false;
      for (const auto& item : found->find("missing")->items) {
        named = named || text(item, "fact").starts_with(one.missing);
      }
      CHECK(named);
    }
  }
}

}  // namespace

TEST_CASE("every pupil that the fixtures' README names is in a register") {
  const std::string readme = content_of(fixture("README.md"));
  std::set<std::string> upns;
  for (const std::string& path : fixture_registers()) {
    const Checked checked(path);
    for (const char* list : {"pupils", "rejected"}) {
      for (const auto& one : checked.root().find(list)->items) {
        upns.insert(text(one, "upn"));
      }
    }
  }
  const std::regex row("\\| ([A-Z][0-9]{11}[0-9A-Z]) \\|");
  std::size_t named = 0;
  for (std::sregex_iterator at(readme.begin(), readme.end(), row), end;
       at != end; ++at) {
    ++named;
    INFO((*at)[1].str());
    CHECK(upns.count((*at)[1].str()) == 1);
  }
  CHECK(named > 150);
}

TEST_CASE("the fixtures hold as many pupils, rejects and warnings as is said") {
  const std::string readme = content_of(fixture("README.md"));
  const std::vector<std::vector<std::string>> said = {
      {"kent-secondary.json", "120", "1", "5"},
      {"herefordshire-primary/", "200", "3", "1"},
      {"nursery.jsonl", "40", "1", "0"}};
  for (std::size_t i = 0; i < said.size(); ++i) {
    INFO(said[i][0]);
    const std::regex row("\\| `registers/" + said[i][0] +
                         "` \\|[^|]*\\| ([0-9]+)[^|]*\\| ([0-9]+) \\| "
                         "([0-9]+) \\|");
    std::smatch match;
    REQUIRE(std::regex_search(readme, match, row));
    const Checked checked(fixture_registers()[i]);
    const json::Value& counts = *checked.root().find("counts");
    CHECK(match[1].str() == said[i][1]);
    CHECK(text(counts, "pupils") == match[1].str());
    CHECK(text(counts, "rejected") == match[2].str());
    CHECK(text(counts, "warnings") == match[3].str());
    CHECK(match[2].str() == said[i][2]);
    CHECK(match[3].str() == said[i][3]);
  }
}

TEST_CASE("the oddities of the Kent secondary school are found, and no other") {
  const Checked checked(kent);
  are(warnings_of(checked.root()),
      {{"J886999913003", "register.historic_code", "sen.status", "\"S\"",
        "plan_final"},
       {"A886999919009", "register.upn_check", "upn", "\"A886999919009\"",
        "check letter J"},
       {"A886999915017", "register.uln_check", "uln", "\"9276308685\"",
        "last digit"},
       {"B886999918013", "register.unknown_fact", "sen.staus", "\"support\"",
        "sen.status"},
       {"Q886999916012", "register.unknown_authority", "home_la", "\"999\"",
        "the fact is taken as unknown"}});
  are(rejections_of(checked.root()),
      {{"Q886999917013", "register.type", "attendance.possible", "\"110\"",
        "a whole number"}});
  for (const auto& [upn, finding] : rejections_of(checked.root())) {
    CHECK(text(*finding, "pointer") == "/pupils/52/attendance/possible");
  }
}

TEST_CASE("the oddities of the Herefordshire primary school are found") {
  const Checked checked(hereford);
  are(warnings_of(checked.root()),
      {{"D88499982107A", "register.temporary_upn", "upn", "\"D88499982107A\"",
        "a permanent UPN"}});
  const std::size_t first =
      line_with(hereford + "/pupils.csv", "U884999824007");
  const std::string one = "line " + std::to_string(first);
  const std::string other = "line " + std::to_string(first + 1);
  const Found rejections = rejections_of(checked.root());
  are(rejections, {{"X884999823008", "register.date", "sen.status_from",
                    "\"2026-02-30\"", "a day that exists"},
                   {"U884999824007", "register.duplicate_upn", "upn",
                    "\"U884999824007\"", other.c_str()},
                   {"U884999824007", "register.duplicate_upn", "upn",
                    "\"U884999824007\"", one.c_str()}});
  const json::Value& date = *rejections.find("X884999823008")->second;
  CHECK(text(date, "line") ==
        std::to_string(line_with(hereford + "/pupils.csv", "X884999823008")));
  CHECK_THAT(text(date, "pointer"), Catch::Contains("sen.status_from"));
}

TEST_CASE("the oddities of the nursery are found") {
  const Checked checked(nursery);
  are(warnings_of(checked.root()), {});
  const Found rejections = rejections_of(checked.root());
  are(rejections, {{"E886999726008", "register.code", "nc_year",
                    "\"Nursery 1\"", "one of E1"}});
  CHECK(text(*rejections.begin()->second, "line") ==
        std::to_string(line_with(nursery, "E886999726008")));
}

TEST_CASE("what is unknown after a warning is asked for") {
  answers(kent, "ehc-annual-review",
          {{"B886999918013", "needs_evidence", "", "", "", "sen.status"},
           {"J886999913003", "needs_evidence", "", "", "", "ehcp.issued_on"},
           {"J886999914004", "needs_evidence", "", "", "", "sen.status"},
           {"Y886999913004", "not_applicable"}});
  answers(kent, "pupil-premium",
          {{"J886999914004", "needs_evidence", "", "", "", "fsm.recorded"},
           {"Y886999913004", "not_met"}});
}

TEST_CASE("annual reviews fall due on the planted days") {
  answers(kent, "ehc-annual-review",
          {{"W886999919001", "met", "", "2026-11-30", "upcoming"},
           {"K886999918001", "not_met", "", "2026-11-21", "overdue"},
           {"Z886999917001", "met", "", "2026-11-22", "upcoming"},
           {"V886999915004", "met", "", "2026-11-30", "upcoming"}});
  answers(hereford, "ehc-annual-review",
          {{"M884999824003", "met", "", "2026-11-30", "upcoming"},
           {"J884999826003", "met", "", "2027-01-14", "upcoming"},
           {"E884999822004", "not_met", "", "2025-10-13", "overdue"},
           {"M884999825004", "not_met", "", "2026-11-21", "overdue"}});
  answers(nursery, "ehc-annual-review",
          {{"A886999725014", "met", "", "2027-04-19", "upcoming"}});
}

TEST_CASE("changes of phase fall due on the planted days") {
  answers(kent, "ehc-phase-transfer",
          {{"V886999914003", "not_met", "", "2026-11-12", "overdue"},
           {"V886999915004", "met", "", "2027-03-30", "upcoming"}});
  answers(
      hereford, "ehc-phase-transfer",
      {{"E884999820002", "met", "", "2027-02-14", "upcoming"},
       {"U884999820003", "met", "", "2027-02-14", "done"},
       {"H884999820004", "needs_evidence", "", "", "", "ehcp.transfer_on"}});
  answers(nursery, "ehc-phase-transfer",
          {{"A886999725014", "met", "", "2027-02-14", "upcoming"}});
}

TEST_CASE("the top-up begins one penny above the threshold") {
  answers(kent, "element-3-top-up",
          {{"W886999919001", "met", "6480.00"},
           {"K886999919002", "met", "3450.00"},
           {"N886999918003", "not_met"},
           {"C886999918004", "met", "0.01"},
           {"N886999917002", "met", "2200.00"},
           {"C886999917003", "met", "1020.00"},
           {"N886999919004", "needs_evidence", "", "", "", "provision"},
           // Over the threshold for certain, by an amount that nobody knows.
           {"Z886999919003", "needs_evidence", "", "", "", "provision["}});
  answers(hereford, "element-3-top-up",
          {{"U884999821004", "met", "3450.00"},
           {"X884999820005", "not_met"},
           {"U884999822005", "met", "1310.50"},
           {"Q884999824005", "needs_evidence", "", "", "", "provision["}});
}

TEST_CASE("the matrix changes its tariff at the planted points") {
  const std::string rule = "herefordshire-high-needs-matrix";
  answers(hereford, rule,
          {{"V884999825001", "not_met"},
           {"J884999824001", "met", "753.00"},
           {"Y884999823001", "met", "753.00"},
           {"M884999822001", "met", "1494.00"},
           {"B884999821001", "met", "1494.00"},
           {"F884999826001", "met", "2580.00"},
           {"J884999825002", "met", "4974.00"},
           {"Y884999824002", "met", "5613.00"},
           {"M884999823002", "met", "6378.00"},
           {"B884999822002", "met", "6378.00"},
           {"Q884999820001", "met", "22911.00"},
           {"V884999826002", "met", "24333.00"},
           {"E884999820002", "met", "24333.00"},
           {"Q884999822003", "not_met"},
           {"E884999821003", "needs_evidence", "", "", "", "sen.levels"},
           {"B884999823003", "needs_evidence", "", "", "", "sen.levels"},
           {"J884999826003", "refer"},
           {"E884999822004", "refer"}});
  // Of another authority's pupil it is said only when somebody asks.
  const Checked checked(hereford);
  CHECK(pupil(checked.root(), "Y884999825003") != nullptr);
  CHECK(decision(checked.root(), "Y884999825003", rule) == nullptr);
  const Ran asked = run(check_words(
      hereford, "json", {"--rule", rule, "--pupil", "Y884999825003"}));
  const Json json(asked.out);
  const json::Value* found = decision(json.root(), "Y884999825003", rule);
  REQUIRE(found != nullptr);
  CHECK(text(*found, "outcome") == "not_applicable");
}

TEST_CASE("persistent absence begins at 10% and is never rounded up to it") {
  answers(
      kent, "persistent-absence",
      {{"C886999919005", "met"},
       {"R886999918005", "not_met"},
       {"F886999917005", "met"},
       {"V886999917006", "met"},
       {"J886999917007", "met"},
       {"F886999918006", "not_met"},
       {"R886999919006", "needs_evidence", "", "", "",
        "attendance.unauthorised"},
       {"V886999918007", "met"},
       {"J886999918008", "needs_evidence", "", "", "", "attendance.possible"}});
  answers(hereford, "persistent-absence",
          {{"X884999821006", "met"},
           {"U884999823006", "not_met"},
           {"H884999823007", "met"},
           {"X884999822007", "needs_evidence"},
           {"P884999820008", "met"}});
}

TEST_CASE("pupil premium follows recorded periods and care, one rate each") {
  // The rates of 2026-27 are not confirmed, so that a person decides.
  answers(kent, "pupil-premium",
          {{"M886999917011", "refer", "1100.00"},
           {"Y886999918009", "needs_evidence", "", "", "", "fsm.recorded"},
           {"M886999916010", "refer", "2690.00"},
           {"J886999918010", "refer", "2690.00"},
           {"B886999916011", "not_met"},
           {"F886999919007", "refer", "1550.00"},
           {"V886999919008", "not_met"},
           {"Y886999918011", "refer", "2690.00"},
           {"B886999917012", "needs_evidence", "", "", "", "fsm.recorded"},
           {"M886999918012", "not_met"}});
  answers(hereford, "pupil-premium",
          {{"L884999822008", "refer", "1550.00"},
           {"E884999824006", "refer", "2690.00"},
           {"L884999821007", "refer", "2690.00"},
           {"P884999820010", "needs_evidence", "", "", "", "fsm.recorded"},
           {"E884999825007", "not_met"}});
}

TEST_CASE("the Disability Access Fund looks at papers, payments and places") {
  answers(nursery, "disability-access-fund",
          {{"V886999725001", "met", "975.00"},
           {"F886999726001", "met", "975.00"},
           {"J886999725002", "needs_evidence", "", "", "",
            "evidence[type=parental_declaration]"},
           {"Y886999725003", "needs_evidence", "", "", "",
            "evidence[type=dla_award]"},
           {"M886999725004", "not_met"},
           {"B886999725005", "not_met", "", "2026-12-15", "upcoming"},
           {"Q886999725006", "met", "975.00"},
           {"V886999726002", "not_met", "", "2027-05-12", "upcoming"},
           {"U886999725008", "not_met"},
           {"H886999725009", "not_met"},
           {"J886999726003", "met", "975.00"},
           {"U886999725010", "needs_evidence", "", "", "",
            "early_years.daf_nominated"},
           {"Y886999726004", "met", "975.00"}});
}

TEST_CASE("extra time is decided as its worked cases say") {
  answers(kent, "jcq-extra-time-25",
          {{"N886999916001", "met"},
           {"C886999916002", "met"},
           {"R886999916003", "not_met"},
           {"F886999916004", "refer"},
           {"V886999916005", "not_met"},
           {"J886999916006", "not_met"},
           {"Y886999916007", "needs_evidence", "", "", "", "arrangements["},
           {"M886999916008", "met"},
           {"B886999916009", "needs_evidence", "", "", "", "arrangements["},
           {"C886999915001", "not_met"},
           {"R886999915002", "needs_evidence", "", "", "",
            "evidence[type=form_8_part_1]"},
           {"F886999915003", "not_met"},
           {"V886999915004", "met"},
           {"R886999914001", "met"},
           {"U886999915013", "needs_evidence", "", "", "", "assessments["},
           {"H886999915014", "not_met"},
           {"L886999915016", "not_met"}});
}

TEST_CASE("an approval ends on the planted days") {
  answers(
      kent, "jcq-approval-in-date",
      {{"B886999915010", "not_met", "", "2027-05-10", "upcoming"},
       {"Q886999915011", "met", "", "2027-05-20", "upcoming"},
       {"E886999915012", "needs_evidence", "", "", "", "arrangements["},
       {"F886999914002", "not_met", "", "2028-02-29", "upcoming"},
       {"F886999913001", "met", "", "2028-11-15", "upcoming"},
       {"V886999913002", "needs_evidence", "", "", "", "exams.first_exam_on"}});
}
