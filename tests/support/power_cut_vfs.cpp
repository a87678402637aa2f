#include "support/power_cut_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <utility>

#include "support/memory_disk.hpp"

namespace sendcheck::test {

struct PowerCutDisk::Mounted {
  explicit Mounted(std::uint64_t seed) : disk(seed) {}

  MemoryDisk disk;
  std::string name;
  sqlite3_vfs vfs{};
};

namespace {

struct OpenFile {
  Inode content;
  MemoryDisk* disk = nullptr;
  bool sync_folder = false;  // with the first sync
};

// SQLite gives the memory of this, and frees it without a destructor.
struct Handle {
  sqlite3_file base;
  OpenFile* file;
};

OpenFile& of(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file)->file;
}
MemoryDisk& of(sqlite3_vfs* vfs) {
  return *static_cast<MemoryDisk*>(vfs->pAppData);
}

int close_file(sqlite3_file* file) {
  of(file).content->locks.erase(file);
  delete reinterpret_cast<Handle*>(file)->file;
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
  if (of(file).disk->is_off()) return SQLITE_IOERR_READ;
  const std::string& bytes = of(file).content->now;
  const auto wanted = static_cast<std::size_t>(count);
  const auto from = std::min(static_cast<std::size_t>(at), bytes.size());
  const std::size_t there = std::min(wanted, bytes.size() - from);
  std::memcpy(to, bytes.data() + from, there);
  std::memset(static_cast<char*>(to) + there, 0, wanted - there);
  return there == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* from, int count,
               sqlite3_int64 at) {
  const bool written = of(file).disk->change(
      *of(file).content,
      {.at = static_cast<std::size_t>(at),
       .bytes = std::string(static_cast<const char*>(from),
                            static_cast<std::size_t>(count))});
  return written ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  const bool done = of(file).disk->change(
      *of(file).content,
      {.truncation = true, .at = static_cast<std::size_t>(size)});
  return done ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int sync_file(sqlite3_file* file, int) {
  OpenFile& open = of(file);
  if (!open.disk->sync(*open.content)) return SQLITE_IOERR_FSYNC;
  if (std::exchange(open.sync_folder, false) && !open.disk->sync_folder()) {
    return SQLITE_IOERR_DIR_FSYNC;
  }
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (of(file).disk->is_off()) return SQLITE_IOERR_FSTAT;
  *size = static_cast<sqlite3_int64>(of(file).content->now.size());
  return SQLITE_OK;
}

// The highest lock that others than `self` hold.
int others_hold(const Content& content, const void* self) {
  int highest = SQLITE_LOCK_NONE;
  for (const auto& [who, lock] : content.locks) {
    if (who != self) highest = std::max(highest, lock);
  }
  return highest;
}

int lock_file(sqlite3_file* file, int wanted) {
  if (of(file).disk->is_off()) return SQLITE_IOERR_LOCK;
  Content& content = *of(file).content;
  const auto held = content.locks.find(file);
  if (held != content.locks.end() && held->second >= wanted) return SQLITE_OK;
  const int others = others_hold(content, file);
  if (wanted == SQLITE_LOCK_SHARED) {
    if (others >= SQLITE_LOCK_PENDING) return SQLITE_BUSY;
  } else {
    if (others >= SQLITE_LOCK_RESERVED) return SQLITE_BUSY;
    if (wanted == SQLITE_LOCK_EXCLUSIVE && others >= SQLITE_LOCK_SHARED) {
      content.locks[file] = SQLITE_LOCK_PENDING;  // no new readers
      return SQLITE_BUSY;
    }
  }
  content.locks[file] = wanted;
  return SQLITE_OK;
}

int unlock_file(sqlite3_file* file, int to) {
  if (to == SQLITE_LOCK_NONE) {
    of(file).content->locks.erase(file);
  } else {
    of(file).content->locks[file] = to;
  }
  return SQLITE_OK;
}

int is_reserved(sqlite3_file* file, int* reserved) {
  if (of(file).disk->is_off()) return SQLITE_IOERR_CHECKRESERVEDLOCK;
  *reserved =
      others_hold(*of(file).content, nullptr) >= SQLITE_LOCK_RESERVED ? 1 : 0;
  return SQLITE_OK;
}

int control_file(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }

// As SQLite's VFS for Unix says of an ordinary disk.
int sector_size(sqlite3_file*) { return 4096; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

// Version 1: no shared memory (so no write-ahead log), no memory mapping.
sqlite3_io_methods methods() {
  sqlite3_io_methods all{};
  all.iVersion = 1;
  all.xClose = close_file;
  all.xRead = read_file;
  all.xWrite = write_file;
  all.xTruncate = truncate_file;
  all.xSync = sync_file;
  all.xFileSize = file_size;
  all.xLock = lock_file;
  all.xUnlock = unlock_file;
  all.xCheckReservedLock = is_reserved;
  all.xFileControl = control_file;
  all.xSectorSize = sector_size;
  all.xDeviceCharacteristics = characteristics;
  return all;
}

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags,
              int* opened_as) {
  static const sqlite3_io_methods file_methods = methods();
  MemoryDisk& disk = of(vfs);
  file->pMethods = nullptr;
  // Temporary files have no name: there should be none.
  if (disk.is_off() || name == nullptr) return SQLITE_CANTOPEN;
  const bool may_make = (flags & SQLITE_OPEN_CREATE) != 0;
  if (!disk.find(name) && (!may_make || !disk.make(name))) {
    return SQLITE_CANTOPEN;
  }
  const bool journal = (flags & SQLITE_OPEN_MAIN_JOURNAL) != 0;
  reinterpret_cast<Handle*>(file)->file =
      new OpenFile{disk.find(name), &disk, journal && may_make};
  file->pMethods = &file_methods;
  if (opened_as != nullptr) *opened_as = flags;
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  MemoryDisk& disk = of(vfs);
  if (disk.is_off()) return SQLITE_IOERR_DELETE;
  if (!disk.find(name)) return SQLITE_IOERR_DELETE_NOENT;
  if (!disk.remove(name)) return SQLITE_IOERR_DELETE;
  if (sync_folder != 0 && !disk.sync_folder()) return SQLITE_IOERR_DIR_FSYNC;
  return SQLITE_OK;
}

int access_file(sqlite3_vfs* vfs, const char* name, int what, int* answer) {
  if (of(vfs).is_off()) return SQLITE_IOERR_ACCESS;
  const Inode content = of(vfs).find(name);
  // An empty file counts as none, as it does on Unix.
  *answer = content && (what != SQLITE_ACCESS_EXISTS || !content->now.empty());
  return SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* name, int room, char* to) {
  sqlite3_snprintf(room, to, "%s", name);
  return SQLITE_OK;
}

int random_bytes(sqlite3_vfs* vfs, int count, char* to) {
  for (int i = 0; i < count; ++i) to[i] = static_cast<char>(of(vfs).random());
  return count;
}

int no_sleep(sqlite3_vfs*, int microseconds) { return microseconds; }

int noon(sqlite3_vfs*, double* julian_day) {
  *julian_day = 2'461'000;
  return SQLITE_OK;
}

int no_system_error(sqlite3_vfs*, int, char*) { return 0; }

}  // namespace

PowerCutDisk::PowerCutDisk(std::uint64_t seed)
    : mounted_(std::make_unique<Mounted>(seed)) {
  static int made = 0;
  mounted_->name = "power-cut-" + std::to_string(++made);
  sqlite3_vfs& vfs = mounted_->vfs;
  vfs.iVersion = 1;
  vfs.szOsFile = sizeof(Handle);
  vfs.mxPathname = 512;
  vfs.zName = mounted_->name.c_str();
  vfs.pAppData = &mounted_->disk;
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = access_file;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = random_bytes;
  vfs.xSleep = no_sleep;
  vfs.xCurrentTime = noon;
  vfs.xGetLastError = no_system_error;
  sqlite3_vfs_register(&vfs, 0);
}

PowerCutDisk::~PowerCutDisk() { sqlite3_vfs_unregister(&mounted_->vfs); }

const char* PowerCutDisk::vfs() const { return mounted_->name.c_str(); }
void PowerCutDisk::cut_after(int operations) {
  mounted_->disk.cut_after(operations);
}
bool PowerCutDisk::is_off() const { return mounted_->disk.is_off(); }
void PowerCutDisk::restart() { mounted_->disk.restart(); }
int PowerCutDisk::operations() const { return mounted_->disk.operations(); }
int PowerCutDisk::syncs() const { return mounted_->disk.syncs(); }

std::map<std::string, std::string> PowerCutDisk::files() const {
  std::map<std::string, std::string> all;
  for (const auto& [name, content] : mounted_->disk.names())
    all[name] = content->now;
  return all;
}

PowerCutReport cut_power(
    const PowerCuts& cuts, const std::function<void(const char* vfs)>& work,
    const std::function<std::string(const char* vfs)>& verify) {
  constexpr std::uint64_t within_recovery = 10;
  PowerCutReport report;
  std::mt19937_64 chance(cuts.seed);
  const auto from_1_to = [&](std::uint64_t most) {
    return static_cast<int>(chance() % most) + 1;
  };
  for (; report.cuts < cuts.cuts; ++report.cuts) {
    PowerCutDisk disk(chance());
    disk.cut_after(from_1_to(static_cast<std::uint64_t>(cuts.within)));
    work(disk.vfs());
    if (disk.is_off()) ++report.in_work;
    disk.restart();
    if (chance() % 4 == 0) {
      disk.cut_after(from_1_to(within_recovery));
      (void)verify(disk.vfs());
      if (disk.is_off()) ++report.in_recovery;
      disk.restart();
    }
    const std::string wrong = verify(disk.vfs());
    if (!wrong.empty()) ++report.found[wrong];
  }
  return report;
}

}  // namespace sendcheck::test
