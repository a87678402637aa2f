#include "casework/export_log.hpp"

#include <catch2/catch.hpp>

#include "base/csv.hpp"
#include "base/text.hpp"
#include "casework/erase_pupil.hpp"
#include "checked_store.hpp"
#include "json/value.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string pupils =
    R"({"upn":"A886910000001","name":{"given":"Planted","family":"Person"},"nc_year":"7","home_la":"886"})"
    "\n"
    R"({"upn":"A886910000002","nc_year":"8","home_la":"886"})"
    "\n";

struct Exported : CheckedStore {
  Exported() { check_register_of(pupils, {"ehc-annual-review"}); }

  std::string text(const ExportOptions& options) {
    std::string all;
    entry = well(
        export_log(*log, options, [&](std::string_view more) { all += more; }));
    return all;
  }
  std::uint64_t entry = 0;
};

}  // namespace

TEST_CASE(
    "An export begins with who and when and why and where that is entered") {
  Exported store;
  const std::string text = store.text({"jsonl", true, "complaint"});
  const auto lines = split(text, '\n');
  json::Document first;
  well(first.parse(lines[0], ""));
  const json::Value* head = first.root().find("export");
  REQUIRE(head != nullptr);
  CHECK(head->find("by")->text == "A. Example");
  CHECK(head->find("at")->text == store.clock.now().text());
  CHECK(head->find("reason")->text == "complaint");
  CHECK(head->find("log")->text == store.log->origin());
  CHECK(head->find("entry")->text == std::to_string(store.entry));
  const Entry entry = well(store.log->reader().entry(store.entry));
  CHECK(entry.kind == EntryKind::exported);
  CHECK(entry.about ==
        R"({"contents":true,"form":"jsonl","reason":"complaint"})");
}

TEST_CASE(
    "Lines hold the entries byte for byte and nothing personal unless asked") {
  Exported store;
  const std::string text = store.text({"jsonl", false, ""});
  const auto lines = split(text, '\n');
  REQUIRE(lines.size() == store.entry + 3);
  for (std::uint64_t i = 0; i <= store.entry; ++i) {
    CHECK(lines[i + 1] ==
          "{\"entry\":" + well(store.log->reader().bytes(i)) + "}");
  }
  for (const char* personal : {"A8869", "Planted", "\"outcome\""}) {
    CHECK(text.find(personal) == text.npos);
  }
}

TEST_CASE("Contents stand beside their entries when they are asked for") {
  Exported store;
  const std::string text = store.text({"jsonl", true, "audit"});
  CHECK(text.find("\"given\":\"Planted\"") != text.npos);
  CHECK(text.find("\"outcome\":") != text.npos);
  for (const std::string_view line : split(text, '\n')) {
    json::Document document;
    if (!line.empty()) well(document.parse(line, ""));
  }
}

TEST_CASE("An export as CSV is a table with one row an entry") {
  Exported store;
  const std::string text = store.text({"csv", false, ""});
  CHECK(text.find('\n') == text.find("\r\n") + 1);
  const CsvTable table = well(parse_csv(text, ""));
  REQUIRE(table.rows.size() == store.entry + 2);
  const std::string& note = table.rows[0].cells.back();
  CHECK(note.find("Exported by A. Example") != note.npos);
  CHECK(note.find("reason not stated") != note.npos);
  for (std::uint64_t i = 0; i <= store.entry; ++i) {
    const auto& cells = table.rows[i + 1].cells;
    const Entry entry = well(store.log->reader().entry(i));
    CHECK(cells[0] == std::to_string(i));
    CHECK(cells[2] == name_of(entry.kind));
    CHECK(cells[8] == entry.about);
    CHECK(cells[12].empty());
  }
}

TEST_CASE("A name that a spreadsheet would take for a formula is guarded") {
  SmallStore store;
  auto log =
      well(Log::open({store.scratch.path("log.db"), ""},
                     {"=cmd()", "0.1.0", &store.clock, &store.random}, false));
  std::string text;
  well(export_log(*log, {"csv", false, ""},
                  [&](std::string_view more) { text += more; }));
  CHECK(text.find(",=cmd()") == text.npos);
  CHECK(text.find(",'=cmd()") != text.npos);
  const CsvTable table = well(parse_csv(text, ""));
  CHECK(table.rows.back().cells[3] == "=cmd()");
}

TEST_CASE("What was erased is exported as erased") {
  Exported store;
  well(erase_pupil(*store.log, "A886910000001", "retention_ended"));
  const std::string lines = store.text({"jsonl", true, "audit"});
  CHECK(lines.find("Planted") == lines.npos);
  CHECK(lines.find(",\"erased\":true}") != lines.npos);
  const CsvTable table =
      well(parse_csv(store.text({"csv", true, "audit"}), ""));
  int erased = 0;
  for (const CsvRow& row : table.rows) erased += row.cells[11] == "yes";
  CHECK(erased == 2);
}

TEST_CASE(
    "An export without a reason for the contents is refused and not entered") {
  Exported store;
  const std::uint64_t size = well(store.log->reader().size());
  const auto refused = [&](const ExportOptions& options) {
    bool wrote = false;
    const auto done = export_log(*store.log, options,
                                 [&](std::string_view) { wrote = true; });
    REQUIRE(!done.has_value());
    CHECK(!wrote);
    return done.error().id;
  };
  CHECK(refused({"jsonl", true, ""}) == "log.reason");
  CHECK(refused({"jsonl", true, "nosiness"}) == "log.reason");
  CHECK(refused({"jsonl", false, "nosiness"}) == "log.reason");
  CHECK(refused({"xml", false, ""}) == "export.format");
  CHECK(well(store.log->reader().size()) == size);
}
