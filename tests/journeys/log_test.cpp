// The log of decisions, as a SENCO, an officer and an auditor meet it.
#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>
#include <set>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string kent = fixture("registers/kent-secondary.json");
const std::string pupil_of_kent = "K886999919002";

// A store of its own, in a folder of its own.
struct Desk {
  Scratch scratch;
  std::string store = scratch.path("s.db");

  Words with_store(Words words) const {
    words.insert(words.end(), {"--store", store});
    return words;
  }
  Ran check(const std::string& register_path, const std::string& format,
            const Words& more = {}) const {
    return run(with_store(check_words(register_path, format, more)));
  }
  Ran audit(const Words& words, const Around& around = {}) const {
    Words all = {"audit"};
    all.insert(all.end(), words.begin(), words.end());
    return run(with_store(all), around);
  }
  Ran verifier(const Words& words) const {
    Words all = {store};
    all.insert(all.end(), words.begin(), words.end());
    return run(all, {.program = "sendcheck-verify"});
  }
};

// A JSON Lines register of as many pupils, all alike but for their UPN.
std::string register_of(const Scratch& scratch, int pupils) {
  std::string lines;
  for (int i = 0; i < pupils; ++i) {
    const std::string number = std::to_string(100000 + i);
    lines += R"({"upn":"A886999)" + number +
             R"(","name":{"given":"Made","family":"Up"},"nc_year":"8",)"
             R"("home_la":"886","school":{"la":"886","phase":"secondary",)"
             R"("type":"mainstream"},"attendance":{"possible":100,)"
             R"("missed":4}})"
             "\n";
  }
  return scratch.write("many.jsonl", lines);
}

std::string found(const std::string& text, const std::string& pattern) {
  std::smatch match;
  if (!std::regex_search(text, match, std::regex(pattern))) return {};
  return match[1].str();
}

// Turns one byte of a file over, at the last place where `near` stands.
void spoil(const std::string& file, const std::string& near) {
  std::string content = content_of(file);
  const std::size_t at = content.rfind(near);
  REQUIRE(at != std::string::npos);
  content[at + near.size() - 1] ^= 1;
  std::ofstream(file, std::ios::binary) << content;
}

}  // namespace

TEST_CASE("a check is logged and the page says where") {
  const Desk desk;
  const Ran ran = desk.check(kent, "table");
  CHECK(ran.status == 0);
  CHECK_THAT(ran.err, Catch::Contains("A log of decisions was begun"));
  CHECK_THAT(ran.err, Catch::Contains("fingerprint"));
  const std::string printed =
      found(ran.out, "checkpoint ([0-9]+:[0-9a-f]{16})");
  REQUIRE(!printed.empty());

  // What is printed is enough to vouch for the log that far.
  const Ran verified = desk.audit({"verify", "--printed", printed});
  CHECK(verified.status == 0);
  CHECK_THAT(verified.out, Catch::Contains("Verified: all"));
  // The verification is an entry too, and nothing outside knows of it yet.
  const Ran after = desk.audit({"verify", "--printed", printed});
  CHECK(after.status == 3);
  CHECK_THAT(after.out, Catch::Contains("not anchored after"));

  const std::string forged = printed.substr(0, printed.size() - 1) +
                             (printed.back() == '0' ? "1" : "0");
  CHECK(desk.audit({"verify", "--printed", forged}).status == 11);
  CHECK(desk.audit({"verify", "--printed", "12"}).status == 5);
  // Said on one day, begun on none other.
  CHECK(desk.check(kent, "table").err.find("was begun") == std::string::npos);
}

