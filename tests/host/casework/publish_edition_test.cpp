// Two people publish an edition; whoever would cheat is refused, and whatever breaks off is seen.
#include "casework/publish_edition.hpp"

#include <catch2/catch.hpp>

#include "casework/kept_rules.hpp"
#include "publishing_office.hpp"
#include "support/failing_vfs.hpp"

using namespace sendcheck;
using namespace sendcheck::test;
namespace fs = std::filesystem;
using State = PublishedEdition::State;

TEST_CASE("one proposes and another approves and it is signed and entered") {
  PublishingOffice office;
  CHECK(office.published().state == State::unpublished);
  const PublishStep proposed = well(office.propose());
  CHECK(fs::exists(office.file("proposal.note")));
  CHECK(office.published().state == State::unpublished);
  office.clock.at.seconds += 60;
  office.work_as("b.example");
  const PublishStep approved = well(office.approve());
  CHECK(approved.entry == proposed.entry + 1);
  CHECK_FALSE(fs::exists(office.file("proposal.note")));
  CHECK_FALSE(fs::exists(office.file("revisions/1.part")));
  CHECK(content_of(office.file("revisions/1/edition.json")) ==
        content_of(office.file("edition.json")));
  CHECK(content_of(office.file("revisions/1/tables/matrix.csv")) ==
        content_of(office.file("tables/matrix.csv")));

  const Entry entry = well(office.log->reader().entry(approved.entry));
  CHECK(entry.kind == EntryKind::rules_published);
  CHECK(entry.actor == "b.example");
  CHECK(about_text(entry, "hash") == office.edition().hash);
  CHECK(well(office.log->reader().kept(about_text(entry, "note"))) ==
        content_of(office.file("revisions/1/published.note")));

  CHECK(office.published().state == State::key_not_known);
  CHECK_FALSE(office.published().is_wrong());
  office.know("# by telephone\n" + approved.key.text() + "\n");
  CHECK(office.published().state == State::published);
  CHECK(office.published().key == fingerprint(approved.key));
  const Publication& note = *office.published().note;
  CHECK(note.proposed_by == "A. Example, officer");
  CHECK(note.approved_by == "B. Example, head");
  CHECK(note.two_people);
  CHECK(note.cases > 90);
  CHECK(note.version.plugins.size() == 1);
  CHECK(note.entry == static_cast<std::int64_t>(approved.entry));
  CHECK(note.log == office.log->origin());
}

TEST_CASE("the log that a check leaves has the note and not the old bytes") {
  PublishingOffice office;
  office.publish();
  const KeptRules kept = well(read_kept_rules(office.scratch.path("rules"),
                                              office.scratch.path("plugins")));
  int notes = 0, editions = 0;
  for (const KeptFile& file : kept.files) {
    notes += file.path.ends_with("/revisions/1/published.note");
    editions += file.path.ends_with("edition.json");
  }
  CHECK(notes == 1);
  CHECK(editions == 1);
}

TEST_CASE("what is not proposed is not approved") {
  PublishingOffice office;
  const auto before = office.entries();
  CHECK(id_of(office.approve()) == "publish.not_proposed");
  CHECK(office.entries() == before);
  CHECK_FALSE(fs::exists(office.file("revisions")));
}

TEST_CASE("one person does not do for two whatever they call themselves") {
  PublishingOffice office;
  well(office.propose("A. Example, officer"));
  office.work_as("b.example");
  const auto before = office.entries();
  for (const char* name :
       {"A. Example, officer", "a. example", "A  EXAMPLE, head of SEND"}) {
    CHECK(id_of(office.approve(name)) == "publish.same_person");
  }
  // Another name from the same account is the same person to the log.
  office.work_as("a.example");
  CHECK(id_of(office.approve("B. Example")) == "publish.same_person");
  CHECK(id_of(office.approve("")) == "publish.no_person");
  CHECK(office.entries() == before);
  CHECK_FALSE(fs::exists(office.file("revisions/1")));
}

