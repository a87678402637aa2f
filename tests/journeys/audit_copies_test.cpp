// What leaves the log and comes back: packs, cosignatures, samples, exports, backups, the list of what is due.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

namespace fs = std::filesystem;

// A school's log with a nursery register checked in it.
struct School {
  Scratch scratch;
  std::string store;

  explicit School(const std::string& name = "school")
      : store(scratch.path(name + ".db")) {
    const Ran checked = run(on_fixture_day(
        {"check", fixture("registers/nursery.jsonl"), "--store", store}));
    INFO(checked.err);
    REQUIRE(checked.status == 0);
  }

  Ran audit(Words words) const {
    words.insert(words.begin(), "audit");
    words.insert(words.end(), {"--store", store});
    return run(words);
  }
  std::string path(std::string_view name) const { return scratch.path(name); }
  std::string key(std::size_t line) const {
    const Ran keys = audit({"keys"});
    const auto lines = lines_of(keys.out);
    REQUIRE(lines.size() > line);
    return lines[line].substr(lines[line].rfind(' ') + 1);
  }
  std::size_t entries(const std::string& kind) const {
    return lines_of(audit({"log", "--kind", kind}).out).size() - 1;
  }
};

Ran verify(const Words& words) {
  Around around;
  around.program = "sendcheck-verify";
  return run(words, around);
}