TEST_CASE("JSON names the run and its entries") {
  const Desk desk;
  const Ran ran = desk.check(kent, "json");
  const Json whole(ran.out);
  const json::Value* logged = whole.root().find("run");
  REQUIRE((logged != nullptr && logged->is(json::Type::object)));
  CHECK_THAT(text(*logged, "id"), Catch::StartsWith("sendcheck-log/"));
  CHECK_THAT(text(*logged, "checkpoint"), Catch::Contains("\n\n"));
  // Each record, each decision, the beginning, the export and the end.
  std::size_t entries = 3;
  for (const json::Value& one : whole.root().find("pupils")->items) {
    entries += 1 + one.find("decisions")->items.size();
  }
  const auto number = [&](const char* name) {
    return std::stoul(std::string(logged->find(name)->text));
  };
  CHECK(number("first_entry") == 1);
  CHECK(number("last_entry") - number("first_entry") + 1 == entries);
  CHECK(Json(desk.check(kent, "json", {"--pupil", pupil_of_kent}).out)
            .root()
            .find("run")
            ->find("first_entry")
            ->text == std::to_string(entries + 1));
  CHECK(Json(run(check_words(kent, "json")).out)
            .root()
            .find("run")
            ->is(json::Type::null));
}

TEST_CASE("a log that cannot be written is a check that failed") {
  const Desk desk;
  for (const char* format : {"table", "json", "jsonl", "csv", "html"}) {
    Words words = check_words(kent, format, {"--store", "/proc/none/s.db"});
    const Ran ran = run(words);
    INFO(format);
    CHECK(ran.status == 5);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Contains("(store."));
  }
  const Ran no_store = run(check_words(
      kent, "csv", {"--store", desk.scratch.write("s.txt", "no store")}));
  CHECK(no_store.status == 5);
  CHECK(no_store.out.empty());
  CHECK_THAT(no_store.err, Catch::Contains("store.not_a_store"));
  CHECK(content_of(desk.scratch.path("s.txt")) == "no store");
}

