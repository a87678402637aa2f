#include "plugins/plugin.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "crypto/hash.hpp"
#include "plugins/logic_words.hpp"
#include "plugins/vocabulary.hpp"

namespace sendcheck {
namespace {

Error in_file(Error error, const std::string& file) {
  if (error.place.file.empty()) error.place.file = file;
  return error;
}

// The names that `require "name"` asks for, so that only those are kept with the plugin.
std::map<std::string, std::string> modules_of(
    const std::string& source,
    const std::map<std::string, std::string>& shared) {
  std::map<std::string, std::string> used;
  std::vector<std::string> to_read = {source};
  while (!to_read.empty()) {
    const std::string text = std::move(to_read.back());
    to_read.pop_back();
    for (const auto& [name, module] : shared) {
      const bool named = text.find("require") != std::string::npos &&
                         (text.find('"' + name + '"') != std::string::npos ||
                          text.find('\'' + name + '\'') != std::string::npos ||
                          text.find("[[" + name + "]]") != std::string::npos);
      if (named && used.emplace(name, module).second) to_read.push_back(module);
    }
  }
  return used;
}

void note_protected_facts(const Manifest& manifest, const Rule& rule,
                          const Catalogue& catalogue, const std::string& file,
                          std::vector<Error>& errors) {
  const auto declared = [&](const std::string& path) {
    const auto found = manifest.reads_protected.find(path);
    return found != manifest.reads_protected.end() && !found->second.empty();
  };
  for (const FactRef& ref : rule.facts) {
    const FactSpec& spec = catalogue.spec(ref);
    if (!spec.is_protected || declared(spec.path)) continue;
    errors.push_back({"plugins.protected",
                      "the rule reads \"" + spec.path +
                          "\", a protected characteristic; plugin.json must "
                          "say under reads_protected why that is lawful",
                      {file, 0, 0, ""}});
  }
}

// A reason given for a fact that is no protected characteristic is a slip of the pen, or was meant for another fact.
void note_useless_permissions(const Manifest& manifest,
                              const Catalogue& catalogue,
                              const std::string& file,
                              std::vector<Error>& errors) {
  for (const auto& [path, why] : manifest.reads_protected) {
    const auto ref = catalogue.find(path);
    if (ref && catalogue.spec(*ref).is_protected) continue;
    errors.push_back({"plugins.protected",
                      "reads_protected names \"" + path +
                          "\", which is no protected characteristic of the "
                          "catalogue",
                      {file, 0, 0, "/reads_protected/" + path}});
  }
}

// Whose each rule id is: from the start, every folder's name is its own.
using Owners = std::map<std::string, std::string>;

// Runs rule.lua and compiles what it returns. Everything that is wrong, but for what could only be found once something else is put right.
std::vector<Error> load_rules(Plugin& plugin, const Catalogue& catalogue,
                              Owners& owners) {
  std::vector<Error> errors;
  script::State state;
  Vocabulary vocabulary(state, plugin.manifest);
  for (const auto& [name, source] : plugin.modules) {
    state.add_module(name, source);
  }
  const std::string file = join_path(plugin.folder, "rule.lua");
  const std::string manifest_file = join_path(plugin.folder, "plugin.json");
  const auto note = [&](const char* id, std::string message, Place place) {
    errors.push_back({id, std::move(message), std::move(place)});
  };
  note_useless_permissions(plugin.manifest, catalogue, manifest_file, errors);
  if (const auto word = misplaced_logic_word(plugin.source)) {
    note("plugins.logic_word",
         "\"" + word->word +
             "\" stands outside test and compute, where it would drop a "
             "criterion: write all { a, b }, any { a, b } or none { a }; where "
             "no criterion is meant, if ... then ... end",
         {file, word->line, 0, ""});
    return errors;
  }
  auto returned = state.run(plugin.source, file);
  if (!returned) {
    errors.push_back(in_file(returned.error(), file));
    return errors;
  }
  auto drafts = vocabulary.rules(*returned);
  if (!drafts) {
    errors.push_back(in_file(drafts.error(), file));
    return errors;
  }
  plugin.functions = static_cast<int>(vocabulary.functions().size());

  for (const auto& [id, text] : plugin.manifest.messages) {
    if (vocabulary.messages_used().contains(id)) continue;
    note("plugins.unused_message",
         "plugin.json has a message \"" + id +
             "\" that rule.lua does not use: use it with message \"" + id +
             "\", or take it out",
         {manifest_file, 0, 0, "/messages/" + id});
  }
  for (const DraftRule& draft : *drafts) {
    const std::string& id = plugin.manifest.id;
    if (draft.id != id && !draft.id.starts_with(id + "-")) {
      note("plugins.rule_id",
           "rule.lua makes a rule \"" + draft.id + "\"; expected \"" + id +
               "\", or a name that begins with it and a hyphen",
           {file, 0, 0, ""});
      continue;
    }
    const auto [owner, is_new] = owners.try_emplace(draft.id, id);
    const bool twice =
        std::any_of(plugin.rules.begin(), plugin.rules.end(),
                    [&](const Rule& rule) { return rule.id == draft.id; });
    if (owner->second != id || twice) {
      note("plugins.rule_id",
           "the rule \"" + draft.id + "\" is made " +
               (twice ? std::string("twice")
                      : "by the plugin \"" + owner->second + "\" too") +
               ": give each rule an id of its own",
           {file, 0, 0, ""});
      continue;
    }
    if (draft.id == id && draft.title != plugin.manifest.title) {
      note("plugins.title",
           "the title is \"" + draft.title + "\" in rule.lua and \"" +
               plugin.manifest.title + "\" in plugin.json: make them the same",
           {file, 0, 0, ""});
    }
    auto rule = compile(draft, catalogue, plugin.manifest.parameters);
    if (!rule) {
      errors.push_back(in_file(rule.error(), file));
      continue;
    }
    note_protected_facts(plugin.manifest, *rule, catalogue, file, errors);
    plugin.rules.push_back(std::move(*rule));
  }
  return errors;
}

}  // namespace

const Plugin* Plugins::plugin_of(const std::string& rule) const {
  for (const Plugin& plugin : plugins) {
    for (const Rule& known : plugin.rules) {
      if (known.id == rule) return &plugin;
    }
  }
  return nullptr;
}

const Rule* Plugins::rule(const std::string& id) const {
  for (const Plugin& plugin : plugins) {
    for (const Rule& known : plugin.rules) {
      if (known.id == id) return &known;
    }
  }
  return nullptr;
}

std::map<std::string, std::vector<ParameterSpec>> Plugins::declared() const {
  std::map<std::string, std::vector<ParameterSpec>> found;
  for (const Plugin& plugin : plugins) {
    for (const Rule& rule : plugin.rules) {
      found[rule.id] = plugin.manifest.parameters;
    }
  }
  return found;
}

std::set<std::string> Plugins::broken_ids() const {
  std::set<std::string> ids;
  for (const BrokenPlugin& plugin : broken) ids.insert(plugin.id);
  return ids;
}

Result<Plugins> load_plugins(const std::string& folder, Catalogue& catalogue) {
  auto names = list_folder(folder);
  if (!names) return unexpected(names.error());

  std::map<std::string, std::string> shared;
  const std::string shared_folder = join_path(folder, "shared");
  if (is_folder(shared_folder)) {
    auto files = list_folder(shared_folder);
    if (!files) return unexpected(files.error());
    for (const std::string& name : *files) {
      if (extension(name) != ".lua") continue;
      auto source = read_file(join_path(shared_folder, name));
      if (!source) return unexpected(source.error());
      shared[name.substr(0, name.size() - 4)] = std::move(*source);
    }
  }

  Plugins loaded;
  const auto set_aside_all = [&](const std::string& id,
                                 std::vector<Error> errors) {
    loaded.broken.push_back({id, std::move(errors)});
  };
  const auto set_aside = [&](const std::string& id, Error error) {
    set_aside_all(id, {std::move(error)});
  };
  for (const std::string& name : *names) {
    Plugin plugin;
    plugin.folder = join_path(folder, name);
    if (!is_folder(plugin.folder) || name == "shared" || name == "api") {
      continue;
    }
    const std::string file = join_path(plugin.folder, "plugin.json");
    auto text = read_file(file);
    auto source = read_file(join_path(plugin.folder, "rule.lua"));
    if (!text || !source) {
      std::vector<Error> errors;
      if (!text) {
        errors.push_back(text.error());
      } else if (auto manifest = read_manifest(*text, file, name); !manifest) {
        errors.push_back(manifest.error());
      }
      if (!source) errors.push_back(source.error());
      set_aside_all(name, std::move(errors));
      continue;
    }
    auto manifest = read_manifest(*text, file, name);
    if (!manifest) {
      set_aside(name, manifest.error());
      continue;
    }
    plugin.manifest = std::move(*manifest);
    plugin.source = std::move(*source);
    plugin.modules = modules_of(plugin.source, shared);
    std::string hashed = *text + '\0' + plugin.source;
    for (const auto& [module, module_source] : plugin.modules) {
      hashed += '\0' + module + '\0' + module_source;
    }
    plugin.hash = sha256(hashed);
    bool facts_added = true;
    for (const FactSpec& fact : plugin.manifest.facts) {
      if (auto added = catalogue.add_fact(fact); !added) {
        set_aside(name, in_file(added.error(), file));
        facts_added = false;
        break;
      }
    }
    if (facts_added) loaded.plugins.push_back(std::move(plugin));
  }
  Owners owners;
  for (const std::string& name : *names) owners[name] = name;
  // Every local fact is in the catalogue before the first rule is compiled.
  for (std::size_t i = 0; i < loaded.plugins.size();) {
    auto errors = load_rules(loaded.plugins[i], catalogue, owners);
    if (errors.empty()) {
      ++i;
      continue;
    }
    set_aside_all(loaded.plugins[i].manifest.id, std::move(errors));
    loaded.plugins.erase(loaded.plugins.begin() +
                         static_cast<std::ptrdiff_t>(i));
  }
  std::sort(
      loaded.broken.begin(), loaded.broken.end(),
      [](const BrokenPlugin& a, const BrokenPlugin& b) { return a.id < b.id; });
  return loaded;
}

}  // namespace sendcheck
