#include "store/faults.hpp"

#include <sqlite3.h>

#include "base/text.hpp"

namespace sendcheck::store {
namespace {

Unexpected because(const char* id, const std::string& path,
                   const std::string& rest) {
  return unexpected(
      {id, "\"" + quoted(path, 200) + "\" " + rest, {.file = path}});
}

std::string in_words(std::chrono::milliseconds time) {
  const auto count = time.count();
  if (count == 1000) return "1 second";
  if (count % 1000 == 0) return std::to_string(count / 1000) + " seconds";
  return std::to_string(count) + " milliseconds";
}

// "writing to the disk failed (Input/output error)"
std::string with_reason(std::string what, const Fault& fault) {
  if (!fault.system.empty()) what += " (" + fault.system + ")";
  return what;
}

constexpr std::string_view check_disk =
    "Check the disk and the connection to it, then try again.";

Unexpected locked(const Fault& fault) {
  return because("store.locked", fault.path,
                 "is in use by another program, which did not let go of it "
                 "within " +
                     in_words(fault.patience) +
                     ". Close that program or wait for it, then try again.");
}

Unexpected uncertain(const Fault& fault) {
  return because(
      "store.uncertain", fault.path,
      with_reason("has taken the change, but the disk did not confirm the last "
                  "step of it",
                  fault) +
          ": it may or may not outlive a power cut. Check the disk, and look "
          "whether the change is there before it is made again.");
}

// Input and output: which call failed decides whether it was for reading or for
// writing.
Unexpected input_output(const Fault& fault) {
  switch (fault.code) {
    case SQLITE_IOERR_NOMEM:
      return failed(fault.path, "there was not enough memory");
    case SQLITE_IOERR_CORRUPTFS:
    case SQLITE_IOERR_DATA:
      return damaged(fault.path, fault.sqlite);
    // These two come of deleting the journal, which is the moment of a commit:
    // it is gone, so the change stands, but not certainly on the disk.
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_DELETE_NOENT:
      return uncertain(fault);
    case SQLITE_IOERR_READ:
    case SQLITE_IOERR_SHORT_READ:
    case SQLITE_IOERR_FSTAT:
    case SQLITE_IOERR_ACCESS:
      return unreadable(fault.path,
                        with_reason("reading from the disk failed", fault),
                        check_disk);
    case SQLITE_IOERR_LOCK:
    case SQLITE_IOERR_RDLOCK:
    case SQLITE_IOERR_UNLOCK:
    case SQLITE_IOERR_CHECKRESERVEDLOCK:
      return unreadable(
          fault.path, with_reason("the file system does not lock files", fault),
          "Keep the file on a disk of this machine.");
    default:
      return unwritable(
          fault.path, with_reason("writing to the disk failed", fault),
          "What was being written was taken back. Check the disk and the "
          "connection to it, then try again.");
  }
}

Unexpected read_only(const Fault& fault) {
  switch (fault.code) {
    case SQLITE_READONLY_ROLLBACK:
      return interrupted(fault.path);
    case SQLITE_READONLY_DBMOVED:
      return unwritable(
          fault.path, "it was moved or deleted while it was open",
          "Put it back in its place, or open it where it is now.");
    default:
      return unwritable(fault.path, "it is open, or kept, for reading only",
                        "Check who may write it and its folder.");
  }
}

Unexpected cannot_open(const Fault& fault) {
  if (!fault.writable) {
    return unreadable(fault.path,
                      with_reason("opening it or its journal failed", fault),
                      "Check what it is and who may read it.");
  }
  // The file itself is open by then: what cannot be opened is what SQLite puts
  // beside it.
  return unwritable(
      fault.path,
      with_reason("its journal, which is made in the same folder, cannot be "
                  "opened",
                  fault),
      "Check who may write in that folder.");
}

Unexpected fault_of(const Fault& fault) {
  switch (fault.code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      return locked(fault);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return damaged(fault.path, fault.sqlite);
    case SQLITE_FULL:
      return unwritable(fault.path, "the disk is full",
                        "What was being written was taken back. Make room, "
                        "then try again.");
    case SQLITE_NOLFS:
      return unwritable(fault.path, "it is larger than this file system allows",
                        "Move it to another disk.");
    case SQLITE_READONLY:
      return read_only(fault);
    case SQLITE_PERM:
      return unwritable(fault.path, "the system does not permit it",
                        "Check who may write it and its folder.");
    case SQLITE_IOERR:
      return input_output(fault);
    case SQLITE_CANTOPEN:
      return cannot_open(fault);
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return because("store.constraint", fault.path,
                     "does not take what was to be written, for it would break "
                     "a rule of the file (" +
                         fault.sqlite + "). Nothing of it was written.");
    case SQLITE_NOMEM:
      return failed(fault.path, "there was not enough memory");
    default:
      return failed(fault.path, fault.sqlite);
  }
}

}  // namespace

Error error_of(const Fault& fault) { return fault_of(fault).error; }

Unexpected missing(const std::string& path, std::string_view wanted) {
  return because("store.missing", path,
                 "is not there; a " + std::string(wanted) +
                     " was expected. Check the name and the folder.");
}

Unexpected not_a_store(const std::string& path, std::string_view wanted,
                       std::string_view found) {
  return because("store.not_a_store", path,
                 "is no " + std::string(wanted) + ": " + std::string(found) +
                     ". It was not touched. Check the name.");
}

Unexpected newer(const std::string& path, std::string_view wanted, int found,
                 int known) {
  return because(
      "store.newer", path,
      "is a " + std::string(wanted) + " of version " + std::to_string(found) +
          "; this sendcheck knows versions up to " + std::to_string(known) +
          ". It was not touched. Use the sendcheck that made it, or "
          "a later one.");
}

Unexpected old(const std::string& path, std::string_view wanted, int found,
               int known) {
  return because("store.old", path,
                 "is a " + std::string(wanted) + " of version " +
                     std::to_string(found) + "; version " +
                     std::to_string(known) +
                     " is needed, and a file that is only read is not brought "
                     "up to date. Open it, or a copy of it, for writing "
                     "once.");
}

Unexpected damaged(const std::string& path, std::string_view found) {
  return because("store.damaged", path,
                 "is damaged (" + std::string(found) +
                     "). Keep it as it is, and put a copy that is whole in its "
                     "place.");
}

Unexpected unreadable(const std::string& path, std::string_view found,
                      std::string_view to_do) {
  return because(
      "store.unreadable", path,
      "cannot be read: " + std::string(found) + ". " + std::string(to_do));
}

Unexpected unwritable(const std::string& path, std::string_view found,
                      std::string_view to_do) {
  return because(
      "store.unwritable", path,
      "cannot be written: " + std::string(found) + ". " + std::string(to_do));
}

Unexpected interrupted(const std::string& path) {
  return because("store.interrupted", path,
                 "was being written when the writer was cut off, and a file "
                 "that is only read is not put right. Open it for writing "
                 "once, together with the journal beside it.");
}

Unexpected failed(const std::string& path, std::string_view found) {
  return because("store.failed", path,
                 "could not be used as the program meant to (" +
                     std::string(found) +
                     "). What was begun was taken back. If there is memory "
                     "enough, this is a fault of sendcheck: please report it.");
}

}  // namespace sendcheck::store
