#include "cli/log_commands.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "audit/key_words.hpp"
#include "audit/parties.hpp"
#include "audit/payload.hpp"
#include "audit/proof_file.hpp"
#include "audit/verdict_words.hpp"
#include "audit/witness.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/erase_pupil.hpp"
#include "casework/human_decision.hpp"
#include "casework/log_listing.hpp"
#include "casework/replay.hpp"
#include "casework/sealed_contents.hpp"
#include "crypto/encoding.hpp"
#include "json/writer.hpp"

namespace sendcheck::cli {
namespace {

std::string joined_codes(std::span<const ErasureReason> reasons) {
  std::vector<std::string> codes;
  for (const ErasureReason& reason : reasons) codes.emplace_back(reason.code);
  return join(codes, ", ");
}

// The start of a pseudonym: enough to tell pupils apart on a screen.
std::string short_pseudonym(const Entry& entry) {
  return entry.subject.empty() ? "-" : entry.subject.substr(0, 8);
}

}  // namespace

void LogCommands::add(CLI::App& app) {
  add_decide(app);
  add_erase(app);
  CLI::App* audit = app.add_subcommand(
      "audit", "Verifies, reads, replays and proves the log of decisions");
  audit->require_subcommand(1);
  add_verify(*audit);
  add_log(*audit);
  add_show(*audit);
  add_replay(*audit);
  add_prove(*audit);
  add_checkpoint(*audit);
  add_keys(*audit);
  copies_.add(*audit);
}

int LogCommands::give(const std::string& text, const std::string& what) {
  return desk_.give(out_, text, what);
}

void LogCommands::add_decide(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "decide", "Enters what a person decided, beside what was recommended");
  command->add_option("pupil", pupil_, "the pupil's UPN, or pseudonym")
      ->required()
      ->check(stated());
  command->add_option("rule", rule_, "the rule")->required()->check(stated());
  auto* accept = command->add_flag("--accept", accept_,
                                   "the decision follows the recommendation");
  command->add_flag("--depart", depart_, "it departs from it")
      ->excludes(accept);
  command
      ->add_option("--reason", reason_,
                   "the person's own reasons: what was considered, and why it "
                   "led to this")
      ->required();
  command
      ->add_option("--by", by_,
                   "who decided, with their role: \"A. Example, panel chair\"")
      ->required();
  command
      ->add_option("--relied-on", evidence_,
                   "evidence that was relied on (repeatable)")
      ->allow_extra_args(false)
      ->check(stated());
  command
      ->add_option("--not-relied-on", not_relied_on_,
                   "evidence that was not, with why: \"letter of 3 May: "
                   "unsigned\" (repeatable)")
      ->allow_extra_args(false)
      ->check(stated());
  desk_.add_store_options(*command, false);
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return decide(log); });
  });
}

int LogCommands::decide(Log& log) {
  if (accept_ == depart_) {
    *desk_.at.err << "sendcheck: say whether the decision follows the "
                     "recommendation: --accept or --depart\n";
    return wrong_usage;
  }
  HumanDecision decision;
  decision.decided_by = by_;
  decision.follows = accept_;
  decision.reasons = reason_;
  for (const std::string& what : evidence_) {
    decision.evidence.push_back({what, true, ""});
  }
  for (const std::string& said : not_relied_on_) {
    const std::size_t colon = said.find(':');
    decision.evidence.push_back(
        {std::string(trim(said.substr(0, colon))), false,
         colon == said.npos ? std::string()
                            : std::string(trim(said.substr(colon + 1)))});
  }
  auto entered = enter_decision(log, pupil_, rule_, decision);
  if (!entered) return desk_.fail(entered.error());
  *desk_.at.out << "Entered as entry " << entered->entry << ", beside entry "
                << entered->recommendation << ", which had recommended \""
                << entered->outcome << "\": "
                << (accept_ ? "the decision follows it"
                            : "the decision departs from it")
                << ".\n";
  return done;
}

