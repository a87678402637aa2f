#include "audit/verify.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <set>
#include <thread>
#include <unordered_set>

#include "audit/entries_in_turn.hpp"
#include "audit/tiled_tree.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"
#include "json/value.hpp"

namespace sendcheck {
namespace {

constexpr std::size_t printed_digits = 16;

// A checkpoint that the log must fit, at the size where it is looked at.
struct Expected {
  std::string root_start;  // hexadecimal digits: all, or the first of them
  std::string from;        // empty: the log's own
  std::string vouched;     // who vouches for it outside; empty: nobody
};

class Verification {
 public:
  Verification(Database& database, const Evidence& evidence,
               const Progress& progress)
      : reader_(database), evidence_(evidence), progress_(progress) {}

  Result<Verdict> run() {
    auto size = reader_.size();
    if (!size) return unexpected(size.error());
    verdict_.entries = *size;
    if (*size == 0) {
      fault(VerdictKind::broken, "verify.gap", "the log holds no entry at all",
            0);
      return verdict_;
    }
    auto first = reader_.bytes(0);
    if (!first) {
      return first.error().id == "log.no_entry"
                 ? broken("verify.gap", "entry 0 is missing", 0)
                 : Result<Verdict>(unexpected(first.error()));
    }
    // What the log says of itself is believed only where the walk bears it out.
    if (auto read = read_entry(*first);
        read && read->kind == EntryKind::log_started) {
      verdict_.origin = about_text(*read, "origin");
    } else {
      return broken("verify.entry",
                    "entry 0 does not say how the log began: it is not as it "
                    "was written",
                    0);
    }
    if (auto ready = gather(); !ready) return unexpected(ready.error());
    if (done()) return verdict_;
    if (auto walked = walk(); !walked) return unexpected(walked.error());
    if (done()) return verdict_;
    if (auto settled = settle(); !settled) return unexpected(settled.error());
    if (!done()) {
      verdict_.kind = verdict_.anchored_to == verdict_.entries
                          ? VerdictKind::anchored
                          : VerdictKind::not_anchored;
    }
    return verdict_;
  }

 private:
  bool done() const { return verdict_.fault.has_value(); }

  void fault(VerdictKind kind, std::string id, std::string message,
             std::optional<std::uint64_t> entry) {
    if (done()) return;
    verdict_.kind = kind;
    verdict_.at_entry = entry;
    verdict_.fault = Error{std::move(id), std::move(message), {}};
    if (entry) {
      verdict_.fault->place.pointer = "entry " + std::to_string(*entry);
    }
  }
  Verdict broken(std::string id, std::string message, std::uint64_t entry) {
    fault(VerdictKind::broken, std::move(id), std::move(message), entry);
    return verdict_;
  }

  // Keys, checkpoints, erasures and stored roots, before the entries are walked.
  Result<void> gather() {
    auto keys = reader_.signing_keys();
    if (!keys) {
      if (keys.error().id != "note.key") return unexpected(keys.error());
      broken("verify.key", "the list of the log's keys is damaged", 0);
      return {};
    }
    for (const auto& from : *keys) {
      keys_.push_back(from);
      verdict_.keys.push_back(from.key);
    }
    verdict_.keys_from_outside = !evidence_.log_keys.empty();
    if (verdict_.keys_from_outside && !known_key_has_signed()) {
      fault(VerdictKind::wrong_key, "verify.key",
            "the log is signed with the key " + fingerprints(verdict_.keys) +
                ", and the key that is known to be its own is " +
                fingerprints(evidence_.log_keys) +
                ": it was written again by someone who does not hold its key, "
                "or it is another log",
            std::nullopt);
      return {};
    }
    if (auto own = own_checkpoints(); !own || done()) return own;
    if (auto outside = outside_checkpoints(); !outside || done()) {
      return outside;
    }
    printed_checkpoints();
    if (done()) return {};
    auto subtrees = reader_.subtrees();
    if (!subtrees) return unexpected(subtrees.error());
    for (const LogReader::Subtree& subtree : *subtrees) {
      subtrees_[{subtree.level, subtree.number}] = subtree.root;
    }
    auto erased = reader_.erased();
    if (!erased) return unexpected(erased.error());
    for (const auto& pupil : *erased) erased_[pupil.pseudonym] = pupil.entry;
    return {};
  }

