#include "casework/retention.hpp"

#include <catch2/catch.hpp>

#include "casework/due_for_disposal.hpp"
#include "casework/erase_pupil.hpp"
#include "casework/human_decision.hpp"
#include "checked_store.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

Date day(const char* text) { return *Date::parse(text); }

std::string rule_json(const std::string& id, const std::string& event,
                      int years, const std::string& more = "") {
  return "{\"id\":\"" + id + "\",\"title\":\"" + id +
         "\",\"for\":\"every_pupil\",\"event\":\"" + event +
         "\",\"years\":" + std::to_string(years) +
         ",\"round_to\":\"none\",\"in_use\":true,\"source\":\"a test\"," +
         (more.empty() ? "\"status\":\"confirmed\"" : more) + "}";
}

std::string with_rules(const std::string& rules) {
  return "{\"format\":\"sendcheck-retention/1\",\"rules\":[" + rules +
         "],\"hold\":{\"reasons\":[\"legal_hold\"],\"review_after_years\":1}}";
}

const std::string good = with_rules(rule_json("born", "date_of_birth", 31));

struct Kept : CheckedStore {
  // Three pupils, born on 1 June 2010, 31 August 2012 and nobody knows when.
  Kept() {
    check_register_of(
        R"({"upn":"A886910000001","date_of_birth":"2010-06-01","nc_year":"11","home_la":"886","sen":{"status":"plan_final"}})"
        "\n"
        R"({"upn":"A886910000002","date_of_birth":"2012-08-31","nc_year":"9","home_la":"886","sen":{"status":"none"}})"
        "\n"
        R"({"upn":"A886910000003","nc_year":"9","home_la":"886"})"
        "\n",
        {"pupil-premium"});
  }
  Retention retention(const std::string& text) {
    return well(read_retention(scratch.write("retention.json", text)));
  }
  DisposalList due(const Retention& retention, const char* as_of) {
    return well(due_for_disposal(*log, retention, day(as_of)));
  }
};

std::vector<std::string> upns(const std::vector<DuePupil>& pupils) {
  std::vector<std::string> found;
  for (const DuePupil& pupil : pupils) found.push_back(pupil.upn);
  return found;
}

}  // namespace

TEST_CASE(
    "The shipped retention rules keep a SEN file 31 years and say that it is "
    "unconfirmed") {
  const Retention retention =
      well(read_retention(source_folder() + "/rules/retention.json"));
  int in_use = 0;
  for (const RetentionRule& rule : retention.rules) {
    CHECK(!rule.source.empty());
    if (!rule.in_use) continue;
    ++in_use;
    CHECK(rule.id == "sen-file");
    CHECK(rule.event == RetentionRule::Event::date_of_birth);
    CHECK(rule.years == 31);
    CHECK(rule.round_to == RetentionRule::Rounding::school_year_end);
    CHECK(!rule.unconfirmed.empty());
  }
  CHECK(in_use == 1);
}

TEST_CASE("The last day is so many years on and then the end of its year") {
  RetentionRule rule;
  rule.years = 31;
  CHECK(rule.kept_until(day("2012-09-01")) == day("2043-09-01"));
  CHECK(rule.kept_until(day("2012-02-29")) == day("2043-02-28"));
  rule.round_to = RetentionRule::Rounding::school_year_end;
  CHECK(rule.kept_until(day("2012-08-30")) == day("2043-08-31"));
  CHECK(rule.kept_until(day("2012-08-31")) == day("2043-08-31"));
  CHECK(rule.kept_until(day("2012-09-01")) == day("2044-08-31"));
  rule.round_to = RetentionRule::Rounding::financial_year_end;
  CHECK(rule.kept_until(day("2012-03-31")) == day("2043-03-31"));
  CHECK(rule.kept_until(day("2012-04-01")) == day("2044-03-31"));
}

TEST_CASE("A pupil is due from the day after the last one") {
  Kept store;
  const Retention retention = store.retention(good);
  CHECK(store.due(retention, "2041-06-01").due.empty());
  const DisposalList list = store.due(retention, "2041-06-02");
  CHECK(upns(list.due) == std::vector<std::string>{"A886910000001"});
  CHECK(list.due[0].kept_until == day("2041-06-01"));
  CHECK(list.due[0].event_day == day("2010-06-01"));
  CHECK(list.due[0].rule->id == "born");
  CHECK(list.unknown == std::vector<std::string>{"A886910000003"});
  CHECK(list.pupils == 3);
}