void LogCommands::add_erase(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "erase",
      "Destroys what the log holds of a pupil; every proof still holds");
  command->add_option("pupil", pupil_, "the pupil's UPN, or pseudonym")
      ->required()
      ->check(stated());
  command
      ->add_option("--reason", reason_,
                   "one of " + joined_codes(erasure_reasons()))
      ->required();
  command->add_flag("--refuse", depart_,
                    "enter that it was asked for and is refused; the reason is "
                    "one of " +
                        joined_codes(refusal_reasons()));
  command->add_flag("--yes", yes_, "do not ask");
  command->add_option("--out", out_, "write the certificate to this file")
      ->check(stated());
  desk_.add_store_options(*command, false);
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return erase(log); });
  });
}

int LogCommands::erase(Log& log) {
  if (depart_) {
    auto entry = refuse_erasure(log, pupil_, reason_);
    if (!entry) return desk_.fail(entry.error());
    *desk_.at.out << "Entered as entry " << *entry
                  << " that the erasure is refused.\n";
    return done;
  }
  if (!yes_) {
    *desk_.at.err << "This cannot be undone. Type ERASE to destroy what the "
                     "log holds of this pupil: "
                  << std::flush;
    std::string word;
    if (desk_.at.in == nullptr || !std::getline(*desk_.at.in, word) ||
        trim(word) != "ERASE") {
      *desk_.at.err << "Nothing was erased.\n";
      return wrong_usage;
    }
  }
  auto certificate = erase_pupil(log, pupil_, reason_);
  if (!certificate) return desk_.fail(certificate.error());
  return give(certificate->text(), "The certificate was");
}

void LogCommands::add_verify(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "verify",
      "Whether the log is whole and untouched, and how far outside "
      "evidence reaches");
  command
      ->add_option("--checkpoint", checkpoints_,
                   "a checkpoint that was kept elsewhere (repeatable)")
      ->allow_extra_args(false)
      ->check(stated());
  command
      ->add_option("--printed", printed_,
                   "a checkpoint as a page's foot has it, such as "
                   "633:09ff405396c0d1a5 (repeatable)")
      ->allow_extra_args(false)
      ->check(stated());
  command
      ->add_option("--key", log_keys_,
                   "a public key of the log that was learnt elsewhere, or a "
                   "file of them (those in its keys folder)")
      ->allow_extra_args(false)
      ->check(stated());
  command
      ->add_option("--witness", witnesses_,
                   "a verifier key of another party whose cosignatures count, "
                   "or a file of them (repeatable)")
      ->allow_extra_args(false)
      ->check(stated());
  desk_.add_store_options(*command, false);
  command->footer(
      "Exit status: 0 verified and anchored; 3 verified, not anchored to the "
      "end; 10 broken;\n11 contradicts a checkpoint from outside; 12 wrong or "
      "unknown key; 2 wrong usage;\n5 cannot be read.");
  command->callback([this] { desk_.status = verify(); });
}

Result<Evidence> LogCommands::evidence() const {
  Evidence evidence;
  auto log_keys = keys_in(log_keys_);
  if (!log_keys) return unexpected(log_keys.error());
  evidence.log_keys = std::move(*log_keys);
  auto witnesses = keys_in(witnesses_);
  if (!witnesses) return unexpected(witnesses.error());
  evidence.witnesses = std::move(*witnesses);
  // Those that the log has dealt with before.
  auto parties = known_parties(desk_.log_place().keys_folder());
  if (!parties) return unexpected(parties.error());
  for (NoteKey& key : *parties) {
    if (key.kind == NoteKey::Kind::cosignature) {
      evidence.witnesses.push_back(std::move(key));
    }
  }
  for (const std::string& file : checkpoints_) {
    auto note = read_file(file, 1 << 20);
    if (!note) return unexpected(note.error());
    evidence.checkpoints.push_back({file, std::move(*note)});
  }
  for (const std::string& text : printed_) {
    auto page = PrintedCheckpoint::parse(text);
    if (!page) return unexpected(page.error());
    evidence.printed.push_back(*page);
  }
  // The keys folder is apart from the log, so that who can write the one need
  // not be able to write the other.
  if (evidence.log_keys.empty()) {
    const std::string folder = desk_.log_place().keys_folder();
    if (is_file(join_path(folder, "signing.pub"))) {
      auto known = public_keys(folder);
      if (!known) return unexpected(known.error());
      evidence.log_keys = std::move(*known);
    }
  }
  return evidence;
}

