// The log when the power fails, the disk is full, or a call fails: nothing that was acknowledged is lost, and nothing half done is left.
#include <catch2/catch.hpp>
#include <filesystem>

#include "support/decision_log.hpp"
#include "support/failing_vfs.hpp"
#include "support/power_cut_vfs.hpp"

namespace sendcheck::test {
namespace {

// Batches of decisions, each of several pupils, until something fails. Remembers the newest checkpoint that commit() gave.
class Work {
 public:
  explicit Work(const Scratch& scratch) : scratch_(scratch) {}

  void work(const char* vfs) {
    acknowledged_.clear();
    size_ = 0;
    // The key files are written once, on the real disk; the keys of the pupils are a store, on the one whose power fails.
    LogSetting setting(scratch_.folder(), vfs);
    auto log = setting.open();
    if (!log) {
      return;
    }
    remember(**log);
    for (int batch = 0; batch < 12; ++batch) {
      if (!append_batch(**log, batch)) return;
      remember(**log);
    }
  }

  std::string verify(const char* vfs) const {
    LogSetting setting(scratch_.folder(), vfs, "after");
    // A log whose making was broken off is made again.
    auto log = setting.open();
    if (!log) return "does not open: " + log.error().to_string();
    auto database = Database::open(setting.place().file, log_schema(),
                                   Database::Open::existing, vfs);
    if (!database) return "does not open to be read";
    Evidence evidence;
    if (!acknowledged_.empty()) {
      evidence.checkpoints = {{"acknowledged", acknowledged_}};
    }
    auto verdict = verify_log(*database, evidence);
    if (!verdict) return "cannot be read: " + verdict.error().id;
    if (verdict->fault) return verdict->fault->id;
    if (verdict->entries < size_) return "acknowledged entries lost";
    if ((verdict->entries - 1) % per_batch != 0) return "part of a batch";
    // What was acknowledged can still be opened.
    for (std::uint64_t n = 1; n < size_; ++n) {
      auto entry = (*log)->reader().entry(n);
      if (!entry) return "an entry is gone";
      auto key = (*log)->keys().by_pseudonym(entry->subject);
      if (!key || !*key) return "a pupil's key was lost";
    }
    return {};
  }

 private:
  static constexpr std::uint64_t per_batch = 5;

  static bool append_batch(Log& log, int number) {
    Packer packer;
    const std::string packed = packer.packed("{}");
    auto batch = log.begin();
    if (!batch) return false;
    for (std::uint64_t i = 0; i < per_batch; ++i) {
      auto pupil =
          log.keys().pupil(upn_number(number * 3 + static_cast<int>(i)));
      if (!pupil) return false;
      if (!batch->append({.kind = EntryKind::decision,
                          .about = R"({"rule":"a"})",
                          .pupil = pupil->get(),
                          .packed = packed})) {
        return false;
      }
    }
    return batch->commit().has_value();
  }

  void remember(Log& log) {
    if (auto note = log.checkpoint()) {
      acknowledged_ = *note;
      size_ = *log.reader().size();
    }
  }

  const Scratch& scratch_;
  std::string acknowledged_;
  std::uint64_t size_ = 0;
};

}  // namespace

TEST_CASE(
    "no power cut loses an acknowledged decision or leaves half a batch") {
  Scratch scratch;
  Work work(scratch);
  const PowerCutReport report = cut_power(
      {.cuts = 2000, .within = 260}, [&](const char* vfs) { work.work(vfs); },
      [&](const char* vfs) { return work.verify(vfs); });
  for (const auto& [what, times] : report.found) {
    UNSCOPED_INFO(what << " in " << times << " cuts");
  }
  CHECK(report.found.empty());
  CHECK(report.cuts == 2000);
  CHECK(report.in_work > 1800);
}

TEST_CASE("whatever call fails is a named error and the log stays whole") {
  Scratch scratch;
  int failed = 0;
  for (int call = 1;; ++call) {
    for (const bool for_good : {false, true}) {
      const std::string folder =
          scratch.path(std::to_string(call) + (for_good ? "-for-good" : ""));
      std::filesystem::create_directories(folder);
      LogSetting plain(folder);
      const std::string before = *log_with(plain, 3)->checkpoint();
      FailingVfs failing;
      {
        LogSetting setting(folder, failing.vfs(), "failing");
        setting.clock.seconds = plain.clock.seconds;
        failing.fail(std::nullopt, call, for_good);
        auto log = setting.open(false);
        if (!log) {
          CHECK(log.error().id.starts_with("store."));
        } else {
          auto entry = log_decision(**log, upn_number(7), 7);
          if (!entry) CHECK(entry.error().id.starts_with("store."));
        }
        failed = failing.failed();
        failing.heal();
      }
      INFO("call " << call);
      const Verdict verdict = verdict_of(plain, {{"before", before}});
      CHECK(!verdict.fault);
      CHECK(verdict.entries >= 4);
      CHECK(verdict.entries <= 5);
      // It goes on where it was.
      auto again = plain.open(false);
      REQUIRE(again.has_value());
      CHECK(log_decision(**again, "Z", 1).has_value());
      std::filesystem::remove_all(folder);
    }
    // Past the last call nothing fails any more.
    if (failed == 0) {
      CHECK(call > 20);
      break;
    }
  }
}

TEST_CASE("a full disk refuses the decision and loses none before it") {
  Scratch scratch;
  LogSetting setting(scratch.folder());
  log_with(setting, 3);
  FailingVfs failing;
  {
    LogSetting full(scratch.folder(), failing.vfs(), "full");
    full.clock.seconds = setting.clock.seconds;
    auto log = full.open(false);
    REQUIRE(log.has_value());
    failing.fill_after(0);
    Packer packer;
    auto batch = (*log)->begin();
    REQUIRE(batch.has_value());
    auto pupil = (*log)->keys().pupil(upn_number(0));
    REQUIRE(pupil.has_value());
    const std::string packed = full.random.bytes(200'000);
    auto entry = batch->append(
        {.kind = EntryKind::decision, .pupil = pupil->get(), .packed = packed});
    Result<std::string> done =
        entry ? batch->commit()
              : Result<std::string>(unexpected(entry.error()));
    REQUIRE(!done.has_value());
    CHECK(done.error().id == "store.unwritable");
    failing.heal();
  }
  CHECK(verdict_of(setting).entries == 4);
}

}  // namespace sendcheck::test