TEST_CASE("one person is enough where the edition says so and its note too") {
  PublishingOffice office;
  office.say(
      "\"approval\": {\"two_people\": false, \"because\": \"one officer\"}");
  well(office.propose());
  well(office.approve("A. Example, officer"));
  CHECK_FALSE(office.published().note->two_people);
}

TEST_CASE("nothing else than what was proposed is approved") {
  PublishingOffice office;
  well(office.propose());
  office.work_as("b.example");
  SECTION("the edition was changed") {
    office.change("edition.json", "\"title\": \"H", "\"title\": \"An H");
  }
  SECTION("a table was changed") {
    std::ofstream(office.file("tables/matrix.csv"), std::ios::app) << "\n";
    office.load();
  }
  SECTION("one person was made enough") {
    office.say(
        "\"approval\": {\"two_people\": false, \"because\": \"in haste\"}");
  }
  SECTION("the plugin was changed") {
    const std::string rule =
        office.scratch.path("plugins/herefordshire-high-needs-matrix/rule.lua");
    std::ofstream(rule, std::ios::app) << "\n-- changed\n";
    office.load();
  }
  SECTION("the proposal is for another edition") {
    fs::copy(
        office.folder(),
        office.scratch.path("rules/authorities/884-herefordshire/2031-04-01"),
        fs::copy_options::recursive);
    std::string text = content_of(office.file("edition.json"));
    const std::string other = office.scratch.write(
        "rules/authorities/884-herefordshire/2031-04-01/edition.json",
        text.replace(text.find("2025-04-01"), 10, "2031-04-01"));
    office.load();
    auto looked = well(
        look_at_edition(*office.workspace, "884-herefordshire/2031-04-01"));
    CHECK(id_of(approve_edition(*office.log, *office.workspace, looked,
                                "B. Example", office.clock.now())) ==
          "publish.changed");
    return;
  }
  CHECK(id_of(office.approve()) == "publish.changed");
  CHECK_FALSE(fs::exists(office.file("revisions")));
}

TEST_CASE("a proposal that somebody wrote or edited is not one") {
  PublishingOffice office;
  well(office.propose());
  office.work_as("b.example");
  const std::string note = content_of(office.file("proposal.note"));
  const std::string text = note.substr(0, note.find("\n\n") + 1);
  SECTION("another name in it") {
    std::string edited = note;
    edited.replace(edited.find("A. Example"), 10, "C. Example");
    std::ofstream(office.file("proposal.note")) << edited;
    CHECK(id_of(office.approve()) == "note.bad_signature");
  }
  SECTION("signed by somebody") {
    SteadyRandom random("somebody");
    std::ofstream(office.file("proposal.note"))
        << signed_note(text, "884-herefordshire", SigningKey::made(random));
    CHECK(id_of(office.approve()) == "publish.proposer_key");
  }
  SECTION("signed with the log's key and never entered") {
    std::string forged = text;
    forged.replace(forged.find("A. Example"), 10, "C. Example");
    std::ofstream(office.file("proposal.note")) << signed_note(
        forged, "884-herefordshire", office.log->keys().signing_key());
    CHECK(id_of(office.approve()) == "publish.not_proposed");
  }
  SECTION("signed with the log's key for something else") {
    std::ofstream(office.file("proposal.note"))
        << signed_note("sendcheck-proposed-edition/1\n", "884-herefordshire",
                       office.log->keys().signing_key());
    CHECK(id_of(office.approve()) == "publish.note");
  }
  SECTION("cut off") {
    std::ofstream(office.file("proposal.note")) << text;
    CHECK(id_of(office.approve()) == "note.malformed");
  }
  CHECK_FALSE(fs::exists(office.file("revisions")));
}

TEST_CASE("a second computer with a log of its own approves by a known key") {
  PublishingOffice first("the first computer");
  const PublishStep proposed = well(first.propose());
  PublishingOffice second("the second computer");
  fs::copy(first.file("proposal.note"), second.file("proposal.note"));
  CHECK(id_of(second.approve()) == "publish.proposer_key");
  second.know(proposed.key.text());
  // Each computer may call whoever works at it the same.
  const PublishStep approved = well(second.approve());
  CHECK(approved.key != proposed.key);
  second.know(approved.key.text());
  CHECK(second.published().state == State::published);
}

