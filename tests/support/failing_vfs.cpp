#include "support/failing_vfs.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <string>

namespace sendcheck::test {

using Call = FailingVfs::Call;

class Failures {
 public:
  // Whether this call is to fail.
  bool strikes(Call call) {
    if (watched && *watched != call) return false;
    ++calls;
    const bool now =
        number > 0 && (calls == number || (for_good && calls > number));
    if (now) ++failed;
    return now;
  }

  // How many of `wanted` bytes by which a file is to grow there is room for.
  std::int64_t take_room(std::int64_t wanted) {
    if (!full_disk) return wanted;
    const std::int64_t given = std::min(wanted, room);
    room -= given;
    if (given < wanted) ++failed;
    return given;
  }

  std::string name;
  sqlite3_vfs vfs{};
  sqlite3_vfs* base = nullptr;

  std::optional<Call> watched;
  int number = 0;
  bool for_good = false;
  int calls = 0;
  int failed = 0;
  bool full_disk = false;
  std::int64_t room = 0;
};

namespace {

// The file of the VFS beneath stands right behind it.
struct Handle {
  sqlite3_file base;
  Failures* failures;
};

Failures& of(sqlite3_vfs* vfs) {
  return *static_cast<Failures*>(vfs->pAppData);
}
Failures& of(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file)->failures;
}
sqlite3_file* beneath(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<Handle*>(file) + 1);
}

int close_file(sqlite3_file* file) {
  return beneath(file)->pMethods->xClose(beneath(file));
}

int read_file(sqlite3_file* file, void* to, int count, sqlite3_int64 at) {
  if (of(file).strikes(Call::read)) return SQLITE_IOERR_READ;
  return beneath(file)->pMethods->xRead(beneath(file), to, count, at);
}

