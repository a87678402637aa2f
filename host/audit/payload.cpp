#include "audit/payload.hpp"

#include <zstd.h>

namespace sendcheck {
namespace {

constexpr int level = 3;
constexpr unsigned long long most_bytes = 256ULL << 20;

Unexpected damaged() {
  return unexpected({"payload.damaged",
                     "What an entry of the log is about cannot be unpacked: "
                     "its bytes are not as they were written. Verify the log.",
                     {}});
}

// Sealed bytes are bound to the entry they belong to, so that none can stand
// in for another.
std::string bound_to(std::uint64_t entry, EntryKind kind) {
  return "sendcheck payload 1 " + std::to_string(entry) + " " +
         std::string(name_of(kind));
}

}  // namespace

struct Packer::State {
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
  };
  std::unique_ptr<ZSTD_CCtx, Free> context{ZSTD_createCCtx()};
};

Packer::Packer() : state_(std::make_unique<State>()) {}
Packer::~Packer() = default;
Packer::Packer(Packer&&) noexcept = default;
Packer& Packer::operator=(Packer&&) noexcept = default;

std::string Packer::packed(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(state_->context.get(), out.data(), out.size(),
                        text.data(), text.size(), level);
  // Fails only where the output is too small, which it is not.
  out.resize(ZSTD_isError(size) != 0 ? 0 : size);
  return out;
}

Result<std::string> unpacked(std::string_view packed) {
  const unsigned long long size =
      ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN ||
      size > most_bytes) {
    return damaged();
  }
  std::string out(static_cast<std::size_t>(size), '\0');
  const std::size_t done =
      ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
  if (ZSTD_isError(done) != 0 || done != out.size()) return damaged();
  return out;
}

SecretKey entry_key(const SecretKey& pupil, std::uint64_t entry) {
  return pupil.derived("entry " + std::to_string(entry));
}

std::string sealed_payload(const SecretKey& pupil, std::uint64_t entry,
                           EntryKind kind, std::string_view packed,
                           RandomSource& random) {
  return sealed(entry_key(pupil, entry), packed, bound_to(entry, kind), random);
}

Result<std::string> opened_with_entry_key(const SecretKey& key,
                                          std::uint64_t entry, EntryKind kind,
                                          std::string_view sealed) {
  auto packed = opened(key, sealed, bound_to(entry, kind));
  if (!packed) return unexpected(packed.error());
  return unpacked(*packed);
}

Result<std::string> opened_payload(const SecretKey& pupil, std::uint64_t entry,
                                   EntryKind kind, std::string_view sealed) {
  return opened_with_entry_key(entry_key(pupil, entry), entry, kind, sealed);
}

}  // namespace sendcheck