TEST_CASE("what was printed before a check was killed is in the log") {
  const Desk desk;
  const std::string many = register_of(desk.scratch, 1500);
  int killed = 0;
  std::set<std::string> printed;
  for (const std::size_t bytes : {1u, 200'000u, 500'000u, 900'000u}) {
    Words words = desk.with_store(
        check_words(many, "csv", {"--rule", "persistent-absence"}));
    const Ran ran = run(words, {.kill_after = bytes / 10});
    killed += ran.status == 256 + 9;
    for (const std::string& line : lines_of(ran.out)) {
      if (line.starts_with("A886") && line.find(',') == 13) {
        printed.insert(line.substr(0, 13));
      }
    }
  }
  REQUIRE(killed >= 3);
  REQUIRE(printed.size() > 50);
  const Ran verified = desk.audit({"verify"});
  CHECK(verified.status == 3);
  CHECK_THAT(verified.out, Catch::Contains("broken off"));
  CHECK_THAT(desk.audit({"log", "--kind", "check_started"}).out,
             Catch::Contains("not finished"));
  std::size_t looked_at = 0;
  for (const std::string& upn : printed) {
    // Each of a few hundred would take minutes: every tenth, and the last.
    if (looked_at++ % 10 != 0 && upn != *printed.rbegin()) continue;
    const Ran listed =
        desk.audit({"log", "--pupil", upn, "--kind", "decision"});
    INFO(upn);
    CHECK(listed.status == 0);
    CHECK_THAT(listed.out, Catch::Contains("persistent-absence"));
  }
  CHECK(desk.audit({"replay"}).status == 0);
}

TEST_CASE("decisions replay to the byte after the rules have changed on disk") {
  const Desk desk;
  const std::string rules = desk.scratch.copy("rules");
  const std::string plugins = desk.scratch.copy("plugins");
  const Ran ran =
      run(desk.with_store({"check", kent, "--as-of", fixture_day, "--rules",
                           rules, "--plugins", plugins, "--format", "csv"}));
  REQUIRE(ran.status == 0);
  std::filesystem::remove_all(rules);
  std::filesystem::remove_all(plugins);
  for (const Around& around :
       {Around{}, Around{.folder = "/",
                  .environment = {{"TZ", "Pacific/Kiritimati"},
                                  {"LC_ALL", "de_DE.UTF-8"},
                                  {"LANG", "tr_TR.UTF-8"}}}}) {
    const Ran replayed = desk.audit({"replay"}, around);
    CHECK(replayed.status == 0);
    CHECK_THAT(replayed.out, Catch::Contains(" 0 not, 0 erased"));
  }
}

TEST_CASE("a person's decision stands beside the recommendation") {
  const Desk desk;
  desk.check(kent, "csv");
  const auto decide = [&](const Words& more) {
    Words words = {"decide", pupil_of_kent, "element-3-top-up"};
    words.insert(words.end(), more.begin(), more.end());
    return run(desk.with_store(words));
  };
  const Words by = {"--by", "A. Example, panel chair"};
  const auto and_by = [&](Words words) {
    words.insert(words.end(), by.begin(), by.end());
    return words;
  };
  const Ran departed = decide(
      and_by({"--depart", "--reason", "The map leaves out the mentor's hours.",
              "--relied-on", "provision map", "--not-relied-on",
              "letter of 3 May: unsigned"}));
  CHECK(departed.status == 0);
  CHECK_THAT(departed.out, Catch::Contains("departs from it"));
  const std::string entry = found(departed.out, "entry ([0-9]+), beside");
  const Ran closed = desk.audit({"show", entry});
  CHECK(closed.out.find("mentor") == std::string::npos);
  const Ran opened =
      desk.audit({"show", entry, "--reveal", "--reason", "audit"});
  CHECK_THAT(opened.out, Catch::Contains("The map leaves out"));
  CHECK_THAT(opened.out, Catch::Contains("unsigned"));
  // That it was opened is an entry.
  CHECK_THAT(desk.audit({"log", "--kind", "view"}).out,
             Catch::Contains("audit"));

  const auto refused = [&](const Words& words, const std::string& part) {
    const Ran ran = decide(words);
    INFO(part);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Contains(part));
  };
  refused(and_by({"--accept", "--reason", " "}), "decide.no_reasons");
  refused(and_by({"--reason", "x"}), "--accept or --depart");
  refused(and_by({"--accept", "--depart", "--reason", "x"}), "excludes");
  refused({"--accept", "--reason", "x"}, "--by");
  refused({"--accept", "--reason", "x", "--by", " "}, "decide.no_person");
  refused(and_by({"--accept", "--reason", "x", "--not-relied-on", "letter"}),
          "decide.no_because");
  const Ran nobody =
      run(desk.with_store({"decide", "X000000000000", "element-3-top-up",
                           "--accept", "--reason", "x", "--by", "y"}));
  CHECK(nobody.status == 2);
  CHECK_THAT(nobody.err, Catch::Contains("log.no_such_pupil"));
}

TEST_CASE("a pupil is erased and everything else still holds") {
  const Desk desk;
  desk.check(kent, "csv");
  const Ran before = desk.audit({"prove", "5"});
  const Ran refused = run(desk.with_store(
      {"erase", pupil_of_kent, "--reason", "Robin's mother asked", "--yes"}));
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Catch::Contains("erase.reason"));
  const Words erase =
      desk.with_store({"erase", pupil_of_kent, "--reason", "asked_by_person"});
  // Without the word, nothing happens.
  CHECK(run(erase, {.in = "yes\n"}).status == 2);
  CHECK_THAT(desk.audit({"replay"}).out, Catch::Contains("0 erased"));
  const Ran erased = run(erase, {.in = "ERASE\n"});
  CHECK(erased.status == 0);
  CHECK_THAT(erased.out, Catch::Contains("Certificate of disposal"));
  CHECK(erased.out.find(pupil_of_kent) == std::string::npos);

  const Ran verified = desk.audit({"verify"});
  CHECK(verified.status == 3);
  CHECK_THAT(verified.out, Catch::Contains("erased with 1 pupil"));
  const Ran replayed = desk.audit({"replay"});
  CHECK(replayed.status == 0);
  CHECK(replayed.out.find(" 0 erased") == std::string::npos);
  CHECK(desk.audit({"log", "--pupil", pupil_of_kent}).status == 2);
  CHECK(run(erase, {.in = "ERASE\n"}).status == 2);
  // The proof of before leads to the checkpoint of before, which still holds.
  const std::size_t at = before.out.find("sendcheck-log/");
  const std::string note = desk.scratch.write("note", before.out.substr(at));
  CHECK(desk.audit({"verify", "--checkpoint", note}).status == 3);

  const Ran kept = run(desk.with_store(
      {"erase", "W886999919001", "--refuse", "--reason", "legal_claim"}));
  CHECK(kept.status == 0);
  CHECK_THAT(desk.audit({"log", "--kind", "erasure_refused"}).out,
             Catch::Contains("legal_claim"));
}

