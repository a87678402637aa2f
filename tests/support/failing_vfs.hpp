// A VFS for SQLite that hands every call on to another, and makes chosen ones fail.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

namespace sendcheck::test {

class Failures;

class FailingVfs {
 public:
  enum class Call {
    open,
    read,
    write,  // half of the bytes are written before it fails
    truncate,
    sync,
    size,
    lock,
    check_lock,
    remove,           // fails and the file stays
    remove_and_sync,  // the file is gone, but the sync of its folder failed
    access,
  };

  // `base`: the name of the one beneath; null: the system's.
  explicit FailingVfs(const char* base = nullptr);
  // Needs every file to be closed.
  ~FailingVfs();
  FailingVfs(const FailingVfs&) = delete;
  FailingVfs& operator=(const FailingVfs&) = delete;

  // The name under which SQLite knows it.
  const char* vfs() const;

  // The `number`th such call from now (from 1) fails, of any kind when none is named; `for_good`: and all such calls after it.
  void fail(std::optional<Call> call, int number, bool for_good);
  // Files may grow by so many bytes in all; then the disk is full.
  void fill_after(std::int64_t bytes);
  // Everything goes well again.
  void heal();

  int calls()
      const;  // since fail() or the start, of the kind that was named there
  int failed() const;  // in all

 private:
  std::unique_ptr<Failures> failures_;
};

}  // namespace sendcheck::test
