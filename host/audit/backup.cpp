#include "audit/backup.hpp"

#include <algorithm>

#include "audit/log_copy.hpp"
#include "audit/verify.hpp"
#include "base/files.hpp"
#include "base/text.hpp"
#include "json/writer.hpp"
#include "store/copy.hpp"

namespace sendcheck {
namespace {

constexpr const char* store_name = "sendcheck.db";
constexpr const char* checkpoint_name = "checkpoint";

Result<void> must_be_free(const std::string& folder) {
  bool free = !is_file(folder);
  if (is_folder(folder)) {
    auto names = list_folder(folder);
    if (!names) return unexpected(names.error());
    free = names->empty();
  }
  if (free) return {};
  return unexpected({"backup.folder_in_use",
                     "\"" + quoted(folder, 200) +
                         "\" is there already and is no empty folder. Name a "
                         "new one: a backup never goes over another.",
                     {.file = folder}});
}

// Whether `path` is `folder` or lies in it. Needs `folder` to be there.
bool lies_in(std::string path, const std::string& folder) {
  for (;;) {
    if (same_file(path, folder)) return true;
    while (path.size() > 1 && path.ends_with('/')) path.pop_back();
    const std::size_t slash = path.rfind('/');
    if (slash == path.npos) return same_file(".", folder);
    if (slash == 0) return same_file("/", folder);
    path.resize(slash);
  }
}

std::string about_backup(bool with_keys) {
  std::string about;
  json::Writer json(about);
  json.begin_object().key("keys").boolean(with_keys).end_object();
  return about;
}

// One going back, step by step; each step needs those before it.
class Restoring {
 public:
  Restoring(const LogPlace& place, const LogAuthor& author,
            const std::string& folder, const std::string& keys_from)
      : place_(place),
        author_(author),
        backup_(join_path(folder, store_name)),
        checkpoint_(join_path(folder, checkpoint_name)),
        keys_from_(keys_from),
        keys_(place.keys_folder()),
        staging_(place.file + ".restoring") {}

  ~Restoring() {
    // What is left of a run that was refused half way.
    for (const std::string& left : {staging_, staging_ + "-journal"}) {
      static_cast<void>(remove_all(left));
    }
  }
  Restoring(const Restoring&) = delete;
  Restoring& operator=(const Restoring&) = delete;

  Result<RestoreDone> run() {
    for (const auto step :
         {&Restoring::find_keys, &Restoring::verify_backup,
          &Restoring::compare_with_present, &Restoring::put_keys_back,
          &Restoring::stage, &Restoring::enter, &Restoring::take_place}) {
      if (auto done = (this->*step)(); !done) {
        return unexpected(done.error());
      }
    }
    return done_;
  }

 private:
  // The keys that will sign: those that are there, else those of the backup.
  Result<void> find_keys() {
    if (!is_file(backup_)) {
      return unexpected({"restore.no_backup",
                         "There is no backup at \"" + quoted(backup_, 200) +
                             "\". Name the folder that \"sendcheck audit "
                             "backup\" wrote.",
                         {.file = backup_}});
    }
    const bool are_here = is_file(join_path(keys_, "signing.key"));
    const std::string& from =
        are_here || keys_from_.empty() ? keys_ : keys_from_;
    if (!is_file(join_path(from, "signing.pub"))) {
      return unexpected({"keys.missing",
                         "There are no keys in \"" + quoted(from, 200) +
                             "\", and a log without them can be neither read "
                             "nor written. Say with --keys-from where the "
                             "backup of the keys is.",
                         {.file = from}});
    }
    auto keys = public_keys(from);
    if (!keys) return unexpected(keys.error());
    if (keys->empty()) {
      return unexpected({"keys.damaged",
                         "The file \"signing.pub\" in \"" + quoted(from, 200) +
                             "\" is empty. Put it back from a backup.",
                         {.file = from}});
    }
    public_keys_ = std::move(*keys);
    return {};
  }

