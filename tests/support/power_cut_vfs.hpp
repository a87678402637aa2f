// A disk in memory whose power fails: a VFS for SQLite that remembers what was made durable (sync) and what was not.
//
// What a power cut does to it is what POSIX lets it do:
// - of each write since the file's last sync, each 512-byte sector is kept or lost, one by one, whatever the order; where a file grew, what is lost
//   holds zeros or rubbish;
// - a truncation since then is kept or lost;
// - of the files made and deleted since the folder's last sync, each name shows some earlier state.
// The folder is synced where SQLite's own VFS for Unix does so: at the first sync of a new journal, and where a deletion asks for it.
//
// One folder, one process: connections lock each other out as on a real disk, threads do not. Everything follows from the seed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace sendcheck::test {

class PowerCutDisk {
 public:
  explicit PowerCutDisk(std::uint64_t seed);
  // Needs every file on it to be closed.
  ~PowerCutDisk();
  PowerCutDisk(const PowerCutDisk&) = delete;
  PowerCutDisk& operator=(const PowerCutDisk&) = delete;

  // The name under which SQLite knows it.
  const char* vfs() const;

  // The power fails in the `operations`th write, truncation, sync, making or deletion from now (from 1). From then on every call fails.
  void cut_after(int operations);
  bool is_off() const;
  // The power comes back (after it was cut, if it was not yet), and the files hold what survived. Needs every file to be closed.
  void restart();

  int operations() const;  // in all
  int syncs() const;       // of files and of the folder, in all
  // What a process that looks now would see, by name.
  std::map<std::string, std::string> files() const;

 private:
  struct Mounted;
  std::unique_ptr<Mounted> mounted_;
};

struct PowerCuts {
  int cuts = 2000;
  int within = 400;  // operations: the cut comes in one of them
  std::uint64_t seed = 1;
};

struct PowerCutReport {
  int cuts = 0;
  int in_work = 0;  // came before the work was done
  int in_recovery =
      0;  // were followed by a second, while the first was put right
  // What `verify` found, and in how many cuts. Empty: all is well.
  std::map<std::string, int> found;
};

// For each cut, a new disk: `work` opens what it likes through the VFS of that name and works until it is done or something fails; it remembers what
// was acknowledged, forgets it when it starts anew, and has everything closed when it returns. The power comes back, and `verify` opens it again
// and says in a few words what is wrong, or nothing. In a quarter of the cuts the power fails once more while `verify` is at it; what that one says is
// not heard, and it is asked again.
PowerCutReport cut_power(
    const PowerCuts& cuts, const std::function<void(const char* vfs)>& work,
    const std::function<std::string(const char* vfs)>& verify);

}  // namespace sendcheck::test
