#include "audit/checkpoint.hpp"

#include <algorithm>
#include <optional>

#include "audit/lines.hpp"
#include "audit/merkle.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"

namespace sendcheck {
namespace {

Unexpected malformed(int line, const std::string& message) {
  return unexpected({"checkpoint.malformed", message, {.line = line}});
}

bool has_control_character(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](const char letter) {
    return static_cast<unsigned char>(letter) < ' ';
  });
}

}  // namespace

std::string Checkpoint::text() const {
  return origin + "\n" + std::to_string(size) + "\n" + base64(bytes_of(root)) +
         "\n";
}

Result<Checkpoint> Checkpoint::parse(std::string_view text) {
  std::string_view rest = text;
  const auto origin = take_line(rest);
  if (!origin || origin->empty() || has_control_character(*origin) ||
      !is_valid_utf8(*origin)) {
    return malformed(1,
                     "The first line of a checkpoint is the name of the log; "
                     "it is empty, cut off or not plain text. Take the whole "
                     "file.");
  }
  const auto size_line = take_line(rest);
  const auto size = size_line ? parse_count(*size_line) : std::nullopt;
  if (!size) {
    return malformed(2, "Found \"" + quoted(size_line.value_or(rest)) +
                            "\", expected the number of entries in decimal "
                            "without leading noughts, and a newline. Take the "
                            "file as it was written.");
  }
  const auto root_line = take_line(rest);
  const auto root = root_line ? parse_digest(*root_line) : std::nullopt;
  if (!root) {
    return malformed(3, "Found \"" + quoted(root_line.value_or(rest)) +
                            "\", expected the root of the log, 32 bytes in "
                            "base64, and a newline. Take the file as it was "
                            "written.");
  }
  if (!rest.empty()) {
    return malformed(4, "Found \"" + quoted(rest) +
                            "\" under the root, expected nothing more: lines "
                            "that nobody checks are not accepted. Ask for a "
                            "checkpoint without them.");
  }
  return Checkpoint{std::string(*origin), *size, *root};
}

Result<SignedCheckpoint> open_checkpoint(std::string_view bytes,
                                         const std::vector<NoteKey>& known) {
  Result<Note> note = open_note(bytes, known);
  if (!note) return unexpected(note.error());
  Result<Checkpoint> checkpoint = Checkpoint::parse(note->text);
  if (!checkpoint) return unexpected(checkpoint.error());
  const bool by_the_log =
      std::any_of(note->signatures.begin(), note->signatures.end(),
                  [&](const NoteSignature& signature) {
                    return signature.key.kind == NoteKey::Kind::ed25519 &&
                           signature.key.name == checkpoint->origin;
                  });
  if (!by_the_log) {
    return unexpected(
        {"checkpoint.not_the_log",
         "The checkpoint is of the log \"" + quoted(checkpoint->origin) +
             "\", and known keys have signed it, but not that log's own. Give "
             "the log's key too, or ask for the checkpoint as the log signed "
             "it.",
         {.line = 1}});
  }
  return SignedCheckpoint{std::move(*checkpoint), std::move(*note)};
}

Result<void> may_cosign(const Checkpoint* seen, const Checkpoint& offered,
                        const std::vector<Digest>& consistency) {
  // A log that was never seen is as one that was seen empty (tlog-witness,
  // "add-checkpoint": "or zero if it never cosigned a checkpoint").
  const Checkpoint before =
      seen != nullptr ? *seen : Checkpoint{offered.origin, 0, empty_root()};
  if (before.origin != offered.origin) {
    return unexpected(
        {"witness.other_log",
         "The checkpoint is of the log \"" + quoted(offered.origin) +
             "\", expected one of \"" + quoted(before.origin) +
             "\". Offer it to whoever keeps the checkpoints of that log."});
  }
  const std::string known = std::to_string(before.size);
  if (offered.size < before.size) {
    return unexpected(
        {"witness.smaller",
         "The checkpoint is of " + std::to_string(offered.size) +
             " entries, and one of " + known +
             " was cosigned before. Offer a later one; if there is none, the "
             "log has been cut or put back from an old copy."});
  }
  const auto forked = [&](const std::string& how) {
    return unexpected({"witness.forked",
                       "The checkpoint of " + std::to_string(offered.size) +
                           " entries " + how + " that of " + known +
                           " entries, which was cosigned before: there are "
                           "two histories. Keep both as evidence, and cosign "
                           "neither."});
  };
  if (before.size == 0 || offered.size == before.size) {
    // Nothing is to be proved, so that a proof is a mistake.
    if (!consistency.empty()) {
      return unexpected(
          {"proof.length",
           "The proof has " + std::to_string(consistency.size()) +
               (consistency.size() == 1 ? " hash" : " hashes") +
               ", expected none, since the log was last seen with " + known +
               " entries. Offer the checkpoint without a proof."});
    }
    if (offered.size == before.size && offered.root != before.root) {
      return forked("contradicts");
    }
    return {};
  }
  const Result<void> grown = check_consistency(
      before.size, offered.size, before.root, offered.root, consistency);
  if (!grown && grown.error().id == "proof.root") {
    return forked("did not grow from");
  }
  return grown;
}

}  // namespace sendcheck
