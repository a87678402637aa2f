#include "plugins/reading.hpp"

#include <algorithm>

#include "base/date.hpp"

namespace sendcheck {
namespace {

// Functions name what they read where they read it.
void add_names(const Plugin& plugin, const std::string& word,
               std::set<std::string>& names) {
  names.merge(names_after(plugin.source, word));
  for (const auto& [module, source] : plugin.modules) {
    names.merge(names_after(source, word));
  }
}

bool is_school_year(const std::string& text, const Catalogue& catalogue) {
  const int years = catalogue.code_list("nc_year");
  return years >= 0 &&
         catalogue.code_lists()[static_cast<std::size_t>(years)].find(text) >=
             0;
}

bool is_of_policy(const TextLiteral& literal, const Catalogue& catalogue) {
  if (literal.is_number) {
    return literal.text != "0" && literal.text != "1" && literal.text != "100";
  }
  // Clauses and sentences may hold figures; a bare date or amount is one.
  return Date::parse(literal.text) || is_day_of_the_year(literal.text) ||
         (is_amount(literal.text) && !is_school_year(literal.text, catalogue));
}

}  // namespace

std::set<std::string> parameters_read(const Plugin& plugin) {
  std::set<std::string> names;
  add_names(plugin, "pupil:param", names);
  for (const Rule& rule : plugin.rules) {
    const auto add = [&](int parameter) {
      if (parameter < 0) return;
      names.insert(rule.parameters[static_cast<std::size_t>(parameter)].name);
    };
    for (const ValueNode& node : rule.tree.values) {
      if (node.op == ValueOp::parameter) add(node.slot);
      add(node.parameter);
    }
  }
  return names;
}

std::set<std::string> facts_read(const Plugin& plugin,
                                 const Catalogue& catalogue) {
  std::set<std::string> paths;
  add_names(plugin, "pupil:get", paths);
  add_names(plugin, "pupil:list", paths);
  for (const Rule& rule : plugin.rules) {
    for (const FactRef& fact : rule.facts) {
      paths.insert(catalogue.spec(fact).path);
    }
  }
  return paths;
}

std::vector<TextLiteral> figures_of_policy(const std::string& script,
                                           const Catalogue& catalogue) {
  std::vector<TextLiteral> figures;
  for (TextLiteral& literal : literals(script)) {
    if (is_of_policy(literal, catalogue)) figures.push_back(std::move(literal));
  }
  return figures;
}

}  // namespace sendcheck
