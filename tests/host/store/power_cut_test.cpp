#include <catch2/catch.hpp>

#include "host/store/entries.hpp"
#include "store/database.hpp"
#include "support/power_cut_vfs.hpp"

namespace sendcheck::test {
namespace {

using Open = Database::Open;

// Opens, and appends and erases in batches until something fails. Remembers what was acknowledged.
class Work {
 public:
  // `settings`: what is changed of those of a store.
  explicit Work(const char* settings) : settings_(settings) {}

  void work(const char* vfs) {
    acknowledged_ = 0;
    auto database = open_entries("a.store", Open::create, vfs);
    if (!database || !database->run(settings_)) return;
    for (std::int64_t batch = 1; batch <= 40; ++batch) {
      if (!append_batch(*database, batch, size_of(batch))) return;
      acknowledged_ = batch;
    }
  }

  std::string verify(const char* vfs) const {
    auto database = open_entries("a.store", Open::create, vfs);
    if (!database) return "does not open: " + database.error().id;
    if (!database->check()) return "damaged";
    auto rows = database->prepare(
        "SELECT batch, count(*) FROM entries GROUP BY batch ORDER BY batch");
    if (!rows) return "cannot be read";
    std::int64_t last = 0;
    for (;;) {
      auto row = rows->step();
      if (!row) return "cannot be read";
      if (!*row) break;
      if (rows->number(0) != ++last) return "a batch is missing";
      if (rows->number(1) != size_of(last)) return "part of a batch";
    }
    // The batch in which the power failed may be there, whole, or not.
    if (last > acknowledged_ + 1) return "more than was written";
    if (last < acknowledged_) return "acknowledged entries lost";
    return {};
  }

  PowerCutReport cut(const PowerCuts& cuts) {
    return cut_power(
        cuts, [this](const char* vfs) { work(vfs); },
        [this](const char* vfs) { return verify(vfs); });
  }

 private:
  static int size_of(std::int64_t batch) {
    return batch % 5 == 0 ? 25 : static_cast<int>(batch % 3) + 1;
  }

  const char* settings_;
  std::int64_t acknowledged_ = 0;
};

}  // namespace

TEST_CASE("no power cut damages a store or loses what was acknowledged") {
  const PowerCutReport report = Work("").cut({.cuts = 2000});
  CHECK(report.found == std::map<std::string, int>{});
  CHECK(report.cuts == 2000);
  // Otherwise nothing was tried.
  CHECK(report.in_work > 1900);
  CHECK(report.in_recovery > 50);
}

TEST_CASE("a transaction larger than the cache survives power cuts too") {
  // Pages reach the file before the commit then.
  const PowerCutReport report =
      Work("PRAGMA cache_size = 2").cut({.cuts = 300, .seed = 2});
  CHECK(report.found == std::map<std::string, int>{});
  CHECK(report.in_work > 250);
}

TEST_CASE("the power cuts find what weaker settings lose") {
  // That the harness sees: this is SQLite's own default, and it forgets
  // acknowledged entries when a deleted journal comes back.
  const PowerCutReport full =
      Work("PRAGMA synchronous = FULL").cut({.cuts = 300, .seed = 3});
  CHECK(full.found.count("acknowledged entries lost") == 1);
  CHECK(full.found.size() == 1);

  const PowerCutReport off =
      Work("PRAGMA synchronous = OFF").cut({.cuts = 300, .seed = 4});
  CHECK(off.found.size() > 2);
  CHECK(off.found.count("acknowledged entries lost") == 1);
  CHECK(off.found.count("damaged") +
            off.found.count("does not open: store.damaged") >=
        1);
}

TEST_CASE("the same seed gives the same power cuts") {
  const auto found = [](std::uint64_t seed) {
    return Work("PRAGMA synchronous = OFF").cut({.cuts = 60, .seed = seed});
  };
  const PowerCutReport once = found(5);
  const PowerCutReport again = found(5);
  CHECK(once.found == again.found);
  CHECK(once.in_work == again.in_work);
  CHECK(found(6).found != once.found);
}

}  // namespace sendcheck::test