TEST_CASE(
    "That records were opened for the list is entered and nothing is erased") {
  Kept store;
  const Retention retention = store.retention(good);
  const std::uint64_t size = well(store.log->reader().size());
  const DisposalList list = store.due(retention, "2050-01-01");
  CHECK(list.due.size() == 2);
  CHECK(list.entry == size);
  CHECK(well(store.log->reader().size()) == size + 1);
  const Entry entry = well(store.log->reader().entry(list.entry));
  CHECK(entry.kind == EntryKind::view);
  CHECK(entry.about == R"({"as_of":"2050-01-01","form":"due"})");
  CHECK(well(store.log->reader().erased()).empty());
}

TEST_CASE("Of several rules the longest counts and only those that apply") {
  Kept store;
  const std::string both = rule_json("born", "date_of_birth", 20) + "," +
                           rule_json("worked", "last_entry", 10);
  const Retention retention = store.retention(with_rules(both));
  // The last entry was in November 2025.
  const DisposalList list = store.due(retention, "2033-01-01");
  CHECK(upns(list.due).empty());
  const DisposalList later = store.due(retention, "2035-12-01");
  REQUIRE(upns(later.due) ==
          std::vector<std::string>{"A886910000001", "A886910000002"});
  CHECK(later.due[0].rule->id == "worked");

  std::string plan = rule_json("plan", "date_of_birth", 45);
  plan.replace(plan.find("every_pupil"), 11, "pupils_with_plan");
  const Retention with_plan = store.retention(
      with_rules(rule_json("born", "date_of_birth", 20) + "," + plan));
  CHECK(upns(store.due(with_plan, "2035-12-01").due) ==
        std::vector<std::string>{"A886910000002"});
  std::string sen = rule_json("sen", "date_of_birth", 45);
  sen.replace(sen.find("every_pupil"), 11, "pupils_with_sen");
  const Retention with_sen = store.retention(
      with_rules(rule_json("born", "date_of_birth", 20) + "," + sen));
  CHECK(upns(store.due(with_sen, "2035-12-01").due) ==
        std::vector<std::string>{"A886910000002"});
}

TEST_CASE("A rule that is not in use counts for nothing") {
  Kept store;
  std::string off = rule_json("long", "date_of_birth", 90);
  off.replace(off.find("\"in_use\":true"), 13, "\"in_use\":false");
  const Retention retention = store.retention(
      with_rules(rule_json("born", "date_of_birth", 20) + "," + off));
  CHECK(store.due(retention, "2035-12-01").due.size() == 2);
}

TEST_CASE(
    "A case counts from the last decision of a person where there is one") {
  Kept store;
  HumanDecision decision;
  decision.decided_by = "A. Example, panel chair";
  decision.reasons = "The report of May was weighed.";
  well(enter_decision(*store.log, "A886910000002", "pupil-premium", decision));
  const Retention retention =
      store.retention(with_rules(rule_json("case", "last_human_decision", 6)));
  const DisposalList list = store.due(retention, "2035-12-01");
  CHECK(upns(list.due) == std::vector<std::string>{"A886910000002"});
  CHECK(list.unknown.empty());
}

TEST_CASE(
    "While a hold stands nothing is due and after a year it is to be looked "
    "at") {
  Kept store;
  const Retention retention = store.retention(good);
  well(refuse_erasure(*store.log, "A886910000001", "legal_hold"));
  const Date held_on = store.clock.now().date();
  const DisposalList list = store.due(retention, "2050-01-01");
  CHECK(upns(list.due) == std::vector<std::string>{"A886910000002"});
  REQUIRE(upns(list.held) == std::vector<std::string>{"A886910000001"});
  CHECK(list.held[0].held_for == "legal_hold");
  CHECK(list.held[0].held_since == held_on);
  CHECK(list.held[0].review_hold);
  // A refusal for another reason is no hold.
  well(refuse_erasure(*store.log, "A886910000002", "public_task"));
  CHECK(upns(store.due(retention, "2050-01-01").due) ==
        std::vector<std::string>{"A886910000002"});
}

