#include "casework/publication.hpp"

#include <catch2/catch.hpp>

using namespace sendcheck;

namespace {

Publication sample() {
  Publication note;
  note.version = {"884-herefordshire",
                  "884-herefordshire/2026-04-01",
                  2,
                  "sha256:00",
                  {{"a-rule", "sha256:01"}, {"b-rule", "sha256:02"}}};
  note.cases = 101;
  note.proposed_by = "A. Example, officer";
  note.proposed_at = {1'763'900'000};
  note.approved_by = "B. Example, head";
  note.approved_at = {1'763'903'600};
  note.proposal = "sha256:03";
  note.log = "sendcheck-log/0123456789abcdef";
  note.entry = 17;
  return note;
}

}  // namespace

TEST_CASE("what was published is read as it was written") {
  const Publication note = sample();
  const auto read = Publication::parse(note.text());
  REQUIRE(read.has_value());
  CHECK(read->version == note.version);
  CHECK(read->cases == 101);
  CHECK(read->approved_by == "B. Example, head");
  CHECK(read->approved_at == note.approved_at);
  CHECK(read->two_people);
  CHECK(read->entry == 17);
  const Proposal proposal{note.version, "A. Example", {5}, "a", "log"};
  const auto proposed = Proposal::parse(proposal.text());
  REQUIRE(proposed.has_value());
  CHECK(proposed->version == note.version);
  CHECK(proposed->actor == "a");
}

TEST_CASE("a text with any line taken out or put twice is not in form") {
  const std::string text = sample().text();
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = text.find('\n', from) + 1;
    const std::string line = text.substr(from, to - from);
    INFO(line);
    const auto without =
        Publication::parse(text.substr(0, from) + text.substr(to));
    if (line.starts_with("plugin: ")) {
      // One plugin fewer is another version, in form.
      REQUIRE(without.has_value());
      CHECK(without->version != sample().version);
    } else {
      REQUIRE_FALSE(without.has_value());
      CHECK(without.error().id == "publish.note");
      CHECK_FALSE(
          Publication::parse(text.substr(0, to) + line + text.substr(to)));
    }
    from = to;
  }
}

TEST_CASE("a note of another kind or spelling is not in form") {
  const std::string text = sample().text();
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string other = text;
    other.replace(other.find(from), from.size(), to);
    return Publication::parse(other).has_value();
  };
  CHECK(with("revision: 2", "revision: 3"));
  CHECK_FALSE(with("revision: 2", "revision: 02"));
  CHECK_FALSE(with("revision: 2", "revision: 0"));
  CHECK_FALSE(with("revision: 2", "revision: 4294967297"));
  CHECK_FALSE(with("people: 2", "people: 3"));
  CHECK_FALSE(with("cases: 101", "cases: -1"));
  CHECK_FALSE(with("published-edition/1", "published-edition/2"));
  CHECK_FALSE(with("T", " "));
  CHECK_FALSE(Publication::parse(text + "more: 1\n"));
  CHECK_FALSE(Publication::parse(""));
  CHECK_FALSE(Publication::parse(
      Proposal{sample().version, "A", {5}, "a", "log"}.text()));
  CHECK_FALSE(Proposal::parse(text));
}

TEST_CASE("a person is one by the name before the role") {
  CHECK(same_person("A. Example, officer", "A. Example, head"));
  CHECK(same_person("A. Example", "a  example"));
  CHECK(same_person("A. EXAMPLE", "A.Example,head"));
  CHECK(same_person("Anne-Marie Example", "Anne Marie Example"));
  CHECK_FALSE(same_person("A. Example", "B. Example"));
  CHECK_FALSE(same_person("Zo\xC3\xAB Example", "Zo\xC3\xA9 Example"));
}

TEST_CASE("who does it is a person on one line") {
  CHECK(check_person("A. Example, matrix officer").has_value());
  CHECK(check_person("Zo\xC3\xAB").has_value());
  for (const std::string name :
       {"", " ", ".", ", officer", " A. Example", "A. Example ",
        "A. Example\nlog: x", "A. Example\r", "A\x01",
        "A\xE2\x80\xAE"
        "B",
        "A\xFF"}) {
    INFO(name);
    const auto named = check_person(name);
    REQUIRE_FALSE(named.has_value());
    CHECK(named.error().id == "publish.no_person");
  }
  CHECK_FALSE(check_person(std::string(500, 'a')).has_value());
}
