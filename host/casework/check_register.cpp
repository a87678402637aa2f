#include "casework/check_register.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "base/files.hpp"
#include "casework/decision_lines.hpp"
#include "domain/identifiers.hpp"

namespace sendcheck {
namespace {

constexpr std::size_t batch_size = 64;
// For decisions that were written before, by all threads together.
constexpr std::size_t kept_bytes = std::size_t{32} << 20;

// What one thread does with a batch, and what comes of it.
struct Batch {
  std::vector<RegisterEntry> entries;
  std::size_t used = 0;
  RenderedPupils rendered;
  std::vector<CheckedPupil> pupils;
  CheckReport partial;  // counts, outcomes, rejected
  std::string rejects;
  std::vector<PupilForLog> for_log;
  int per_mille = 0;
  bool done = false;
};

void note_school(CheckReport& report, std::string_view name) {
  if (name.empty() || report.several_schools) return;
  if (report.school.empty()) {
    report.school = name;
  } else if (report.school != name) {
    report.school.clear();
    report.several_schools = true;
  }
}

class Worker {
 public:
  Worker(const Workspace& workspace, const std::vector<SelectedRule>& rules,
         const CheckOptions& options, const CheckConsumer& consumer)
      : catalogue_(workspace.catalogue()),
        nc_year_(catalogue_.scalar("nc_year")),
        school_name_(catalogue_.scalar("school.name")),
        rules_(rules),
        checker_(
            workspace.engine(), rules, options.as_of,
            !options.rules.ids.empty(), nullptr,
            kept_bytes / static_cast<std::size_t>(std::max(1, options.jobs))),
        keep_warnings_(options.keep_warnings),
        consumer_(consumer),
        workspace_(workspace),
        writer_(consumer.writer()),
        outcomes_(rules.size()) {
    if (options.log != nullptr) packer_.emplace();
  }

  void check(Batch& batch) {
    for (std::size_t i = 0; i < batch.used; ++i) {
      check(batch.entries[i], batch);
    }
    report_outcomes(batch.partial);
  }

  const std::set<const Edition*>& editions_used() const {
    return checker_.editions_used();
  }

 private:
  void check(RegisterEntry& entry, Batch& batch) {
    CheckReport& report = batch.partial;
    CheckedPupil pupil;
    pupil.upn = entry.upn;
    pupil.name = entry.name;
    ++report.counts.pupils;
    report.counts.warnings += static_cast<std::int64_t>(entry.warnings.size());
    pupil.warnings = std::move(entry.warnings);
    if (entry.rejected()) {
      ++report.counts.rejected;
      report.rejected.push_back({entry.upn, entry.name, entry.rejections});
      batch.rejects += entry.source;
      batch.rejects += '\n';
      pupil.rejections = std::move(entry.rejections);
      pupil.source = std::move(entry.source);
    } else {
      ++report.counts.checked;
      const Value& year =
          entry.record.scalars[static_cast<std::size_t>(nc_year_)];
      if (year.is_known()) {
        pupil.nc_year = in_words(
            year, catalogue_.scalars()[static_cast<std::size_t>(nc_year_)],
            catalogue_);
      }
      note_school(report, text_of(entry.record, school_name_));
      decide(entry.record, pupil);
      if (packer_) {
        batch.for_log.push_back(packed_for_log(workspace_, rules_, pupil.upn,
                                               entry.record, pupil.written,
                                               *packer_));
      }
    }
    if (keep_warnings_) {
      report.warnings.insert(report.warnings.end(), pupil.warnings.begin(),
                             pupil.warnings.end());
    }
    if (writer_) {
      consumer_.render_apart(pupil, batch.rendered);
      written_ = std::move(pupil.written);
    } else {
      consumer_.render(pupil, batch.rendered.text);
    }
    if (consumer_.wants_pupils()) batch.pupils.push_back(std::move(pupil));
  }

  void decide(const Record& record, CheckedPupil& pupil) {
    if (writer_) {
      pupil.written = std::move(written_);
      checker_.write(record, *writer_, pupil.written);
      for (const WrittenDecision& decision : pupil.written) {
        count(static_cast<std::size_t>(decision.rule), decision.outcome);
      }
      return;
    }
    pupil.decisions = checker_.decide(record);
    if (packer_) checker_.write(record, log_writer_, pupil.written);
    // They come in the order of the rules, not of all of them.
    std::size_t rule = 0;
    for (const Decision& decision : pupil.decisions) {
      while (rules_[rule].id != decision.rule) ++rule;
      count(rule, decision.outcome);
    }
  }

  void count(std::size_t rule, Outcome outcome) {
    ++outcomes_[rule][static_cast<std::size_t>(outcome)];
  }

