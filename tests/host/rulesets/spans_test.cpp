// For each body and day there is at most one edition, whatever spans are
// written.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "scratch.hpp"

namespace {

using namespace rules_of_tests;
using Status = RuleInForce::Status;

struct Span {
  Date from;
  std::optional<Date> to;
};

// What the contract says, day by day and without cleverness.
struct Expected {
  Status status = Status::no_edition;
  std::string id;
};

class SpansByHand {
 public:
  explicit SpansByHand(std::vector<Span> spans) : spans_(std::move(spans)) {
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      for (std::size_t j = 0; j < spans_.size(); ++j) {
        if (i == j) continue;
        for (Date day = first; day <= last; day = day + 1) {
          if (covers(i, day) && covers(j, day)) broken_.push_back(i);
        }
      }
    }
  }

  Expected on(Date day) const {
    Expected answer;
    for (std::size_t i = 0; i < spans_.size(); ++i) {
      if (!covers(i, day)) continue;
      if (std::ranges::find(broken_, i) != broken_.end()) {
        return {Status::broken, ""};
      }
      answer = {Status::in_force, "dfe/" + spans_[i].from.to_string()};
    }
    return answer;
  }

  static inline const Date first = day("2025-01-01");
  static inline const Date last = first + 90;

 private:
  bool covers(std::size_t i, Date day) const {
    if (day < spans_[i].from) return false;
    if (spans_[i].to) return day <= *spans_[i].to;
    // It runs on until the next one begins.
    return std::ranges::none_of(spans_, [&](const Span& other) {
      return other.from > spans_[i].from && other.from <= day;
    });
  }

  std::vector<Span> spans_;
  std::vector<std::size_t> broken_;
};

}  // namespace

TEST_CASE(
    "whatever spans a body writes, a day has one edition or a reason why not") {
  std::mt19937 random(20261122);
  const auto below = [&](int n) {
    return static_cast<int>(random() % static_cast<unsigned>(n));
  };
  std::map<Status, int> seen;
  for (int round = 0; round < 60; ++round) {
    std::map<Date, Span> spans;
    const int count = 1 + below(5);
    for (int i = 0; i < count; ++i) {
      const Date from = SpansByHand::first + below(80);
      Span span{from, std::nullopt};
      // Mostly short, so that gaps, neighbours and overlaps all come up.
      if (below(3) > 0) span.to = from + below(18);
      spans.insert_or_assign(from, span);
    }
    std::map<std::string, std::string> files;
    std::vector<Span> list;
    for (const auto& [from, span] : spans) {
      list.push_back(span);
      files["national/dfe/" + from.to_string() + "/edition.json"] =
          edition_json({.from = from.to_string(),
                        .to = span.to ? span.to->to_string() : "",
                        .rules = "{\"plain\": {}}"});
    }
    const RuleSets sets = load(scratch_folder("spans", files));
    const SpansByHand by_hand(list);
    for (Date date = SpansByHand::first - 1; date <= SpansByHand::last;
         date = date + 1) {
      INFO("round " << round << ", " << date.to_string());
      const Expected expected = by_hand.on(date);
      const RuleInForce found = sets.in_force("plain", "", "", date);
      REQUIRE(found.status == expected.status);
      REQUIRE((found.edition() == nullptr ? "" : found.edition()->id) ==
              expected.id);
      ++seen[found.status];
    }
  }
  // The rounds do try everything.
  CHECK(seen[Status::in_force] > 500);
  CHECK(seen[Status::no_edition] > 500);
  CHECK(seen[Status::broken] > 500);
}
