#include "cli/audit_commands.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "audit/key_words.hpp"
#include "audit/log_copy.hpp"
#include "audit/verdict_words.hpp"
#include "audit/witness.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/audit_pack.hpp"
#include "casework/log_difference.hpp"
#include "casework/opening_reasons.hpp"

namespace sendcheck::cli {
namespace {

std::vector<std::string> reason_codes() {
  return {opening_reasons().begin(), opening_reasons().end()};
}

// The program that verifies, if it stands beside this one.
std::string verifier_beside() {
  const std::string path = join_path(program_folder(), "sendcheck-verify");
  return is_file(path) ? path : std::string();
}

}  // namespace

void AuditCommands::add(CLI::App& audit) {
  add_pack(audit);
  add_cosign(audit);
  add_diff(audit);
  add_backup(audit);
  add_restore(audit);
  lists_.add(audit);
}

void AuditCommands::add_pack(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "pack", "A folder that an auditor takes away and checks without you");
  command->add_option("folder", folder_, "a new folder")
      ->required()
      ->check(stated());
  auto* contents = command->add_flag(
      "--with-contents", with_contents_,
      "records and decisions too, opened: personal data, which is entered");
  command
      ->add_option("--reason", reason_,
                   "why they are opened: " + join(reason_codes(), ", "))
      ->needs(contents)
      ->check(CLI::IsMember(reason_codes()));
  desk_.add_store_options(*command, false);
  command->footer(
      "Examples:\n"
      "  sendcheck audit pack for-the-auditor\n"
      "      nothing personal: pupils by pseudonym, contents sealed\n"
      "  sendcheck audit pack for-the-tribunal --with-contents --reason "
      "tribunal\n"
      "  sendcheck-verify for-the-auditor --key signing.pub\n"
      "      what the auditor does with it; or opens verify.html in a browser");
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return pack(log); });
  });
}

int AuditCommands::pack(Log& log) {
  if (with_contents_ && reason_.empty()) {
    *desk_.at.err << "sendcheck: opening records needs a reason: --reason "
                     "audit, complaint, tribunal ...\n";
    return wrong_usage;
  }
  auto made = make_pack(log, {folder_, reason_, verifier_beside()});
  if (!made) return desk_.fail(made.error());
  *desk_.at.out << "The pack is in " << folder_ << ": "
                << grouped(made->entry + 1) << " entries, "
                << (with_contents_ ? grouped(made->opened) +
                                         " contents opened: PERSONAL DATA"
                                   : std::string("nothing personal"))
                << ". Entered as entry " << made->entry << ".\n"
                << "Replayed: " << grouped(made->replay.same) << " of "
                << grouped(made->replay.decisions)
                << " decisions the same to the byte, "
                << made->replay.others.size() << " not, "
                << grouped(made->replay.erased) << " erased.\n"
                << "README.txt in it says how to check it.\n";
  return made->replay.others.empty() ? done : not_right;
}

