#include "casework/new_rule.hpp"

#include <algorithm>
#include <map>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/new_edition.hpp"
#include "casework/new_rule_text.hpp"

namespace sendcheck {
namespace {

// Names of folders and of files grow out of an id.
constexpr std::size_t longest_id = 60;

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> names = {
      "access_arrangement", "funding", "monitoring", "statutory"};
  return names;
}

Unexpected refused(const char* id, std::string message) {
  return unexpected({id, std::move(message), {}});
}

// What is left of a name when everything that an id may not hold is taken out.
std::string good_id(std::string_view name) {
  std::string id;
  for (const char c : to_lower(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) id += c;
    if (!plain && !id.empty() && id.back() != '-') id += '-';
    if (id.size() == longest_id) break;
  }
  while (id.ends_with('-')) id.pop_back();
  if (!id.empty() && id.front() >= '0' && id.front() <= '9') id = "rule-" + id;
  return id;
}

Result<void> check_id(const Workspace& workspace, const std::string& id) {
  const std::string good = good_id(id);
  if (id.empty() || good != id || id == "shared" || id == "api") {
    return refused(
        "new.rule_id",
        "\"" + quoted(id) +
            "\" is no id of a rule: lower-case letters and digits, words "
            "joined by hyphens, a letter first, at most " +
            std::to_string(longest_id) +
            " in all, and neither \"shared\" nor \"api\"" +
            (good == id || good.empty() ? std::string()
                                        : "; \"" + good + "\" would do"));
  }
  const std::string folder = join_path(workspace.plugins_folder(), id);
  if (is_folder(folder) || is_file(folder)) {
    return refused("new.exists", "there is a folder plugins/" + id +
                                     " already: choose another id, or work on "
                                     "what is there");
  }
  if (const Plugin* plugin = workspace.plugins().plugin_of(id)) {
    return refused("new.exists", "the plugin " + plugin->manifest.id +
                                     " makes a rule \"" + id +
                                     "\" already: choose another id");
  }
  return {};
}

// An edition that is in force is not changed, so that a rule is put in force in a folder of its own.
Result<std::string> body_for(const Workspace& workspace,
                             const NewRuleRequest& request) {
  if (request.authority == "national") return request.id;
  auto authority = body_of_authority(workspace.catalogue(), request.authority);
  if (!authority) return authority;
  const std::string code = authority->substr(0, authority->find('-'));
  const std::string name = authority->substr(code.size() + 1);
  if (request.id.starts_with(name + "-")) return code + "-" + request.id;
  return *authority + "-" + request.id;
}

std::string title_of(const NewRuleRequest& request) {
  if (!request.title.empty()) return request.title;
  std::string title = request.id;
  std::ranges::replace(title, '-', ' ');
  return capitalised(title);
}

}  // namespace

Result<NewRule> new_rule(const Workspace& workspace,
                         const NewRuleRequest& request) {
  if (auto good = check_id(workspace, request.id); !good) {
    return unexpected(good.error());
  }
  if (std::ranges::find(kinds(), request.kind) == kinds().end()) {
    const std::string near = nearest(request.kind, kinds());
    return refused(
        "new.kind",
        "\"" + quoted(request.kind) + "\" is no kind of rule; " +
            (near.empty() ? "expected " + join_in_words(kinds(), " or ")
                          : "did you mean \"" + near + "\"?"));
  }
  auto body = body_for(workspace, request);
  if (!body) return unexpected(body.error());
  RuleToBegin rule;
  rule.id = request.id;
  rule.title = title_of(request);
  rule.kind = request.kind;
  if (request.authority != "national") rule.la = request.authority;
  rule.body = *body;
  rule.from = request.from;
  rule.today = request.today;

  const std::string layer = join_path(
      workspace.rules_folder(), rule.la.empty() ? "national" : "authorities");
  const std::string body_folder = join_path(layer, *body);
  if (request.with_edition &&
      (is_folder(body_folder) || is_file(body_folder))) {
    return refused("new.exists",
                   "the rule would be put in force by a body \"" + *body +
                       "\", which is there already: choose another id, or name "
                       "the rule in an edition yourself (--no-edition)");
  }

  NewRule result;
  result.folder = join_path(workspace.plugins_folder(), rule.id);
  const std::map<std::string, std::string> files = {
      {"plugin.json", new_manifest(rule)},
      {"rule.lua", new_script(rule)},
      {"cases.json", new_cases(rule)},
      {"README.md", new_page(rule)}};
  if (auto written = write_new_folder(result.folder, files); !written) {
    return unexpected(written.error());
  }
  for (const char* name :
       {"plugin.json", "rule.lua", "cases.json", "README.md"}) {
    result.written.push_back(join_path(result.folder, name));
  }
  if (!request.with_edition) return result;

  const std::string folder = join_path(body_folder, rule.from.to_string());
  if (auto written =
          write_new_folder(folder, {{"edition.json", new_rule_edition(rule)}});
      !written) {
    // All or nothing; what removing meets with is of no use to anybody.
    (void)remove_all(result.folder);
    return unexpected(written.error());
  }
  result.edition = *body + "/" + rule.from.to_string();
  result.written.push_back(join_path(folder, "edition.json"));
  return result;
}

}  // namespace sendcheck
