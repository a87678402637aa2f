#include "casework/audit_pack.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "audit/pack.hpp"
#include "audit/verify_pack.hpp"
#include "casework/erase_pupil.hpp"
#include "checked_store.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string pupils =
    R"({"upn":"A886910000001","name":{"given":"Planted","family":"Person"},"nc_year":"7","date_of_birth":"2015-03-04","home_la":"886","sen":{"status":"support"}})"
    "\n"
    R"({"upn":"A886910000002","name":{"given":"Second","family":"Pupil"},"nc_year":"8","home_la":"886"})"
    "\n";

}  // namespace

TEST_CASE("A pack holds the log and its rules and nothing personal") {
  CheckedStore store;
  store.check_register_of(pupils, {"ehc-annual-review", "pupil-premium"});
  const std::string folder = store.scratch.path("pack");
  const PackMade made = well(make_pack(*store.log, {folder, "", ""}));
  CHECK(made.replay.decisions == 4);
  CHECK(made.replay.same == 4);
  CHECK(made.opened == 0);

  const PackRead pack = well(read_pack(folder));
  CHECK(pack.entries.size() == made.entry + 1);
  const Entry last = well(read_entry(pack.entries.back()));
  CHECK(last.kind == EntryKind::exported);
  CHECK(last.about == R"({"contents":false,"form":"pack"})");
  CHECK(pack.contents.empty());
  CHECK(well(verify_pack(folder, {})).kind == VerdictKind::not_anchored);

  const std::string all = all_bytes_below(folder);
  for (const char* personal : {"A886910000001", "A886910000002", "Planted",
                               "2015-03-04", "not_met", "needs_evidence"}) {
    INFO(personal);
    CHECK(all_bytes_below(folder + "/log").find(personal) == all.npos);
    CHECK(content_of(folder + "/replay.txt").find(personal) == all.npos);
    CHECK(content_of(folder + "/README.txt").find(personal) == all.npos);
  }
  CHECK(all.find("A886910000001") == all.npos);
  CHECK(all.find("Planted") == all.npos);
  CHECK(!is_file(folder + "/contents.jsonl"));
  for (const char* file : {"README.txt", "verify.html", "replay.txt",
                           "rules/index.txt", "keys/log.pub"}) {
    INFO(file);
    CHECK(is_file(folder + "/" + file));
  }
  CHECK(content_of(folder + "/rules/index.txt")
            .find("plugins/pupil-premium/rule.lua") != all.npos);
}

TEST_CASE("Contents come into a pack for a reason and are what was sealed") {
  CheckedStore store;
  store.check_register_of(pupils, {"ehc-annual-review"});
  const std::string folder = store.scratch.path("pack");
  const PackMade made = well(make_pack(*store.log, {folder, "tribunal", ""}));
  CHECK(made.opened == 4);
  const PackRead pack = well(read_pack(folder));
  REQUIRE(pack.contents.size() == 4);
  CHECK(pack.manifest.head.contents == "tribunal");
  CHECK(pack.contents.front().text.find("A886910000001") != std::string::npos);
  const Entry last = well(read_entry(pack.entries.back()));
  CHECK(last.about == R"({"contents":true,"form":"pack","reason":"tribunal"})");
}

TEST_CASE(
    "A pack without a reason that is known is refused and nothing is written") {
  CheckedStore store;
  store.check_register_of(pupils, {"ehc-annual-review"});
  const std::uint64_t before = well(store.log->reader().size());
  const auto made =
      make_pack(*store.log, {store.scratch.path("pack"), "curiosity", ""});
  REQUIRE(!made.has_value());
  CHECK(made.error().id == "log.reason");
  CHECK(!is_folder(store.scratch.path("pack")));
  CHECK(well(store.log->reader().size()) == before);
}

TEST_CASE("A pack over what is there is refused before anything is entered") {
  CheckedStore store;
  store.scratch.write("pack/letter.txt", "Dear");
  const std::uint64_t before = well(store.log->reader().size());
  const auto made = make_pack(*store.log, {store.scratch.path("pack"), "", ""});
  REQUIRE(!made.has_value());
  CHECK(made.error().id == "pack.folder_in_use");
  CHECK(well(store.log->reader().size()) == before);
}

TEST_CASE("The verifying program goes into a pack and can be started") {
  CheckedStore store;
  const std::string program = store.scratch.write("program", "#!/bin/sh\n");
  const std::string folder = store.scratch.path("pack");
  well(make_pack(*store.log, {folder, "", program}));
  CHECK(content_of(folder + "/sendcheck-verify") == "#!/bin/sh\n");
  CHECK((std::filesystem::status(folder + "/sendcheck-verify").permissions() &
         std::filesystem::perms::owner_exec) != std::filesystem::perms::none);
  CHECK(read_pack(folder).has_value());
}

TEST_CASE("What was erased is in no pack that is made after") {
  CheckedStore store;
  store.check_register_of(pupils, {"ehc-annual-review"});
  well(erase_pupil(*store.log, "A886910000001", "retention_ended"));
  const std::string folder = store.scratch.path("pack");
  const PackMade made = well(make_pack(*store.log, {folder, "audit", ""}));
  CHECK(made.opened == 2);
  CHECK(made.replay.erased == 1);
  CHECK(all_bytes_below(folder).find("A886910000001") == std::string::npos);
  CHECK(well(verify_pack(folder, {})).erased_pupils == 1);
}
