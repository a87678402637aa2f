#include "audit/verify_pack.hpp"

#include <algorithm>
#include <set>

#include "audit/pack.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"

namespace sendcheck {
namespace {

std::string fingerprints(const std::vector<NoteKey>& keys) {
  std::vector<std::string> names;
  for (const NoteKey& key : keys) names.push_back(fingerprint(key));
  return join_in_words(names);
}

class PackVerification {
 public:
  PackVerification(const PackRead& pack, const Evidence& evidence)
      : pack_(pack), evidence_(evidence) {}

  Verdict run() {
    verdict_.of_pack = true;
    verdict_.origin = pack_.manifest.head.checkpoint.origin;
    verdict_.entries = pack_.entries.size();
    verdict_.root = pack_.manifest.head.checkpoint.root;
    verdict_.payloads = pack_.contents.size();
    verdict_.keys = pack_.keys;
    verdict_.keys_from_outside = !evidence_.log_keys.empty();
    count();
    if (verdict_.keys_from_outside && !known_key_has_signed()) {
      fault(VerdictKind::wrong_key, "verify.key",
            "the log is signed with the key " + fingerprints(pack_.keys) +
                ", and the key that is known to be its own is " +
                fingerprints(evidence_.log_keys) +
                ": it was written again by someone who does not hold its key, "
                "or it is another log");
      return verdict_;
    }
    for (const CosignedFile& file : pack_.cosigned) {
      look_at_note(file.path, file.note, false);
    }
    for (const OutsideCheckpoint& outside : evidence_.checkpoints) {
      look_at_note(outside.from, outside.note, true);
    }
    for (const PrintedCheckpoint& page : evidence_.printed) {
      const std::string from = "the printed checkpoint " +
                               std::to_string(page.size) + ":" +
                               page.root_start;
      hold(page.size, page.root_start, from, from);
    }
    if (!verdict_.fault) {
      verdict_.kind = verdict_.anchored_to == verdict_.entries
                          ? VerdictKind::anchored
                          : VerdictKind::not_anchored;
    }
    return verdict_;
  }

 private:
  void fault(VerdictKind kind, std::string id, std::string message,
             std::optional<std::uint64_t> entry = std::nullopt) {
    if (verdict_.fault) return;
    verdict_.kind = kind;
    verdict_.at_entry = entry;
    verdict_.fault = Error{std::move(id), std::move(message), {}};
  }

  void count() {
    std::set<std::int64_t> open;
    for (const std::string& bytes : pack_.entries) {
      const auto entry = read_entry(bytes);
      if (!entry) continue;
      if (entry->kind == EntryKind::erased) ++verdict_.erased_pupils;
      if (entry->kind == EntryKind::check_started) {
        open.insert(static_cast<std::int64_t>(entry->number));
      } else if (entry->kind == EntryKind::check_finished) {
        open.erase(about_number(*entry, "check").value_or(-1));
      } else if (entry->kind == EntryKind::erased) {
        verdict_.erased += static_cast<std::uint64_t>(std::max<std::int64_t>(
            0, about_number(*entry, "payloads").value_or(0)));
      }
      if (entry->kind == EntryKind::log_started ||
          entry->kind == EntryKind::key_rotated) {
        named_at_.push_back(entry->number);
      }
    }
    verdict_.unfinished_checks = open.size();
  }

  // Each key after the first is named by an entry that the key before it has
  // signed; so one that is known speaks for those after it, and, where it has
  // signed something itself, for the entries before it.
  bool known_key_has_signed() const {
    for (std::size_t i = 0; i < pack_.keys.size(); ++i) {
      const bool known =
          std::find(evidence_.log_keys.begin(), evidence_.log_keys.end(),
                    pack_.keys[i]) != evidence_.log_keys.end();
      const std::uint64_t from = i < named_at_.size() ? named_at_[i] : 0;
      if (known && (from == 0 || from + 1 < verdict_.entries)) return true;
    }
    return false;
  }

  bool is_witness(const NoteKey& key) const {
    return std::find(evidence_.witnesses.begin(), evidence_.witnesses.end(),
                     key) != evidence_.witnesses.end();
  }

  void look_at_note(const std::string& from, const std::string& note,
                    bool is_outside) {
    std::vector<NoteKey> known = pack_.keys;
    for (const auto* more :
         {&evidence_.log_keys, &evidence_.witnesses, &pack_.witnesses}) {
      known.insert(known.end(), more->begin(), more->end());
    }
    auto opened = open_checkpoint(note, known);
    if (!opened) {
      const bool other = opened.error().id == "note.unsigned" ||
                         opened.error().id == "checkpoint.not_the_log";
      fault(other ? VerdictKind::wrong_key : VerdictKind::contradicts,
            other ? "verify.key" : "verify.signature",
            from + " cannot be relied on: " + opened.error().message);
      return;
    }
    if (opened->checkpoint.origin != verdict_.origin) {
      fault(VerdictKind::contradicts, "verify.outside_origin",
            from + " is of the log \"" + quoted(opened->checkpoint.origin) +
                "\", and this is \"" + quoted(verdict_.origin) + "\"");
      return;
    }
    std::string vouched = is_outside ? from : std::string();
    for (const NoteSignature& signature : opened->note.signatures) {
      if (is_witness(signature.key)) vouched = signature.key.name;
    }
    hold(opened->checkpoint.size, hex(bytes_of(opened->checkpoint.root)), from,
         vouched);
  }

  // A checkpoint that the first `size` entries must fit.
  void hold(std::uint64_t size, const std::string& root_start,
            const std::string& from, const std::string& vouched) {
    if (size > verdict_.entries) {
      fault(VerdictKind::contradicts, "verify.outside_size",
            from + " saw " + std::to_string(size) + " entries, and only " +
                std::to_string(verdict_.entries) +
                " are there: the pack is older, or the end was cut off. Keep "
                "both as evidence",
            verdict_.entries);
      return;
    }
    Frontier tree;
    for (std::uint64_t i = 0; i < size; ++i) {
      tree.append(leaf_hash(pack_.entries[i]));
    }
    if (!hex(bytes_of(tree.root())).starts_with(root_start)) {
      fault(VerdictKind::contradicts, "verify.outside_root",
            from + " saw another log: the first " + std::to_string(size) +
                " entries were not these. Keep both as evidence",
            size == 0 ? 0 : size - 1);
      return;
    }
    if (!vouched.empty() && size > verdict_.anchored_to) {
      verdict_.anchored_to = size;
      verdict_.anchored_by = vouched;
    }
  }

  const PackRead& pack_;
  const Evidence& evidence_;
  Verdict verdict_;
  std::vector<std::uint64_t> named_at_;  // the entry that names each key
};

}  // namespace

Result<Verdict> verify_pack(const std::string& folder,
                            const Evidence& evidence) {
  auto pack = read_pack(folder);
  if (pack) return PackVerification(*pack, evidence).run();
  if (pack.error().id == "pack.not_a_pack" ||
      pack.error().id == "files.unreadable") {
    return unexpected(pack.error());
  }
  Verdict verdict;
  verdict.of_pack = true;
  verdict.kind = VerdictKind::broken;
  verdict.fault = pack.error();
  return verdict;
}

}  // namespace sendcheck