  void report_outcomes(CheckReport& report) {
    for (std::size_t rule = 0; rule < outcomes_.size(); ++rule) {
      for (std::size_t i = 0; i < outcomes_[rule].size(); ++i) {
        if (outcomes_[rule][i] == 0) continue;
        const auto outcome = static_cast<Outcome>(i);
        report.outcomes[rules_[rule].id][outcome] += outcomes_[rule][i];
        if (outcome == Outcome::error) report.errors += outcomes_[rule][i];
      }
      outcomes_[rule].fill(0);
    }
  }

  const Catalogue& catalogue_;
  int nc_year_;
  int school_name_;
  const std::vector<SelectedRule>& rules_;
  Checker checker_;
  bool keep_warnings_;
  const CheckConsumer& consumer_;
  const Workspace& workspace_;
  std::optional<Packer> packer_;  // of a check that is logged
  const DecisionWriter* writer_;
  LineWriter log_writer_;  // where the consumer has none
  std::vector<std::array<std::int64_t, number_of_outcomes>> outcomes_;
  std::vector<WrittenDecision> written_;  // only so as not to allocate
};

// Batches on their way from the reader to the workers and back, in order.
class Line {
 public:
  explicit Line(int workers) : most_(static_cast<std::size_t>(workers) * 3) {}

  // The reader: waits while too much is under way.
  void put(std::shared_ptr<Batch> batch) {
    std::unique_lock lock(mutex_);
    in_order_.push_back(batch);
    waiting_.push_back(std::move(batch));
    work_.notify_one();
  }
  bool full() {
    std::unique_lock lock(mutex_);
    return in_order_.size() >= most_;
  }
  void close() {
    std::unique_lock lock(mutex_);
    closed_ = true;
    work_.notify_all();
  }
  // A worker: the next batch, or null when there is no more.
  std::shared_ptr<Batch> take() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) return nullptr;
    auto batch = std::move(waiting_.front());
    waiting_.pop_front();
    return batch;
  }
  void finished(Batch& batch) {
    std::unique_lock lock(mutex_);
    batch.done = true;
    done_.notify_one();
  }
  // The oldest batch once it is done; null when none is under way.
  std::shared_ptr<Batch> oldest() {
    std::unique_lock lock(mutex_);
    if (in_order_.empty()) return nullptr;
    auto batch = in_order_.front();
    done_.wait(lock, [&] { return batch->done; });
    in_order_.pop_front();
    return batch;
  }

 private:
  std::mutex mutex_;
  std::condition_variable work_, done_;
  std::deque<std::shared_ptr<Batch>> in_order_, waiting_;
  std::size_t most_;
  bool closed_ = false;
};

void gather(CheckReport& report, CheckReport& part) {
  report.counts.pupils += part.counts.pupils;
  report.counts.checked += part.counts.checked;
  report.counts.rejected += part.counts.rejected;
  report.counts.warnings += part.counts.warnings;
  report.errors += part.errors;
  report.several_schools = report.several_schools || part.several_schools;
  if (report.several_schools) report.school.clear();
  note_school(report, part.school);
  for (const auto& [rule, outcomes] : part.outcomes) {
    for (const auto& [outcome, number] : outcomes) {
      report.outcomes[rule][outcome] += number;
    }
  }
  report.warnings.insert(report.warnings.end(),
                         std::make_move_iterator(part.warnings.begin()),
                         std::make_move_iterator(part.warnings.end()));
  report.rejected.insert(report.rejected.end(),
                         std::make_move_iterator(part.rejected.begin()),
                         std::make_move_iterator(part.rejected.end()));
  part = {};
}

// Whether a path leads to the register, or to a file of a register that is a
// folder.
bool stands_in(const std::string& path, const std::string& register_path) {
  if (path.empty()) return false;
  if (same_file(path, register_path)) return true;
  if (!is_folder(register_path)) return false;
  const auto names = list_folder(register_path);
  if (!names) return false;
  return std::any_of(names->begin(), names->end(), [&](const auto& name) {
    return same_file(path, join_path(register_path, name));
  });
}

// Fills a batch. False at the end of the register.
Result<bool> fill(RegisterReader& reader, const std::string& upn,
                  Batch& batch) {
  batch.used = 0;
  while (batch.used < batch_size) {
    if (batch.used == batch.entries.size()) batch.entries.emplace_back();
    RegisterEntry& entry = batch.entries[batch.used];
    auto more = reader.next(entry);
    if (!more) return unexpected(more.error());
    if (!*more) return false;
    if (upn.empty() || entry.upn == upn) ++batch.used;
  }
  return true;
}

}  // namespace

void CheckConsumer::render(const CheckedPupil&, std::string&) const {}
void CheckConsumer::take(std::string_view) {}
void CheckConsumer::take(CheckedPupil) {}
void CheckConsumer::render_apart(const CheckedPupil&, RenderedPupils&) const {}
void CheckConsumer::take_apart(const RenderedPupils&) {}
void CheckConsumer::progress(int, std::int64_t) {}