void AuditCommands::add_cosign(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "cosign",
      "Vouches for the log of another party, or keeps their vouching for this "
      "one");
  auto* request = command->add_option(
      "file", request_, "the other party's checkpoint, or request to cosign");
  command
      ->add_option("--key", log_keys_,
                   "the other log's key, or a file of keys: the first time")
      ->needs(request)
      ->allow_extra_args(false)
      ->check(stated());
  command
      ->add_option("--out", out_,
                   "write the cosigned checkpoint to this file, to send back")
      ->needs(request)
      ->check(stated());
  auto* received =
      command
          ->add_option("--received", received_,
                       "a checkpoint of this log that came back cosigned: it "
                       "is verified and kept")
          ->excludes(request)
          ->check(stated());
  command
      ->add_option("--witness", witnesses_,
                   "the witness's key, or a file of keys: the first time")
      ->needs(received)
      ->allow_extra_args(false)
      ->check(stated());
  desk_.add_store_options(*command, false);
  command->footer(
      "A school and its authority vouch for each other's logs, so that neither "
      "can write its\nown again unseen. Each of them keeps the other's key; "
      "\"audit keys\" shows it.\n\n"
      "  the school     sendcheck audit checkpoint --since 0 --out "
      "request.txt\n"
      "  the authority  sendcheck audit cosign request.txt --key SCHOOL-KEY "
      "--out cosigned.txt\n"
      "  the school     sendcheck audit cosign --received cosigned.txt "
      "--witness COUNTY-KEY\n"
      "  next time      sendcheck audit checkpoint --since 633 --out "
      "request.txt, and no keys\n\n"
      "A log that became smaller or has two histories is refused; exit status "
      "1.");
  command->callback([this] {
    if (request_.empty() && received_.empty()) {
      *desk_.at.err << "sendcheck: name a checkpoint of another log to "
                       "cosign, or say --received FILE\n";
      desk_.status = wrong_usage;
      return;
    }
    desk_.status = desk_.with_log([this](Log& log) {
      return received_.empty() ? cosign_other(log) : keep_received(log);
    });
  });
}

int AuditCommands::cosign_other(Log& log) {
  auto text = read_file(request_, 1 << 20);
  if (!text) return desk_.fail(text.error());
  auto request = WitnessRequest::parse(*text);
  if (!request) return desk_.fail(request.error());
  auto keys = keys_in(log_keys_);
  if (!keys) return desk_.fail(keys.error());
  auto cosigned = cosign(log, *request, *keys, desk_.at.clock->now());
  if (!cosigned) return desk_.fail(cosigned.error());
  *desk_.at.err << "Cosigned: " << cosigned->checkpoint.origin << " with "
                << grouped(cosigned->checkpoint.size)
                << " entries. Entered as entry " << cosigned->entry << ".\n";
  return desk_.give(out_, cosigned->note, "The cosigned checkpoint was");
}

int AuditCommands::keep_received(Log& log) {
  auto note = read_file(received_, 1 << 20);
  if (!note) return desk_.fail(note.error());
  auto keys = keys_in(witnesses_);
  if (!keys) return desk_.fail(keys.error());
  auto kept = keep_cosignature(log, *note, *keys);
  if (!kept) return desk_.fail(kept.error());
  std::vector<std::string> names;
  for (const NoteKey& key : kept->witnesses) {
    names.push_back(key.name + " (" + fingerprint(key) + ")");
  }
  *desk_.at.out << join_in_words(names) << " vouched for the first "
                << grouped(kept->checkpoint.size)
                << " entries: they are as they were seen there. Entered as "
                   "entry "
                << kept->entry << ".\n";
  return done;
}

void AuditCommands::add_diff(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "diff", "The first entry where two copies of a log part");
  command->add_option("a", copy_a_, "a store, or the folder of an audit pack")
      ->required()
      ->check(stated());
  command->add_option("b", copy_b_, "another")->required()->check(stated());
  command->footer(
      "Changes neither, and enters nothing: copies that are compared are "
      "evidence.\n\n"
      "Examples:\n"
      "  sendcheck audit diff sendcheck.db backup/sendcheck.db\n"
      "  sendcheck audit diff last-years-pack this-years-pack\n\n"
      "Exit status: 0 the same, or one is the beginning of the other; 1 they "
      "part.");
  command->callback([this] { desk_.status = diff(); });
}

int AuditCommands::diff() {
  auto a = LogCopy::open(copy_a_);
  if (!a) return desk_.fail(a.error());
  auto b = LogCopy::open(copy_b_);
  if (!b) return desk_.fail(b.error());
  auto difference = compare(*a, *b);
  if (!difference) return desk_.fail(difference.error());
  *desk_.at.out << in_words(*difference, copy_a_, copy_b_);
  return difference->first || difference->first_other_sealed ? not_right : done;
}

}  // namespace sendcheck::cli
