// Signed notes (C2SP signed-note): a text that ends in a newline, an empty line, and a line for each signature. Ed25519 (type 0x01) and timestamped
// cosignatures (0x04).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "crypto/signing.hpp"

namespace sendcheck {

// Who can have signed: written "name+hash+base64 of type and key", the verifier key of the standard.
struct NoteKey {
  enum class Kind : unsigned char { ed25519 = 0x01, cosignature = 0x04 };
  std::string name;
  Kind kind = Kind::ed25519;
  PublicKey key{};

  std::uint32_t id()
      const;  // first 4 bytes of SHA-256(name, newline, type, key)
  std::string text() const;  // "example.org+1a2b3c4d+AX..."
  // Error note.key: not of that form, a name with a space or plus, a hash that is not the key's, another type.
  static Result<NoteKey> parse(std::string_view text);
  bool operator==(const NoteKey&) const = default;
};

// Verifier keys, one a line; empty lines count for nothing. Error note.key.
Result<std::vector<NoteKey>> parse_keys(std::string_view lines);

// "1a2b3c4d": what is printed on paper at set-up, and named in messages.
std::string fingerprint(const NoteKey& key);

struct NoteSignature {
  NoteKey key;
  std::optional<std::uint64_t>
      timestamp;  // of a cosignature: seconds since 1970
};

// A note whose known signatures all hold.
struct Note {
  std::string text;  // with its last newline
  std::vector<NoteSignature>
      signatures;  // one for each known key that signed, in order; of two cosignatures of a key the later
  int unknown = 0;  // signatures by others, not looked at
};

// Opens a note. Errors, with the line: note.malformed (what of the form is wrong), note.too_many (over 100 signature lines), note.bad_signature (of a known
// key), note.unsigned (no known key has signed it).
Result<Note> open_note(std::string_view bytes,
                       const std::vector<NoteKey>& known);

// The text with one signature under it. Needs `text` to be UTF-8 without control characters but newlines, and to end in one.
std::string signed_note(std::string_view text, const std::string& name,
                        const SigningKey& key);
// One more signature line: a cosignature of the checkpoint in `note` at a time, in seconds since 1970, below 2^63. Needs a note that was opened before.
std::string cosigned_note(std::string_view note, const std::string& name,
                          const SigningKey& key, std::uint64_t timestamp);

}  // namespace sendcheck
