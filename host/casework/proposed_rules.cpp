#include "casework/proposed_rules.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/date.hpp"
#include "base/text.hpp"
#include "casework/kept_rules.hpp"
#include "json/value.hpp"

namespace sendcheck {
namespace {

constexpr std::array<const char*, 3> layers = {"national", "authorities",
                                               "schools"};

bool holds_rule_sets(const std::string& folder) {
  return is_file(join_path(folder, "facts.json")) ||
         is_file(join_path(folder, "bank-holidays.csv")) ||
         std::ranges::any_of(layers, [&](const char* layer) {
           return is_folder(join_path(folder, layer));
         });
}

// What is replaced as a whole where one of its files is proposed: an edition, a plugin; of anything else, the file itself.
std::string unit_of(const std::string& path) {
  const auto parts = split(path, '/');
  std::size_t depth = parts.size();
  if (parts[0] == "rules" && parts.size() > 4) depth = 4;
  if (parts[0] == "plugins" && parts.size() > 2 && parts[1] != "shared") {
    depth = 2;
  }
  std::string unit;
  for (std::size_t i = 0; i < depth; ++i) {
    if (i > 0) unit += '/';
    unit += parts[i];
  }
  return unit;
}

std::string text_of(const json::Value* value) {
  return value != nullptr && value->is(json::Type::string)
             ? std::string(value->text)
             : std::string();
}

// Where an edition that came by itself stands among the rules.
Result<std::string> place_of_edition(const std::string& folder) {
  const std::string file = join_path(folder, "edition.json");
  const auto text = read_file(file);
  if (!text) return unexpected(text.error());
  json::Document document;
  if (auto parsed = document.parse(*text, file); !parsed) {
    return unexpected(parsed.error());
  }
  const json::Value& root = document.root();
  const std::string body = text_of(root.find("body"));
  const json::Value* in_force = root.find("in_force");
  const std::string from =
      in_force == nullptr ? std::string() : text_of(in_force->find("from"));
  if (body.empty() || body.starts_with('.') ||
      body.find('/') != std::string::npos || !Date::parse(from)) {
    return unexpected(
        {"proposal.no_body",
         "This edition does not say whose it is (\"body\") and from which day "
         "(\"in_force\": { \"from\": ... }), so that it cannot be laid over "
         "the rules. Add both, or put it in a folder such as "
         "authorities/884-herefordshire/2027-04-01.",
         {file, 0, 0, ""}});
  }
  const std::string layer = root.find("urn") != nullptr  ? "schools"
                            : root.find("la") != nullptr ? "authorities"
                                                         : "national";
  return "rules/" + layer + "/" + body + "/" + from;
}

struct Layout {
  std::string rules, plugins;  // empty: none
  std::string single;          // an edition's or a plugin's folder
  std::string single_as;
};

Result<Layout> layout_of(const std::string& folder) {
  Layout layout;
  const std::string rules = join_path(folder, "rules");
  const std::string plugins = join_path(folder, "plugins");
  if (is_folder(rules) || is_folder(plugins)) {
    if (is_folder(rules)) layout.rules = rules;
    if (is_folder(plugins)) layout.plugins = plugins;
    if (layout.rules.empty() && holds_rule_sets(folder)) layout.rules = folder;
    return layout;
  }
  if (holds_rule_sets(folder)) {
    layout.rules = folder;
    layout.plugins = plugins_beside(folder, "");
    return layout;
  }
  if (is_file(join_path(folder, "edition.json"))) {
    auto as = place_of_edition(folder);
    if (!as) return unexpected(as.error());
    layout.single = folder;
    layout.single_as = std::move(*as);
    return layout;
  }
  if (is_file(join_path(folder, "plugin.json"))) {
    layout.single = folder;
    layout.single_as = "plugins/" + file_name(folder);
    return layout;
  }
  return unexpected(
      {"proposal.nothing",
       "Found neither rules nor plugins nor an edition.json in \"" +
           quoted(folder, 200) +
           "\". Expected a folder laid out like the rules, or with what is to "
           "change of them, such as "
           "authorities/884-herefordshire/2027-04-01/edition.json.",
       {folder, 0, 0, ""}});
}

Result<KeptRules> files_of(const Layout& layout) {
  if (layout.single.empty()) {
    return read_kept_rules(layout.rules, layout.plugins);
  }
  return read_kept_folder(layout.single, layout.single_as);
}

// Where a unit's files really stand.
std::string origin_of(const Layout& layout, const std::string& unit) {
  if (!layout.single.empty()) return layout.single;
  if (unit.starts_with("rules/"))
    return join_path(layout.rules, unit.substr(6));
  return join_path(layout.plugins, unit.substr(8));
}

void replace_all(std::string& text, const std::string& from,
                 const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

}  // namespace

std::string plugins_beside(const std::string& rules,
                           const std::string& otherwise) {
  const std::string within = join_path(rules, "plugins");
  if (is_folder(within)) return within;
  if (file_name(rules) == "rules") {
    const std::string beside = join_path(rules, "../plugins");
    if (is_folder(beside)) return beside;
  }
  return otherwise;
}

Result<ProposedRules> ProposedRules::open(const std::string& folder,
                                          const std::string& rules,
                                          const std::string& plugins) {
  if (auto names = list_folder(folder); !names) {
    return unexpected(names.error());
  }
  const auto layout = layout_of(folder);
  if (!layout) return unexpected(layout.error());
  ProposedRules proposal;
  proposal.is_whole_ =
      !layout->rules.empty() && is_file(join_path(layout->rules, "facts.json"));
  std::string its_rules = layout->rules;
  std::string its_plugins = layout->plugins.empty() ? plugins : layout->plugins;
  if (!proposal.is_whole_) {
    auto current = read_kept_rules(rules, plugins);
    if (!current) return unexpected(current.error());
    const auto proposed = files_of(*layout);
    if (!proposed) return unexpected(proposed.error());
    std::set<std::string> units;
    for (const KeptFile& file : proposed->files) {
      units.insert(unit_of(file.path));
    }
    std::erase_if(current->files, [&](const KeptFile& file) {
      return units.contains(unit_of(file.path));
    });
    auto laid_out = TemporaryFolder::make();
    if (!laid_out) return unexpected(laid_out.error());
    for (const KeptRules* part :
         std::array<const KeptRules*, 2>{&*current, &*proposed}) {
      for (const KeptFile& file : part->files) {
        if (auto written = laid_out->write(file.path, file.bytes); !written) {
          return unexpected(written.error());
        }
      }
    }
    for (const std::string& unit : units) {
      proposal.places_.emplace_back(join_path(laid_out->path(), unit),
                                    origin_of(*layout, unit));
    }
    its_rules = join_path(laid_out->path(), "rules");
    its_plugins = join_path(laid_out->path(), "plugins");
    proposal.places_.emplace_back(its_rules, rules);
    proposal.places_.emplace_back(its_plugins, plugins);
    std::ranges::stable_sort(
        proposal.places_, std::ranges::greater(),
        [](const auto& place) { return place.first.size(); });
    proposal.laid_over_.assign(units.begin(), units.end());
    proposal.laid_out_.emplace(std::move(*laid_out));
  }
  auto workspace = Workspace::open(its_rules, its_plugins);
  if (!workspace) {
    return unexpected(proposal.in_its_place(workspace.error()));
  }
  proposal.workspace_ = std::move(*workspace);
  return proposal;
}

std::string ProposedRules::in_its_place(std::string text) const {
  for (const auto& [from, to] : places_) replace_all(text, from, to);
  return text;
}

Error ProposedRules::in_its_place(Error error) const {
  error.message = in_its_place(std::move(error.message));
  error.place.file = in_its_place(std::move(error.place.file));
  return error;
}

}  // namespace sendcheck