int LogCommands::verify() {
  auto outside = evidence();
  if (!outside) {
    desk_.fail(outside.error());
    return unwritable;
  }
  const std::string file = desk_.log_place().file;
  Result<Verdict> verdict = Verdict{};
  {
    auto database =
        Database::open(file, log_schema(), Database::Open::read_only);
    if (!database) return desk_.fail(database.error());
    Progress progress;
    if (desk_.at.err_is_terminal) {
      progress = [this](std::uint64_t looked_at, std::uint64_t all) {
        if (all < 200'000) return;
        *desk_.at.err << "\r" << grouped(looked_at) << " of " << grouped(all)
                      << " entries " << std::flush;
      };
    }
    verdict = verify_log(*database, *outside, progress);
    if (progress) *desk_.at.err << "\r\x1b[K" << std::flush;
  }
  if (!verdict) return desk_.fail(verdict.error());
  // That it was verified is an entry; a log that is not whole is left as it is.
  if (!verdict->fault) {
    if (auto log = desk_.open_log(false)) {
      std::string about;
      json::Writer(about)
          .begin_object()
          .key("entries")
          .number(static_cast<std::int64_t>(verdict->entries))
          .member("verdict", verdict->kind == VerdictKind::anchored
                                 ? "anchored"
                                 : "not_anchored")
          .end_object();
      auto entered =
          (*log)->append({.kind = EntryKind::verified, .about = about});
      if (!entered) return desk_.fail(entered.error());
    } else if (!log.error().id.starts_with("keys.")) {
      return desk_.fail(log.error());
    }
  }
  *desk_.at.out << in_words(*verdict);
  return exit_status(verdict->kind);
}

void LogCommands::add_log(CLI::App& audit) {
  CLI::App* command =
      audit.add_subcommand("log", "Lists the entries, pupils by pseudonym");
  command->add_option("--pupil", pupil_, "about this pupil: UPN or pseudonym")
      ->check(stated());
  command->add_option("--rule", rule_, "about this rule")->check(stated());
  command
      ->add_option("--kind", kind_,
                   "of this kind: decision, human_decision, check_started, "
                   "view, erased ...")
      ->check(stated());
  command
      ->add_option("--outcome", outcome_,
                   "decisions with this outcome: their contents are opened "
                   "for it, which is entered")
      ->check(stated());
  command->add_option("--by", entry_actor_, "by this actor")->check(stated());
  command->add_option("--from", from_, "from this day on")->check(stated());
  command->add_option("--to", to_, "up to this day")->check(stated());
  desk_.add_store_options(*command, false);
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return list(log); });
  });
}

int LogCommands::list(Log& log) {
  LogFilter filter;
  filter.kind = kind_;
  filter.rule = rule_;
  filter.actor = entry_actor_;
  filter.outcome = outcome_;
  for (const auto& [text, limit, time] :
       {std::tuple(&from_, &filter.from, "T00:00:00Z"),
        std::tuple(&to_, &filter.to, "T23:59:59Z")}) {
    if (text->empty()) continue;
    *limit = Moment::parse(*text + time);
    if (!*limit) {
      *desk_.at.err << "sendcheck: \"" << quoted(*text)
                    << "\" is no date; expected one such as 2026-11-22\n";
      return wrong_usage;
    }
  }
  if (!kind_.empty() && !entry_kind(kind_)) {
    *desk_.at.err << "sendcheck: there is no kind of entry \"" << quoted(kind_)
                  << "\"; expected decision, record, check_started ...\n";
    return wrong_usage;
  }
  if (!pupil_.empty()) {
    auto pseudonym = pseudonym_of(log, pupil_);
    if (!pseudonym) return desk_.fail(pseudonym.error());
    filter.subject = *pseudonym;
  }
  if (!outcome_.empty()) {
    auto entered = log.append(
        {.kind = EntryKind::view, .about = R"({"form":"outcomes"})"});
    if (!entered) return desk_.fail(entered.error());
  }
  std::uint64_t listed = 0;
  auto walked = list_log(log, filter, [&](const ListedEntry& one) {
    if (listed++ == 0) {
      *desk_.at.out << desk_.style.bold(
                           "   entry  when                  kind            "
                           "pupil     who: what")
                    << '\n';
    }
    const std::string number = std::to_string(one.entry.number);
    *desk_.at.out << std::string(8 - std::min<std::size_t>(8, number.size()),
                                 ' ')
                  << number << "  " << one.entry.at.text() << "  "
                  << padded(name_of(one.entry.kind), 14) << "  "
                  << padded(short_pseudonym(one.entry), 8) << "  "
                  << one.entry.actor << ": " << in_words(one.entry)
                  << (one.outcome.empty() ? "" : ": " + one.outcome)
                  << (one.erased ? " (erased)" : "")
                  << (one.broken_off ? " (broken off, not finished)" : "")
                  << '\n';
  });
  if (!walked) return desk_.fail(walked.error());
  if (listed == 0) *desk_.at.out << "No entry is like that.\n";
  return done;
}

