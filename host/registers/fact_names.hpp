// Names to slots: where a key of a JSON object belongs, and which code a text
// stands for. Built once from the catalogue; each lookup hashes the key once
// and puts no path together.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"

namespace sendcheck {

class FactNames {
 public:
  explicit FactNames(const Catalogue& catalogue);

  // The group that a pupil record is: "sen", "name", "nc_year" stand in it.
  static constexpr int top = 0;

  enum class Kind : std::uint8_t { unknown, group, scalar, list };
  struct Target {
    Kind kind = Kind::unknown;
    int index = -1;  // of the group; or the slot
  };
  Target find(int group, std::string_view name) const;

  // The position of a list's field; -1 when there is none.
  int field(int list_slot, std::string_view name) const;

  struct Code {
    int index = -1;
    bool is_alias = false;
    bool historic = false;
  };
  Code code(int code_list, std::string_view text) const;

  // What a misspelt path was meant to be: the nearest path or group, else a
  // path that ends in its last name; empty when there is none.
  std::string nearest(std::string_view path) const;

 private:
  enum class Scope : std::uint32_t { group, field, code };
  // An open table of powers of two, at most half full.
  struct Slot {
    std::string name;
    std::uint64_t scope = 0;  // Scope and index, plus one; 0: free
    std::uint32_t value = 0;
  };
  static std::uint64_t scope_of(Scope scope, int index);
  const Slot* lookup(std::uint64_t scope, std::string_view name) const;
  void insert(std::uint64_t scope, std::string_view name, std::uint32_t value);
  void grow();
  void add_path(std::string_view path, Kind kind, int slot);

  std::vector<Slot> table_;
  std::size_t filled_ = 0;
  int groups_ = 1;
  std::vector<std::string> paths_;  // of facts and groups
};

}  // namespace sendcheck
