#include "audit/witness.hpp"

#include <algorithm>

#include "audit/lines.hpp"
#include "audit/parties.hpp"
#include "audit/verify.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view old_word = "old ";
constexpr std::size_t most_hashes = 63;  // tlog-witness, "add-checkpoint"

Unexpected malformed(int line, const std::string& wanted) {
  return unexpected({"witness.request",
                     "The request to cosign is not in the form of the "
                     "standard: expected " +
                         wanted +
                         ". Write it with \"sendcheck audit checkpoint "
                         "--since N\".",
                     {.line = line}});
}

std::string entries(std::uint64_t number) {
  return std::to_string(number) + (number == 1 ? " entry" : " entries");
}

// The three lines of a note, whoever signed it.
Result<Checkpoint> head_of(std::string_view note) {
  const std::size_t end = note.find("\n\n");
  return Checkpoint::parse(
      note.substr(0, end == note.npos ? note.size() : end + 1));
}

std::string about_cosigned(const Checkpoint& checkpoint,
                           const std::string& origin,
                           const std::vector<NoteKey>& witnesses) {
  std::string about;
  json::Writer json(about);
  json.begin_object().member("checkpoint", printed(checkpoint));
  json.member("origin", origin);
  json.key("witnesses").begin_array();
  for (const NoteKey& key : witnesses) json.string(key.text());
  json.end_array().end_object();
  return about;
}

// What a witness holds against a request before it looks at the proof: the
// size that both mean.
Result<void> check_old(const WitnessRequest& request, const Checkpoint* seen,
                       const Checkpoint& offered) {
  const std::uint64_t known = seen == nullptr ? 0 : seen->size;
  // Told of first, since nothing that starts from the right size can mend it.
  if (offered.size < known || request.old == known) return {};
  return unexpected(
      {"witness.old",
       "The request starts from " + entries(request.old) +
           ", and this witness saw " +
           (seen == nullptr ? "nothing of that log yet" : entries(known)) +
           ". Ask for one from there: \"sendcheck audit checkpoint --since " +
           std::to_string(known) + "\".",
       {}});
}

}  // namespace

std::string WitnessRequest::text() const {
  std::string out = std::string(old_word) + std::to_string(old) + "\n";
  for (const Digest& hash : proof) out += base64(bytes_of(hash)) + "\n";
  return out + "\n" + checkpoint;
}

Result<WitnessRequest> WitnessRequest::parse(std::string_view text) {
  WitnessRequest request;
  if (!text.starts_with(old_word)) {
    request.checkpoint = text;
    return request;
  }
  const auto first = take_line(text);
  const auto old =
      first ? parse_count(first->substr(old_word.size())) : std::nullopt;
  if (!old) return malformed(1, "\"old\" and a number of entries");
  request.old = *old;
  for (int number = 2;; ++number) {
    const auto line = take_line(text);
    if (!line) {
      return malformed(number, "an empty line before the checkpoint");
    }
    if (line->empty()) break;
    const auto hash = parse_digest(*line);
    if (!hash) return malformed(number, "a hash of 32 bytes in base64");
    request.proof.push_back(*hash);
    if (request.proof.size() > most_hashes) {
      return malformed(number, "at most 63 hashes");
    }
  }
  if (text.empty()) return malformed(1, "a checkpoint at the end");
  request.checkpoint = text;
  return request;
}

Result<WitnessRequest> witness_request(Log& log, std::uint64_t old) {
  WitnessRequest request;
  request.old = old;
  auto note = log.checkpoint();
  if (!note) return unexpected(note.error());
  request.checkpoint = std::move(*note);
  auto head = head_of(request.checkpoint);
  if (!head) return unexpected(head.error());
  if (old > head->size) {
    return unexpected(
        {"witness.old",
         "The log has " + entries(head->size) + ", and " + std::to_string(old) +
             " are said to have been seen by the witness. If that is so, the "
             "end of this log is gone: look for it before you go on.",
         {}});
  }
  if (old == 0 || old == head->size) return request;
  auto proof = consistency_proof(old, head->size, log.reader().roots());
  if (!proof) return unexpected(proof.error());
  request.proof = std::move(*proof);
  return request;
}