  // Each key after the first is named by an entry that the key before it has
  // signed. So one that is known speaks for those after it, and, where it has
  // signed something itself, for the entries before it.
  bool known_key_has_signed() const {
    return std::any_of(keys_.begin(), keys_.end(), [&](const auto& from) {
      return std::find(evidence_.log_keys.begin(), evidence_.log_keys.end(),
                       from.key) != evidence_.log_keys.end() &&
             (from.entry == 0 || from.entry + 1 < verdict_.entries);
    });
  }

  static std::string fingerprints(const std::vector<NoteKey>& keys) {
    std::vector<std::string> names;
    for (const NoteKey& key : keys) names.push_back(fingerprint(key));
    return join_in_words(names);
  }

  // The key that signs a checkpoint of this size: the newest that an entry
  // before its last one names, since the old key signs the entry that names
  // the new one.
  const NoteKey* key_at(std::uint64_t size) const {
    const NoteKey* key = nullptr;
    for (const auto& from : keys_) {
      if (key == nullptr || from.entry + 1 < size) key = &from.key;
    }
    return key;
  }

  Result<void> own_checkpoints() {
    std::uint64_t last = 0;
    auto walked = reader_.walk_checkpoints(
        [&](std::uint64_t size, std::string_view note) -> Result<void> {
          if (done()) return {};
          const NoteKey* key = key_at(size);
          auto opened = open_checkpoint(note, key == nullptr
                                                  ? std::vector<NoteKey>()
                                                  : std::vector<NoteKey>{*key});
          if (!opened) {
            const bool other = opened.error().id == "note.unsigned" ||
                               opened.error().id == "checkpoint.not_the_log";
            fault(other ? VerdictKind::wrong_key : VerdictKind::broken,
                  other ? "verify.key" : "verify.signature",
                  "the checkpoint of " + std::to_string(size) +
                      " entries is not signed by the log's key: " +
                      opened.error().message,
                  size == 0 ? 0 : size - 1);
            return {};
          }
          if (opened->checkpoint.size != size ||
              opened->checkpoint.origin != verdict_.origin) {
            broken("verify.checkpoint",
                   "the checkpoint of " + std::to_string(size) +
                       " entries is that of another size or log",
                   size == 0 ? 0 : size - 1);
            return {};
          }
          expected_.emplace(
              size, Expected{hex(bytes_of(opened->checkpoint.root)), "", ""});
          last = size;
          return {};
        });
    if (!walked || done()) return walked;
    if (last < verdict_.entries) {
      broken("verify.unsigned_tail",
             "the last checkpoint covers " + std::to_string(last) + " of " +
                 std::to_string(verdict_.entries) +
                 " entries: what follows was not written by sendcheck",
             last);
    } else if (last > verdict_.entries) {
      broken("verify.gap",
             "the log's own checkpoint covers " + std::to_string(last) +
                 " entries, and only " + std::to_string(verdict_.entries) +
                 " are there: its end was cut off",
             verdict_.entries);
    }
    return {};
  }

  Result<void> outside_checkpoints() {
    std::vector<OutsideCheckpoint> outside = evidence_.checkpoints;
    auto cosigned = reader_.cosigned();
    if (!cosigned) return unexpected(cosigned.error());
    const std::size_t given = outside.size();
    for (std::string& note : *cosigned) {
      outside.push_back({"a cosigned checkpoint in the log", std::move(note)});
    }
    std::vector<NoteKey> known = verdict_.keys;
    known.insert(known.end(), evidence_.log_keys.begin(),
                 evidence_.log_keys.end());
    known.insert(known.end(), evidence_.witnesses.begin(),
                 evidence_.witnesses.end());
    for (std::size_t i = 0; i < outside.size() && !done(); ++i) {
      auto opened = open_checkpoint(outside[i].note, known);
      const std::string& from = outside[i].from;
      if (!opened) {
        const bool other = opened.error().id == "note.unsigned" ||
                           opened.error().id == "checkpoint.not_the_log";
        fault(other ? VerdictKind::wrong_key : VerdictKind::contradicts,
              other ? "verify.key" : "verify.signature",
              from + " cannot be relied on: " + opened.error().message,
              std::nullopt);
        continue;
      }
      const Checkpoint& checkpoint = opened->checkpoint;
      if (checkpoint.origin != verdict_.origin) {
        fault(VerdictKind::contradicts, "verify.outside_origin",
              from + " is of the log \"" + quoted(checkpoint.origin) +
                  "\", and this is \"" + quoted(verdict_.origin) + "\"",
              std::nullopt);
        continue;
      }
      std::string vouched = i < given ? from : std::string();
      for (const NoteSignature& signature : opened->note.signatures) {
        if (std::find(evidence_.witnesses.begin(), evidence_.witnesses.end(),
                      signature.key) != evidence_.witnesses.end()) {
          vouched = signature.key.name;
        }
      }
      if (is_beyond(checkpoint.size, from)) continue;
      expected_.emplace(
          checkpoint.size,
          Expected{hex(bytes_of(checkpoint.root)), from, vouched});
    }
    return {};
  }

