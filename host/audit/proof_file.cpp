#include "audit/proof_file.hpp"

#include <optional>
#include <utility>

#include "audit/lines.hpp"
#include "audit/merkle.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view header = "c2sp.org/tlog-proof@v1";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";

Unexpected malformed(int line, std::string_view found,
                     const std::string& expected) {
  return unexpected({"proof_file.malformed",
                     "Found \"" + quoted(found) + "\", expected " + expected +
                         ". Take the file as it was written.",
                     {.line = line}});
}

}  // namespace

std::string ProofFile::text() const {
  std::string text(header);
  text += "\n";
  if (!extra.empty()) {
    text += extra_word;
    text += base64(extra) + "\n";
  }
  text += index_word;
  text += std::to_string(index) + "\n";
  for (const Digest& hash : hashes) text += base64(bytes_of(hash)) + "\n";
  text += "\n";
  text += checkpoint;
  return text;
}

Result<ProofFile> ProofFile::parse(std::string_view text) {
  std::string_view rest = text;
  int number = 0;
  const auto next = [&] {
    ++number;
    return take_line(rest);
  };
  ProofFile proof;

  auto line = next();
  if (line != header) {
    return malformed(number, line.value_or(rest),
                     "\"" + std::string(header) + "\" and a newline");
  }
  line = next();
  if (line && line->starts_with(extra_word)) {
    const auto bytes = from_base64(line->substr(extra_word.size()));
    // Without any the line is left out, so that a proof has one spelling.
    if (!bytes || bytes->empty()) {
      return malformed(number, *line,
                       "\"extra \" and at least a byte in "
                       "base64");
    }
    proof.extra = *bytes;
    line = next();
  }
  const auto index = line && line->starts_with(index_word)
                         ? parse_count(line->substr(index_word.size()))
                         : std::nullopt;
  if (!index) {
    return malformed(number, line.value_or(rest),
                     "\"index \" and the number of the entry in decimal "
                     "without leading noughts");
  }
  proof.index = *index;
  for (line = next(); line && !line->empty(); line = next()) {
    const auto hash = parse_digest(*line);
    if (!hash) {
      return malformed(number, *line,
                       "a hash of 32 bytes in base64, or the empty line "
                       "before the checkpoint");
    }
    proof.hashes.push_back(*hash);
  }
  if (!line || rest.empty()) {
    return malformed(number, rest,
                     "an empty line and, after it, the checkpoint");
  }
  proof.checkpoint = rest;
  return proof;
}

Result<SignedCheckpoint> check_proof_file(const ProofFile& proof,
                                          std::string_view entry,
                                          const std::vector<NoteKey>& known) {
  Result<SignedCheckpoint> opened = open_checkpoint(proof.checkpoint, known);
  if (!opened) {
    // Its lines are counted from the top of the proof file.
    Error error = opened.error();
    const int above = 3 + static_cast<int>(proof.hashes.size()) +
                      (proof.extra.empty() ? 0 : 1);
    if (error.place.line > 0) error.place.line += above;
    return unexpected(std::move(error));
  }
  const Checkpoint& checkpoint = opened->checkpoint;
  const Result<void> included =
      check_inclusion(proof.index, checkpoint.size, leaf_hash(entry),
                      checkpoint.root, proof.hashes);
  if (!included) return unexpected(included.error());
  return opened;
}

}  // namespace sendcheck
