#include "casework/audit_sample.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "casework/erase_pupil.hpp"
#include "casework/human_decision.hpp"
#include "checked_store.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::vector<std::string> rules = {"ehc-annual-review", "pupil-premium",
                                        "persistent-absence"};

struct Drawn : CheckedStore {
  explicit Drawn(int pupils = 20) {
    check_register_of(many_pupils(pupils), rules);
  }
  Sample draw(SampleRequest request) {
    return well(draw_sample(*log, request));
  }
};

std::vector<std::uint64_t> numbers(const Sample& sample) {
  std::vector<std::uint64_t> found;
  for (const SampledEntry& one : sample.chosen) {
    found.push_back(one.entry.number);
  }
  return found;
}

SampleRequest request(std::uint64_t size,
                      SampleMethod method = SampleMethod::random) {
  SampleRequest asked;
  asked.size = size;
  asked.words = "heron";
  asked.method = method;
  return asked;
}

std::vector<std::uint64_t> decisions(Log& log, std::uint64_t before) {
  std::vector<std::uint64_t> found;
  for (std::uint64_t i = 0; i < before; ++i) {
    if (well(log.reader().entry(i)).kind == EntryKind::decision) {
      found.push_back(i);
    }
  }
  return found;
}

}  // namespace

TEST_CASE(
    "A random sample is the lowest tickets by the seed as it is written down") {
  Drawn store;
  const Sample sample = store.draw(request(7));
  // By the words of the header, from the bytes up.
  const Digest root =
      well(root_of(sample.root_size, store.log->reader().roots()));
  const Digest seed = sha256_digest({bytes_of(root), "heron"});
  CHECK(sample.root == root);
  CHECK(sample.seed == seed);
  std::vector<std::pair<std::string, std::uint64_t>> tickets;
  for (const std::uint64_t number : decisions(*store.log, sample.root_size)) {
    std::string bytes;
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes += static_cast<char>(number >> shift & 0xff);
    }
    tickets.emplace_back(sha256(std::string(bytes_of(seed)) + bytes), number);
  }
  CHECK(sample.population == tickets.size());
  std::sort(tickets.begin(), tickets.end());
  std::vector<std::uint64_t> lowest;
  for (int i = 0; i < 7; ++i) {
    lowest.push_back(tickets[static_cast<std::size_t>(i)].second);
  }
  std::sort(lowest.begin(), lowest.end());
  CHECK(numbers(sample) == lowest);
}

TEST_CASE("A sample is entered with all that draws it again") {
  Drawn store;
  const Sample sample = store.draw(request(7));
  const Entry entry = well(store.log->reader().entry(sample.entry));
  CHECK(entry.kind == EntryKind::sampled);
  CHECK(entry.about ==
        "{\"method\":\"random\",\"root\":\"" + in_text(sample.root) +
            "\",\"root_size\":" + std::to_string(sample.root_size) +
            ",\"size\":7,\"words\":\"heron\"}");
  CHECK(sample.root_size == sample.entry);
}

TEST_CASE("Every method gives the same list again after the log has grown") {
  Drawn store;
  const std::uint64_t size = well(store.log->reader().size());
  for (const SampleMethod method :
       {SampleMethod::random, SampleMethod::every, SampleMethod::stratified,
        SampleMethod::near}) {
    for (const char* by : {"rule", "outcome", "actor", "edition"}) {
      SampleRequest asked = request(9, method);
      asked.by = by;
      asked.root_size = size;
      const auto first = numbers(store.draw(asked));
      store.check_register_of(many_pupils(3), rules);
      INFO(name_of(method) << " by " << by);
      CHECK(numbers(store.draw(asked)) == first);
    }
  }
}

TEST_CASE("Another root or another word gives another sample") {
  Drawn store(40);
  std::set<std::vector<std::uint64_t>> lists;
  lists.insert(numbers(store.draw(request(10))));
  lists.insert(numbers(store.draw(request(10))));  // the log has grown
  SampleRequest other = request(10);
  other.words = "Heron";
  lists.insert(numbers(store.draw(other)));
  CHECK(lists.size() == 3);
}