  Result<void> verify_backup() {
    auto database =
        Database::open(backup_, log_schema(), Database::Open::read_only);
    if (!database) return unexpected(database.error());
    Evidence evidence;
    evidence.log_keys = public_keys_;
    if (is_file(checkpoint_)) {
      auto note = read_file(checkpoint_, 1 << 20);
      if (!note) return unexpected(note.error());
      evidence.checkpoints.push_back({checkpoint_, std::move(*note)});
    }
    auto verdict = verify_log(*database, evidence);
    if (!verdict) return unexpected(verdict.error());
    if (verdict->origin != public_keys_.front().name &&
        !verdict->origin.empty()) {
      return unexpected(
          {"log.other_keys",
           "The keys are those of \"" + quoted(public_keys_.front().name) +
               "\", and the backup is of \"" + quoted(verdict->origin) +
               "\". Say with --keys or --keys-from where its "
               "keys are.",
           {.file = backup_}});
    }
    if (verdict->fault) {
      return unexpected(
          {"restore.broken",
           "The backup is not as it was written: " + verdict->fault->message +
               ". Nothing was changed. Take another backup, and "
               "keep this one as evidence.",
           {.file = backup_}});
    }
    if (verdict->keys.back() != public_keys_.back()) {
      return unexpected(
          {"restore.key_rotated",
           "The backup ends with the signing key " +
               fingerprint(verdict->keys.back()) +
               ", and the key that is here is " +
               fingerprint(public_keys_.back()) +
               ": it was made before the key was rotated. Move signing.key "
               "and signing.pub away (and nothing else), and restore again "
               "with the keys of that backup (--keys-from).",
           {.file = backup_}});
    }
    done_.restored = verdict->entries;
    head_ = {verdict->origin, verdict->entries, verdict->root};
    erased_before_ = verdict->erased_pupils;
    return {};
  }

  // Nothing that is there may be lost.
  Result<void> compare_with_present() {
    if (!is_file(place_.file) && !is_folder(place_.file)) return {};
    auto present = is_folder(place_.file)
                       ? Result<LogCopy>(unexpected(
                             {"store.not_a_store", "it is a folder", {}}))
                       : LogCopy::open(place_.file);
    if (!present) {
      return unexpected(
          {"restore.in_the_way",
           "Where the log is to be, \"" + quoted(place_.file, 200) +
               "\" stands and cannot be read: " + present.error().message +
               " Move it away, keep it, and restore again.",
           {.file = place_.file}});
    }
    auto backup = LogCopy::open(backup_);
    if (!backup) return unexpected(backup.error());
    auto difference = compare(*present, *backup);
    if (!difference) return unexpected(difference.error());
    done_.had = difference->size_a;
    over_present_ = true;
    if (difference->first) {
      return unexpected(
          {"restore.other_history",
           "The log that is there and the backup part at entry " +
               std::to_string(*difference->first) +
               ": one does not come from the other. Nothing was changed. "
               "\"sendcheck audit diff\" tells more; keep both.",
           {.file = place_.file}});
    }
    if (difference->size_a > difference->size_b) {
      return unexpected(
          {"restore.older",
           "The log that is there has " + std::to_string(difference->size_a) +
               " entries, and the backup only the first " +
               std::to_string(difference->size_b) +
               " of them: what came after would be lost. Nothing was changed. "
               "If the log that is there is of no use, move it away, keep it, "
               "and restore again.",
           {.file = place_.file}});
    }
    return {};
  }

  Result<void> put_keys_back() {
    if (keys_from_.empty()) return {};
    if (auto made = make_private_folder(keys_); !made) return made;
    for (const char* name : {"signing.pub", "master.key", "pupils.db",
                             "witnesses.pub", "signing.key"}) {
      const std::string from = join_path(keys_from_, name);
      const std::string to = join_path(keys_, name);
      if (is_file(to) || !is_file(from)) continue;
      auto content = read_file(from);
      if (!content) return unexpected(content.error());
      if (auto written = write_private_file(to, *content); !written) {
        return written;
      }
      done_.keys_restored = true;
    }
    done_.erased_list_missing =
        done_.keys_restored && !is_file(join_path(keys_, "erased.txt"));
    return {};
  }

  Result<void> stage() {
    // Of a run that was broken off.
    for (const std::string& left : {staging_, staging_ + "-journal"}) {
      if (auto gone = remove_all(left); !gone) return gone;
    }
    auto database =
        Database::open(backup_, log_schema(), Database::Open::read_only);
    if (!database) return unexpected(database.error());
    return copy_database(*database, staging_);
  }

