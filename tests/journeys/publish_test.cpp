// rules publish and rules published, and what a check says of both: two officers, a school, and whoever edits what was published.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;
namespace fs = std::filesystem;

namespace {

const std::string matrix = "884-herefordshire/2025-04-01";

// A county with a copy of the rules and a log.
struct County {
  Scratch scratch;
  std::string rules = scratch.copy("rules");
  std::string store = scratch.path("county.db");
  std::string edition = rules + "/authorities/" + matrix;

  Ran publish(const Words& more, const std::string& actor = "a",
              const std::string& log = "") const {
    Words words = {"rules", "publish", matrix};
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(),
                 {"--rules", rules, "--plugins", source_folder() + "/plugins",
                  "--store", log.empty() ? store : log, "--actor", actor});
    return run(words);
  }
  Ran published(const Words& more = {}) const {
    Words words = {"rules", "published"};
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(),
                 {"--rules", rules, "--plugins", source_folder() + "/plugins"});
    return run(words);
  }
  Ran check(const std::string& format) const {
    return run({"check", fixture("registers/herefordshire-primary"), "--rule",
                "herefordshire-high-needs-matrix", "--as-of", fixture_day,
                "--format", format, "--no-store", "--rules", rules, "--plugins",
                source_folder() + "/plugins"});
  }
  // Both acts; gives the key that the county gives out.
  std::string publish_it() const {
    const Ran proposed =
        publish({"--propose", "--by", "A. Example, matrix officer"}, "a");
    INFO(proposed.err);
    REQUIRE(proposed.status == 0);
    const Ran approved =
        publish({"--approve", "--by", "B. Example, head of SEND"}, "b");
    INFO(approved.err);
    REQUIRE(approved.status == 0);
    const std::string key = lines_of(approved.out).back();
    return key.substr(key.find_first_not_of(' '));
  }
  void know(const std::string& key) const {
    std::ofstream(rules + "/publishers.pub") << key << '\n';
  }
  void edit(const std::string& from, const std::string& to) const {
    const std::string text = content_of(edition + "/edition.json");
    std::ofstream(edition + "/edition.json", std::ios::binary)
        << replaced(text, from, to);
  }
};

}  // namespace

TEST_CASE("two officers publish an edition and a school sees that it holds") {
  const County county;
  const Ran first = county.publish({});
  CHECK(first.status == 0);
  CHECK_THAT(first.out, Catch::Contains("--propose"));
  CHECK_FALSE(fs::exists(county.store));
  const std::string key = county.publish_it();
  CHECK(key.starts_with("884-herefordshire+"));
  CHECK_THAT(county.publish({}).out, Catch::Contains("It is published"));

  // Without the key nobody can tell whose signature it is, and nothing cries.
  CHECK(county.published().status == 0);
  const Ran calm = county.check("table");
  CHECK(calm.status == 0);
  CHECK(calm.err.empty());
  CHECK_THAT(calm.out, Catch::Contains("a key that is not known here"));

  county.know(key);
  const Ran list = county.published();
  CHECK(list.status == 0);
  CHECK_THAT(list.out, Catch::Contains("as published"));
  CHECK_THAT(list.out, Catch::Contains("A. Example, matrix officer"));
  const Ran one = county.published({matrix});
  CHECK(one.status == 0);
  CHECK_THAT(one.out, Catch::Contains("revision 1"));
  const Json json(county.check("json").out);
  const json::Value& edition = json.root().find("editions")->items.front();
  REQUIRE(edition.find("published")->is(json::Type::object));
  CHECK(text(*edition.find("published"), "state") == "published");
  CHECK(text(*edition.find("published"), "approved_by") ==
        "B. Example, head of SEND");
  CHECK(county.check("json").out == county.check("json").out);

  const Ran verified = run(
      {"audit", "log", "--kind", "rules_published", "--store", county.store});
  CHECK(times(verified.out, matrix) == 1);
}

TEST_CASE("a check is calm about rules that nobody has signed") {
  const County county;
  const Ran table = county.check("table");
  CHECK(table.status == 0);
  CHECK(table.err.empty());
  CHECK(times(table.out, "as is usual") == 1);
  CHECK(times(table.out, "Look at this first") == 0);
  CHECK(times(county.check("html").out, "as is usual") == 1);
  const Json json(county.check("json").out);
  CHECK(json.root()
            .find("editions")
            ->items.front()
            .find("published")
            ->is(json::Type::null));
}