int write_file(sqlite3_file* file, const void* from, int count,
               sqlite3_int64 at) {
  const auto write = [&](int bytes) {
    if (bytes == 0) return SQLITE_OK;
    return beneath(file)->pMethods->xWrite(beneath(file), from, bytes, at);
  };
  if (of(file).strikes(Call::write)) {
    write(count / 2);
    return SQLITE_IOERR_WRITE;
  }
  sqlite3_int64 size = 0;
  if (const int code = beneath(file)->pMethods->xFileSize(beneath(file), &size);
      code != SQLITE_OK) {
    return code;
  }
  const sqlite3_int64 growth = std::max<sqlite3_int64>(0, at + count - size);
  const sqlite3_int64 room = of(file).take_room(growth);
  if (room < growth) {
    write(
        static_cast<int>(std::max<sqlite3_int64>(0, count - (growth - room))));
    return SQLITE_FULL;
  }
  return write(count);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  if (of(file).strikes(Call::truncate)) return SQLITE_IOERR_TRUNCATE;
  return beneath(file)->pMethods->xTruncate(beneath(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
  if (of(file).strikes(Call::sync)) return SQLITE_IOERR_FSYNC;
  return beneath(file)->pMethods->xSync(beneath(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
  if (of(file).strikes(Call::size)) return SQLITE_IOERR_FSTAT;
  return beneath(file)->pMethods->xFileSize(beneath(file), size);
}

int lock_file(sqlite3_file* file, int lock) {
  if (of(file).strikes(Call::lock)) return SQLITE_IOERR_LOCK;
  return beneath(file)->pMethods->xLock(beneath(file), lock);
}

int unlock_file(sqlite3_file* file, int lock) {
  return beneath(file)->pMethods->xUnlock(beneath(file), lock);
}

int is_reserved(sqlite3_file* file, int* reserved) {
  if (of(file).strikes(Call::check_lock)) return SQLITE_IOERR_CHECKRESERVEDLOCK;
  return beneath(file)->pMethods->xCheckReservedLock(beneath(file), reserved);
}

int control_file(sqlite3_file* file, int what, void* argument) {
  return beneath(file)->pMethods->xFileControl(beneath(file), what, argument);
}

int sector_size(sqlite3_file* file) {
  return beneath(file)->pMethods->xSectorSize(beneath(file));
}

int characteristics(sqlite3_file* file) {
  return beneath(file)->pMethods->xDeviceCharacteristics(beneath(file));
}

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
  file->pMethods = nullptr;
  if (of(vfs).strikes(Call::open)) return SQLITE_CANTOPEN;
  const int code =
      of(vfs).base->xOpen(of(vfs).base, name, beneath(file), flags, opened_as);
  if (code != SQLITE_OK) return code;
  file->pMethods = &file_methods;
  reinterpret_cast<Handle*>(file)->failures = &of(vfs);
  return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
  if (of(vfs).strikes(Call::remove)) return SQLITE_IOERR_DELETE;
  if (sync_folder != 0 && of(vfs).strikes(Call::remove_and_sync)) {
    const int code = of(vfs).base->xDelete(of(vfs).base, name, 0);
    return code == SQLITE_OK ? SQLITE_IOERR_DIR_FSYNC : code;
  }
  return of(vfs).base->xDelete(of(vfs).base, name, sync_folder);
}

int access_file(sqlite3_vfs* vfs, const char* name, int what, int* answer) {
  if (of(vfs).strikes(Call::access)) return SQLITE_IOERR_ACCESS;
  return of(vfs).base->xAccess(of(vfs).base, name, what, answer);
}

int full_path(sqlite3_vfs* vfs, const char* name, int room, char* to) {
  return of(vfs).base->xFullPathname(of(vfs).base, name, room, to);
}

int random_bytes(sqlite3_vfs* vfs, int count, char* to) {
  return of(vfs).base->xRandomness(of(vfs).base, count, to);
}

int sleep_for(sqlite3_vfs* vfs, int microseconds) {
  return of(vfs).base->xSleep(of(vfs).base, microseconds);
}

int current_time(sqlite3_vfs* vfs, double* julian_day) {
  return of(vfs).base->xCurrentTime(of(vfs).base, julian_day);
}

int last_error(sqlite3_vfs* vfs, int room, char* to) {
  return of(vfs).base->xGetLastError(of(vfs).base, room, to);
}

}  // namespace

FailingVfs::FailingVfs(const char* base)
    : failures_(std::make_unique<Failures>()) {
  static int made = 0;
  failures_->name = "failing-" + std::to_string(++made);
  failures_->base = sqlite3_vfs_find(base);
  sqlite3_vfs& vfs = failures_->vfs;
  vfs.iVersion = 1;
  vfs.szOsFile = static_cast<int>(sizeof(Handle)) + failures_->base->szOsFile;
  vfs.mxPathname = failures_->base->mxPathname;
  vfs.zName = failures_->name.c_str();
  vfs.pAppData = failures_.get();
  vfs.xOpen = open_file;
  vfs.xDelete = delete_file;
  vfs.xAccess = access_file;
  vfs.xFullPathname = full_path;
  vfs.xRandomness = random_bytes;
  vfs.xSleep = sleep_for;
  vfs.xCurrentTime = current_time;
  vfs.xGetLastError = last_error;
  sqlite3_vfs_register(&vfs, 0);
}

FailingVfs::~FailingVfs() { sqlite3_vfs_unregister(&failures_->vfs); }

const char* FailingVfs::vfs() const { return failures_->name.c_str(); }

void FailingVfs::fail(std::optional<Call> call, int number, bool for_good) {
  failures_->watched = call;
  failures_->number = number;
  failures_->for_good = for_good;
  failures_->calls = 0;
}

void FailingVfs::fill_after(std::int64_t bytes) {
  failures_->full_disk = true;
  failures_->room = bytes;
}

void FailingVfs::heal() {
  failures_->number = 0;
  failures_->full_disk = false;
}

int FailingVfs::calls() const { return failures_->calls; }
int FailingVfs::failed() const { return failures_->failed; }

}  // namespace sendcheck::test