void LogCommands::add_show(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "show", "One entry; with --reveal, what is sealed beside it");
  command->add_option("entry", entry_, "its number")->required();
  auto* reveal = command->add_flag("--reveal", reveal_,
                                   "open what is sealed, which is entered");
  command
      ->add_option("--reason", reason_,
                   "why it is opened: access_request, audit, complaint, "
                   "panel, review, tribunal")
      ->needs(reveal)
      ->check(CLI::IsMember({"access_request", "audit", "complaint", "panel",
                             "review", "tribunal"}));
  desk_.add_store_options(*command, false);
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return show(log); });
  });
}

int LogCommands::show(Log& log) {
  auto bytes = log.reader().bytes(entry_);
  if (!bytes) return desk_.fail(bytes.error());
  auto entry = read_entry(*bytes);
  if (!entry) return desk_.fail(entry.error());
  if (reveal_ && reason_.empty()) {
    *desk_.at.err << "sendcheck: opening a record needs a reason: --reason "
                     "audit, complaint, review ...\n";
    return wrong_usage;
  }
  std::optional<std::string> contents;
  if (reveal_) {
    auto opened = contents_of(log, *entry);
    if (!opened) return desk_.fail(opened.error());
    contents = std::move(*opened);
    std::string about;
    json::Writer(about)
        .begin_object()
        .key("entry")
        .number(static_cast<std::int64_t>(entry_))
        .member("reason", reason_)
        .end_object();
    auto key = log.keys().by_pseudonym(entry->subject);
    if (!key) return desk_.fail(key.error());
    auto entered = log.append({.kind = EntryKind::view,
                               .about = std::move(about),
                               .pupil = key->get()});
    if (!entered) return desk_.fail(entered.error());
  }
  std::ostream& out = *desk_.at.out;
  out << desk_.style.bold("Entry " + std::to_string(entry_)) << "  "
      << in_words(*entry) << '\n';
  out << "  when      " << entry->at.text() << '\n';
  out << "  who       " << entry->actor << ", sendcheck " << entry->program
      << '\n';
  if (!entry->subject.empty()) out << "  pupil     " << entry->subject << '\n';
  out << "  leaf hash " << hex(bytes_of(leaf_hash(*bytes))) << '\n';
  if (entry->payload) {
    auto sealed = log.reader().sealed(entry_);
    if (!sealed) return desk_.fail(sealed.error());
    out << "  sealed    " << grouped(entry->payload->bytes) << " bytes"
        << (*sealed ? "" : ", erased") << '\n';
  }
  out << "  bytes     " << *bytes << '\n';
  if (reveal_) {
    out << "  contents  " << (contents ? *contents : "none, or erased") << '\n';
  }
  return done;
}

void LogCommands::add_replay(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "replay",
      "Makes decisions again from what was kept, and compares the bytes");
  command->add_option("entries", entries_, "these decisions (all)");
  desk_.add_store_options(*command, false);
  command->callback([this] {
    desk_.status =
        desk_.with_log([this](Log& log) { return replay_entries(log); });
  });
}