bool holds(const std::string& text, const std::string& part) {
  INFO(text);
  return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("an audit pack is made and verified by the other program alone") {
  School school;
  const Ran packed = school.audit({"pack", school.path("pack")});
  CHECK(packed.status == 0);
  CHECK(holds(packed.out, "nothing personal"));
  const Ran bare = verify({school.path("pack")});
  CHECK(bare.status == 3);
  CHECK(holds(bare.out, "by the log's own word"));
  const std::string note = school.path("kept.txt");
  CHECK(school.audit({"checkpoint", "--out", note}).status == 0);
  const Ran anchored =
      verify({school.path("pack"), "--key", school.store + ".keys/signing.pub",
              "--checkpoint", note});
  CHECK(anchored.status == 0);
  CHECK(fs::exists(school.path("pack/sendcheck-verify")));
  CHECK(holds(content_of(school.path("pack/README.txt")), "HOW TO CHECK IT"));

  std::ofstream(school.path("pack/replay.txt"), std::ios::app) << "x";
  const Ran broken = verify({school.path("pack")});
  CHECK(broken.status == 10);
  CHECK(holds(broken.out, "replay.txt"));
  CHECK(verify({school.path("none")}).status == 5);
}

TEST_CASE("a pack with contents needs a reason and is entered as such") {
  School school;
  CHECK(school.audit({"pack", school.path("pack"), "--with-contents"}).status ==
        2);
  CHECK(school
            .audit({"pack", school.path("pack"), "--with-contents", "--reason",
                    "curiosity"})
            .status == 2);
  CHECK(!fs::exists(school.path("pack")));
  CHECK(school.entries("exported") == 0);
  const Ran packed = school.audit(
      {"pack", school.path("pack"), "--with-contents", "--reason", "tribunal"});
  CHECK(packed.status == 0);
  CHECK(holds(packed.out, "PERSONAL DATA"));
  CHECK(school.entries("exported") == 1);
  CHECK(verify({school.path("pack")}).status == 3);
}

TEST_CASE("two parties cosign each other's logs and the verdict says so") {
  School school, county("county");
  const std::string request = school.path("request.txt");
  const std::string cosigned = school.path("cosigned.txt");
  CHECK(school.audit({"checkpoint", "--since", "0", "--out", request}).status ==
        0);
  const Ran stranger = county.audit({"cosign", request});
  CHECK(stranger.status == 1);
  CHECK(holds(stranger.err, "witness.unknown_log"));
  CHECK(
      county
          .audit({"cosign", request, "--key", school.key(0), "--out", cosigned})
          .status == 0);
  const Ran kept = school.audit(
      {"cosign", "--received", cosigned, "--witness", county.key(1)});
  CHECK(kept.status == 0);
  CHECK(school.entries("cosigned") == 1);
  CHECK(county.entries("cosigned") == 1);
  // Verified without being told of the witness again.
  const Ran verdict = school.audit({"verify"});
  CHECK(verdict.status == 3);
  CHECK(holds(verdict.out, "vouched for up to entry"));

  const Ran again = county.audit({"cosign", request});
  CHECK(again.status == 1);
  CHECK(holds(again.err, "--since"));
  CHECK(county.audit({"cosign"}).status == 2);
  CHECK(county.audit({"cosign", fixture("registers/nursery.jsonl")}).status ==
        3);
}

TEST_CASE("the first entry where two copies part is told") {
  School school;
  fs::copy_file(school.store, school.path("copy.db"));
  const Ran same = run({"audit", "diff", school.store, school.path("copy.db")});
  CHECK(same.status == 0);
  CHECK(holds(same.out, "The same"));
  school.audit({"verify"});
  const Ran grown =
      run({"audit", "diff", school.store, school.path("copy.db")});
  CHECK(grown.status == 0);
  CHECK(holds(grown.out, "copy.db is the beginning of"));
  School other("other");
  const Ran apart = run({"audit", "diff", school.store, other.store});
  CHECK(apart.status == 1);
  CHECK(holds(apart.out, "They part at entry 0"));
  CHECK(run({"audit", "diff", school.store, school.path("none")}).status == 5);
}

TEST_CASE("a sample is drawn again by the words that it ends with") {
  School school;
  const Ran first = school.audit({"sample", "--size", "4", "--seed", "heron"});
  CHECK(first.status == 0);
  const std::string mark = "--root-size ";
  const std::string size =
      first.out.substr(first.out.find(mark) + mark.size(),
                       first.out.find('\n', first.out.find(mark)) -
                           first.out.find(mark) - mark.size());
  const Ran again = school.audit(
      {"sample", "--size", "4", "--seed", "heron", "--root-size", size});
  CHECK(again.out.substr(again.out.find("\n\n")) ==
        first.out.substr(first.out.find("\n\n")));
  CHECK(school.entries("sampled") == 2);
  const Ran paper = school.audit(
      {"sample", "--size", "4", "--seed", "heron", "--format", "csv"});
  CHECK(paper.out.starts_with("item,entry,at,"));
  CHECK(times(paper.out, "\r\n") == 6);
  CHECK(school.audit({"sample", "--size", "0", "--seed", "x"}).status == 2);
  CHECK(school.audit({"sample", "--size", "4"}).status == 2);
  CHECK(
      school.audit({"sample", "--size", "4", "--seed", "x", "--method", "mine"})
          .status == 2);
}

TEST_CASE("an export is entered and is redacted unless asked otherwise") {
  School school;
  const Ran lines = school.audit({"export"});
  CHECK(lines.status == 0);
  CHECK(lines.out.starts_with("{\"export\":{"));
  CHECK(times(lines.out, "Madeupson") == 0);
  const Ran opened = school.audit(
      {"export", "--format", "csv", "--with-contents", "--reason", "audit"});
  CHECK(opened.status == 0);
  CHECK(times(opened.out, "Madeupson") > 0);
  CHECK(school.audit({"export", "--with-contents"}).status == 2);
  CHECK(school.entries("exported") == 2);
  CHECK(school.audit({"export", "--out", school.path("none/x.csv")}).status ==
        5);
}

TEST_CASE(
    "a log comes back from its backup and a pupil who was erased does not") {
  School school;
  const std::string pupil = "V886999725001";
  const Ran backed_up = school.audit({"backup", school.path("backup"),
                                      "--keys-to", school.path("keys-apart")});
  CHECK(backed_up.status == 0);
  CHECK(school.audit({"restore", school.path("none")}).status == 5);
  CHECK(run({"erase", pupil, "--reason", "asked_by_person", "--yes", "--store",
             school.store})
            .status == 0);
  const Ran refused = school.audit({"restore", school.path("backup")});
  CHECK(refused.status == 5);
  CHECK(holds(refused.err, "restore.older"));
  fs::rename(school.store, school.path("lost.db"));
  fs::remove(school.store + ".keys/pupils.db");
  const Ran restored = school.audit({"restore", school.path("backup"),
                                     "--keys-from", school.path("keys-apart")});
  CHECK(restored.status == 0);
  CHECK(holds(restored.out, "1 pupil of the backup had been erased since"));
  CHECK(school.audit({"log", "--pupil", pupil}).status == 2);
  CHECK(school.audit({"verify"}).status == 3);
  CHECK(school.entries("restored") == 1);
  CHECK(school.entries("erased") == 1);
  CHECK(school.audit({"backup", school.path("backup")}).status == 2);
}

TEST_CASE("what is due for disposal is listed by date and nothing is erased") {
  School school;
  const auto due = [&](const std::string& as_of) {
    return run({"audit", "due", "--as-of", as_of, "--rules",
                source_folder() + "/rules", "--plugins",
                source_folder() + "/plugins", "--store", school.store});
  };
  const Ran none = due("2026-11-22");
  CHECK(none.status == 0);
  CHECK(holds(none.out, "Due for disposal on 22 November 2026: 0 of"));
  // Born on 20 September 2022.
  CHECK(times(due("2054-08-31").out, "V886999725001") == 0);
  const Ran then = due("2054-09-01");
  CHECK(times(then.out, "V886999725001") == 1);
  CHECK(holds(then.out, "NOT CONFIRMED: sen-file"));
  CHECK(school.entries("view") == 3);
  CHECK(school.entries("erased") == 0);
}