TEST_CASE("the verifier alone comes to the same verdicts") {
  const Desk desk;
  desk.check(kent, "csv");
  const std::string checkpoint = desk.scratch.path("checkpoint");
  REQUIRE(desk.audit({"checkpoint", "--out", checkpoint}).status == 0);
  const std::string keys = desk.store + ".keys/signing.pub";
  CHECK(desk.verifier({"--key", keys, "--checkpoint", checkpoint}).status == 0);
  CHECK(desk.verifier({"--key", keys}).status == 3);
  CHECK(desk.verifier({}).status == 3);
  CHECK_THAT(desk.verifier({}).out, Catch::Contains("by the log's own word"));

  const Desk other;
  other.check(kent, "csv", {"--pupil", pupil_of_kent});
  CHECK(desk.verifier({"--key", other.store + ".keys/signing.pub"}).status ==
        12);
  CHECK(other.verifier({"--checkpoint", checkpoint}).status == 12);
  CHECK(desk.verifier({"--key", "nonsense"}).status == 5);
  CHECK(desk.verifier({"--what"}).status == 2);
  CHECK(run({}, {.program = "sendcheck-verify"}).status == 2);
  CHECK(run({"nowhere.db"}, {.program = "sendcheck-verify"}).status == 5);

  spoil(desk.store, "\"kind\":\"decision\"");
  const Ran broken = desk.verifier({"--key", keys});
  CHECK(broken.status == 10);
  CHECK_THAT(broken.out, Catch::Contains("BROKEN"));
  CHECK_THAT(broken.out, Catch::Contains("the first that is wrong: entry "));
  CHECK(desk.audit({"verify"}).status == 10);
}

TEST_CASE("keys can be rotated and old checkpoints still count") {
  const Desk desk;
  desk.check(kent, "csv", {"--pupil", pupil_of_kent});
  const std::string checkpoint = desk.scratch.path("checkpoint");
  desk.audit({"checkpoint", "--out", checkpoint});
  const Ran rotated = desk.audit({"keys", "--rotate"});
  CHECK(rotated.status == 0);
  CHECK(lines_of(rotated.out).size() == 3);
  desk.check(kent, "csv", {"--pupil", pupil_of_kent});
  const Ran verified = desk.audit({"verify", "--checkpoint", checkpoint});
  CHECK(verified.status == 3);
  CHECK_THAT(verified.out, Catch::Contains("vouched for up to entry"));
}

TEST_CASE("an explanation is a check and a view of the pupil") {
  const Desk desk;
  const Ran ran = run(
      desk.with_store(on_fixture_day({"explain", kent, "--pupil", pupil_of_kent,
                                      "--rule", "element-3-top-up"})));
  CHECK(ran.status == 0);
  CHECK_THAT(ran.out, Catch::Contains("Logged: entries 1 to"));
  const Ran listed = desk.audit({"log"});
  CHECK_THAT(listed.out, Catch::Contains("explain begun"));
  CHECK_THAT(listed.out, Catch::Contains("looked at: text"));
  CHECK_THAT(
      desk.audit({"log", "--outcome", "met"}).out,
      Catch::Contains("element-3-top-up") || Catch::Contains("No entry"));
}