TEST_CASE("the clock does not stand before the proposal or the last entry") {
  PublishingOffice office;
  well(office.propose());
  office.clock.at.seconds -= 1;
  office.work_as("b.example");
  CHECK(id_of(office.approve()) == "publish.clock");
  office.clock.at.seconds += 11;
  well(office.log->append({}));
  office.clock.at.seconds -= 5;
  CHECK(id_of(office.approve()) == "publish.clock");
  office.clock.at.seconds += 5;
  CHECK(id_of(office.approve()) == "well");
}

TEST_CASE(
    "an edition whose cases do not come out is neither proposed nor approved") {
  PublishingOffice office;
  SECTION("a figure") {
    office.change("edition.json", "{ \"value\": 10,", "{ \"value\": 12,");
    CHECK(id_of(office.propose()) == "publish.cases");
    CHECK_FALSE(office.looked().not_as_expected.empty());
  }
  SECTION("no case at all") {
    office.scratch.write("plugins/herefordshire-high-needs-matrix/cases.json",
                         "{\"format\": \"sendcheck-cases/1\", \"cases\": []}");
    CHECK(id_of(office.propose()) == "publish.no_cases");
  }
  SECTION("cases that cannot be read") {
    office.scratch.write("plugins/herefordshire-high-needs-matrix/cases.json",
                         "{");
    CHECK(id_of(office.propose()) == "publish.not_loaded");
  }
  SECTION("it does not load") {
    office.change("edition.json", "\"confirmed\"", "\"certain\"");
    const LookedAt looked = office.looked();
    CHECK(looked.edition == nullptr);
    CHECK_FALSE(looked.findings.empty());
    CHECK(id_of(propose_edition(*office.log, *office.workspace, looked,
                                "A. Example", office.clock.now())) ==
          "publish.not_loaded");
  }
  CHECK_FALSE(fs::exists(office.file("proposal.note")));
  CHECK(office.entries() == 1);
}

TEST_CASE("an edition that there is not is named with the nearest") {
  PublishingOffice office;
  const auto looked =
      look_at_edition(*office.workspace, "884-herefordshir/2025-04-01");
  REQUIRE_FALSE(looked.has_value());
  CHECK(looked.error().id == "publish.unknown_edition");
  CHECK_THAT(looked.error().message, Catch::Contains(matrix));
}

TEST_CASE("a published edition is not edited and a correction is a revision") {
  PublishingOffice office;
  const PublishStep first = office.publish();
  office.know(first.key.text());
  const std::string published = content_of(office.file("edition.json"));
  const std::string hash = office.edition().hash;
  CHECK(id_of(office.propose()) == "publish.already");

  office.change("edition.json", "\"title\": \"H", "\"title\": \"An H");
  CHECK(office.published().state == State::changed);
  CHECK(office.published().fault->id == "editions.published_changed");
  CHECK(id_of(office.propose()) == "editions.published_changed");

  office.say("\"revision\": 3, \"corrects\": \"the title\"");
  CHECK(office.published().state == State::correction);
  CHECK(office.published().fault->id == "editions.published_correction");
  CHECK(id_of(office.propose()) == "publish.revision");
  office.change("edition.json", "\"revision\": 3", "\"revision\": 2");
  CHECK(office.published().state == State::correction);
  office.publish();
  CHECK(office.published().state == State::published);

  // Both revisions are there, each with its bytes.
  const auto history = office.workspace->published().history(office.edition());
  REQUIRE(history.size() == 2);
  CHECK(history[0].note->version.hash == hash);
  CHECK(history[1].note->version.hash == office.edition().hash);
  CHECK_FALSE(history[0].fault);
  CHECK_FALSE(history[1].fault);
  CHECK(content_of(office.file("revisions/1/edition.json")) == published);

  // The earlier text, put back, is not what is in force.
  std::ofstream(office.file("edition.json"), std::ios::binary) << published;
  office.load();
  CHECK(office.published().state == State::superseded);
  CHECK(office.published().fault->id == "editions.published_superseded");
  CHECK(id_of(office.propose()) == "editions.published_superseded");
}