int LogCommands::replay_entries(Log& log) {
  std::function<void(std::uint64_t)> progress;
  if (desk_.at.err_is_terminal) {
    progress = [this](std::uint64_t replayed) {
      *desk_.at.err << "\r" << grouped(replayed) << " decisions " << std::flush;
    };
  }
  auto report = replay(log, entries_, progress);
  if (progress) *desk_.at.err << "\r\x1b[K" << std::flush;
  if (!report) return desk_.fail(report.error());
  for (const ReplayedDecision& other : report->others) {
    *desk_.at.out << (other.result == Replayed::different
                          ? "DIFFERENT  entry "
                          : "IMPOSSIBLE  entry ")
                  << other.entry << " (" << other.rule << ", sendcheck "
                  << other.program << "): " << other.where << '\n';
  }
  *desk_.at.out << grouped(report->decisions)
                << (report->decisions == 1 ? " decision: " : " decisions: ")
                << grouped(report->same) << " the same to the byte, "
                << report->others.size() << " not, " << grouped(report->erased)
                << " erased and not to be replayed\n";
  return report->others.empty() ? done : not_right;
}

void LogCommands::add_prove(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "prove",
      "A proof that an entry is in the log, for a third party to check");
  command->add_option("entry", entry_, "its number")->required();
  command->add_option("--out", out_, "write it to this file (.tlog-proof)")
      ->check(stated());
  desk_.add_store_options(*command, false);
  command->footer(
      "The proof is a C2SP tlog-proof: index, inclusion proof, checkpoint. "
      "With it goes the\nentry itself: the line \"bytes\" of \"audit show\".");
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return prove(log); });
  });
}

int LogCommands::prove(Log& log) {
  auto bytes = log.reader().bytes(entry_);
  if (!bytes) return desk_.fail(bytes.error());
  auto note = log.checkpoint();
  if (!note) return desk_.fail(note.error());
  auto signed_by = open_checkpoint(*note, {log.keys().public_key()});
  if (!signed_by) return desk_.fail(signed_by.error());
  auto hashes =
      inclusion_proof(entry_, signed_by->checkpoint.size, log.reader().roots());
  if (!hashes) return desk_.fail(hashes.error());
  return give(ProofFile{"", entry_, std::move(*hashes), *note}.text(),
              "The proof was");
}

void LogCommands::add_checkpoint(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "checkpoint", "The signed head of the log, to print or keep elsewhere");
  command->add_option("--since", since_,
                      "as a request to a witness that saw this many entries "
                      "last (0: none yet): with the proof that the log grew "
                      "from there");
  command->add_option("--out", out_, "write it to this file")->check(stated());
  desk_.add_store_options(*command, false);
  command->footer(
      "Examples:\n"
      "  sendcheck audit checkpoint --out 2026-11.checkpoint\n"
      "      to be kept elsewhere, for \"audit verify --checkpoint\"\n"
      "  sendcheck audit checkpoint --since 633 --out for-the-county.txt\n"
      "      for a witness that saw 633 entries: it runs \"audit cosign\"");
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return checkpoint(log); });
  });
}

int LogCommands::checkpoint(Log& log) {
  if (since_) {
    auto request = witness_request(log, *since_);
    if (!request) return desk_.fail(request.error());
    return give(request->text(), "The request was");
  }
  auto note = log.checkpoint();
  if (!note) return desk_.fail(note.error());
  return give(*note, "The checkpoint was");
}

void LogCommands::add_keys(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "keys", "The public keys of the log, with their fingerprints");
  command->add_flag("--rotate", rotate_,
                    "sign with a new key from now on; the old one signs the "
                    "entry that names it");
  desk_.add_store_options(*command, false);
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return keys(log); });
  });
}

int LogCommands::keys(Log& log) {
  if (rotate_) {
    auto key = log.rotate_key();
    if (!key) return desk_.fail(key.error());
    *desk_.at.err << "The log is signed with a new key from now on: print and "
                     "keep its fingerprint elsewhere.\n";
  }
  auto signing = log.reader().signing_keys();
  if (!signing) return desk_.fail(signing.error());
  for (const auto& from : *signing) {
    *desk_.at.out << "from entry " << from.entry << "  "
                  << fingerprint(from.key) << "  " << from.key.text() << '\n';
  }
  const NoteKey witness{log.origin(), NoteKey::Kind::cosignature,
                        log.keys().public_key().key};
  *desk_.at.out << "as a witness   " << fingerprint(witness) << "  "
                << witness.text() << '\n';
  return done;
}

}  // namespace sendcheck::cli
