// One decision in full, for the SENCO, a parent and an auditor: other words, the same facts.
#include <catch2/catch.hpp>
#include <functional>
#include <regex>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

struct Asked {
  std::size_t register_number;
  const char* upn;
  const char* rule;
};

const std::vector<Asked> decisions = {
    {0, "K886999919002", "element-3-top-up"},
    {0, "W886999919001", "ehc-annual-review"},
    {0, "V886999914003", "ehc-phase-transfer"},
    {0, "Y886999916007", "jcq-extra-time-25"},
    {0, "F886999916004", "jcq-extra-time-25"},
    {0, "M886999916010", "pupil-premium"},
    {0, "R886999918005", "persistent-absence"},
    {1, "M884999822001", "herefordshire-high-needs-matrix"},
    {1, "J884999826003", "herefordshire-high-needs-matrix"},
    {1, "X884999820005", "element-3-top-up"},
    {2, "V886999725001", "disability-access-fund"},
    {2, "J886999725002", "disability-access-fund"}};

Ran explained(const Asked& asked, const Words& more = {}) {
  Words words =
      on_fixture_day({"explain", fixture_registers()[asked.register_number],
                      "--pupil", asked.upn, "--rule", asked.rule});
  words.insert(words.end(), more.begin(), more.end());
  return run(words);
}

// Without line ends and the spaces after them: what was wrapped, unwrapped.
std::string unwrapped(const std::string& text) {
  return std::regex_replace(text, std::regex("\\s+"), " ");
}

// "£3,450", "£0.01", as the program writes an amount for people.
std::string pounds(const std::string& amount) {
  std::string whole = amount.substr(0, amount.find('.'));
  const std::string pence = amount.substr(amount.find('.'));
  for (int at = static_cast<int>(whole.size()) - 3; at > 0; at -= 3) {
    whole.insert(static_cast<std::size_t>(at), ",");
  }
  return "\xC2\xA3" + whole + (pence == ".00" ? "" : pence);
}

std::string day_in_words(const std::string& date) {
  static const char* months[] = {
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  return std::to_string(std::stoi(date.substr(8))) + " " +
         months[std::stoi(date.substr(5, 2)) - 1] + " " + date.substr(0, 4);
}

}  // namespace

TEST_CASE(
    "the three readers are told the same outcome, amount, date and gaps") {
  for (const Asked& asked : decisions) {
    INFO(asked.upn << " " << asked.rule);
    const Ran whole =
        run(check_words(fixture_registers()[asked.register_number], "json",
                        {"--pupil", asked.upn, "--rule", asked.rule}));
    const Json json(whole.out);
    const json::Value* found = decision(json.root(), asked.upn, asked.rule);
    REQUIRE(found != nullptr);
    for (const char* reader : {"senco", "parent", "auditor"}) {
      INFO(reader);
      const Ran ran = explained(asked, {"--for", reader});
      CHECK(ran.status == 0);
      CHECK(ran.err.empty());
      const std::string page = unwrapped(ran.out);
      CHECK(times(page, text(*found, "title")) >= 1);
      const json::Value& amount = *found->find("amount");
      if (!text(amount, "value").empty()) {
        CHECK(times(page, pounds(text(amount, "value"))) >= 1);
      }
      const json::Value& due = *found->find("due");
      if (!text(due, "date").empty()) {
        CHECK(times(page, day_in_words(text(due, "date"))) >= 1);
      }
    }
  }
}

TEST_CASE("without --for, the page is the SENCO's") {
  CHECK(explained(decisions[0]).out ==
        explained(decisions[0], {"--for", "senco"}).out);
}