TEST_CASE("A hold that is younger than a year is not yet to be looked at") {
  Kept store;
  const Retention retention =
      store.retention(with_rules(rule_json("born", "date_of_birth", 1)));
  well(refuse_erasure(*store.log, "A886910000001", "legal_hold"));
  const DisposalList list = store.due(retention, "2026-01-01");
  REQUIRE(list.held.size() == 1);
  CHECK(!list.held[0].review_hold);
}

TEST_CASE("Who was erased is on no list") {
  Kept store;
  well(erase_pupil(*store.log, "A886910000001", "retention_ended"));
  const DisposalList list = store.due(store.retention(good), "2050-01-01");
  CHECK(list.pupils == 2);
}

TEST_CASE("The list says why and by which rule and what is not confirmed") {
  Kept store;
  const Retention retention = store.retention(
      with_rules(rule_json("born", "date_of_birth", 31,
                           "\"status\":\"unconfirmed\",\"reason\":\"ask\"")));
  const std::string words =
      in_words(store.due(retention, "2042-01-01"), day("2042-01-01"));
  for (const char* part :
       {"1 of 3 pupils", "A886910000001", "1 June 2041", "born",
        "date of birth 1 June 2010", "NOT CONFIRMED: born: ask",
        "Nothing was erased", "A886910000003"}) {
    INFO(words);
    CHECK(words.find(part) != words.npos);
  }
}

TEST_CASE("Retention rules with a fault are refused by id and place") {
  Scratch scratch;
  const auto refused = [&](const std::string& text, const std::string& id,
                           const std::string& pointer) {
    const auto read = read_retention(scratch.write("retention.json", text));
    INFO(text);
    REQUIRE(!read.has_value());
    INFO(read.error().to_string());
    CHECK(read.error().id == id);
    CHECK(read.error().place.pointer == pointer);
    CHECK(read.error().place.file == scratch.path("retention.json"));
  };
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  refused("[]", "retention.malformed", "");
  refused("{}", "retention.malformed", "");
  refused(with("\"rules\":[", "\"rulez\":["), "retention.malformed", "/rulez");
  refused(with("\"source\":\"a test\"", "\"source\":\"\""),
          "retention.malformed", "/rules/0/source");
  refused(with("\"title\":\"born\",", ""), "retention.malformed", "/rules/0");
  refused(with("\"in_use\":true", "\"in_use\":\"yes\""), "retention.malformed",
          "/rules/0/in_use");
  refused(with("\"in_use\":true", "\"in_use\":true,\"color\":1"),
          "retention.malformed", "/rules/0/color");
  refused(with("retention/1", "retention/2"), "retention.malformed", "/format");
  refused(with("\"confirmed\"", "\"sure\""), "retention.word",
          "/rules/0/status");
  refused(with("\"confirmed\"", "\"unconfirmed\""), "retention.malformed",
          "/rules/0/reason");
  refused(with("\"confirmed\"", "\"confirmed\",\"reason\":\"none\""),
          "retention.malformed", "/rules/0/reason");
  refused(with("every_pupil", "every_one"), "retention.word", "/rules/0/for");
  refused(with("date_of_birth", "date_of_brith"), "retention.word",
          "/rules/0/event");
  refused(with("\"none\"", "\"term_end\""), "retention.word",
          "/rules/0/round_to");
  refused(with("\"legal_hold\"", "\"legal_holt\""), "retention.word",
          "/hold/reasons");
  refused(with("31", "-1"), "retention.years", "/rules/0/years");
  refused(with("31", "151"), "retention.years", "/rules/0/years");
  refused(with("31", "2.5"), "retention.years", "/rules/0/years");
  refused(with("31", "\"31\""), "retention.years", "/rules/0/years");
  refused(with("\"review_after_years\":1", "\"review_after_years\":1e1"),
          "retention.years", "/hold/review_after_years");
  refused(with("\"in_use\":true", "\"in_use\":false"), "retention.none_in_use",
          "/rules");
  refused(with_rules(rule_json("born", "date_of_birth", 31) + "," +
                     rule_json("born", "last_entry", 6)),
          "retention.duplicate", "/rules/1/id");
  refused(with_rules(""), "retention.none_in_use", "/rules");
  const auto missing = read_retention(scratch.path("none.json"));
  REQUIRE(!missing.has_value());
  CHECK(missing.error().id == "files.missing");
  const auto broken =
      read_retention(scratch.write("retention.json", good.substr(0, 40)));
  REQUIRE(!broken.has_value());
  CHECK(broken.error().id == "json.syntax");
}
