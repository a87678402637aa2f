#include "audit/note.hpp"

#include <algorithm>
#include <utility>

#include "audit/lines.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"
#include "crypto/hash.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view dash = "\xE2\x80\x94 ";  // em dash, space
constexpr std::size_t id_size = 4;
constexpr std::size_t timestamp_size = 8;
constexpr std::size_t most_signatures = 100;  // signed-note: at least 16

std::string big_endian(std::uint64_t number, std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = size; i-- > 0; number >>= 8) {
    bytes[i] = static_cast<char>(number & 0xFF);
  }
  return bytes;
}

std::uint64_t from_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  return number;
}

std::string type_and_key(const NoteKey& key) {
  std::string bytes(1, static_cast<char>(key.kind));
  bytes.append(key.key.begin(), key.key.end());
  return bytes;
}

// tlog-cosignature, "Ed25519 signed message".
std::string cosigned_message(std::string_view text, std::uint64_t timestamp) {
  std::string message =
      "cosignature/v1\ntime " + std::to_string(timestamp) + "\n";
  message += text;
  return message;
}

std::string signature_line(const NoteKey& key, std::string_view signature) {
  std::string line(dash);
  line += key.name + " ";
  line += base64(big_endian(key.id(), id_size) + std::string(signature));
  line += "\n";
  return line;
}

std::string_view bytes_of_signature(const Signature& signature) {
  return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

Unexpected malformed(int line, const std::string& message) {
  return unexpected({"note.malformed", message, {.line = line}});
}

// Line number, from 1, of the byte at `offset`.
int line_at(std::string_view bytes, std::size_t offset) {
  const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(offset);
  return 1 + static_cast<int>(std::count(bytes.begin(), end, '\n'));
}

struct Parts {
  std::string_view text;
  std::string_view lines;  // of signatures
  int first_line = 0;      // of those
};

// signed-note, "Format".
Result<Parts> parts_of(std::string_view bytes) {
  if (const std::size_t good = valid_utf8_length(bytes); good < bytes.size()) {
    return malformed(line_at(bytes, good),
                     "The signed note is not UTF-8 text from this line on. "
                     "Take the file as it was written, without editing it.");
  }
  const auto control =
      std::find_if(bytes.begin(), bytes.end(), [](const char letter) {
        return static_cast<unsigned char>(letter) < ' ' && letter != '\n';
      });
  if (control != bytes.end()) {
    const auto at = static_cast<std::size_t>(control - bytes.begin());
    return malformed(
        line_at(bytes, at),
        *control == '\r'
            ? "The signed note has the line ends of Windows, expected a "
              "newline alone. Take the file as it was written; some programs "
              "change line ends in passing."
            : "The signed note has a control character in this line. Take "
              "the file as it was written.");
  }
  // The text may have empty lines of its own: the last one counts.
  const std::size_t empty = bytes.rfind("\n\n");
  if (empty == std::string_view::npos) {
    return malformed(line_at(bytes, bytes.size()),
                     "The signed note has no empty line between its text and "
                     "its signatures. Take the whole file.");
  }
  Parts parts{.text = bytes.substr(0, empty + 1),
              .lines = bytes.substr(empty + 2)};
  parts.first_line = line_at(bytes, empty + 2);
  if (parts.lines.empty()) {
    return malformed(parts.first_line,
                     "There is no signature under the text of the signed "
                     "note. Take the whole file.");
  }
  if (bytes.back() != '\n') {
    return malformed(line_at(bytes, bytes.size()),
                     "The last line of the signed note does not end in a "
                     "newline: it may be cut off. Take the whole file.");
  }
  return parts;
}

struct SignatureLine {
  std::string_view name;
  std::uint32_t id = 0;
  std::string signature;
};

Result<SignatureLine> parse_signature_line(std::string_view text, int line) {
  const auto refused = [&](std::string_view why) {
    return malformed(line, "Found \"" + quoted(text) +
                               "\", expected a dash, the name of a key and a "
                               "signature in base64: " +
                               std::string(why) +
                               ". Take the file as it was written.");
  };
  if (!text.starts_with(dash)) return refused("it has no dash");
  text.remove_prefix(dash.size());
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return refused("a part is missing");
  SignatureLine parsed;
  parsed.name = text.substr(0, space);
  if (!is_key_name(parsed.name)) return refused("the name is none");
  const auto bytes = from_base64(text.substr(space + 1));
  if (!bytes) return refused("this is not base64");
  if (bytes->size() <= id_size) return refused("the signature is too short");
  parsed.id = static_cast<std::uint32_t>(
      from_big_endian(std::string_view(*bytes).substr(0, id_size)));
  parsed.signature = bytes->substr(id_size);
  return parsed;
}

// What `signature` says if it is the key's over `text`.
std::optional<NoteSignature> checked(const NoteKey& key, std::string_view text,
                                     std::string_view signature) {
  NoteSignature found{.key = key, .timestamp = std::nullopt};
  std::string message(text);
  if (key.kind == NoteKey::Kind::cosignature) {
    if (signature.size() < timestamp_size) return std::nullopt;
    const std::uint64_t time =
        from_big_endian(signature.substr(0, timestamp_size));
    if (time >> 63 != 0) return std::nullopt;  // tlog-cosignature, "Format"
    found.timestamp = time;
    message = cosigned_message(text, time);
    signature.remove_prefix(timestamp_size);
  }
  Signature bytes{};
  if (signature.size() != bytes.size()) return std::nullopt;
  std::copy(signature.begin(), signature.end(), bytes.begin());
  if (!signature_holds(key.key, message, bytes)) return std::nullopt;
  return found;
}

// Keeps one signature a key, so that counting signatures counts signers; of two
// cosignatures the later.
void keep(std::vector<NoteSignature>& signatures, NoteSignature found) {
  const auto before =
      std::find_if(signatures.begin(), signatures.end(),
                   [&](const NoteSignature& s) { return s.key == found.key; });
  if (before == signatures.end()) {
    signatures.push_back(std::move(found));
  } else {
    before->timestamp = std::max(before->timestamp, found.timestamp);
  }
}

}  // namespace

