#include "cli/rules_commands.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "casework/fact_documents.hpp"
#include "cli/rules_text.hpp"

namespace sendcheck::cli {

void RulesCommands::add(CLI::App& app) {
  CLI::App* rules =
      app.add_subcommand("rules", "Lists, shows, tests and publishes rules");
  rules->require_subcommand(1);
  add_list(*rules);
  add_show(*rules);
  diff_.add(*rules);
  impact_.add(*rules);
  lint_.add(*rules);
  test_.add(*rules);
  new_.add(*rules);
  publish_.add(*rules);
  doc_.add(*rules);
  add_facts(app);
}

void RulesCommands::add_place(CLI::App& command) {
  command.add_option("--la", la_, "as it is for this authority (its code)")
      ->check(stated());
  command.add_option("--school", urn_, "as it is for this school (its URN)")
      ->check(stated());
}

void RulesCommands::add_list(CLI::App& rules) {
  CLI::App* command =
      rules.add_subcommand("list", "What is in force on a date");
  desk_.add_rules_options(*command);
  add_place(*command);
  command->add_option("--kind", kind_, "of this kind only")->check(stated());
  command->callback([this] {
    desk_.status =
        desk_.with_rules([this](const Workspace& workspace, Date date) {
          const auto list =
              rules_list(workspace, {date, la_, urn_}, kind_, desk_.style);
          if (!list) return desk_.fail(list.error());
          *desk_.at.out << *list;
          return desk_.report_load_errors(workspace) ? not_loaded : done;
        });
  });
}

void RulesCommands::add_show(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "show",
      "A rule in plain English, with the values in force and where "
      "they come from");
  command->add_option("rule", rule_id_, "the rule")->required();
  desk_.add_rules_options(*command);
  add_place(*command);
  command->callback([this] {
    desk_.status =
        desk_.with_rules([this](const Workspace& workspace, Date date) {
          auto page = rule_shown(workspace, rule_id_, {date, la_, urn_},
                                 desk_.style, desk_.at.columns);
          if (!page) {
            const int status = desk_.fail(page.error());
            return status == wrong_usage ? wrong_usage : not_loaded;
          }
          *desk_.at.out << *page;
          return done;
        });
  });
}

void RulesCommands::add_facts(CLI::App& app) {
  CLI::App* command = app.add_subcommand(
      "facts", "The facts that a record can state, or one of them");
  auto* fact = command->add_option("fact", fact_, "one fact, by its path");
  auto* schema = command
                     ->add_flag("--schema", schema_,
                                "all of them as a JSON Schema for an editor")
                     ->excludes(fact);
  command
      ->add_flag("--markdown", markdown_, "all of them as a page of Markdown")
      ->excludes(schema)
      ->excludes(fact);
  desk_.add_rules_options(*command);
  command->callback([this] {
    desk_.status = desk_.with_rules(
        [this](const Workspace& workspace, Date) { return facts(workspace); });
  });
}

int RulesCommands::facts(const Workspace& workspace) {
  const Catalogue& catalogue = workspace.catalogue();
  if (!fact_.empty()) {
    auto shown = fact_shown(catalogue, fact_);
    if (!shown) {
      desk_.fail(shown.error());
      return wrong_usage;
    }
    *desk_.at.out << *shown;
  } else if (schema_) {
    *desk_.at.out << register_schema(catalogue);
  } else if (markdown_) {
    *desk_.at.out << facts_page(catalogue);
  } else {
    for (const std::string& path : catalogue.paths()) {
      *desk_.at.out << padded(path, 42) << " "
                    << catalogue.spec(*catalogue.find(path)).label << '\n';
    }
  }
  return done;
}

}  // namespace sendcheck::cli
