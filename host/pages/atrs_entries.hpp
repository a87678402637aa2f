// What a transparency record says, entry by entry, apart from how it is written down. For the sources of this layer.
#pragma once

#include <string>
#include <vector>

#include "pages/place.hpp"

namespace sendcheck::pages {

struct RecordEntry {
  std::string title;
  std::string text;                // may be empty
  std::vector<std::string> items;  // below the text
  std::string blank;               // what the body fills in; empty: nothing
};

struct RecordSection {
  std::string title;  // empty: the tier has no sections
  std::vector<RecordEntry> entries;
};

struct RecordTier {
  std::string title;
  std::vector<RecordSection> sections;
};

// What the program can tell of the rules beside the rules themselves.
struct RecordFigures {
  std::size_t cases = 0, cases_as_expected = 0;
  std::vector<std::string> facts, special_category;  // labels
};

// The two tiers, and the sections of the second, by the headings of the template's version 3.
std::vector<RecordTier> record_tiers(const PublishedRules& published,
                                     const RecordFigures& figures);

}  // namespace sendcheck::pages