std::uint32_t NoteKey::id() const {
  const Digest digest = sha256_digest({name, "\n", type_and_key(*this)});
  return static_cast<std::uint32_t>(
      from_big_endian(bytes_of(digest).substr(0, id_size)));
}

std::string NoteKey::text() const {
  return name + "+" + fingerprint(*this) + "+" + base64(type_and_key(*this));
}

Result<NoteKey> NoteKey::parse(std::string_view text) {
  const auto refused = [&](std::string_view why) {
    return unexpected(
        {"note.key", "Found the key \"" + quoted(text, 120) +
                         "\", expected a name, its hash and the key itself, "
                         "with a plus between them: " +
                         std::string(why) +
                         ". Copy the key again from where it was given out."});
  };
  // A name has no plus, base64 may have some.
  const std::size_t first = text.find('+');
  const std::size_t second =
      first == std::string_view::npos ? first : text.find('+', first + 1);
  if (second == std::string_view::npos) return refused("a part is missing");
  NoteKey key;
  key.name = text.substr(0, first);
  if (!is_key_name(key.name)) {
    return refused("a name has at least one letter and no space");
  }
  const auto bytes = from_base64(text.substr(second + 1));
  if (!bytes) return refused("the last part is not base64");
  if (bytes->size() != 1 + key.key.size()) {
    return refused("the key is not 32 bytes long");
  }
  key.kind = static_cast<Kind>(bytes->front());
  if (key.kind != Kind::ed25519 && key.kind != Kind::cosignature) {
    return refused("it is for another kind of signature");
  }
  std::copy(bytes->begin() + 1, bytes->end(), key.key.begin());
  if (text.substr(first + 1, second - first - 1) != fingerprint(key)) {
    return refused("the hash is not that of this name and key");
  }
  return key;
}

Result<std::vector<NoteKey>> parse_keys(std::string_view lines) {
  std::vector<NoteKey> keys;
  for (const std::string_view line : split(lines, '\n')) {
    if (trim(line).empty()) continue;
    auto key = NoteKey::parse(trim(line));
    if (!key) return unexpected(key.error());
    keys.push_back(std::move(*key));
  }
  return keys;
}

std::string fingerprint(const NoteKey& key) {
  return hex(big_endian(key.id(), id_size));
}

Result<Note> open_note(std::string_view bytes,
                       const std::vector<NoteKey>& known) {
  const Result<Parts> parts = parts_of(bytes);
  if (!parts) return unexpected(parts.error());
  std::string_view lines = parts->lines;
  const auto count = std::count(lines.begin(), lines.end(), '\n');
  if (count > static_cast<std::ptrdiff_t>(most_signatures)) {
    return unexpected({"note.too_many",
                       "The signed note has " + std::to_string(count) +
                           " signatures, expected at most " +
                           std::to_string(most_signatures) +
                           ". Take off those of signers that you do not know.",
                       {.line = parts->first_line}});
  }

  Note note{.text = std::string(parts->text), .signatures = {}};
  int number = parts->first_line;
  for (auto text = take_line(lines); text; text = take_line(lines), ++number) {
    const Result<SignatureLine> line = parse_signature_line(*text, number);
    if (!line) return unexpected(line.error());
    bool is_known = false;
    std::optional<NoteSignature> found;
    // Ids are short enough for two known keys of one name to share one: either
    // may have signed.
    for (const NoteKey& key : known) {
      if (key.name != line->name || key.id() != line->id) continue;
      is_known = true;
      found = checked(key, note.text, line->signature);
      if (found) break;
    }
    if (!is_known) {
      ++note.unknown;
    } else if (!found) {
      return unexpected(
          {"note.bad_signature",
           "The signature of \"" + quoted(line->name) +
               "\" does not hold: the text above it, or the signature, is "
               "not what was signed. Keep the file as evidence, and ask the "
               "signer for theirs.",
           {.line = number}});
    } else {
      keep(note.signatures, std::move(*found));
    }
  }
  if (note.signatures.empty()) {
    return unexpected(
        {"note.unsigned",
         "Nobody who is known here has signed this; it has " +
             std::to_string(note.unknown) +
             (note.unknown == 1 ? " signature" : " signatures") +
             " by others. Check which keys were given, and whose file this "
             "is.",
         {.line = parts->first_line}});
  }
  return note;
}

std::string signed_note(std::string_view text, const std::string& name,
                        const SigningKey& key) {
  const NoteKey signer{name, NoteKey::Kind::ed25519, key.public_key()};
  std::string note(text);
  note += "\n";
  note += signature_line(signer, bytes_of_signature(key.sign(text)));
  return note;
}

std::string cosigned_note(std::string_view note, const std::string& name,
                          const SigningKey& key, std::uint64_t timestamp) {
  const NoteKey signer{name, NoteKey::Kind::cosignature, key.public_key()};
  const std::string_view text = note.substr(0, note.rfind("\n\n") + 1);
  std::string signature = big_endian(timestamp, timestamp_size);
  signature += bytes_of_signature(key.sign(cosigned_message(text, timestamp)));
  return std::string(note) + signature_line(signer, signature);
}

}  // namespace sendcheck
