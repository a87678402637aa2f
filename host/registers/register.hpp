// Registers: a school's pupils read into records, whatever the file. JSON, JSON Lines and a folder of CSV files all become the same record.
//
// Every fault is reported and none is repaired in silence. A file that cannot be read as its format stops the reading; a pupil with an impossible
// fact is rejected, with file, line or pointer, pupil, fact, what was found and what was expected; doubts are warnings on a pupil that is read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/catalogue.hpp"
#include "domain/record.hpp"

namespace sendcheck {

namespace json {
struct Value;
}

// One thing that is wrong, or doubtful, with one pupil's record. Ids: register.type, register.code, register.date, register.range,
// register.number, register.duplicate_upn, register.no_upn, register.duplicate_fact (a CSV list that is "none" and has rows), register.entry (a list's
// entry, or the pupil itself, is no object),
// register.unmatched (a CSV list row whose UPN is no pupil of pupils.csv); and as warnings register.unknown_fact, register.upn_check,
// register.temporary_upn, register.uln_check, register.unknown_authority, register.unlisted_code, register.historic_code.
struct Finding {
  std::string id;
  Place place;        // file, and line or pointer
  std::string upn;    // as stated, may be empty
  std::string fact;   // path; "provision[2].hourly_rate" within a list (from 1)
  std::string found;  // a text stands in quotation marks
  std::string
      expected;  // register.unknown_fact: the name that was meant, if one is near

  // "provision[2].hourly_rate is "12" (register.type): expected an amount such as "6000.00"."
  std::string message() const;
};

struct RegisterEntry {
  Record record;  // accepted
  std::vector<Finding> warnings;
  std::vector<Finding>
      rejections;  // not empty: rejected, and `record` says no more than who it is
  std::string
      source;  // rejected: the record as JSON on one line, as far as it could be read, with what the register says of the school: once put right, it can be checked by itself
  Place place;
  std::string upn;  // in its normal form
  std::string name;

  bool rejected() const { return !rejections.empty(); }
};

class RegisterReader {
 public:
  virtual ~RegisterReader() = default;

  // The next pupil into `entry` (reusing what it holds); false at the end. An error means that the rest of the file cannot be read.
  virtual Result<bool> next(RegisterEntry& entry) = 0;

  // Warnings that concern the register as a whole (an unknown top-level name).
  virtual std::vector<Finding> register_warnings() const { return {}; }

  // How far the reading is, 0 to 1000, for a progress line.
  virtual int progress_per_mille() const = 0;
};

// Opens a register by what it is: a folder (CSV), a file that holds one JSON object with "format": "sendcheck-register/1" (JSON), or one object a line (JSON
// Lines). Records of JSON Lines are read as they are asked for: memory does not grow with the file, but for sixteen bytes a pupil, while it is
// opened, that find a UPN given twice.
// The whole of a register is read as its format before this returns, so that a damaged file gives no pupil at all: `next` fails only when the file
// changes meanwhile.
// Errors: files.*, json.*, csv.*, register.format (not one of these), register.line_too_long (over 16 MiB), register.no_pupils_file (a folder
// without pupils.csv), register.empty.
// `catalogue` must outlive the reader.
Result<std::unique_ptr<RegisterReader>> open_register(
    const std::string& path, const Catalogue& catalogue);

// Reads single pupils with the same checks, but for the UPN: a worked case has none, so that none is asked for. Kept and used again, it does
// not work out the catalogue's names each time.
class PupilReader {
 public:
  // `catalogue` must outlive the reader.
  explicit PupilReader(const Catalogue& catalogue);
  ~PupilReader();
  PupilReader(PupilReader&&) noexcept;
  PupilReader& operator=(PupilReader&&) noexcept;

  // Errors: json.*.
  Result<RegisterEntry> read(std::string_view json, const std::string& file);
  // `place` is the pupil's own; pointers of findings begin with its pointer.
  void read(const json::Value& pupil, const Place& place, RegisterEntry& entry);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// One pupil given as JSON text: a PupilReader used once.
Result<RegisterEntry> read_pupil(std::string_view json,
                                 const Catalogue& catalogue,
                                 const std::string& file);

}  // namespace sendcheck
