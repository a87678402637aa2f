// A pupil's JSON object to a record, with everything that is wrong with it.
// Also what the other formats share: how an entry is begun, given findings and
// finished, and the school that a register states once for all its pupils.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"
#include "json/value.hpp"
#include "registers/fact_names.hpp"
#include "registers/register.hpp"
#include "registers/value_reader.hpp"

namespace sendcheck {

// A name or index on the way from the pupil to a value. Lives on the stack;
// paths are put together only to report.
struct Step {
  const Step* above = nullptr;
  std::string_view name;
  int entry = -1;  // from 0: an entry of a list, without a name
};

// What a register says once of the school of all its pupils.
struct RegisterSchool {
  struct Wrong {
    FactRef fact;
    Finding finding;
  };
  RegisterEntry entry;  // only the record is used
  std::vector<FactRef> stated;
  // Each rejects the pupils that do not state the fact themselves.
  std::vector<Wrong> wrong;
};

class RecordReader {
 public:
  explicit RecordReader(const Catalogue& catalogue);
  RecordReader(const RecordReader&) = delete;
  RecordReader& operator=(const RecordReader&) = delete;

  const Catalogue& catalogue() const { return catalogue_; }
  const FactNames& names() const { return names_; }
  const ValueReader& values() const { return values_; }

  // Empties an entry for the next pupil, keeping its memory.
  void begin(RegisterEntry& entry, const Place& place) const;

  // Reads what the object states. Findings get the place of the entry, with a
  // pointer.
  void read_pupil(const json::Value& pupil, RegisterEntry& entry);
  // The same for a register's school, whose pointer is `place`'s.
  RegisterSchool read_school(const json::Value& school, const Place& place);
  // Files what was found while the school's entry was read: warnings stay
  // there, rejections go to `wrong`.
  void finish_school(RegisterSchool& school) const;

  // Facts of the school that the pupil does not state.
  void apply(const RegisterSchool& school, RegisterEntry& entry) const;

  // Files a finding by its verdict; the place may be the entry's or another.
  static void report(RegisterEntry& entry, Verdict verdict, const Fault& fault,
                     Place place, std::string fact);

  // Rejects a pupil whose UPN stands elsewhere too: "line 7", "/pupils/3".
  static void reject_twin(RegisterEntry& entry, std::string_view upn,
                          const std::vector<std::string>& elsewhere);

  // Names the pupil, asks for the UPN if `needs_upn`, and leaves of a rejected
  // record who it is. `stated_upn` is what the file says.
  void finish(RegisterEntry& entry, std::string_view stated_upn,
              bool needs_upn) const;

 private:
  void read_group(int group, const json::Value& object, const Step* above,
                  RegisterEntry& entry);
  void read_member(int group, const json::Member& member, const Step* above,
                   RegisterEntry& entry);
  void read_list(int slot, const json::Value& value, const Step& at,
                 RegisterEntry& entry);
  void read_list_entry(int slot, const json::Value& value, const Step& at,
                       Value* cells, RegisterEntry& entry);
  void report(RegisterEntry& entry, Verdict verdict, const Step& at) const;

  const Catalogue& catalogue_;
  FactNames names_;
  ValueReader values_;
  Fault fault_;  // of the value in hand
  int upn_slot_;
  int given_slot_;
  int family_slot_;
};

// "provision[2].hourly_rate"
std::string fact_path(const Step& at);

// The text of a JSON object's UPN, as stated; empty where there is none.
std::string_view stated_upn(const json::Value& pupil);

// A UPN's twins in words: the first few, and how many more.
std::string elsewhere_in_words(const std::vector<std::string>& places);

}  // namespace sendcheck