TEST_CASE("whoever gets the folder sees what was done to it") {
  PublishingOffice office;
  const PublishStep step = office.publish();
  office.know(step.key.text());
  const std::string file = office.file("revisions/1/published.note");
  const std::string note = content_of(file);
  const std::string text = note.substr(0, note.find("\n\n") + 1);
  const auto put = [&](const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
    office.load();
    return office.published();
  };
  SECTION("any byte of what is signed") {
    for (std::size_t i = 0; i < text.size(); i += 7) {
      const PublishedEdition found = put(flipped(note, i, 0));
      INFO(i);
      CHECK(found.is_wrong());
      CHECK((found.state == State::bad_signature ||
             found.state == State::unreadable));
    }
  }
  SECTION("signed again by somebody") {
    SteadyRandom random("somebody");
    const PublishedEdition found =
        put(signed_note(text, "884-herefordshire", SigningKey::made(random)));
    CHECK(found.state == State::other_key);
    CHECK(found.fault->id == "editions.published_key");
  }
  SECTION("signed by a body that is known, and is not this one") {
    SteadyRandom random("Kent");
    const SigningKey kent = SigningKey::made(random);
    office.know(
        step.key.text() + "\n" +
        NoteKey{"886-kent", NoteKey::Kind::ed25519, kent.public_key()}.text());
    const PublishedEdition found = put(signed_note(text, "886-kent", kent));
    CHECK(found.state == State::other_key);
    CHECK_THAT(found.fault->message, Catch::Contains("886-kent"));
  }
  SECTION("the note of another edition of the same body") {
    std::string other = text;
    other.replace(other.find("/2025-04-01"), 11, "/2024-04-01");
    const PublishedEdition found = put(signed_note(
        other, "884-herefordshire", office.log->keys().signing_key()));
    CHECK(found.state == State::other_edition);
    CHECK(found.fault->id == "editions.published_other");
  }
  SECTION("no signature") {
    CHECK(put(text).state == State::unreadable);
    CHECK(office.published().fault->id == "note.malformed");
  }
  SECTION("no note") {
    fs::remove_all(office.file("revisions"));
    office.load();
    CHECK(office.published().state == State::missing);
    CHECK(office.published().fault->id == "editions.published_missing");
  }
  SECTION("a table") {
    std::ofstream(office.file("tables/matrix.csv"), std::ios::app) << "\n";
    office.load();
    CHECK(office.published().state == State::changed);
  }
  SECTION("the bytes that are kept of the revision") {
    std::ofstream(office.file("revisions/1/edition.json"), std::ios::app)
        << "\n";
    office.load();
    CHECK(office.published().state == State::published);
    const auto history =
        office.workspace->published().history(office.edition());
    REQUIRE(history.size() == 1);
    REQUIRE(history[0].fault);
    CHECK(history[0].fault->id == "editions.published_changed");
  }
  SECTION("another version of the plugin") {
    std::ofstream(
        office.scratch.path("plugins/herefordshire-high-needs-matrix/rule.lua"),
        std::ios::app)
        << "\n-- newer\n";
    office.load();
    CHECK(office.published().state == State::published);
    CHECK(office.published().other_plugins ==
          std::vector<std::string>{"herefordshire-high-needs-matrix"});
  }
}

TEST_CASE("publishers' keys that cannot be read say where") {
  PublishingOffice office;
  office.scratch.write("rules/publishers.pub", "# one\n\nno key\n");
  const auto opened = Workspace::open(office.scratch.path("rules"),
                                      office.scratch.path("plugins"));
  REQUIRE_FALSE(opened.has_value());
  CHECK(opened.error().id == "note.key");
  CHECK(opened.error().place.line == 3);
  const auto missing = Workspace::open(office.scratch.path("rules"),
                                       office.scratch.path("plugins"),
                                       office.scratch.path("elsewhere.pub"));
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().id == "files.missing");
}