  // Whether an outside checkpoint saw more than there is.
  bool is_beyond(std::uint64_t size, const std::string& from) {
    if (size <= verdict_.entries) return false;
    fault(VerdictKind::contradicts, "verify.outside_size",
          from + " saw " + std::to_string(size) + " entries, and only " +
              std::to_string(verdict_.entries) +
              " are there: the end was cut off, or an old copy was put in its "
              "place. Keep both as evidence",
          verdict_.entries);
    return true;
  }

  void printed_checkpoints() {
    for (const PrintedCheckpoint& page : evidence_.printed) {
      const std::string from = "the printed checkpoint " +
                               std::to_string(page.size) + ":" +
                               page.root_start;
      if (is_beyond(page.size, from)) return;
      expected_.emplace(page.size, Expected{page.root_start, from, from});
    }
  }

  // Entry after entry, in order. One thread reads, another looks: hashing takes
  // about as long as reading does.
  Result<void> walk() {
    Handover handover;
    std::uint64_t looked_at = 0;
    std::thread looking([&] {
      while (auto some = handover.take()) {
        for (std::size_t i = 0; i < some->size() && !done(); ++i) {
          look_at(some->entry(i), looked_at);
          ++looked_at;
        }
        if (done()) handover.refuse();
      }
    });
    std::uint64_t read = 0;
    auto some = std::make_unique<SomeEntries>();
    auto walked = reader_.walk(0, [&](const StoredEntry& stored) {
      some->add(stored);
      if (++read % SomeEntries::most != 0) return Result<bool>(true);
      if (progress_) progress_(read, verdict_.entries);
      const bool more = handover.put(std::move(some));
      some = std::make_unique<SomeEntries>();
      return Result<bool>(more);
    });
    handover.put(std::move(some));
    handover.close();
    looking.join();
    verdict_.root = tree_.root();
    return walked;
  }

  void look_at(const ReadEntry& stored, std::uint64_t next) {
    if (stored.number != next) {
      broken("verify.gap",
             "entry " + std::to_string(next) +
                 " is missing: the next that is "
                 "there is " +
                 std::to_string(stored.number),
             next);
      return;
    }
    const Digest leaf = leaf_hash(stored.bytes);
    if (leaf != stored.leaf) {
      broken("verify.entry",
             "entry " + std::to_string(next) +
                 " is not as it was written: it does not have the hash that "
                 "was stored with it",
             next);
      return;
    }
    const std::vector<TiledTree::Tile>& completed = tree_.append(leaf);
    auto entry = read_entry(stored.bytes);
    if (!entry || entry->number != next) {
      broken("verify.entry",
             "entry " + std::to_string(next) + " is not as it was written: " +
                 (entry ? "it says that it is entry " +
                              std::to_string(entry->number)
                        : entry.error().message),
             next);
      return;
    }
    look_at_payload(*entry, stored);
    look_at_kind(*entry);
    if (!done()) look_at_roots(next + 1, completed);
  }

  void look_at_payload(const Entry& entry, const ReadEntry& stored) {
    if (!entry.payload) {
      if (stored.sealed) {
        broken("verify.payload",
               "entry " + std::to_string(entry.number) +
                   " has sealed bytes beside it that it does not name",
               entry.number);
      }
      return;
    }
    if (stored.sealed) {
      if (*stored.sealed != *entry.payload) {
        broken("verify.payload",
               "the sealed bytes of entry " + std::to_string(entry.number) +
                   " are not those that it names: they were changed or "
                   "exchanged",
               entry.number);
        return;
      }
      ++verdict_.payloads;
      return;
    }
    if (!erased_.contains(entry.subject)) {
      broken("verify.payload",
             "the sealed bytes of entry " + std::to_string(entry.number) +
                 " are gone, and no entry says that the pupil was erased",
             entry.number);
      return;
    }
    ++verdict_.erased;
  }

