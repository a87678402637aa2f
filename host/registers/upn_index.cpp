#include "registers/upn_index.hpp"

#include <algorithm>
#include <optional>

namespace sendcheck {
namespace {

constexpr std::uint64_t hashed_bit = std::uint64_t{1} << 63;

// A text in the form of a UPN, as a number of its own: no two share one.
std::optional<std::uint64_t> packed(std::string_view upn) {
  if (upn.size() != 13) return {};
  if (upn[0] < 'A' || upn[0] > 'Z') return {};
  std::uint64_t key = static_cast<std::uint64_t>(upn[0] - 'A');
  for (std::size_t i = 1; i < 12; ++i) {
    if (upn[i] < '0' || upn[i] > '9') return {};
    key = key * 10 + static_cast<std::uint64_t>(upn[i] - '0');
  }
  const char last = upn[12];
  if (last >= '0' && last <= '9') {
    return key * 36 + static_cast<std::uint64_t>(last - '0');
  }
  if (last >= 'A' && last <= 'Z') {
    return key * 36 + 10 + static_cast<std::uint64_t>(last - 'A');
  }
  return {};
}

// Anything else by FNV-1a, apart from the packed ones.
std::uint64_t key_of(std::string_view upn) {
  if (const auto exact = packed(upn)) return *exact;
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : upn) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  }
  return hash | hashed_bit;
}

}  // namespace

void UpnIndex::add(std::string_view upn, std::uint32_t place) {
  if (!upn.empty()) entries_.push_back({key_of(upn), place});
}

void UpnIndex::close() {
  std::sort(entries_.begin(), entries_.end(),
            [](const Entry& a, const Entry& b) {
              return a.key != b.key ? a.key < b.key : a.place < b.place;
            });
  for (std::size_t first = 0; first < entries_.size();) {
    std::size_t end = first + 1;
    while (end < entries_.size() && entries_[end].key == entries_[first].key) {
      ++end;
    }
    if (end - first > 1) {
      const auto group = static_cast<std::uint32_t>(twins_.size());
      std::vector<std::uint32_t>& places = twins_.emplace_back();
      for (std::size_t i = first; i < end; ++i) {
        places.push_back(entries_[i].place);
        twins_of_.emplace(entries_[i].place, group);
      }
    }
    first = end;
  }
  entries_ = {};
}

std::vector<std::uint32_t> UpnIndex::others(std::uint32_t place) const {
  const auto found = twins_of_.find(place);
  if (found == twins_of_.end()) return {};
  std::vector<std::uint32_t> places = twins_[found->second];
  std::erase(places, place);
  return places;
}

}  // namespace sendcheck
