#include "pages/atrs.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "casework/run_cases.hpp"
#include "pages/atrs_entries.hpp"
#include "pages/template.hpp"

namespace sendcheck::pages {
namespace {

// The facts that some rule reads, in the catalogue's order.
void gather_facts(const Workspace& workspace, const PublishedRules& published,
                  RecordFigures& figures) {
  const Catalogue& catalogue = workspace.catalogue();
  for (const std::string& path : catalogue.paths()) {
    const FactRef fact = *catalogue.find(path);
    const bool is_read =
        std::any_of(published.rules.begin(), published.rules.end(),
                    [&](const RulePage& rule) {
                      return std::find(rule.reads.begin(), rule.reads.end(),
                                       fact) != rule.reads.end();
                    });
    if (!is_read) continue;
    const FactSpec& spec = catalogue.spec(fact);
    figures.facts.push_back(spec.label);
    if (spec.special_category) figures.special_category.push_back(spec.label);
  }
}

Fields fields_of(const RecordEntry& entry, const std::string& place) {
  Fields fields{{{"title", entry.title},
                 {"text", entry.text},
                 {"has_items", entry.items.empty() ? "" : "yes"},
                 {"blank", entry.blank},
                 {"place", place}},
                {{"items", {}}}};
  for (const std::string& item : entry.items) {
    fields.lists["items"].push_back({{{"item", item}}, {}});
  }
  return fields;
}

}  // namespace

Result<std::string> atrs_record(const Workspace& workspace,
                                const PublishedRules& published,
                                const std::string& ending) {
  if (ending != ".md" && ending != ".html") {
    return unexpected(
        {"doc.record_ending",
         "The transparency record is written as Markdown or as a page; found " +
             (ending.empty() ? std::string("a file name without an ending")
                             : "the ending \"" + quoted(ending) + "\"") +
             ". Give the file a name that ends in .md or .html.",
         {}});
  }
  RecordFigures figures;
  gather_facts(workspace, published, figures);
  std::vector<std::string> ids;
  for (const RulePage& rule : published.rules) ids.push_back(rule.id);
  auto cases = run_cases(workspace, "", ids);
  if (!cases) return unexpected(cases.error());
  figures.cases = cases->size();
  figures.cases_as_expected = static_cast<std::size_t>(
      std::count_if(cases->begin(), cases->end(),
                    [](const CaseResult& one) { return one.faults.empty(); }));

  Fields fields{
      {{"place", published.place}, {"as_of", published.as_of.in_words()}}, {}};
  for (const RecordTier& tier : record_tiers(published, figures)) {
    Fields& tier_fields = fields.lists["tiers"].emplace_back();
    tier_fields.texts["tier"] = tier.title;
    for (const RecordSection& section : tier.sections) {
      Fields& of = tier_fields.lists["sections"].emplace_back();
      of.texts["section"] = section.title;
      for (const RecordEntry& entry : section.entries) {
        of.lists["entries"].push_back(fields_of(entry, published.place));
      }
    }
  }
  const bool is_page = ending == ".html";
  // It stands alone: its style is in it.
  if (is_page) fields.texts["style"] = std::string(template_text("style.css"));
  return filled(is_page ? "atrs.html" : "atrs.md", fields,
                is_page ? Escaping::html : Escaping::markdown);
}

}  // namespace sendcheck::pages