Result<Cosigned> cosign(Log& log, const WitnessRequest& request,
                        const std::vector<NoteKey>& log_keys, Moment now) {
  auto claimed = head_of(request.checkpoint);
  if (!claimed) return unexpected(claimed.error());
  if (claimed->origin == log.origin()) {
    return unexpected({"witness.own_log",
                       "This is a checkpoint of this log itself. Who keeps a "
                       "log is no witness of it: give it to the other party. "
                       "If it came back from there, say --received.",
                       {}});
  }
  const std::string& folder = log.keys().folder();
  auto known = known_parties(folder);
  if (!known) return unexpected(known.error());
  known->insert(known->end(), log_keys.begin(), log_keys.end());
  if (std::none_of(known->begin(), known->end(), [&](const NoteKey& key) {
        return key.name == claimed->origin &&
               key.kind == NoteKey::Kind::ed25519;
      })) {
    return unexpected({"witness.unknown_log",
                       "No key of the log \"" + quoted(claimed->origin) +
                           "\" is known here. The first time, give it with "
                           "--key, as its owner printed or sent it.",
                       {}});
  }
  auto opened = open_checkpoint(request.checkpoint, *known);
  if (!opened) {
    Error error = opened.error();
    error.message +=
        " If that log has had a new key since (\"audit keys --rotate\"), give "
        "the new one with --key, as \"sendcheck audit keys\" shows it there.";
    return unexpected(std::move(error));
  }
  const Checkpoint& offered = opened->checkpoint;

  auto batch = log.begin();
  if (!batch) return unexpected(batch.error());
  auto before = log.witnessed(offered.origin);
  if (!before) return unexpected(before.error());
  std::optional<Checkpoint> seen;
  if (*before) {
    auto head = head_of(**before);
    if (!head) return unexpected(head.error());
    seen = std::move(*head);
  }
  if (auto well = check_old(request, seen ? &*seen : nullptr, offered); !well) {
    return unexpected(well.error());
  }
  if (auto may = may_cosign(seen ? &*seen : nullptr, offered, request.proof);
      !may) {
    return unexpected(may.error());
  }

  Cosigned done;
  done.checkpoint = offered;
  done.note =
      cosigned_note(request.checkpoint, log.origin(), log.keys().signing_key(),
                    static_cast<std::uint64_t>(now.seconds));
  if (auto kept = log.witness(offered.origin, request.checkpoint); !kept) {
    return unexpected(kept.error());
  }
  for (const NoteSignature& signature : opened->note.signatures) {
    if (std::find(log_keys.begin(), log_keys.end(), signature.key) ==
        log_keys.end()) {
      continue;
    }
    if (auto added = add_party(folder, signature.key); !added) {
      return unexpected(added.error());
    }
  }
  const NoteKey own{log.origin(), NoteKey::Kind::cosignature,
                    log.keys().public_key().key};
  auto entry =
      batch->append({.kind = EntryKind::cosigned,
                     .about = about_cosigned(offered, offered.origin, {own})});
  if (!entry) return unexpected(entry.error());
  if (auto saved = batch->commit(); !saved) return unexpected(saved.error());
  done.entry = *entry;
  return done;
}

Result<CosignatureKept> keep_cosignature(
    Log& log, std::string_view note, const std::vector<NoteKey>& witnesses) {
  auto claimed = head_of(note);
  if (!claimed) return unexpected(claimed.error());
  if (claimed->origin != log.origin()) {
    return unexpected({"witness.other_log",
                       "The checkpoint is of the log \"" +
                           quoted(claimed->origin) + "\", expected one of \"" +
                           quoted(log.origin()) +
                           "\", which is kept here. To cosign another log's, "
                           "leave out --received.",
                       {}});
  }
  const std::string& folder = log.keys().folder();
  auto known = known_parties(folder);
  if (!known) return unexpected(known.error());
  known->insert(known->end(), witnesses.begin(), witnesses.end());
  auto signing = log.reader().signing_keys();
  if (!signing) return unexpected(signing.error());
  for (const auto& from : *signing) known->push_back(from.key);
  auto opened = open_checkpoint(note, *known);
  if (!opened) return unexpected(opened.error());

  CosignatureKept done;
  done.checkpoint = opened->checkpoint;
  auto batch = log.begin();
  if (!batch) return unexpected(batch.error());
  if (done.checkpoint.size > batch->next()) {
    return unexpected({"witness.larger",
                       "The checkpoint is of " + entries(done.checkpoint.size) +
                           ", signed by this log, and only " +
                           entries(batch->next()) +
                           " are here: the end of this log was cut off, or an "
                           "old copy was put in its place. Keep both as "
                           "evidence, and look for the newer copy.",
                       {}});
  }
  auto root = root_of(done.checkpoint.size, log.reader().roots());
  if (!root) return unexpected(root.error());
  if (*root != done.checkpoint.root) {
    return unexpected({"witness.not_ours",
                       "The checkpoint of " + entries(done.checkpoint.size) +
                           " is signed by this log, and its root is not that "
                           "of the entries here: there are two histories. "
                           "Keep both as evidence.",
                       {}});
  }
  for (const NoteSignature& signature : opened->note.signatures) {
    if (signature.key.kind == NoteKey::Kind::cosignature &&
        signature.key.name != log.origin()) {
      done.witnesses.push_back(signature.key);
    }
  }
  if (done.witnesses.empty()) {
    // signing.pub holds what signs a log; a witness has a line of its own.
    if (std::any_of(witnesses.begin(), witnesses.end(), [](const NoteKey& key) {
          return key.kind != NoteKey::Kind::cosignature;
        })) {
      return unexpected({"witness.no_cosignature",
                         "What --witness names is the key with which a log is "
                         "signed (signing.pub), not that of a witness. Give "
                         "the line \"as a witness\" of \"sendcheck audit "
                         "keys\" there, or a file with that line in it.",
                         {}});
    }
    return unexpected({"witness.no_cosignature",
                       "No witness that is known here has cosigned this; it "
                       "has " +
                           std::to_string(opened->note.unknown) +
                           " signatures by others. Give the witness's key "
                           "with --witness, as \"sendcheck audit keys\" shows "
                           "it there.",
                       {}});
  }
  if (auto kept = log.keep_cosigned(note); !kept) {
    return unexpected(kept.error());
  }
  for (const NoteKey& key : done.witnesses) {
    if (auto added = add_party(folder, key); !added) {
      return unexpected(added.error());
    }
  }
  auto entry = batch->append(
      {.kind = EntryKind::cosigned,
       .about = about_cosigned(done.checkpoint, log.origin(), done.witnesses)});
  if (!entry) return unexpected(entry.error());
  if (auto saved = batch->commit(); !saved) return unexpected(saved.error());
  done.entry = *entry;
  return done;
}

}  // namespace sendcheck
