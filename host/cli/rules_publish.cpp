#include "cli/rules_publish.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>
#include <span>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/revision_folder.hpp"
#include "cli/published_text.hpp"

namespace sendcheck::cli {
namespace {

constexpr std::size_t most_cases = 5;

constexpr const char* publish_example =
    R"(Example, with an edition of your own:
  sendcheck rules publish 884-herefordshire/2027-04-01
      whether it is fit to be published, and where it stands; writes nothing
  sendcheck rules publish 884-herefordshire/2027-04-01 --propose --by "A. Example, matrix officer"
      puts it forward
  sendcheck rules publish 884-herefordshire/2027-04-01 --approve --by "B. Example, head of SEND"
      another person, maybe on another computer, approves just that; it is signed

)";

constexpr const char* published_example = R"(Examples:
  sendcheck rules published
      what is published here, by whom, and whether it is still that
  sendcheck rules published 884-herefordshire/2027-04-01 --publishers keys.pub
      every revision of one edition, by keys that are kept elsewhere

Exit status: 0 nothing is wrong; 1 an edition is not as its body published it.
)";

}  // namespace

void RulesPublish::add(CLI::App& rules) {
  add_publish(rules);
  add_published(rules);
}

void RulesPublish::line(const std::string& text, std::size_t indent) const {
  *desk_.at.out << std::string(indent, ' ')
                << wrapped(text, desk_.at.columns, indent) << '\n';
}

void RulesPublish::add_publish(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "publish",
      "Publishes an edition: one person proposes it, another approves it, "
      "and it is signed");
  command->footer(publish_example + command->get_footer());
  command
      ->add_option("edition", edition_,
                   "the edition, such as 884-herefordshire/2027-04-01")
      ->required()
      ->check(stated());
  auto* propose = command->add_flag("--propose", propose_,
                                    "put it forward, as it stands here");
  auto* approve = command
                      ->add_flag("--approve", approve_,
                                 "approve what was put forward, and sign it")
                      ->excludes(propose);
  command
      ->add_option("--by", by_,
                   "who does this, with their role: \"A. Example, matrix "
                   "officer\"")
      ->check(stated());
  static_cast<void>(approve);
  desk_.add_rules_options(*command);
  desk_.add_store_options(*command, false);
  command->callback([this] {
    desk_.status = desk_.with_rules([this](const Workspace& workspace, Date) {
      return publish(workspace);
    });
  });
}

int RulesPublish::publish(const Workspace& workspace) {
  if (propose_ || approve_) {
    if (auto named = check_person(by_); !named)
      return desk_.fail(named.error());
  }
  auto named = edition_named(workspace, edition_);
  if (!named) return desk_.fail(named.error());
  // What was published and is not that any more comes before whether it would
  // be fit to be published.
  if (*named != nullptr) {
    const PublishedEdition& before = workspace.published().of(**named);
    if (before.bars_publishing()) return desk_.fail(*before.fault);
  }
  // So does what the log has and the folder has not. A log is not begun for
  // what may yet be refused.
  const bool acts = propose_ || approve_;
  std::unique_ptr<Log> log;
  if (acts && is_file(desk_.log_place().file)) {
    auto opened = desk_.open_log(false);
    if (!opened) return desk_.fail(opened.error());
    log = std::move(*opened);
    if (*named != nullptr) {
      auto mended = mend_publication(*log, **named);
      if (!mended) return desk_.fail(mended.error());
      if (*mended) return say_mended(**mended);
    }
  }
  auto looked = look_at_edition(workspace, edition_);
  if (!looked) return desk_.fail(looked.error());
  for (const Error& finding : looked->findings) desk_.say(finding);
  say_cases(looked->not_as_expected);
  if (auto why = obstacle(*looked)) return desk_.fail(*why);
  if (!acts) return look(workspace, *looked);
  if (log == nullptr) {
    auto begun = desk_.open_log(true);
    if (!begun) return desk_.fail(begun.error());
    log = std::move(*begun);
  }
  return step(workspace, *looked, *log);
}

int RulesPublish::say_mended(std::uint64_t entry) const {
  line("The log has a publication of " + edition_ + " (entry " +
           std::to_string(entry) +
           ") that was not in its folder: it was broken off, or taken away. It "
           "is put back; nothing else was done. See: sendcheck rules "
           "published " +
           edition_,
       0);
  return done;
}

void RulesPublish::say_cases(const std::vector<CaseResult>& cases) const {
  // One wrong figure can turn a hundred cases: the first say enough.
  for (const CaseResult& result :
       std::span(cases).first(std::min(cases.size(), most_cases))) {
    *desk_.at.err << result.rule << ": " << result.sentence << '\n';
    for (const std::string& fault : result.faults) {
      *desk_.at.err << "    " << wrapped(fault, desk_.at.columns, 6) << '\n';
    }
  }
  if (cases.size() > most_cases) {
    *desk_.at.err << "and " << cases.size() - most_cases
                  << " more (sendcheck rules test)\n";
  }
}

