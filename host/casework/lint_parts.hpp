// The parts of lint: each adds what it finds. For the sources of casework/lint.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "casework/lint.hpp"

namespace sendcheck {

class LintFindings {
 public:
  void doubt(const char* id, std::string message, Place place, std::string rule,
             std::string edition) {
    all_.push_back({LintFinding::Kind::doubt,
                    {id, std::move(message), std::move(place)},
                    std::move(rule),
                    std::move(edition)});
  }
  void note(const char* id, std::string message, Place place, std::string rule,
            std::string edition) {
    doubt(id, std::move(message), std::move(place), std::move(rule),
          std::move(edition));
    all_.back().kind = LintFinding::Kind::note;
  }
  void error(Error error, std::string rule, std::string edition) {
    all_.push_back({LintFinding::Kind::error, std::move(error), std::move(rule),
                    std::move(edition)});
  }
  std::vector<LintFinding> take() { return std::move(all_); }

 private:
  std::vector<LintFinding> all_;
};

// lint.to_write: each line of a text that is still to be written.
void lint_text(const std::string& text, const std::string& file,
               const std::string& rule, const std::string& edition,
               LintFindings& found);
// lint.empty_words: words that say nothing where a reason is asked for.
void lint_reason(const std::string& words, const std::string& what, Place place,
                 const std::string& rule, const std::string& edition,
                 LintFindings& found);

// The days: lint.gap, lint.ended, lint.dropped, lint.no_rule.
void lint_days(const Workspace& workspace, Date as_of, LintFindings& found);
// What editions say: lint.source_not_read, lint.source_old, lint.unused_source, lint.carried_over, lint.unconfirmed, lint.unbounded, and the two
// of texts.
void lint_editions(const Workspace& workspace, Date as_of, LintFindings& found);
// The rows of tables.
void lint_tables(const Workspace& workspace, LintFindings& found);
// lint.plugin_file, lint.figure, lint.unused_parameter, lint.unread_fact, lint.in_no_edition, the two of texts, and errors of cases.json.
void lint_plugins(const Workspace& workspace, LintFindings& found);
// What a register shows of the rules: lint.never_met, lint.always_unknown, lint.unsupplied_fact, and the notes lint.never_applicable, lint.stopped_by.
// `rules`: these only; empty: all.
Result<void> lint_register(const Workspace& workspace, const std::string& path,
                           const std::vector<std::string>& rules, Date as_of,
                           LintFindings& found);

}  // namespace sendcheck
