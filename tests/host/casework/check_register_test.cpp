#include "casework/check_register.hpp"

#include <algorithm>

#include "house.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

CheckOptions options_for(const std::string& path) {
  CheckOptions options;
  options.register_path = path;
  options.as_of = fixture_date();
  options.rules.ids = {"persistent-absence"};
  return options;
}

Error refusal(const CheckOptions& options) {
  Keeper keeper;
  auto report = check_register(*shipped(), options, keeper);
  REQUIRE_FALSE(report.has_value());
  CHECK(keeper.text().empty());
  CHECK(keeper.pupils().empty());
  return report.error();
}

}  // namespace

TEST_CASE(
    "pupils come in the order of the register, for any number of threads") {
  const Scratch scratch;
  const auto workspace = shipped();
  // Around the size of a batch, and well over what is under way at once.
  for (const int pupils : {0, 1, 63, 64, 65, 128, 129, 2000}) {
    const std::string path =
        scratch.write("r.jsonl", many_pupils(pupils, 7) + "\n");
    if (pupils == 0) {
      CHECK(refusal(options_for(path)).id == "register.empty");
      continue;
    }
    std::string expected;
    for (int i = 1; i <= pupils; ++i) {
      expected += upn(i) + (i % 7 == 0 ? " rejected\n" : "\n");
    }
    for (const int jobs : {1, 2, 3, 8, 256}) {
      INFO(pupils << " pupils, " << jobs << " threads");
      CheckOptions options = options_for(path);
      options.jobs = jobs;
      Keeper keeper;
      const auto report = check_register(*workspace, options, keeper);
      REQUIRE(report.has_value());
      CHECK(keeper.text() == expected);
      REQUIRE(keeper.pupils().size() == static_cast<std::size_t>(pupils));
      for (int i = 0; i < pupils; ++i) {
        CHECK(keeper.pupils()[static_cast<std::size_t>(i)].upn == upn(i + 1));
      }
      CHECK(report->counts.pupils == pupils);
      CHECK(report->counts.rejected == pupils / 7);
      CHECK(report->counts.checked == pupils - pupils / 7);
      CHECK(report->rejected.size() ==
            static_cast<std::size_t>(report->counts.rejected));
      CHECK(report->errors == 0);
    }
  }
}

TEST_CASE("pupils that nobody wants are rendered and let go of") {
  const Scratch scratch;
  Keeper keeper(false);
  const auto report = check_register(
      *shipped(), options_for(scratch.write("r.jsonl", many_pupils(70))),
      keeper);
  REQUIRE(report.has_value());
  CHECK(keeper.pupils().empty());
  CHECK(std::count(keeper.text().begin(), keeper.text().end(), '\n') == 70);
}

TEST_CASE("outcomes are counted by rule, and add up to the pupils") {
  const auto workspace = shipped();
  for (const int jobs : {1, 4}) {
    CheckOptions options;
    options.register_path = fixture("registers/kent-secondary.json");
    options.as_of = fixture_date();
    options.jobs = jobs;
    Keeper keeper;
    const auto report = check_register(*workspace, options, keeper);
    REQUIRE(report.has_value());
    CHECK(report->outcomes.size() >= 9);
    std::map<std::string, std::map<Outcome, std::int64_t>> counted;
    for (const CheckedPupil& pupil : keeper.pupils()) {
      for (const Decision& decision : pupil.decisions) {
        ++counted[decision.rule][decision.outcome];
      }
    }
    CHECK(counted == report->outcomes);
    CHECK(report->outcomes.at("pupil-premium").size() >= 3);
    std::int64_t all = 0;
    for (const auto& [outcome, number] : report->outcomes.at("pupil-premium")) {
      all += number;
    }
    CHECK(all == report->counts.checked);
    CHECK(report->school == "Weald Sample School");
    CHECK_FALSE(report->several_schools);
    CHECK(std::is_sorted(
        report->editions.begin(), report->editions.end(),
        [](const Edition* a, const Edition* b) { return a->id < b->id; }));
    // Each edition that a decision names is among them.
    std::set<std::string> listed, named;
    for (const Edition* edition : report->editions) listed.insert(edition->id);
    for (const CheckedPupil& pupil : keeper.pupils()) {
      for (const Decision& decision : pupil.decisions) {
        if (decision.outcome != Outcome::not_in_force) {
          named.insert(decision.edition);
        }
      }
    }
    CHECK(named.size() >= 6);
    CHECK(std::includes(listed.begin(), listed.end(), named.begin(),
                        named.end()));
    CHECK(listed.size() == report->editions.size());
  }
}

