// A log of decisions in a folder of the test's, with a clock and chance of the test's.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "audit/log.hpp"
#include "audit/payload.hpp"
#include "audit/verify.hpp"
#include "support/scratch.hpp"
#include "support/steady_random.hpp"

namespace sendcheck::test {

// Goes on a second each time that it is asked.
class SteppingClock final : public Clock {
 public:
  Moment now() const override { return {seconds++}; }
  mutable std::int64_t seconds = 1'795'000'000;  // in November 2026
};

struct LogSetting {
  explicit LogSetting(std::string folder_, const char* vfs_ = nullptr,
                      const std::string& chance = "log")
      : folder(std::move(folder_)), vfs(vfs_), random(chance) {}

  std::string folder;
  const char* vfs;
  SteppingClock clock;
  SteadyRandom random;

  LogPlace place() const { return {folder + "/s.db", "", vfs}; }
  LogAuthor author() { return {"a.senco", "0.1.0", &clock, &random}; }
  Result<std::unique_ptr<Log>> open(bool create = true) {
    return Log::open(place(), author(), create);
  }
};

// What is sealed beside the decision of a pupil.
inline std::string contents_of_decision(const std::string& upn, int number) {
  return R"({"outcome":"met","upn":")" + upn + R"(","n":)" +
         std::to_string(number) + "}";
}

// One decision in a batch of its own.
inline Result<std::uint64_t> log_decision(Log& log, const std::string& upn,
                                          int number) {
  Packer packer;
  const std::string packed = packer.packed(contents_of_decision(upn, number));
  auto batch = log.begin();
  if (!batch) return unexpected(batch.error());
  auto pupil = log.keys().pupil(upn);
  if (!pupil) return unexpected(pupil.error());
  auto entry = batch->append({.kind = EntryKind::decision,
                              .about = R"({"rule":"pupil-premium"})",
                              .pupil = pupil->get(),
                              .packed = packed});
  if (!entry) return entry;
  if (auto done = batch->commit(); !done) return unexpected(done.error());
  return entry;
}

inline std::string upn_number(int number) {
  return "TEST" + std::to_string(100000 + number);
}

// Entry 0 and `decisions` more, of three pupils in turn.
inline std::unique_ptr<Log> log_with(LogSetting& setting, int decisions) {
  auto log = setting.open();
  REQUIRE(log.has_value());
  for (int i = 0; i < decisions; ++i) {
    REQUIRE(log_decision(**log, upn_number(i % 3), i).has_value());
  }
  return std::move(*log);
}

inline Database database_of(const LogSetting& setting) {
  auto database = Database::open(setting.place().file, log_schema(),
                                 Database::Open::existing, setting.vfs);
  REQUIRE(database.has_value());
  return std::move(*database);
}

// With the public keys of the keys folder, as the owner has them.
inline Verdict verdict_of(const LogSetting& setting,
                          std::vector<OutsideCheckpoint> outside = {},
                          bool knows_the_key = true) {
  auto database = database_of(setting);
  Evidence evidence;
  evidence.checkpoints = std::move(outside);
  if (knows_the_key) {
    auto keys = public_keys(setting.place().keys_folder());
    REQUIRE(keys.has_value());
    evidence.log_keys = *keys;
  }
  auto verdict = verify_log(database, evidence);
  REQUIRE(verdict.has_value());
  return *verdict;
}

}  // namespace sendcheck::test