  void look_at_kind(const Entry& entry) {
    if (entry.kind == EntryKind::log_started ||
        entry.kind == EntryKind::key_rotated) {
      const auto from = std::find_if(
          keys_.begin(), keys_.end(),
          [&](const auto& known) { return known.entry == entry.number; });
      if (from == keys_.end() || from->key.text() != about_text(entry, "key")) {
        broken("verify.key",
               "entry " + std::to_string(entry.number) +
                   " names another key than the log's list of keys",
               entry.number);
      }
      ++keys_met_;
    } else if (entry.kind == EntryKind::erased) {
      const std::string pseudonym = about_text(entry, "pseudonym");
      const auto found = erased_.find(pseudonym);
      if (found == erased_.end() || found->second != entry.number) {
        broken("verify.erasure",
               "entry " + std::to_string(entry.number) +
                   " says that a pupil was erased, and the log's list of "
                   "erasures does not",
               entry.number);
      }
      ++verdict_.erased_pupils;
    } else if (entry.kind == EntryKind::decision) {
      look_at_rule_text(entry);
    } else if (entry.kind == EntryKind::check_started) {
      open_checks_.insert(entry.number);
      const std::string rules = about_text(entry, "rules");
      if (!rules.empty()) packs_.emplace(rules, entry.number);
    } else if (entry.kind == EntryKind::impact_started) {
      for (const char* side : {"rules", "proposed"}) {
        const std::string rules = about_text(entry, side);
        if (!rules.empty()) packs_.emplace(rules, entry.number);
      }
    } else if (entry.kind == EntryKind::check_finished) {
      const auto check = about_number(entry, "check");
      if (check) open_checks_.erase(static_cast<std::uint64_t>(*check));
    }
  }

  // A rule's text that a decision names, once: it is named by many.
  void look_at_rule_text(const Entry& entry) {
    constexpr std::string_view name = "\"text\":\"";
    const std::size_t at = entry.about.find(name);
    if (at == std::string::npos) return;
    const std::size_t from = at + name.size();
    const std::string_view hash =
        std::string_view(entry.about)
            .substr(from, entry.about.find('"', from) - from);
    if (!hash.empty() && !texts_.contains(hash)) {
      texts_.emplace(hash, entry.number);
    }
  }

  // Stored roots and checkpoints that end with the entry just looked at.
  void look_at_roots(std::uint64_t size,
                     const std::vector<TiledTree::Tile>& completed) {
    for (const TiledTree::Tile& full : completed) {
      // One that is not stored is worked out when it is needed.
      const auto stored = subtrees_.find({full.level, full.number});
      if (stored != subtrees_.end() && stored->second != full.root) {
        broken("verify.tree",
               "the stored root of the entries up to " +
                   std::to_string(size - 1) +
                   " is not that of the entries: one of these was changed, or "
                   "the root was",
               size - 1);
        return;
      }
    }
    const auto [first, last] = expected_.equal_range(size);
    if (first == last) return;
    const std::string root = hex(bytes_of(tree_.root()));
    for (auto at = first; at != last; ++at) {
      const Expected& expected = at->second;
      if (root.starts_with(expected.root_start)) {
        if (!expected.vouched.empty() && size > verdict_.anchored_to) {
          verdict_.anchored_to = size;
          verdict_.anchored_by = expected.vouched;
        }
        continue;
      }
      if (expected.from.empty()) {
        broken("verify.checkpoint",
               "the signed checkpoint of " + std::to_string(size) +
                   " entries does not fit them: an entry up to " +
                   std::to_string(size - 1) +
                   " was changed, removed, put in or moved",
               size - 1);
      } else {
        fault(VerdictKind::contradicts, "verify.outside_root",
              expected.from + " saw another log: the first " +
                  std::to_string(size) +
                  " entries were not these. Keep both as evidence",
              size - 1);
      }
      return;
    }
  }

