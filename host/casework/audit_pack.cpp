#include "casework/audit_pack.hpp"

#include <map>

#include "audit/pack.hpp"
#include "audit/parties.hpp"
#include "audit/payload.hpp"
#include "audit/tiles.hpp"
#include "audit/verdict_words.hpp"
#include "audit/verifier_page.hpp"
#include "base/files.hpp"
#include "casework/opening_reasons.hpp"
#include "casework/sealed_contents.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view hash_prefix = "sha256:";

std::string rule_path(const std::string& hash) {
  return "rules/sha256/" + hash.substr(hash_prefix.size());
}

std::string read_me(const PackOptions& options, const Log& log,
                    const NoteKey& key, bool has_verifier) {
  std::string text =
      "AN AUDIT PACK\n\n"
      "This folder is a copy of a log of decisions about pupils with special\n"
      "educational needs, made so that it can be checked without the people "
      "who\nkeep the log, and without their program.\n\n"
      "  log   " +
      log.origin() + "\n  key   " + fingerprint(key) +
      "\n\n"
      "HOW TO CHECK IT\n\n"
      "1. Get the key's fingerprint from somewhere else than this folder: it "
      "was\n   printed when the log was begun. It must be among those of "
      "keys/log.pub.\n"
      "2. Open verify.html in a browser and choose this folder. It needs no\n"
      "   network. It says whether every file, entry, hash and signature is as "
      "it\n   was written, and if not, which is the first that is not.\n";
  if (has_verifier) {
    text +=
        "   Or run, on a computer like the one that made this folder:\n"
        "     ./sendcheck-verify . --key KEY --checkpoint FILE\n"
        "   with a checkpoint of the log that was kept elsewhere.\n";
  } else {
    text +=
        "   Or run \"sendcheck-verify FOLDER --key KEY --checkpoint FILE\", "
        "with a\n   checkpoint of the log that was kept elsewhere.\n";
  }
  text +=
      "3. Old print-outs of decisions have a checkpoint in their foot, such "
      "as\n   633:09ff405396c0d1a5. Give some of them too: they catch a log "
      "that was\n   written again.\n\n"
      "WHAT IS IN IT\n\n"
      "  manifest.txt        each file with its size and SHA-256, signed by "
      "the log\n"
      "  log/checkpoint      the signed head of the log: number of entries and "
      "root\n"
      "  log/tile/entries/   the entries, 256 to a file, in the C2SP "
      "tlog-tiles format\n"
      "  log/tile/0/ ...     the hashes of the tree over them (RFC 6962)\n"
      "  keys/log.pub        the keys that have signed the log, oldest first\n"
      "  keys/witnesses.pub  the keys of others who watch the log, if any\n"
      "  cosigned/           heads of the log that these have cosigned, if "
      "any\n"
      "  rules/index.txt     the rules that each check went by, and their "
      "files\n"
      "  rules/sha256/       those files, each named by its SHA-256\n"
      "  replay.txt          whether each decision, made again from what was "
      "kept,\n                      comes out the same\n"
      "  verify.html         the page that checks all this\n";
  if (has_verifier) {
    text += "  sendcheck-verify    the program that does\n";
  }
  if (options.contents.empty()) {
    text +=
        "\nTHERE IS NO PERSONAL DATA IN IT. Pupils go by pseudonyms that were "
        "drawn by\nchance; records, decisions and outcomes stayed sealed where "
        "the log is. Who\nworked with the log is named as the log names "
        "them.\n";
  } else {
    text +=
        "  decisions.jsonl     every decision in full, to be read: PERSONAL "
        "DATA\n"
        "  contents.jsonl      records and decisions, opened: PERSONAL DATA. "
        "Each line\n                      has the sealed bytes, the key of "
        "that "
        "one entry, and what\n                      they hold\n\n"
        "THIS PACK HOLDS PERSONAL DATA, of children, about their health and "
        "needs. It\nwas opened for: " +
        options.contents +
        ". That is entered in the log. Keep it locked away,\nand destroy it "
        "when it has served. A pupil who is erased from the log later "
        "is\nstill in here.\n";
  }
  return text;
}