TEST_CASE("after the log's key was changed both old and new notes hold") {
  PublishingOffice office;
  const PublishStep first = office.publish();
  well(office.log->rotate_key());
  office.say("\"revision\": 2, \"corrects\": \"nothing much\"");
  const PublishStep second = office.publish();
  CHECK(first.key != second.key);
  office.know(first.key.text() + "\n" + second.key.text() + "\n");
  CHECK(office.published().state == State::published);
  const auto history = office.workspace->published().history(office.edition());
  REQUIRE(history.size() == 2);
  CHECK(history[0].key == fingerprint(first.key));
  CHECK(history[1].key == fingerprint(second.key));
  // A key that is no longer trusted vouches for nothing.
  office.know(first.key.text());
  CHECK(office.published().state == State::other_key);
}

TEST_CASE("nothing is published where the log cannot be written") {
  PublishingOffice office;
  well(office.propose());
  office.log.reset();
  FailingVfs disk;
  office.work_as("b.example", disk.vfs());
  using Call = FailingVfs::Call;
  for (const Call call : {Call::write, Call::sync, Call::remove}) {
    disk.fail(call, 1, true);
    const auto step = office.approve();
    REQUIRE_FALSE(step.has_value());
    CHECK(step.error().id.starts_with("store."));
    disk.heal();
    CHECK_FALSE(fs::exists(office.file("revisions/1")));
    CHECK_FALSE(fs::exists(office.file("revisions/1.part")));
    CHECK(fs::exists(office.file("proposal.note")));
    CHECK(office.published().state == State::unpublished);
  }
  office.work_as("b.example");
  CHECK_FALSE(well(mend_publication(*office.log, office.edition())));
  CHECK(id_of(office.approve()) == "well");
}

TEST_CASE("nothing is entered where the folder cannot be written") {
  PublishingOffice office;
  well(office.propose());
  office.work_as("b.example");
  const auto before = office.entries();
  // A file stands where the folder is to be.
  std::ofstream(office.file("revisions")) << "in the way";
  const auto step = office.approve();
  REQUIRE_FALSE(step.has_value());
  CHECK(step.error().id == "files.unwritable");
  CHECK(office.entries() == before);
}

TEST_CASE("what was broken off after it was entered is put in place") {
  PublishingOffice office;
  well(office.propose());
  office.work_as("b.example");
  // The last step of all fails: the move into its place.
  fs::create_directories(office.file("revisions"));
  std::ofstream(office.file("revisions/1")) << "in the way";
  const auto step = office.approve();
  REQUIRE_FALSE(step.has_value());
  CHECK(step.error().id == "files.unwritable");
  CHECK_THAT(step.error().message, Catch::Contains("entry 2"));
  CHECK(office.published().state == State::unpublished);
  fs::remove(office.file("revisions/1"));

  // Meanwhile somebody edits it: what was approved is what is put in place.
  const std::string approved = content_of(office.file("edition.json"));
  office.change("edition.json", "\"title\": \"H", "\"title\": \"An H");
  CHECK(id_of(office.propose()) == "editions.published_changed");
  const auto mended = well(mend_publication(*office.log, office.edition()));
  REQUIRE(mended);
  CHECK(*mended == 2);
  office.load();
  CHECK(content_of(office.file("revisions/1/edition.json")) == approved);
  CHECK(office.published().state == State::changed);
  std::ofstream(office.file("edition.json"), std::ios::binary) << approved;
  office.load();
  CHECK(office.published().state == State::key_not_known);
  CHECK_FALSE(office.workspace->published().history(office.edition())[0].fault);
  CHECK_FALSE(well(mend_publication(*office.log, office.edition())));
  CHECK_FALSE(fs::exists(office.file("proposal.note")));
}

TEST_CASE("notes that were taken away come back from the log") {
  PublishingOffice office;
  office.publish();
  office.say("\"revision\": 2, \"corrects\": \"nothing much\"");
  office.publish();
  const std::string note =
      content_of(office.file("revisions/1/published.note"));
  fs::remove_all(office.file("revisions"));
  // With them gone, an edited text would pass for the first one.
  CHECK(well(mend_publication(*office.log, office.edition())));
  CHECK(content_of(office.file("revisions/1/published.note")) == note);
  office.load();
  CHECK(office.workspace->published().history(office.edition()).size() == 2);
}
