// A log in files of its own, with a clock that stands still and random bytes that are the same in each run.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "audit/log.hpp"
#include "audit/payload.hpp"
#include "support/scratch.hpp"
#include "support/steady_random.hpp"

namespace sendcheck::test {

// Stands still, until it is put on.
class StillClock final : public Clock {
 public:
  Moment now() const override { return at; }
  Moment at{1'763'900'000};
};

// The value of a result that is well.
template <class T>
T well(Result<T> result) {
  INFO((result ? std::string() : result.error().to_string()));
  REQUIRE(result.has_value());
  return std::move(*result);
}
inline void well(const Result<void>& result) {
  INFO((result ? std::string() : result.error().to_string()));
  REQUIRE(result.has_value());
}

struct SmallStore {
  Scratch scratch;
  StillClock clock;
  SteadyRandom random;
  std::unique_ptr<Log> log;

  explicit SmallStore(const std::string& name = "small store")
      : random(name), log(opened()) {}

  std::unique_ptr<Log> opened() {
    return well(Log::open({scratch.path("log.db"), ""},
                          {"A. Example", "0.1.0", &clock, &random}, true));
  }
  std::string keys() const { return scratch.path("log.db.keys"); }

  // A check of one pupil, with rules that were kept.
  std::uint64_t check(const std::string& upn, const std::string& facts) {
    auto batch = well(log->begin());
    const std::string rule = well(batch.keep("return rule {}"));
    const std::string pack =
        well(batch.keep("{\"files\":[{\"hash\":\"" + rule +
                        "\",\"path\":\"rule.lua\"}],\"v\":1}"));
    well(batch.append({.kind = EntryKind::check_started,
                       .about = "{\"rules\":\"" + pack + "\"}"}));
    auto pupil = well(log->keys().pupil(upn));
    const std::string packed = Packer().packed(facts);
    const std::uint64_t number = well(batch.append(
        {.kind = EntryKind::record, .pupil = pupil.get(), .packed = packed}));
    well(batch.commit());
    return number;
  }
};

}  // namespace sendcheck::test
