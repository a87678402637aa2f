// What all decisions of a rule under the same editions have in common, said once, and what is left to say of one pupil.
//
// Most of an explanation is the same for every pupil: the criteria, their sources, what they need, the parameters. A RuleText holds that; Found holds
// the results and the values of one record, line by line. Together they are the reasons in full: expand().
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "domain/decision.hpp"

namespace sendcheck {

// One criterion, as far as it is the same for every pupil.
struct ReasonLine {
  Reason::Kind kind = Reason::Kind::all;
  std::string label;  // empty for an entry: each has its own
  std::string source;
  std::string have;  // what is found in a record that states nothing
  std::string need;
  std::string unconfirmed;
  // What stands below it, in order: a line, or the entries of a list that a record has, each laid out as that line and those below it.
  struct Part {
    int line = -1;
    bool is_entries = false;
    bool operator==(const Part&) const = default;
  };
  std::vector<Part> parts;
};

// What was found of one record. Lines that stand together make a block: those of the rule (or of whatever the first line is) but for entries, which are
// blocks of their own, each followed by those that stand in it. Made to be filled quickly and used again: everything lies in a few rows.
struct Found {
  // A stretch of `words`.
  struct Words {
    std::uint32_t at = 0;
    std::uint32_t size = 0;
  };
  // Of a line where more is to be said than its text does.
  struct Note {
    int line = -1;
    Words have;
    Words gap;   // empty: none
    Words need;  // empty: as in the text
  };
  struct Block {
    int line = -1;              // its first
    Words label;                // of an entry: what it is about
    Words have;                 // of an entry
    std::uint32_t results = 0;  // the first of `results`, one a line
    std::uint32_t notes = 0;    // of `notes`, by line
    std::uint32_t notes_end = 0;
    std::uint32_t end = 0;  // the first block that does not stand in this one
  };
  std::vector<Block> blocks;
  std::vector<Truth> results;
  std::vector<Note> notes;
  std::string words;

  std::string_view of(Words stretch) const {
    return std::string_view(words).substr(stretch.at, stretch.size);
  }
  std::span<const Truth> results_of(std::size_t block) const {
    const std::size_t end =
        block + 1 < blocks.size() ? blocks[block + 1].results : results.size();
    return std::span(results).subspan(blocks[block].results,
                                      end - blocks[block].results);
  }
  std::span<const Note> notes_of(std::size_t block) const {
    return std::span(notes).subspan(
        blocks[block].notes, blocks[block].notes_end - blocks[block].notes);
  }
  void clear() {
    blocks.clear();
    results.clear();
    notes.clear();
    words.clear();
  }
};

struct RuleText {
  std::string rule;
  std::string title;
  std::string kind;
  std::string edition;
  std::vector<Decision::Parameter> parameters;
  // The first is the rule itself. A line stands before those below it, and these before the next beside it; the lines of an entry have a stretch of
  // their own, further on.
  std::vector<ReasonLine> lines;
  // What decisions often say of missing facts, steps and actions: words that a form of output may keep here and name by their number.
  std::vector<std::string> texts;
  std::unordered_map<std::string, int> numbers;  // of the texts

  void add_text(const std::string& text) {
    const auto number = static_cast<int>(texts.size());
    if (numbers.try_emplace(text, number).second) texts.push_back(text);
  }
};

// What is missing and the ways to a yes: the same of many pupils. A form of output that writes them in one stretch may keep it here.
struct Ways {
  std::vector<MissingItem> missing;
  Routes routes;
  std::string written;  // empty: not written
};

// A decision without what its rule's text says of it. Without a text, the decision is whole as it stands.
struct FoundDecision {
  Decision decision;  // with a text: no reasons, no parameters
  std::shared_ptr<const RuleText> text;
  Found found;
  // Null: they stand in the decision; else only here.
  std::shared_ptr<Ways> ways = nullptr;
};

// The reasons in full. `found` must be of these lines.
Reason expand(const std::vector<ReasonLine>& lines, const Found& found);
Decision expand(FoundDecision found);

}  // namespace sendcheck