TEST_CASE("a parent's page has no codes, no clauses and no paths") {
  for (const Asked& asked : decisions) {
    INFO(asked.upn << " " << asked.rule);
    const Ran ran = explained(asked, {"--for", "parent"});
    const std::string& page = ran.out;
    CHECK(times(page, asked.upn) == 0);
    CHECK(times(page, asked.rule) == 0);
    CHECK(times(page, "sha256") == 0);
    CHECK(times(page, "_") == 0);
    CHECK(times(page, "[") == 0);
    CHECK(times(page, "/2025-") == 0);
    CHECK(times(page, source_folder()) == 0);
    CHECK_FALSE(std::regex_search(page, std::regex("\\b[a-z]+\\.[a-z]+\\b")));
    CHECK_FALSE(
        std::regex_search(page, std::regex("\\b[A-Z]+-[A-Z0-9]+-[0-9]")));
    CHECK_FALSE(
        std::regex_search(page, std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}")));
    CHECK_THAT(unwrapped(page), Catch::Contains("A person at the school"));
    CHECK_THAT(page, Catch::Contains("If you think this is wrong"));
  }
}

TEST_CASE("an auditor's page has the hashes, and every criterion") {
  const std::regex hash("sha256:[0-9a-f]{64}");
  for (const Asked& asked : decisions) {
    INFO(asked.upn << " " << asked.rule);
    const Ran whole =
        run(check_words(fixture_registers()[asked.register_number], "json",
                        {"--pupil", asked.upn, "--rule", asked.rule}));
    const Json json(whole.out);
    const json::Value* found = decision(json.root(), asked.upn, asked.rule);
    REQUIRE(found != nullptr);
    const Ran ran = explained(asked, {"--for", "auditor"});
    const std::string page = unwrapped(ran.out);
    CHECK(times(page, asked.upn) >= 1);
    CHECK(times(page, asked.rule) >= 1);
    CHECK(times(page, fixture_day) >= 1);
    CHECK(times(page, text(*found, "edition")) >= 1);
    CHECK(std::distance(
              std::sregex_iterator(ran.out.begin(), ran.out.end(), hash),
              std::sregex_iterator()) >= 2);
    for (const auto& edition : json.root().find("editions")->items) {
      if (text(edition, "id") == text(*found, "edition")) {
        CHECK(times(page, text(edition, "hash")) == 1);
      }
    }
    std::size_t criteria = 0;
    const std::function<void(const json::Value&)> look =
        [&](const json::Value& reason) {
          ++criteria;
          INFO(text(reason, "label"));
          CHECK(times(page, unwrapped(text(reason, "label"))) >= 1);
          if (!text(reason, "have").empty()) {
            CHECK(times(page, unwrapped(text(reason, "have"))) >= 1);
          }
          if (!text(reason, "source").empty()) {
            CHECK(times(page, text(reason, "source")) >= 1);
          }
          for (const auto& child : reason.find("children")->items) look(child);
        };
    for (const auto& child : found->find("reasons")->find("children")->items) {
      look(child);
    }
    CHECK(criteria >= 2);
    for (const auto& parameter : found->find("parameters")->members) {
      INFO(parameter.key);
      CHECK(times(page, "- " + std::string(parameter.key) + " = ") == 1);
    }
  }
}

TEST_CASE("a pupil is found by a UPN typed in any case and with spaces") {
  const std::string expected =
      explained({0, "K886999919002", "element-3-top-up"}).out;
  for (const char* typed :
       {"k886999919002", " K886 9999 19002 ", "k 886999919002"}) {
    CHECK(explained({0, typed, "element-3-top-up"}).out == expected);
  }
}

TEST_CASE("a decision that cannot be explained says why") {
  const Ran nobody = explained({0, "Z999999999999", "element-3-top-up"});
  CHECK(nobody.status == 2);
  CHECK_THAT(nobody.err, Catch::Contains("(check.no_such_pupil)"));
  const Ran no_rule = explained({0, "K886999919002", "element-3-topup"});
  CHECK(no_rule.status == 2);
  CHECK_THAT(no_rule.err,
             Catch::Contains("did you mean \"element-3-top-up\"?"));
  const Ran rejected = explained({0, "Q886999917013", "element-3-top-up"});
  CHECK(rejected.status == 3);
  CHECK(rejected.out.empty());
  CHECK_THAT(rejected.err, Catch::Contains("attendance.possible"));
  const Ran twice = explained({1, "U884999824007", "element-3-top-up"});
  CHECK(twice.status == 3);
  CHECK_THAT(twice.err, Catch::Contains("(register.duplicate_upn)"));
  const Ran reader =
      explained({0, "K886999919002", "element-3-top-up"}, {"--for", "head"});
  CHECK(reader.status == 2);
  for (const Ran& ran : {nobody, no_rule, reader}) CHECK(ran.out.empty());
}

TEST_CASE("another authority's rule is explained as not about the pupil") {
  const Ran ran =
      explained({0, "K886999919002", "herefordshire-high-needs-matrix"});
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("another authority's rule"));
}