TEST_CASE("a school is named where all pupils share it, in one batch or many") {
  const Scratch scratch;
  const auto workspace = shipped();
  const auto school = [](const std::string& name) {
    return "{\"upn\": \"A886999910001\", \"school\": {\"name\": \"" + name +
           "\"}}\n";
  };
  const auto report = [&](const std::string& text) {
    Keeper keeper;
    auto checked = check_register(
        *workspace, options_for(scratch.write("r.jsonl", text)), keeper);
    REQUIRE(checked.has_value());
    return *checked;
  };
  const std::string others = many_pupils(200);
  CHECK(report(school("Hill") + others).school == "Hill");
  CHECK(report(others).school.empty());
  CHECK_FALSE(report(others).several_schools);
  const CheckReport two = report(
      school("Hill") + others +
      "{\"upn\": \"A886999910002\", \"school\": {\"name\": \"Dale\"}}\n" +
      "{\"upn\": \"A886999910003\", \"school\": {\"name\": \"Dale\"}}\n");
  CHECK(two.school.empty());
  CHECK(two.several_schools);
}

TEST_CASE("warnings are counted, and kept where they are wanted") {
  const auto workspace = shipped();
  for (const bool keep : {true, false}) {
    CheckOptions options;
    options.register_path = fixture("registers/kent-secondary.json");
    options.as_of = fixture_date();
    options.keep_warnings = keep;
    Keeper keeper;
    const auto report = check_register(*workspace, options, keeper);
    REQUIRE(report.has_value());
    CHECK(report->counts.warnings == 5);
    CHECK(report->warnings.size() == (keep ? 5u : 0u));
    std::size_t of_pupils = 0;
    for (const CheckedPupil& pupil : keeper.pupils()) {
      of_pupils += pupil.warnings.size();
    }
    CHECK(of_pupils == 5);
  }
}

TEST_CASE("progress grows to the whole") {
  const Scratch scratch;
  const auto workspace = shipped();
  for (const int jobs : {1, 4}) {
    CheckOptions options =
        options_for(scratch.write("r.jsonl", many_pupils(1000)));
    options.jobs = jobs;
    Keeper keeper;
    REQUIRE(check_register(*workspace, options, keeper).has_value());
    const auto& seen = keeper.progress_seen();
    REQUIRE(seen.size() >= 10);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
    CHECK(seen.back() == std::pair<int, std::int64_t>(1000, 1000));
    for (const auto& [per_mille, pupils] : seen) {
      CHECK(per_mille >= 0);
      CHECK(per_mille <= 1000);
      CHECK(pupils <= 1000);
    }
  }
}

TEST_CASE("one pupil is found by a UPN in any case, with spaces") {
  const auto workspace = shipped();
  for (const char* typed :
       {"K886999919002", "k886999919002", " k886 9999 19002 "}) {
    CheckOptions options =
        options_for(fixture("registers/kent-secondary.json"));
    options.upn = typed;
    Keeper keeper;
    const auto report = check_register(*workspace, options, keeper);
    REQUIRE(report.has_value());
    REQUIRE(keeper.pupils().size() == 1);
    CHECK(keeper.pupils()[0].upn == "K886999919002");
    CHECK(keeper.pupils()[0].nc_year == "year 7");
    CHECK(report->counts.pupils == 1);
    CHECK(report->counts.warnings == 0);
  }
}