std::string replay_text(const ReplayReport& report, bool with_contents) {
  std::string text =
      "Every decision in the log was made again, from the record and the rules "
      "that\nwere kept when it was made, and compared byte for byte.\n\n"
      "  decisions           " +
      grouped(report.decisions) + "\n  the same            " +
      grouped(report.same) + "\n  different           ";
  std::uint64_t different = 0;
  for (const ReplayedDecision& other : report.others) {
    if (other.result == Replayed::different) ++different;
  }
  text += grouped(different) + "\n  could not be made   " +
          grouped(report.others.size() - different) +
          "\n  erased, not to be   " + grouped(report.erased) + "\n";
  for (const ReplayedDecision& other : report.others) {
    std::string where = other.where;
    if (!with_contents) {
      // Only the pointer, or the error's id: what stood there is sealed.
      where = other.result == Replayed::different
                  ? where.substr(0, where.find(": "))
                  : where.substr(std::min(where.size(), where.rfind('(')));
    }
    text += "\nentry " + std::to_string(other.entry) + ", " + other.rule +
            ", decided by sendcheck " + other.program + ": " +
            (other.result == Replayed::different ? "different at "
                                                 : "could not be made ") +
            where + "\n";
  }
  return text;
}

class PackMaking {
 public:
  PackMaking(Log& log, const PackOptions& options, PackWriter writer)
      : log_(log), options_(options), writer_(std::move(writer)) {}

  Result<PackMade> run() {
    if (auto entered = enter(); !entered) return unexpected(entered.error());
    for (const auto step :
         {&PackMaking::add_log, &PackMaking::add_keys, &PackMaking::add_rules,
          &PackMaking::add_contents, &PackMaking::add_reports,
          &PackMaking::add_manifest}) {
      if (auto done = (this->*step)(); !done) return unexpected(done.error());
    }
    return std::move(made_);
  }

 private:
  Result<void> enter() {
    std::string about;
    json::Writer json(about);
    json.begin_object().key("contents").boolean(!options_.contents.empty());
    json.member("form", "pack");
    if (!options_.contents.empty()) json.member("reason", options_.contents);
    json.end_object();
    auto batch = log_.begin();
    if (!batch) return unexpected(batch.error());
    auto number =
        batch->append({.kind = EntryKind::exported, .about = std::move(about)});
    if (!number) return unexpected(number.error());
    auto checkpoint = batch->commit();
    if (!checkpoint) return unexpected(checkpoint.error());
    made_.entry = *number;
    made_.checkpoint = std::move(*checkpoint);
    auto entry = log_.reader().entry(*number);
    if (!entry) return unexpected(entry.error());
    at_ = entry->at.text();
    actor_ = entry->actor;
    return {};
  }

  std::uint64_t size() const { return made_.entry + 1; }

  Result<void> add_log() {
    if (auto written = write_tiles(
            join_path(options_.folder, "log"), size(), log_.reader().roots(),
            [this](std::uint64_t number) {
              return log_.reader().bytes(number);
            },
            made_.checkpoint);
        !written) {
      return written;
    }
    return writer_.add_folder("log");
  }

  Result<void> add_keys() {
    auto signing = log_.reader().signing_keys();
    if (!signing) return unexpected(signing.error());
    std::string text;
    for (const auto& from : *signing) {
      if (from.entry < size()) text += from.key.text() + "\n";
    }
    if (auto added = writer_.add("keys/log.pub", text); !added) return added;
    auto parties = known_parties(log_.keys().folder());
    if (!parties) return unexpected(parties.error());
    text.clear();
    for (const NoteKey& key : *parties) text += key.text() + "\n";
    if (!text.empty()) {
      if (auto added = writer_.add("keys/witnesses.pub", text); !added) {
        return added;
      }
    }
    auto cosigned = log_.reader().cosigned();
    if (!cosigned) return unexpected(cosigned.error());
    std::map<std::uint64_t, int> of_size;  // several may have one
    for (const std::string& note : *cosigned) {
      auto head = Checkpoint::parse(note.substr(0, note.find("\n\n") + 1));
      if (!head) return unexpected(head.error());
      if (head->size > size()) continue;
      const int before = of_size[head->size]++;
      const std::string path =
          "cosigned/" + std::to_string(head->size) +
          (before == 0 ? "" : "-" + std::to_string(before + 1)) + ".checkpoint";
      if (auto added = writer_.add(path, note); !added) return added;
    }
    return {};
  }

  Result<void> add_rules() {
    auto hashes = log_.reader().kept_hashes();
    if (!hashes) return unexpected(hashes.error());
    for (const std::string& hash : *hashes) {
      auto bytes = log_.reader().kept(hash);
      if (!bytes) return unexpected(bytes.error());
      if (auto added = writer_.add(rule_path(hash), *bytes); !added) {
        return added;
      }
    }
    return add_index();
  }

