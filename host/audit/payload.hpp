// What an entry is about: JSON text, packed (Zstandard) and sealed under a key of the pupil's that serves this entry alone, so that one entry can be opened
// to a third party without opening the others.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "audit/entry.hpp"
#include "base/result.hpp"
#include "crypto/sealing.hpp"

namespace sendcheck {

// Packs texts, one after another. Belongs to one thread; costs a quarter of a megabyte.
class Packer {
 public:
  Packer();
  ~Packer();
  Packer(Packer&&) noexcept;
  Packer& operator=(Packer&&) noexcept;

  std::string packed(std::string_view text);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Error payload.damaged; also for what would be larger than 256 MiB.
Result<std::string> unpacked(std::string_view packed);

// The key of one entry.
SecretKey entry_key(const SecretKey& pupil, std::uint64_t entry);

std::string sealed_payload(const SecretKey& pupil, std::uint64_t entry,
                           EntryKind kind, std::string_view packed,
                           RandomSource& random);
// The text again. Errors: payload.damaged, crypto.not_opened.
Result<std::string> opened_payload(const SecretKey& pupil, std::uint64_t entry,
                                   EntryKind kind, std::string_view sealed);
// The same, by one who holds the entry's key only.
Result<std::string> opened_with_entry_key(const SecretKey& key,
                                          std::uint64_t entry, EntryKind kind,
                                          std::string_view sealed);

}  // namespace sendcheck