TEST_CASE("a check that cannot be made is refused before anything is shown") {
  const Scratch scratch;
  const std::string path = scratch.write("r.jsonl", many_pupils(3));
  CheckOptions options = options_for(path);
  options.rules.ids = {"persistent-absense"};
  CHECK(refusal(options).id == "engine.unknown_rule");
  CHECK_THAT(refusal(options).message, Catch::Contains("persistent-absence"));
  options = options_for(path);
  options.rules.kind = "grants";
  CHECK(refusal(options).id == "engine.unknown_kind");
  options = options_for(path);
  options.rules.kind = "funding";
  CHECK(refusal(options).id == "check.no_rule");
  options = options_for(path);
  options.upn = "Z999999999999";
  CHECK(refusal(options).id == "check.no_such_pupil");
  CHECK(refusal(options).place.file == path);
  CHECK(refusal(options_for(scratch.path("nowhere"))).id == "files.missing");
  const Error cut = refusal(
      options_for(scratch.write("cut.jsonl", many_pupils(100) + "{\"upn\": ")));
  CHECK(cut.id == "json.syntax");
  CHECK(cut.place.line == 101);
}

TEST_CASE("rejected records are written in order, and no other") {
  const Scratch scratch;
  const auto workspace = shipped();
  for (const int jobs : {1, 4}) {
    CheckOptions options =
        options_for(scratch.write("r.jsonl", many_pupils(300, 50)));
    options.jobs = jobs;
    options.rejects_path = scratch.path("rejects.jsonl");
    Keeper keeper;
    REQUIRE(check_register(*workspace, options, keeper).has_value());
    std::string expected;
    for (int i = 50; i <= 300; i += 50) {
      expected += "{\"upn\":\"" + upn(i) +
                  "\",\"nc_year\":\"7\",\"home_la\":\"886\",\"date_of_birth\":"
                  "\"2026-02-30\"}\n";
    }
    CHECK(content_of(options.rejects_path) == expected);
  }
}

TEST_CASE("an error leaves the file of rejects as it was") {
  const Scratch scratch;
  const std::string rejects = scratch.write("rejects.jsonl", "of last week\n");
  CheckOptions options = options_for(scratch.write("r.jsonl", many_pupils(3)));
  options.rejects_path = rejects;
  options.upn = "Z999999999999";
  CHECK(refusal(options).id == "check.no_such_pupil");
  CHECK(content_of(rejects) == "of last week\n");
}

TEST_CASE("rejected records do not go over the register that they come from") {
  const Scratch scratch;
  CheckOptions options = options_for(scratch.write("r.jsonl", many_pupils(3)));
  options.rejects_path =
      scratch.folder() + "/../" +
      std::filesystem::path(scratch.folder()).filename().string() + "/r.jsonl";
  CHECK(refusal(options).id == "check.rejects_over_register");
  std::filesystem::create_symlink("r.jsonl", scratch.path("link"));
  options.rejects_path = scratch.path("link");
  CHECK(refusal(options).id == "check.rejects_over_register");

  options =
      options_for(scratch.copy("fixtures/registers/herefordshire-primary"));
  options.rejects_path = options.register_path + "/school.csv";
  CHECK(refusal(options).id == "check.rejects_over_register");
  // A new file in the folder is no file of the register.
  options.rejects_path = options.register_path + "/rejects.jsonl";
  Keeper keeper;
  CHECK(check_register(*shipped(), options, keeper).has_value());
}

TEST_CASE("rejects that cannot be written are an error") {
  const Scratch scratch;
  CheckOptions options = options_for(scratch.write("r.jsonl", many_pupils(3)));
  options.rejects_path = scratch.path("nowhere/rejects.jsonl");
  Keeper keeper;
  const auto report = check_register(*shipped(), options, keeper);
  REQUIRE_FALSE(report.has_value());
  CHECK(report.error().id == "files.unwritable");
}