Result<CheckReport> check_register(const Workspace& workspace,
                                   const CheckOptions& options,
                                   CheckConsumer& consumer) {
  auto rules = workspace.engine().select(options.rules);
  if (!rules) return unexpected(rules.error());
  if (rules->empty() && !options.rules.kind.empty()) {
    return unexpected({"check.no_rule",
                       "no rule that was asked for is of the kind \"" +
                           options.rules.kind +
                           "\"; leave out the kind, or name other rules",
                       {}});
  }
  auto reader = open_register(options.register_path, workspace.catalogue());
  if (!reader) return unexpected(reader.error());
  if (stands_in(options.rejects_path, options.register_path)) {
    return unexpected({"check.rejects_over_register",
                       "the rejected records would be written over the "
                       "register that they come from; name another file",
                       {options.rejects_path, 0, 0, ""}});
  }

  const std::string upn = normal_upn(options.upn);
  CheckReport report;
  report.as_of = options.as_of;
  std::string rejects;
  std::int64_t pupils = 0;
  std::optional<Error> failure;
  if (options.log != nullptr) {
    if (auto ready =
            options.log->prepare(workspace, options.as_of, options.rules);
        !ready) {
      return unexpected(ready.error());
    }
  }
  const auto deliver = [&](Batch& batch) {
    // In the log before anybody sees it; what is not in the log is not seen.
    if (options.log != nullptr && !failure && !batch.for_log.empty()) {
      if (auto entered = options.log->add(batch.for_log); !entered) {
        failure = entered.error();
      }
    }
    batch.for_log.clear();
    if (failure) return;
    if (consumer.writer()) {
      consumer.take_apart(batch.rendered);
    } else if (!batch.rendered.text.empty()) {
      consumer.take(batch.rendered.text);
    }
    batch.rendered.text.clear();
    batch.rendered.mentions.clear();
    for (CheckedPupil& pupil : batch.pupils) consumer.take(std::move(pupil));
    batch.pupils.clear();
    if (!options.rejects_path.empty()) rejects += batch.rejects;
    batch.rejects.clear();
    pupils += batch.partial.counts.pupils;
    gather(report, batch.partial);
    consumer.progress(batch.per_mille, pupils);
  };

  std::set<const Edition*> editions;
  if (options.jobs <= 1) {
    Worker worker(workspace, *rules, options, consumer);
    Batch batch;
    for (bool more = true; more && !failure;) {
      auto filled = fill(**reader, upn, batch);
      if (!filled) {
        failure = filled.error();
        break;
      }
      more = *filled;
      worker.check(batch);
      batch.per_mille = (*reader)->progress_per_mille();
      deliver(batch);
    }
    editions = worker.editions_used();
  } else {
    Line line(options.jobs);
    std::mutex editions_mutex;
    std::vector<std::thread> threads;
    for (int i = 0; i < options.jobs; ++i) {
      threads.emplace_back([&] {
        Worker worker(workspace, *rules, options, consumer);
        while (auto batch = line.take()) {
          worker.check(*batch);
          line.finished(*batch);
        }
        const std::lock_guard lock(editions_mutex);
        editions.insert(worker.editions_used().begin(),
                        worker.editions_used().end());
      });
    }
    std::vector<std::shared_ptr<Batch>> spare;
    const auto deliver_oldest = [&]() {
      auto batch = line.oldest();
      if (!batch) return false;
      deliver(*batch);
      batch->done = false;
      spare.push_back(std::move(batch));
      return true;
    };
    for (bool more = true; more;) {
      auto batch = spare.empty() ? std::make_shared<Batch>() : spare.back();
      if (!spare.empty()) spare.pop_back();
      auto filled = fill(**reader, upn, *batch);
      if (!filled) {
        failure = filled.error();
        break;
      }
      more = *filled;
      batch->per_mille = (*reader)->progress_per_mille();
      line.put(std::move(batch));
      if (line.full()) deliver_oldest();
    }
    while (deliver_oldest()) {
    }
    line.close();
    for (std::thread& thread : threads) thread.join();
  }
  if (failure) return unexpected(*failure);
  if (!upn.empty() && report.counts.pupils == 0) {
    return unexpected({"check.no_such_pupil",
                       "no pupil of the register has the UPN " + upn,
                       {options.register_path, 0, 0, ""}});
  }
  if (!options.rejects_path.empty()) {
    if (auto written = write_file(options.rejects_path, rejects); !written) {
      return unexpected(written.error());
    }
  }
  if (options.log != nullptr) {
    auto run = options.log->finish(report.counts.pupils, report.counts.checked,
                                   report.counts.rejected);
    if (!run) return unexpected(run.error());
    report.run = std::move(*run);
  }
  report.register_warnings = (*reader)->register_warnings();
  report.published = &workspace.published();
  report.editions.assign(editions.begin(), editions.end());
  std::sort(report.editions.begin(), report.editions.end(),
            [](const Edition* a, const Edition* b) { return a->id < b->id; });
  return report;
}

}  // namespace sendcheck