  Result<void> enter() {
    // Opening it makes the erasures again, before anybody else can open it.
    auto log = Log::open({staging_, keys_}, author_, false);
    if (!log) return unexpected(log.error());
    auto erased = (*log)->reader().erased();
    if (!erased) return unexpected(erased.error());
    done_.erased_again = erased->size() - erased_before_;
    std::string about;
    json::Writer json(about);
    json.begin_object().member("backup", printed(head_));
    json.key("erased_again")
        .number(static_cast<std::int64_t>(done_.erased_again));
    json.key("had").number(static_cast<std::int64_t>(done_.had));
    json.end_object();
    auto entry = (*log)->append(
        {.kind = EntryKind::restored, .about = std::move(about)});
    if (!entry) return unexpected(entry.error());
    done_.entry = *entry;
    return {};
  }

  Result<void> take_place() {
    if (!over_present_) return rename_file(staging_, place_.file);
    // Nobody may add to what is there between the last look and the end; who
    // waits to do so is refused by SQLite, since its file has moved.
    auto present =
        Database::open(place_.file, log_schema(), Database::Open::existing);
    if (!present) return unexpected(present.error());
    auto lock = Transaction::begin(*present);
    if (!lock) return unexpected(lock.error());
    auto size = LogReader(*present).size();
    if (!size) return unexpected(size.error());
    if (*size != done_.had) {
      return unexpected({"restore.older",
                         "The log that is there was written to meanwhile. "
                         "Nothing was changed. End what writes to it, and "
                         "restore again.",
                         {.file = place_.file}});
    }
    return rename_file(staging_, place_.file);
  }

  const LogPlace& place_;
  const LogAuthor& author_;
  std::string backup_, checkpoint_;
  const std::string& keys_from_;
  std::string keys_, staging_;
  std::vector<NoteKey> public_keys_;
  Checkpoint head_;
  std::uint64_t erased_before_ = 0;
  bool over_present_ = false;
  RestoreDone done_;
};

}  // namespace

Result<BackupDone> back_up(Log& log, const std::string& folder,
                           const std::string& keys_to) {
  if (auto free = must_be_free(folder); !free) return unexpected(free.error());
  if (auto made = make_private_folder(folder); !made) {
    return unexpected(made.error());
  }
  BackupDone done;
  done.with_keys = !keys_to.empty();
  if (done.with_keys) {
    if (auto free = must_be_free(keys_to); !free) {
      return unexpected(free.error());
    }
    if (auto made = make_private_folder(keys_to); !made) {
      return unexpected(made.error());
    }
    if (lies_in(keys_to, folder) || lies_in(folder, keys_to)) {
      for (const std::string& made : {keys_to, folder}) {
        if (auto gone = remove_all(made); !gone)
          return unexpected(gone.error());
      }
      return unexpected({"backup.keys_together",
                         "The keys are to be backed up apart from the log, "
                         "and \"" +
                             quoted(keys_to, 200) + "\" and \"" +
                             quoted(folder, 200) +
                             "\" are one place: whoever finds it could read "
                             "everything. Name another for the keys.",
                         {.file = keys_to}});
    }
  }
  auto batch = log.begin();
  if (!batch) return unexpected(batch.error());
  auto entry = batch->append(
      {.kind = EntryKind::backed_up, .about = about_backup(done.with_keys)});
  if (!entry) return unexpected(entry.error());
  auto checkpoint = batch->commit();
  if (!checkpoint) return unexpected(checkpoint.error());
  done.entry = *entry;
  // The log first: keys that it does not need yet do no harm, contents without
  // their key could not be read.
  if (auto copied =
          copy_database(log.database(), join_path(folder, store_name));
      !copied) {
    return unexpected(copied.error());
  }
  if (auto written =
          write_private_file(join_path(folder, checkpoint_name), *checkpoint);
      !written) {
    return unexpected(written.error());
  }
  if (done.with_keys) {
    if (auto copied = log.keys().copy_to(keys_to); !copied) {
      return unexpected(copied.error());
    }
  }
  return done;
}

Result<RestoreDone> restore(const LogPlace& place, const LogAuthor& author,
                            const std::string& folder,
                            const std::string& keys_from) {
  return Restoring(place, author, folder, keys_from).run();
}

}  // namespace sendcheck
