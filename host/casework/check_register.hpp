// Checks a register: every pupil against every rule that concerns them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "casework/check_log.hpp"
#include "casework/workspace.hpp"
#include "registers/register.hpp"

namespace sendcheck {

// One pupil of a register, checked or rejected.
struct CheckedPupil {
  std::string upn;
  std::string name;
  std::string nc_year;  // in words, may be empty
  std::vector<Decision> decisions;
  // Instead of them, where the consumer has a writer; valid while it renders.
  std::vector<WrittenDecision> written;
  std::vector<Finding> warnings;
  std::vector<Finding> rejections;  // not empty: rejected, no decisions
  std::string source;               // rejected: the record as JSON

  bool rejected() const { return !rejections.empty(); }
};

struct RejectedPupil {
  std::string upn;
  std::string name;
  std::vector<Finding> findings;
};

struct CheckCounts {
  std::int64_t pupils = 0;  // in the register
  std::int64_t checked = 0;
  std::int64_t rejected = 0;
  std::int64_t warnings = 0;
};

// What there is to say of a whole check, once it has ended.
struct CheckReport {
  Date as_of;
  CheckCounts counts;
  std::int64_t errors = 0;  // decisions that could not be made
  std::string school;  // the name that all pupils share; empty when they do not
  bool several_schools = false;
  std::vector<const Edition*> editions;  // that decided something, by id
  const PublishedEditions* published =
      nullptr;  // what is known of them; lives as long as the workspace
  std::vector<RejectedPupil> rejected;
  std::vector<Finding> warnings;  // of pupils; kept where options.keep_warnings
  std::vector<Finding> register_warnings;
  std::map<std::string, std::map<Outcome, std::int64_t>> outcomes;  // by rule
  std::optional<LoggedRun> run;  // of a check that was logged
};

struct CheckOptions {
  std::string register_path;
  Date as_of;
  RuleSelection rules;
  std::string upn;  // not empty: this pupil only
  std::string
      rejects_path;  // not empty: rejected records are written there, as JSON Lines, once all are checked
  int jobs = 1;
  bool keep_warnings = true;  // in the report
  // Not null: every record and decision is entered there before it is handed to the consumer, whose writer, if it has one, must be a LineWriter.
  CheckLog* log = nullptr;
};

// Pupils as text, in which rule texts are mentioned: where, in ascending order.
struct RenderedPupils {
  std::string text;
  struct Mention {
    std::size_t at = 0;
    const RuleText* rule = nullptr;  // lives as long as the check
  };
  std::vector<Mention> mentions;
};

// Takes what a check finds, in the order of the register.
class CheckConsumer {
 public:
  virtual ~CheckConsumer() = default;

  // A pupil as text. Called from several threads at once; must not change anything.
  virtual void render(const CheckedPupil& pupil, std::string& out) const;
  // The rendered texts, on the calling thread.
  virtual void take(std::string_view text);
  // A consumer with a writer gets its decisions written by it, apart from what the texts of their rules say, and can give each text once. It renders
  // and takes pupils by these two; otherwise they come to the two above.
  virtual const DecisionWriter* writer() const { return nullptr; }
  virtual void render_apart(const CheckedPupil& pupil,
                            RenderedPupils& out) const;
  virtual void take_apart(const RenderedPupils& pupils);
  // With true, the pupils themselves are handed over too, and held until then.
  virtual bool wants_pupils() const { return false; }
  virtual void take(CheckedPupil pupil);
  // How far the check is, 0 to 1000 per mille, with the pupils so far.
  virtual void progress(int per_mille, std::int64_t pupils);
};

// Records are read, checked and rendered in batches, by `jobs` threads; whatever their number, the texts are the same, in the same order. Memory
// does not grow with the register but by what CheckReport holds and by the rejected records.
// Errors: those of open_register and of reading, engine.unknown_rule, engine.unknown_kind, check.no_rule (the rules named and the kind leave nothing), check.no_such_pupil, check.rejects_over_register (the
// rejected records would be written over what they come from), files.unwritable, and with a log store.* and keys.* (what is not in the log is not handed over). After an error rejects_path is as it was.
Result<CheckReport> check_register(const Workspace& workspace,
                                   const CheckOptions& options,
                                   CheckConsumer& consumer);

}  // namespace sendcheck