// Nothing is written: where it stands, and what comes next.
int RulesPublish::look(const Workspace& workspace,
                       const LookedAt& looked) const {
  using State = PublishedEdition::State;
  const Edition& edition = *looked.edition;
  const PublishedEdition& published = workspace.published().of(edition);
  line(edition.id + ", revision " + std::to_string(edition.revision) +
           ": it loads, and " +
           counted(looked.cases, "worked case comes", "worked cases come") +
           " out as expected.",
       0);
  line(edition.two_people
           ? "Two people publish it."
           : "One person may publish it: " + edition.one_person_because,
       2);
  if (published.state == State::published ||
      published.state == State::key_not_known ||
      published.state == State::other_key) {
    line("It is published as it stands here. (sendcheck rules published " +
             edition.id + ")",
         2);
    return done;
  }
  const bool proposed = is_file(proposal_file(edition.file));
  line(proposed ? "A proposal lies beside it. The second person looks at it "
                  "and approves it:"
                : "It is not proposed. The first person proposes it:",
       2);
  *desk_.at.out << "  sendcheck rules publish " << edition.id
                << (proposed ? " --approve" : " --propose")
                << " --by \"NAME, ROLE\"\n";
  return done;
}

int RulesPublish::step(const Workspace& workspace, const LookedAt& looked,
                       Log& log) const {
  const Edition& edition = *looked.edition;
  const Moment now = desk_.at.clock->now();
  auto taken = propose_ ? propose_edition(log, workspace, looked, by_, now)
                        : approve_edition(log, workspace, looked, by_, now);
  if (!taken) return desk_.fail(taken.error());
  const std::string what =
      edition.id + ", revision " + std::to_string(edition.revision);
  if (propose_) {
    line(what + ", is proposed by " + by_ + ".", 0);
  } else {
    line(what + ", is published.", 0);
    line("Proposed by " + taken->publication.proposed_by + ", approved by " +
             by_ + ".",
         2);
  }
  line(counted(looked.cases, "worked case", "worked cases") +
           " came out as expected.",
       2);
  line(edition.hash, 2);
  line("entry " + std::to_string(taken->entry) + " of " + log.origin(), 2);
  line(taken->file, 2);
  if (propose_) {
    line(edition.two_people ? "Another person now looks at it and approves it:"
                            : "The same person, or another, approves it:",
         0);
    *desk_.at.out << "  sendcheck rules publish " << edition.id
                  << " --approve --by \"NAME, ROLE\"\n";
    line(
        "On another computer, or with another log, its file of publishers' "
        "keys needs this key:",
        0);
  } else {
    line(
        "Those who get the folder check it with this key. Give it to them by "
        "another way than the folder:",
        0);
  }
  *desk_.at.out << "  " << taken->key.text() << '\n';
  return done;
}

void RulesPublish::add_published(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "published",
      "Which editions their bodies have published, and whether they are still "
      "what was published");
  command->footer(published_example);
  command->add_option("edition", edition_, "this edition, with its revisions")
      ->check(stated());
  desk_.add_rules_options(*command);
  command->callback([this] {
    desk_.status = desk_.with_rules([this](const Workspace& workspace, Date) {
      return published(workspace);
    });
  });
}

int RulesPublish::published(const Workspace& workspace) const {
  const auto& editions = workspace.rulesets().editions();
  bool wrong = false;
  if (edition_.empty()) {
    *desk_.at.out << published_list(workspace, desk_.style, desk_.at.columns);
    wrong = std::ranges::any_of(editions, [&](const Edition& edition) {
      return workspace.published().of(edition).is_wrong();
    });
    return desk_.report_load_errors(workspace) ? not_loaded
           : wrong                             ? not_right
                                               : done;
  }
  const Edition* edition = nullptr;
  {
    auto found = edition_named(workspace, edition_);
    if (!found) return desk_.fail(found.error());
    edition = *found;
  }
  if (edition == nullptr) {
    desk_.report_load_errors(workspace);
    return not_loaded;
  }
  *desk_.at.out << published_shown(workspace, *edition, desk_.style,
                                   desk_.at.columns);
  for (const KeptRevision& kept : workspace.published().history(*edition)) {
    wrong = wrong || kept.fault.has_value();
  }
  return wrong || workspace.published().of(*edition).is_wrong() ? not_right
                                                                : done;
}

}  // namespace sendcheck::cli
