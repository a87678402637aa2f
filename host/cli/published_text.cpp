#include "cli/published_text.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace sendcheck::cli {
namespace {

using State = PublishedEdition::State;

std::string who_and_when(const Publication& note) {
  std::string words = "proposed by " + note.proposed_by + " on " +
                      note.proposed_at.date().in_words() + ", approved by " +
                      note.approved_by + " on " +
                      note.approved_at.date().in_words();
  if (!note.two_people) words += "; one person was enough, as it says itself";
  return words;
}

std::string tested(const Publication& note) {
  return counted(note.cases, "worked case", "worked cases") +
         " came out as expected; entry " + std::to_string(note.entry) + " of " +
         note.log;
}

class Page {
 public:
  Page(const Style& style, std::size_t columns)
      : style_(style), columns_(columns) {}

  void heading(std::string_view text) { out_ += style_.bold(text) + "\n"; }
  void line(std::string_view text, std::size_t indent) {
    out_ += std::string(indent, ' ') +
            wrapped(text, columns_, indent == 0 ? 0 : indent + 2) + "\n";
  }
  void space() { out_ += '\n'; }
  std::string text() { return std::move(out_); }

 private:
  const Style& style_;
  std::size_t columns_;
  std::string out_;
};

void write_state(Page& page, const PublishedEdition& published) {
  if (published.fault) {
    page.line("NOT AS PUBLISHED: " + published.fault->message + " (" +
                  published.fault->id + ")",
              2);
  } else if (published.state == State::published) {
    page.line("as published: the bytes and the signature hold (key " +
                  published.key + ")",
              2);
  } else {
    page.line(
        "the bytes are those of its note; who signed it cannot be told, as no "
        "key of its body is known here",
        2);
  }
  if (!published.other_plugins.empty()) {
    page.line("its cases ran with another version of " +
                  join_in_words(published.other_plugins) +
                  " than stands here: sendcheck rules test",
              2);
  }
}

}  // namespace

std::vector<Error> wrong_publications(const CheckReport& report) {
  std::vector<Error> faults;
  if (report.published == nullptr) return faults;
  for (const Edition* edition : report.editions) {
    const PublishedEdition& published = report.published->of(*edition);
    if (published.fault) faults.push_back(*published.fault);
  }
  return faults;
}

std::vector<Error> wrong_publications(const Workspace& workspace,
                                      const Decision& decision) {
  std::vector<Error> faults;
  for (const Edition& edition : workspace.rulesets().editions()) {
    const bool named =
        edition.id == decision.edition ||
        std::ranges::any_of(decision.parameters, [&](const auto& parameter) {
          return parameter.origin == edition.id;
        });
    const PublishedEdition& published = workspace.published().of(edition);
    if (named && published.fault) faults.push_back(*published.fault);
  }
  return faults;
}

std::string publication_sentence(const CheckReport& report) {
  if (report.published == nullptr || report.editions.empty()) return {};
  std::int64_t by_their_body = 0, key_not_known = 0, unsigned_ones = 0,
               wrong = 0;
  for (const Edition* edition : report.editions) {
    const PublishedEdition& published = report.published->of(*edition);
    if (published.is_wrong()) {
      ++wrong;
    } else if (published.state == State::published) {
      ++by_their_body;
    } else if (published.state == State::key_not_known) {
      ++key_not_known;
    } else {
      ++unsigned_ones;
    }
  }
  std::vector<std::string> parts;
  const auto add = [&](std::int64_t number, const char* words) {
    if (number > 0) parts.push_back(std::to_string(number) + " " + words);
  };
  add(wrong, "not as published (see above)");
  add(by_their_body, "signed by the bodies that issue them");
  add(key_not_known, "signed with a key that is not known here");
  add(unsigned_ones,
      "not signed by the bodies that issue them, as is usual for those that "
      "come with the program");
  return "Of the " +
         counted(static_cast<std::int64_t>(report.editions.size()), "edition",
                 "editions") +
         " of rules used here: " + join_in_words(parts) +
         " (sendcheck rules published).";
}

std::string published_list(const Workspace& workspace, const Style& style,
                           std::size_t columns) {
  Page page(style, columns);
  std::int64_t unsigned_ones = 0, published_ones = 0;
  for (const Edition& edition : workspace.rulesets().editions()) {
    const PublishedEdition& published = workspace.published().of(edition);
    if (published.state == State::unpublished) {
      ++unsigned_ones;
      continue;
    }
    ++published_ones;
    page.heading(
        edition.id +
        (published.note && !published.fault
             ? ", revision " + std::to_string(published.note->version.revision)
             : std::string()));
    write_state(page, published);
    if (published.note && !published.fault) {
      page.line(who_and_when(*published.note), 2);
    }
  }
  if (published_ones > 0) page.space();
  page.line(
      counted(unsigned_ones, "edition is", "editions are") +
          " not signed by the bodies that issue them. This is usual for those "
          "that come with the program: its makers put them together from what "
          "the bodies print.",
      0);
  if (workspace.published().keys().empty()) {
    page.line(
        "No key of a body is known here (rules/publishers.pub, or "
        "--publishers FILE).",
        0);
  }
  return page.text();
}

std::string published_shown(const Workspace& workspace, const Edition& edition,
                            const Style& style, std::size_t columns) {
  Page page(style, columns);
  const PublishedEdition& published = workspace.published().of(edition);
  page.heading(edition.id + ": " + edition.title);
  page.line("here: revision " + std::to_string(edition.revision) + ", " +
                edition.hash,
            2);
  if (published.state == State::unpublished) {
    page.line("not published by its body", 2);
  } else {
    write_state(page, published);
  }
  for (const KeptRevision& kept : workspace.published().history(edition)) {
    page.heading("revision " + std::to_string(kept.revision));
    if (kept.fault) {
      page.line("NOT AS PUBLISHED: " + kept.fault->message + " (" +
                    kept.fault->id + ")",
                2);
    }
    if (!kept.note) continue;
    page.line(kept.note->version.hash, 2);
    page.line(who_and_when(*kept.note), 2);
    page.line(tested(*kept.note), 2);
    page.line(kept.key.empty() ? "signed by nobody who is known here"
                               : "signed with key " + kept.key,
              2);
    for (const EditionVersion::Plugin& plugin : kept.note->version.plugins) {
      page.line("plugin " + plugin.id + " " + plugin.hash, 2);
    }
  }
  return page.text();
}

}  // namespace sendcheck::cli