  // What can only be said once all entries were seen.
  Result<void> settle() {
    if (keys_met_ != keys_.size()) {
      broken("verify.key",
             "the log's list of keys names one that no entry does",
             verdict_.entries - 1);
      return {};
    }
    if (verdict_.erased_pupils != erased_.size()) {
      broken("verify.erasure",
             "the log's list of erasures names one that no entry does",
             verdict_.entries - 1);
      return {};
    }
    verdict_.unfinished_checks = open_checks_.size();
    auto hashes = reader_.kept_hashes();
    if (!hashes) return unexpected(hashes.error());
    for (const std::string& hash : *hashes) {
      auto bytes = reader_.kept(hash);
      if (!bytes || sha256(*bytes) != hash) {
        broken("verify.kept",
               "the rules that were kept with the hash " + hash +
                   " are not as they were written",
               0);
        return {};
      }
    }
    const std::unordered_set<std::string> kept(hashes->begin(), hashes->end());
    for (const auto& [text, entry] : texts_) {
      if (kept.contains(text)) continue;
      broken("verify.kept",
             "the text of the rule that the decision of entry " +
                 std::to_string(entry) + " names is not there",
             entry);
      return {};
    }
    for (const auto& [pack, entry] : packs_) {
      if (auto whole = is_whole(pack, kept); !whole) {
        return unexpected(whole.error());
      } else if (!*whole) {
        broken("verify.kept",
               "the rules that the check of entry " + std::to_string(entry) +
                   " went by are not all there",
               entry);
        return {};
      }
    }
    return {};
  }

  Result<bool> is_whole(const std::string& pack,
                        const std::unordered_set<std::string>& kept) {
    if (!kept.contains(pack)) return false;
    auto bytes = reader_.kept(pack);
    if (!bytes) return unexpected(bytes.error());
    json::Document document;
    if (!document.parse(*bytes, "")) return false;
    const json::Value* files = document.root().find("files");
    if (files == nullptr || !files->is(json::Type::array)) return false;
    return std::all_of(
        files->items.begin(), files->items.end(), [&](const json::Value& file) {
          const json::Value* hash = file.find("hash");
          return hash != nullptr && kept.contains(std::string(hash->text));
        });
  }

  LogReader reader_;
  const Evidence& evidence_;
  const Progress& progress_;
  Verdict verdict_;
  std::vector<LogReader::SigningKeyFrom> keys_;
  std::multimap<std::uint64_t, Expected> expected_;
  std::map<std::string, std::uint64_t, std::less<>> erased_;
  std::set<std::uint64_t> open_checks_;
  std::map<std::string, std::uint64_t> packs_;  // and the first entry of each
  std::map<std::string, std::uint64_t, std::less<>> texts_;   // likewise
  std::map<std::pair<int, std::uint64_t>, Digest> subtrees_;  // as stored
  TiledTree tree_;
  std::size_t keys_met_ = 0;
};

}  // namespace

std::string printed(const Checkpoint& checkpoint) {
  return std::to_string(checkpoint.size) + ":" +
         hex(bytes_of(checkpoint.root)).substr(0, printed_digits);
}

Result<PrintedCheckpoint> PrintedCheckpoint::parse(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view digits = text.substr(0, colon);
  const std::string_view root =
      colon == text.npos ? std::string_view() : text.substr(colon + 1);
  PrintedCheckpoint page;
  page.root_start = root;
  const char* const end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, page.size);
  if (failure != std::errc() || stop != end || page.size == 0 ||
      root.size() != printed_digits || !from_hex(root)) {
    return unexpected(
        {"verify.printed",
         "\"" + quoted(text) +
             "\" is no checkpoint as pages print it; expected one such as "
             "633:09ff405396c0d1a5, the number of entries and 16 digits",
         {}});
  }
  return page;
}

int exit_status(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::anchored:
      return 0;
    case VerdictKind::not_anchored:
      return 3;
    case VerdictKind::broken:
      return 10;
    case VerdictKind::contradicts:
      return 11;
    case VerdictKind::wrong_key:
      return 12;
  }
  return 10;
}

Result<Verdict> verify_log(Database& database, const Evidence& evidence,
                           const Progress& progress) {
  return Verification(database, evidence, progress).run();
}

}  // namespace sendcheck