  // Which rules each check went by, with the names that their files had.
  Result<void> add_index() {
    std::map<std::string, std::vector<std::uint64_t>> checks;
    auto walked =
        log_.reader().walk(0, [&](const StoredEntry& stored) -> Result<bool> {
          if (stored.bytes.find("\"check_started\"") == stored.bytes.npos) {
            return true;
          }
          auto entry = read_entry(stored.bytes);
          if (!entry) return unexpected(entry.error());
          if (entry->kind == EntryKind::check_started &&
              entry->number < size()) {
            checks[about_text(*entry, "rules")].push_back(entry->number);
          }
          return true;
        });
    if (!walked) return walked;
    std::string text =
        "The rules that checks went by. Each set is a list of files; each file "
        "lies in\nrules/sha256/ under the hash that stands before its name.\n";
    for (const auto& [manifest, entries] : checks) {
      text += "\nset " + manifest + "\n  checks begun in entries";
      for (const std::uint64_t number : entries) {
        text += " " + std::to_string(number);
      }
      text += "\n";
      auto bytes = log_.reader().kept(manifest);
      if (!bytes) return unexpected(bytes.error());
      json::Document document;
      if (auto read = document.parse(*bytes, ""); !read) return read;
      const json::Value* files = document.root().find("files");
      if (files == nullptr) continue;
      for (const json::Value& file : files->items) {
        const json::Value* hash = file.find("hash");
        const json::Value* path = file.find("path");
        if (hash == nullptr || path == nullptr) continue;
        text += "  " + std::string(hash->text.substr(hash_prefix.size())) +
                "  " + std::string(path->text) + "\n";
      }
    }
    return writer_.add("rules/index.txt", text);
  }

  Result<void> add_contents() {
    if (options_.contents.empty()) return {};
    std::string lines;
    std::string decisions;  // put together with their rules' texts, to be read
    auto walked =
        log_.reader().walk(0, [&](const StoredEntry& stored) -> Result<bool> {
          if (stored.number >= size()) return false;
          if (!stored.has_sealed) return true;
          auto entry = read_entry(stored.bytes);
          if (!entry) return unexpected(entry.error());
          auto pupil = log_.keys().by_pseudonym(entry->subject);
          if (!pupil) return unexpected(pupil.error());
          if (!*pupil) return true;
          const SecretKey key = entry_key((*pupil)->key, entry->number);
          auto text = opened_with_entry_key(key, entry->number, entry->kind,
                                            stored.sealed);
          if (!text) return unexpected(text.error());
          lines += contents_line(entry->number, key, stored.sealed, *text);
          ++made_.opened;
          if (entry->kind != EntryKind::decision) return true;
          auto whole = contents_of(log_, *entry);
          if (!whole) return unexpected(whole.error());
          json::Writer json(decisions);
          json.begin_object().key("entry").number(
              static_cast<std::int64_t>(entry->number));
          json.key("decision").raw(**whole).end_object();
          decisions += '\n';
          return true;
        });
    if (!walked) return walked;
    if (auto added = writer_.add("decisions.jsonl", decisions); !added) {
      return added;
    }
    return writer_.add("contents.jsonl", lines);
  }

  Result<void> add_reports() {
    auto report = replay(log_, {});
    if (!report) return unexpected(report.error());
    made_.replay = std::move(*report);
    if (auto added =
            writer_.add("replay.txt",
                        replay_text(made_.replay, !options_.contents.empty()));
        !added) {
      return added;
    }
    if (!options_.verifier.empty()) {
      auto program = read_file(options_.verifier);
      if (!program) return unexpected(program.error());
      if (auto added = writer_.add_program("sendcheck-verify", *program);
          !added) {
        return added;
      }
    }
    if (auto added = writer_.add("verify.html", verifier_page()); !added) {
      return added;
    }
    return writer_.add("README.txt",
                       read_me(options_, log_, log_.keys().public_key(),
                               !options_.verifier.empty()));
  }

  Result<void> add_manifest() {
    auto head = Checkpoint::parse(
        made_.checkpoint.substr(0, made_.checkpoint.find("\n\n") + 1));
    if (!head) return unexpected(head.error());
    return writer_.finish({*head, at_, actor_, options_.contents},
                          log_.keys().name(), log_.keys().signing_key());
  }

  Log& log_;
  const PackOptions& options_;
  PackWriter writer_;
  PackMade made_;
  std::string at_, actor_;
};

}  // namespace

Result<PackMade> make_pack(Log& log, const PackOptions& options) {
  if (!options.contents.empty()) {
    if (auto well = check_opening_reason(options.contents); !well) {
      return unexpected(well.error());
    }
  }
  // That the folder is free is seen before the entry says that it was used.
  auto writer = PackWriter::begin(options.folder);
  if (!writer) return unexpected(writer.error());
  return PackMaking(log, options, std::move(*writer)).run();
}

}  // namespace sendcheck