TEST_CASE("A sample of everything holds each entry once") {
  Drawn store(5);
  for (const SampleMethod method :
       {SampleMethod::random, SampleMethod::every, SampleMethod::stratified}) {
    const Sample sample = store.draw(request(1000, method));
    CHECK(numbers(sample) == decisions(*store.log, sample.root_size));
    CHECK(sample.chosen.size() == sample.population);
  }
}

TEST_CASE("Even distances are even to one and begin where the seed says") {
  Drawn store(30);
  for (const std::uint64_t size : {1, 2, 7, 44, 89, 90}) {
    const Sample sample = store.draw(request(size, SampleMethod::every));
    const auto all = decisions(*store.log, sample.root_size);
    REQUIRE(all.size() == 90);
    REQUIRE(sample.chosen.size() == size);
    std::vector<std::ptrdiff_t> places;
    for (const std::uint64_t number : numbers(sample)) {
      places.push_back(std::find(all.begin(), all.end(), number) - all.begin());
    }
    const auto step = static_cast<std::ptrdiff_t>(90 / size);
    CHECK(places.front() <= step);
    for (std::size_t i = 1; i < places.size(); ++i) {
      const std::ptrdiff_t apart = places[i] - places[i - 1];
      CHECK((apart == step || apart == step + 1));
    }
  }
}

TEST_CASE("Each group has its share and at least one") {
  Drawn store(30);
  // One more decision, of a rule that is rare.
  store.check_register_of(many_pupils(1), {"element-3-top-up"});
  for (const std::uint64_t size : {4, 5, 10, 33}) {
    SampleRequest asked = request(size, SampleMethod::stratified);
    asked.by = "rule";
    const Sample sample = store.draw(asked);
    CHECK(sample.groups.size() == 4);
    CHECK(sample.groups.at("element-3-top-up") == 1);
    REQUIRE(sample.chosen.size() == size);
    std::map<std::string, std::uint64_t> drawn;
    for (const SampledEntry& one : sample.chosen) {
      CHECK(about_text(one.entry, "rule") == one.group);
      ++drawn[one.group];
    }
    CHECK(drawn.size() == 4);
    for (const auto& [group, number] : drawn) {
      // Within one of its proportion, but for the one that each has.
      const double exact = static_cast<double>(size) *
                           static_cast<double>(sample.groups.at(group)) / 91;
      CHECK(static_cast<double>(number) < exact + 2);
      CHECK(static_cast<double>(number) > exact - 2);
    }
  }
}

TEST_CASE("Groups by outcome are opened and that is entered first") {
  Drawn store(5);
  SampleRequest asked = request(3, SampleMethod::stratified);
  asked.by = "outcome";
  const Sample sample = store.draw(asked);
  const Entry view = well(store.log->reader().entry(sample.entry + 1));
  CHECK(view.kind == EntryKind::view);
  CHECK(view.about == R"({"form":"sample"})");
  for (const auto& [group, number] : sample.groups) {
    CHECK(outcome(group).has_value());
  }
  // Where nothing is opened, nothing is said to be.
  const Sample closed = store.draw(request(3));
  CHECK(well(store.log->reader().size()) == closed.entry + 1);
}

TEST_CASE("Contents that were erased are a group of their own") {
  Drawn store(5);
  well(erase_pupil(*store.log, upn(2), "retention_ended"));
  SampleRequest asked = request(3, SampleMethod::stratified);
  asked.by = "outcome";
  CHECK(store.draw(asked).groups.at("erased") == rules.size());
}

TEST_CASE("Departures are the human decisions that departed and no others") {
  Drawn store(5);
  HumanDecision decision;
  decision.decided_by = "A. Example, panel chair";
  decision.reasons = "The report of May was weighed.";
  for (int i = 1; i <= 5; ++i) {
    decision.follows = i % 2 == 0;
    well(enter_decision(*store.log, upn(i), "pupil-premium", decision));
  }
  const Sample sample = store.draw(request(9, SampleMethod::departures));
  CHECK(sample.population == 3);
  REQUIRE(sample.chosen.size() == 3);
  for (const SampledEntry& one : sample.chosen) {
    CHECK(one.entry.kind == EntryKind::human_decision);
    CHECK(one.group == "pupil-premium");
  }
  CHECK(store.draw(request(2, SampleMethod::departures)).chosen.size() == 2);
}

