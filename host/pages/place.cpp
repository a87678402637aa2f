#include "pages/place.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"

namespace sendcheck::pages {
namespace {

Unexpected unknown_authority(const CodeList& codes, const std::string& la) {
  std::vector<std::string> numbers, names;
  for (const CodeValue& code : codes.codes) {
    numbers.push_back(code.code);
    names.push_back(to_lower(code.label));
  }
  // People know the name; a slip in a number leads to any of several.
  const std::string name = nearest(to_lower(trim(la)), names);
  const std::string number = nearest(la, numbers);
  std::string near;
  for (const CodeValue& code : codes.codes) {
    if ((!name.empty() && to_lower(code.label) == name) ||
        (name.empty() && code.code == number)) {
      near = code.code + " (" + code.label + ")";
    }
  }
  return unexpected(
      {"doc.unknown_authority",
       "There is no authority with the code \"" + quoted(la) + "\"; " +
           (near.empty() ? "expected a code of three figures such as 884 "
                           "(Herefordshire); \"sendcheck facts home_la\" lists "
                           "them."
                         : "did you mean " + near + "?"),
       {}});
}

}  // namespace

bool PublishedRules::has_own_editions() const {
  return std::any_of(
      editions.begin(), editions.end(),
      [](const Edition* edition) { return edition->layer != Layer::national; });
}

Result<PublishedRules> rules_to_publish(const Workspace& workspace,
                                        const std::string& la, Date as_of,
                                        const std::string& version) {
  const Catalogue& catalogue = workspace.catalogue();
  const CodeList& codes = catalogue.codes_of(
      catalogue
          .scalars()[static_cast<std::size_t>(workspace.engine().home_la())]);
  const int code = codes.find(la);
  if (code < 0) return unknown_authority(codes, la);
  PublishedRules published;
  published.la = la;
  published.place = codes.codes[static_cast<std::size_t>(code)].label;
  published.as_of = as_of;
  published.version = version;
  auto rules = RulePages(workspace, la, as_of).all();
  if (!rules) return unexpected(rules.error());
  published.rules = std::move(*rules);

  const auto by_id = [](const Edition* a, const Edition* b) {
    return a->id < b->id;
  };
  std::set<const Edition*, decltype(by_id)> editions(by_id);
  std::set<std::string> read;
  for (const RulePage& rule : published.rules) {
    editions.insert(rule.editions.begin(), rule.editions.end());
    for (FactRef fact : rule.reads) read.insert(catalogue.spec(fact).label);
  }
  published.editions.assign(editions.begin(), editions.end());
  for (const FactSpec& fact : catalogue.scalars()) {
    if (fact.is_protected && !read.contains(fact.label)) {
      published.protected_unread.push_back(fact.label);
    }
  }
  return published;
}

const std::vector<Topic>& topics() {
  static const std::vector<Topic> all = {
      {"access_arrangement", "exams", "Exams and tests",
       "Extra time, readers, scribes and other arrangements, and the days by "
       "which they are applied for."},
      {"funding", "money", "Money and help that is paid for",
       "Funds that a school, setting or family can draw on, what each asks "
       "for and what it pays."},
      {"statutory", "deadlines", "Dates and duties",
       "What the law asks schools and authorities to do, and by when."},
      {"monitoring", "attendance", "Attendance and suspensions",
       "Levels at which somebody is to take a look."}};
  return all;
}

std::string kind_in_words(const std::string& kind) {
  if (kind == "access_arrangement") return "Arrangement for exams or tests";
  if (kind == "funding") return "Funding";
  if (kind == "statutory") return "Duty with a date";
  if (kind == "monitoring") return "Level to watch";
  return capitalised(kind);
}

}  // namespace sendcheck::pages
