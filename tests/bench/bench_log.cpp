// The log of decisions: how many a second with everything on, against the bare inserts of the same bytes; how many entries are verified a second.
//
// Wall time, since what counts is the disk: both sides sync as often. In turns, in one run; medians.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit/log.hpp"
#include "audit/payload.hpp"
#include "audit/verify.hpp"
#include "measure.hpp"

namespace {

using namespace sendcheck;

class SteadyClock final : public Clock {
 public:
  Moment now() const override { return {1'795'000'000}; }
};

double wall(const std::function<void()>& work) {
  const auto from = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - from)
      .count();
}

void must(bool well, const char* what) {
  if (well) return;
  std::fprintf(stderr, "bench-log: %s failed\n", what);
  std::exit(1);
}

// Rows of the log's own shape and sizes, with nothing else done.
constexpr const char* raw_steps[] = {
    "CREATE TABLE rows (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL, "
    "sealed BLOB) STRICT"};
constexpr Schema raw_schema{
    .application = 7, .version = 1, .steps = raw_steps, .what = "bench"};

constexpr int pupils = 30;

class Sides {
 public:
  Sides(const std::string& folder, std::size_t payload)
      : packed_(payload, 'p') {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto log = Log::open({folder + "/s.db", ""},
                         {"bench", "0.1.0", &clock_, &system_random()}, true);
    must(log.has_value(), "making a log");
    log_ = std::move(*log);
    auto raw =
        Database::open(folder + "/raw.db", raw_schema, Database::Open::create);
    must(raw.has_value(), "making a file");
    raw_.emplace(std::move(*raw));
    auto insert = raw_->prepare("INSERT INTO rows VALUES (?1, ?2, ?3)");
    must(insert.has_value(), "preparing");
    insert_.emplace(std::move(*insert));
    // The pupils are known before anything is timed.
    for (int i = 0; i < pupils; ++i) {
      auto pupil = log_->keys().pupil("P" + std::to_string(i));
      must(pupil.has_value(), "a pupil");
      pupils_.push_back(*pupil);
    }
    must(log_->keys().save().has_value(), "saving the keys");
    entry_.assign(bytes_of_entry(), 'e');
    sealed_.assign(payload + 40, 's');
  }

  std::string place() const { return log_->place().file; }

  void logged(int decisions) {
    auto batch = log_->begin();
    must(batch.has_value(), "beginning");
    for (int i = 0; i < decisions; ++i) {
      must(
          batch
              ->append(
                  {.kind = EntryKind::decision,
                   .about = about_,
                   .pupil = pupils_[static_cast<std::size_t>(i) % pupils].get(),
                   .packed = packed_})
              .has_value(),
          "an entry");
    }
    must(batch->commit().has_value(), "committing");
  }

  void bare(int decisions) {
    auto transaction = Transaction::begin(*raw_);
    must(transaction.has_value(), "beginning");
    for (int i = 0; i < decisions; ++i) {
      must(insert_->bind(1, rows_++)
               .bind_blob(2, entry_)
               .bind_blob(3, sealed_)
               .run()
               .has_value(),
           "a row");
    }
    must(transaction->commit().has_value(), "committing");
  }

 private:
  // As long as those that are logged.
  std::size_t bytes_of_entry() const {
    Entry entry;
    entry.number = 10'000;
    entry.at = clock_.now();
    entry.kind = EntryKind::decision;
    entry.actor = "bench";
    entry.program = "0.1.0";
    entry.subject = std::string(32, '0');
    entry.about = about_;
    entry.payload = {packed_.size() + 40, {}};
    return canonical_bytes(entry).size();
  }

  SteadyClock clock_;
  std::unique_ptr<Log> log_;
  std::optional<Database> raw_;
  std::optional<Statement> insert_;
  std::vector<std::shared_ptr<const PupilKey>> pupils_;
  std::string about_ =
      R"({"check":1,"edition":"jcq/2025-09-01","record":13,"rule":"jcq-extra-time-25"})";
  std::string packed_, entry_, sealed_;
  std::int64_t rows_ = 0;
};

// Rounds of both in turns: the median of the ratio, and of each.
void compare(const char* what, Sides& sides, int rounds, int batches,
             int decisions, const char* wanted) {
  std::vector<double> logged, bare, ratio;
  for (int round = 0; round < rounds; ++round) {
    const double one = wall([&] {
      for (int i = 0; i < batches; ++i) sides.logged(decisions);
    });
    const double other = wall([&] {
      for (int i = 0; i < batches; ++i) sides.bare(decisions);
    });
    logged.push_back(batches * decisions / one);
    bare.push_back(batches * decisions / other);
    ratio.push_back(other / one);
  }
  std::sort(ratio.begin(), ratio.end());
  std::printf(
      "| %s | %.0f a second | %.0f a second | %.2f (%.2f to %.2f) | %s |\n",
      what, bench::median(logged), bench::median(bare), bench::median(ratio),
      ratio.front(), ratio.back(), wanted);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : "bench-log-files";
  std::printf(
      "| what | the log, everything on | bare durable inserts | ratio "
      "(lowest to highest) | asked for |\n|---|---|---|---|---|\n");
  {
    Sides sides(folder, 1000);
    compare("decisions of 1 KB in batches of 100", sides, 15, 40, 100,
            "at least 0.6");
    compare("one decision, acknowledged", sides, 15, 60, 1,
            "at least 0.33 (3 times the bare insert)");
  }
  {
    Sides sides(folder, 1000);
    for (int i = 0; i < 300; ++i) sides.logged(1000);
    std::vector<double> rates;
    for (int round = 0; round < 5; ++round) {
      auto database = Database::open(sides.place(), log_schema(),
                                     Database::Open::read_only);
      must(database.has_value(), "opening");
      Result<Verdict> verdict = Verdict{};
      const double seconds =
          wall([&] { verdict = verify_log(*database, Evidence{}); });
      must(verdict.has_value(), "reading");
      must(!verdict->fault,
           verdict->fault ? verdict->fault->message.c_str() : "");
      rates.push_back(static_cast<double>(verdict->entries) / seconds);
    }
    std::printf(
        "| entries verified, each with 1 KB sealed | %.0f a second | | | at "
        "least 500,000 |\n",
        bench::median(rates));
  }
  std::filesystem::remove_all(folder);
  return 0;
}