TEST_CASE("an edition that was edited after it was published is said loudly") {
  const County county;
  county.know(county.publish_it());
  county.edit("\"value\": 10", "\"value\": 11");
  for (const char* format : {"table", "html", "json", "jsonl", "csv"}) {
    const Ran ran = county.check(format);
    INFO(format);
    CHECK(ran.status == 0);
    CHECK_THAT(ran.err, Catch::Contains("(editions.published_changed)"));
  }
  CHECK(times(county.check("table").out, "Look at this first") == 1);
  CHECK(times(county.check("html").out, "Look at this first") == 1);
  const Json json(county.check("json").out);
  CHECK(text(*json.root().find("editions")->items.front().find("published"),
             "state") == "changed");
  const Ran list = county.published();
  CHECK(list.status == 1);
  CHECK_THAT(list.out, Catch::Contains("NOT AS PUBLISHED"));
  CHECK(county.publish({"--propose", "--by", "A. Example"}).status == 1);
}

TEST_CASE("publishing that is refused says why and leaves nothing") {
  const County county;
  const auto refused = [&](const Ran& ran, int status, const char* id) {
    INFO(ran.err);
    CHECK(ran.status == status);
    CHECK_THAT(ran.err, Catch::Contains("(" + std::string(id) + ")"));
  };
  refused(county.publish({"--propose"}), 2, "publish.no_person");
  refused(county.publish({"--approve", "--by", "B. Example"}, "b"), 2,
          "publish.not_proposed");
  CHECK(county.publish({"--propose", "--approve", "--by", "B"}).status == 2);
  Words other = {
      "rules",      "publish",   "884-herefordshire/2025-04-02", "--rules",
      county.rules, "--plugins", source_folder() + "/plugins"};
  refused(run(other), 2, "publish.unknown_edition");
  REQUIRE(county.publish({"--propose", "--by", "A. Example, officer"}, "a")
              .status == 0);
  refused(county.publish({"--approve", "--by", "a  example, head"}, "b"), 2,
          "publish.same_person");
  refused(county.publish({"--approve", "--by", "B. Example"}, "a"), 2,
          "publish.same_person");
  refused(county.publish({"--approve", "--by", "B. Example"}, "b",
                         county.scratch.path("other.db")),
          1, "publish.proposer_key");
  // A log that cannot be opened.
  const std::string folder = county.scratch.path("nowhere/x.db");
  const Ran no_log =
      county.publish({"--approve", "--by", "B. Example"}, "b", folder);
  CHECK(no_log.status == 5);
  county.edit("\"title\": \"H", "\"title\": \"An H");
  refused(county.publish({"--approve", "--by", "B. Example"}, "b"), 1,
          "publish.changed");
  county.edit("{ \"value\": 10,", "{ \"value\": 12,");
  refused(county.publish({"--propose", "--by", "A. Example"}, "a"), 1,
          "publish.cases");
  county.edit("\"confirmed\"", "\"certain\"");
  refused(county.publish({"--propose", "--by", "A. Example"}, "a"), 4,
          "publish.not_loaded");
  CHECK_FALSE(fs::exists(county.edition + "/revisions"));
}

TEST_CASE("a correction is a second revision and the first stays to be read") {
  const County county;
  county.know(county.publish_it());
  county.edit("\"body\":",
              "\"revision\": 2, \"corrects\": \"nothing much\", \"body\":");
  CHECK_THAT(county.check("table").err,
             Catch::Contains("(editions.published_correction)"));
  county.publish_it();
  CHECK(county.check("table").err.empty());
  const Ran shown = county.published({matrix});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("revision 1"));
  CHECK_THAT(shown.out, Catch::Contains("revision 2"));
  CHECK(times(shown.out, "sha256:") == 5);
}

TEST_CASE("what was broken off is put in place by the same command") {
  const County county;
  county.publish_it();
  fs::remove_all(county.edition + "/revisions");
  const Ran again =
      county.publish({"--approve", "--by", "B. Example, head of SEND"}, "b");
  CHECK(again.status == 0);
  CHECK_THAT(again.out, Catch::Contains("It is put back"));
  CHECK_THAT(county.published({matrix}).out, Catch::Contains("revision 1"));
}

TEST_CASE("keys of publishers that are no keys are said with their line") {
  const County county;
  county.know("# by telephone\nno key");
  const Ran ran = county.published();
  CHECK(ran.status == 4);
  CHECK_THAT(ran.err, Catch::Contains("publishers.pub:2"));
  CHECK_THAT(ran.err, Catch::Contains("(note.key)"));
}
