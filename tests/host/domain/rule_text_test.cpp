#include "domain/rule_text.hpp"

#include <catch2/catch.hpp>

using namespace sendcheck;

namespace {

ReasonLine line(Reason::Kind kind, const std::string& label,
                std::vector<ReasonLine::Part> parts = {}) {
  ReasonLine made;
  made.kind = kind;
  made.label = label;
  made.parts = std::move(parts);
  return made;
}

// A rule that asks two things, of which the second looks through two lists, and within the entries of one through another.
RuleText two_lists() {
  using Kind = Reason::Kind;
  RuleText text;
  text.lines = {line(Kind::all, "rule", {{1, false}, {2, false}}),
                line(Kind::comparison, "first"),
                line(Kind::list, "second", {{3, true}, {5, true}}),
                line(Kind::entry, "", {{4, false}}),
                line(Kind::list, "of the first list", {{7, true}}),
                line(Kind::entry, "", {{6, false}}),
                line(Kind::comparison, "of the second list"),
                line(Kind::entry, "")};
  text.lines[1].have = "not stated";
  text.lines[1].need = "yes";
  return text;
}

// Blocks one after another, as they are found.
class Finding {
 public:
  explicit Finding(std::vector<Truth> results) { open(0, std::move(results)); }

  Found::Words say(const std::string& words) {
    found.words += words;
    return {static_cast<std::uint32_t>(found.words.size() - words.size()),
            static_cast<std::uint32_t>(words.size())};
  }
  Finding& note(int line, const std::string& have, const std::string& gap = "",
                const std::string& need = "") {
    found.notes.push_back({line, say(have), say(gap), say(need)});
    found.blocks[open_.back()].notes_end = size(found.notes);
    return *this;
  }
  // An entry, in whatever is open; stays open itself.
  Finding& entry(int line, const std::string& label,
                 std::vector<Truth> results) {
    open(line, std::move(results));
    found.blocks.back().label = say(label);
    found.blocks.back().have = say(label + " has");
    return *this;
  }
  Finding& close() {
    open_.pop_back();
    return *this;
  }

  Found found;

 private:
  template <class Rows>
  static std::uint32_t size(const Rows& rows) {
    return static_cast<std::uint32_t>(rows.size());
  }
  void open(int line, std::vector<Truth> results) {
    Found::Block block;
    block.line = line;
    block.results = size(found.results);
    block.notes = block.notes_end = size(found.notes);
    found.results.insert(found.results.end(), results.begin(), results.end());
    open_.push_back(found.blocks.size());
    found.blocks.push_back(block);
    for (std::size_t one : open_) found.blocks[one].end = size(found.blocks);
  }

  std::vector<std::size_t> open_;
};

constexpr Truth met = Truth::met, not_met = Truth::not_met,
                unknown = Truth::unknown;

}  // namespace

TEST_CASE("what is not noted is as in the text, what is noted is not") {
  FoundDecision found;
  found.text = std::make_shared<RuleText>(two_lists());
  found.found = Finding({unknown, not_met, met}).found;
  const Reason plain = *expand(found).reasons;
  CHECK(plain.result == unknown);
  REQUIRE(plain.children.size() == 2);
  CHECK(plain.children[0].result == not_met);
  CHECK(plain.children[0].have == "not stated");
  CHECK(plain.children[0].need == "yes");
  CHECK(plain.children[0].gap.empty());
  CHECK(plain.children[1].result == met);
  CHECK(plain.children[1].children.empty());

  found.found = Finding({unknown, not_met, met})
                    .note(1, "no", "1 below", "yes (today)")
                    .found;
  const Reason noted = *expand(found).reasons;
  CHECK(noted.children[0].have == "no");
  CHECK(noted.children[0].need == "yes (today)");
  CHECK(noted.children[0].gap == "1 below");
}

TEST_CASE("entries stand where their list does, in their order") {
  FoundDecision found;
  found.text = std::make_shared<RuleText>(two_lists());
  found.found = Finding({unknown, not_met, met})
                    .entry(3, "a", {met, unknown})
                    .close()
                    .entry(3, "b", {not_met, not_met})
                    .entry(7, "d", {met})
                    .close()
                    .close()
                    .entry(5, "c", {unknown, met})
                    .note(6, "found")
                    .found;
  const std::vector<Reason> entries =
      expand(found).reasons->children[1].children;
  REQUIRE(entries.size() == 3);
  CHECK(entries[0].label == "a");
  CHECK(entries[0].have == "a has");
  CHECK(entries[0].kind == Reason::Kind::entry);
  CHECK(entries[0].children[0].result == unknown);
  CHECK(entries[0].children[0].children.empty());
  REQUIRE(entries[1].children[0].children.size() == 1);
  CHECK(entries[1].children[0].children[0].label == "d");
  CHECK(entries[2].children[0].label == "of the second list");
  CHECK(entries[2].children[0].have == "found");
}

TEST_CASE("a decision without a text is whole as it stands") {
  FoundDecision found;
  found.decision.edition = "dfe/1";
  const Decision whole = expand(found);
  CHECK_FALSE(whole.reasons);
  CHECK(whole.edition == "dfe/1");
}
