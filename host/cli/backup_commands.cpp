#include <CLI/CLI.hpp>
#include <ostream>

#include "audit/backup.hpp"
#include "audit/verdict_words.hpp"
#include "cli/audit_commands.hpp"

namespace sendcheck::cli {

void AuditCommands::add_backup(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "backup", "A copy of the log to go back to; its keys apart");
  command->add_option("folder", folder_, "a new folder for the log")
      ->required()
      ->check(stated());
  command
      ->add_option("--keys-to", keys_folder_,
                   "a new folder for the keys, elsewhere (they are not copied)")
      ->check(stated());
  desk_.add_store_options(*command, false);
  command->footer(
      "Example:\n"
      "  sendcheck audit backup disk-a/november --keys-to "
      "disk-b/november-keys\n\n"
      "Whoever finds the log without its keys can read nothing of pupils. "
      "Throw old copies of\nthe keys away after some weeks: each still has the "
      "key of a pupil who is erased after it\nwas made. The list of the erased "
      "(erased.txt) is never copied: it rules over every backup.");
  command->callback([this] {
    desk_.status = desk_.with_log([this](Log& log) { return backup(log); });
  });
}

int AuditCommands::backup(Log& log) {
  auto made = back_up(log, folder_, keys_folder_);
  if (!made) return desk_.fail(made.error());
  *desk_.at.out << "Backed up to " << folder_ << ": "
                << grouped(made->entry + 1) << " entries. Entered as entry "
                << made->entry << ".\n";
  if (made->with_keys) {
    *desk_.at.out << "Its keys are in " << keys_folder_
                  << ": keep them elsewhere, and throw them away after some "
                     "weeks.\n";
  } else {
    *desk_.at.err << "The keys were not backed up (--keys-to): without "
                  << log.keys().folder()
                  << " nothing of pupils in the backup can be read.\n";
  }
  return done;
}

void AuditCommands::add_restore(CLI::App& audit) {
  CLI::App* command = audit.add_subcommand(
      "restore", "Puts a backup in the log's place; erased pupils stay erased");
  command->add_option("folder", folder_, "the backup")
      ->required()
      ->check(stated());
  command
      ->add_option("--keys-from", keys_folder_,
                   "the backup of the keys: what the keys folder lacks is put "
                   "back")
      ->check(stated());
  desk_.add_store_options(*command, false);
  command->footer(
      "Goes only where there is no log, or one whose entries are all in the "
      "backup. To go back\nto an older state, move the log that is there away, "
      "and keep it: checkpoints from after\nthe backup will contradict the log "
      "from then on, and the moved file is what explains it.\n\n"
      "Example:\n"
      "  sendcheck audit restore disk-a/november --keys-from "
      "disk-b/november-keys");
  command->callback([this] { desk_.status = restore_backup(); });
}

int AuditCommands::restore_backup() {
  auto restored =
      restore(desk_.log_place(), desk_.author(), folder_, keys_folder_);
  if (!restored) return desk_.fail(restored.error());
  std::ostream& out = *desk_.at.out;
  out << "Restored: " << grouped(restored->restored) << " entries, and entry "
      << restored->entry << " which says so.\n";
  if (restored->keys_restored) {
    out << "Keys that were missing were put back.\n";
  }
  if (restored->erased_again > 0) {
    out << restored->erased_again
        << (restored->erased_again == 1 ? " pupil" : " pupils")
        << " of the backup had been erased since, and stayed erased.\n";
  }
  if (restored->had == 0) {
    out << "What was logged after entry " << restored->restored - 1
        << " is not there. Checkpoints from after it (pages, files, the other "
           "party's) will\ncontradict this log from now on, rightly: keep what "
           "is left of the lost one, and tell them.\n";
  }
  if (restored->erased_list_missing) {
    *desk_.at.err << "The list of the erased (erased.txt) was not there: who "
                     "was erased after the backup must be erased again, by "
                     "the certificates.\n";
  }
  return done;
}

}  // namespace sendcheck::cli
