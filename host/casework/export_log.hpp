// The log as a file for other programs: JSON Lines or CSV, every entry in order.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "audit/log.hpp"

namespace sendcheck {

struct ExportOptions {
  std::string format = "jsonl";  // or "csv"
  bool with_contents = false;    // opened: personal data
  std::string
      reason;  // of opening_reasons(); needed with contents, else it may be empty
};

// Enters the export, then hands over the text piece by piece; what comes first says who exported it, when, why, and by which entry of which log. Gives the number of
// that entry, which is the last in the file.
//
// JSON Lines: {"export":{...}} first, then {"entry":...} a line: the entry as it is hashed, byte for byte; with "contents" or "erased":true where they were asked for.
// CSV by RFC 4180: the headings, a row that says what it is in the column "note", then a row an entry; a text that a spreadsheet would take for a formula gets an apostrophe.
// Errors: log.reason, export.format, store.*, crypto.*.
Result<std::uint64_t> export_log(
    Log& log, const ExportOptions& options,
    const std::function<void(std::string_view)>& write);

}  // namespace sendcheck