TEST_CASE(
    "A decision is near when one comparison with a gap is all that failed") {
  const auto comparison = [](const char* result, const char* gap) {
    return std::string(
               R"({"kind":"comparison","label":"the score","result":")") +
           result + "\",\"gap\":\"" + gap + "\",\"children\":[]}";
  };
  const auto group = [](const char* kind, const char* result,
                        const std::vector<std::string>& children) {
    return std::string("{\"kind\":\"") + kind +
           "\",\"label\":\"\",\"result\":\"" + result + "\",\"children\":[" +
           join(children, ",") + "]}";
  };
  const auto near = [](const std::string& reasons,
                       const char* decided = "not_met") {
    return near_miss(std::string("{\"outcome\":\"") + decided +
                     "\",\"reasons\":" + reasons + "}");
  };
  const std::string met = comparison("met", "3 above");
  const std::string missed = comparison("not_met", "2 below");
  const std::string silent = comparison("not_met", "");
  const std::string open = comparison("unknown", "");
  const std::string said = "the score: 2 below";

  CHECK(near(group("all", "not_met", {met, missed, met})) == said);
  CHECK(near(missed) == said);
  CHECK(near(group("all", "not_met",
                   {met, group("all", "not_met", {missed})})) == said);
  // Of several ways the nearest counts.
  CHECK(near(group("any", "not_met", {silent, missed})) == said);
  CHECK(near(group("any", "not_met",
                   {group("all", "not_met", {silent, silent}), missed})) ==
        said);

  CHECK(near(group("all", "not_met", {missed, missed})).empty());
  CHECK(near(group("all", "not_met", {missed, silent})).empty());
  CHECK(near(group("all", "not_met", {missed, open})).empty());
  CHECK(near(group("all", "not_met", {met, silent})).empty());
  CHECK(near(group("none", "not_met", {missed})).empty());
  CHECK(near(group("list", "not_met", {missed})).empty());
  CHECK(near(group("judgement", "not_met", {})).empty());
  CHECK(near(group("all", "met", {met})).empty());
  for (const char* other :
       {"met", "needs_evidence", "refer", "not_applicable", "error"}) {
    CHECK(near(missed, other).empty());
  }
  CHECK(near_miss("").empty());
  CHECK(near_miss(R"({"outcome":"not_met","reasons":null})").empty());
}

TEST_CASE("A sample that cannot be drawn is refused and not entered") {
  Drawn store(2);
  const std::uint64_t size = well(store.log->reader().size());
  const auto refused = [&](const SampleRequest& asked) {
    const auto drawn = draw_sample(*store.log, asked);
    REQUIRE(!drawn.has_value());
    return drawn.error().id;
  };
  CHECK(refused(request(0)) == "sample.size");
  SampleRequest asked = request(3);
  for (const std::string& words :
       {std::string(), std::string("  "), std::string("two\nlines"),
        std::string("\xff"), std::string(201, 'x')}) {
    asked.words = words;
    CHECK(refused(asked) == "sample.words");
  }
  asked = request(3);
  asked.root_size = size + 1;
  CHECK(refused(asked) == "sample.root_size");
  asked = request(3, SampleMethod::stratified);
  asked.by = "postcode";
  CHECK(refused(asked) == "sample.by");
  CHECK(well(store.log->reader().size()) == size);
}

TEST_CASE("The work paper is a table with blank columns to fill in") {
  Drawn store(3);
  SampleRequest asked = request(4);
  asked.words = "it's \"=1+1\"";
  const Sample sample = store.draw(asked);
  const CsvTable table = well(
      parse_csv(sample_work_paper(sample, asked, store.log->origin()), ""));
  REQUIRE(table.rows.size() == 5);
  CHECK(table.rows[0].cells.back().find(store.log->origin()) !=
        std::string::npos);
  CHECK(table.rows[0].cells.back().find("--seed 'it'\\''s \"=1+1\"'") !=
        std::string::npos);
  for (std::size_t i = 1; i < 5; ++i) {
    CHECK(table.rows[i].cells[0] == std::to_string(i));
    CHECK(table.rows[i].cells[1] ==
          std::to_string(sample.chosen[i - 1].entry.number));
    for (std::size_t column = 8; column < 15; ++column) {
      CHECK(table.rows[i].cells[column].empty());
    }
  }
  CHECK(table.headings[8] == "evidence_seen");
}
