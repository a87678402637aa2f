// Finds UPNs that stand twice in a register, at sixteen bytes a pupil while it
// is filled and next to nothing afterwards.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sendcheck {

class UpnIndex {
 public:
  // `place` says where the pupil stands (a line, a position) and is different
  // for each. The UPN must be in its normal form; an empty one is left out.
  void add(std::string_view upn, std::uint32_t place);
  // No more comes: sorts out what stands twice and lets go of the rest.
  void close();
  // Where else the UPN of the pupil at `place` stands, in order. Needs close().
  std::vector<std::uint32_t> others(std::uint32_t place) const;

 private:
  struct Entry {
    std::uint64_t key;
    std::uint32_t place;
  };
  std::vector<Entry> entries_;
  std::vector<std::vector<std::uint32_t>> twins_;
  std::unordered_map<std::uint32_t, std::uint32_t> twins_of_;  // by place
};

}  // namespace sendcheck
