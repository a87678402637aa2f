#include "rulesets/edition_file.hpp"

#include <algorithm>
#include <utility>

#include "base/files.hpp"
#include "base/text.hpp"
#include "crypto/hash.hpp"
#include "json/value.hpp"
#include "rulesets/edition_dates.hpp"
#include "rulesets/object_reader.hpp"
#include "rulesets/parameter_entry.hpp"
#include "rulesets/publishing_entry.hpp"

namespace sendcheck {
namespace {

// Far more than any edition or table that a person keeps by hand.
constexpr std::size_t file_limit = std::size_t{8} << 20;

std::string quote(std::string_view text) { return "\"" + quoted(text) + "\""; }

std::string id_of(const EditionFolder& folder) {
  return folder.day.empty() ? folder.body : folder.body + "/" + folder.day;
}

// "884" of "884-herefordshire".
std::string before_hyphen(const std::string& name) {
  return name.substr(0, std::min(name.find('-'), name.size()));
}

bool is_of_id(char c) {
  return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Whether an id stands in a text that could not be read, and not only as a part
// of a longer one.
bool mentions(std::string_view text, std::string_view id) {
  for (std::size_t at = text.find(id); at != std::string_view::npos;
       at = text.find(id, at + 1)) {
    const std::size_t end = at + id.size();
    if ((at == 0 || !is_of_id(text[at - 1])) &&
        (end == text.size() || !is_of_id(text[end]))) {
      return true;
    }
  }
  return false;
}

class EditionReader {
 public:
  EditionReader(const EditionFolder& folder, const KnownRules& rules,
                TextArena& texts)
      : folder_(folder),
        rules_(rules),
        context_{.edition = id_of(folder),
                 .file = join_path(folder.path, "edition.json"),
                 .folder = folder.path,
                 .sources = {},
                 .approved_by = {},
                 .approved_on = {},
                 .tables = {},
                 .texts = texts,
                 .errors = draft_.errors} {}

  EditionDraft read() {
    Edition& edition = draft_.edition;
    edition.id = context_.edition;
    edition.body = folder_.body;
    edition.layer = folder_.layer;
    edition.file = context_.file;
    const std::string code = before_hyphen(folder_.body);
    if (folder_.layer == Layer::authority) edition.la = code;
    if (folder_.layer == Layer::school) edition.urn = code;
    const auto day = Date::parse(folder_.day);
    draft_.from = day;
    if (folder_.day.empty()) {
      note("", "editions.folder",
           "edition.json stands in the folder of its body. Put it into a "
           "folder named by its first day, such as 2026-04-01.");
    } else if (!day) {
      note("", "editions.folder",
           "The folder is named " + quote(folder_.day) +
               ". Name it by the edition's first day, such as 2026-04-01.");
    }

    const auto text = read_file(context_.file, file_limit);
    if (!text) {
      draft_.errors.push_back(text.error());
      return std::move(draft_);
    }
    json::Document document;
    if (const auto parsed = document.parse(*text, context_.file); !parsed) {
      draft_.errors.push_back(parsed.error());
      note_mentions(*text);
      return std::move(draft_);
    }
    find_tables(document.root());
    take_hash(*text);
    read_root(document.root());
    if (!draft_.names_known) note_mentions(*text);
    return std::move(draft_);
  }

 private:
  void note(std::string pointer, const char* id, std::string message) {
    draft_.errors.push_back({id, std::move(message),
                             Place{context_.file, 0, 0, std::move(pointer)}});
  }

  void note_mentions(std::string_view text) {
    for (const std::string& id : rules_.ids) {
      if (mentions(text, id)) draft_.names.insert(id);
    }
  }

  // Before anything is typed, so that the hash is the same whether or not the
  // plugins load.
  void find_tables(const json::Value& root) {
    const json::Value* rules = root.find("rules");
    if (rules == nullptr) return;
    for (const json::Member& rule : rules->members) {
      const json::Value* parameters = rule.value.find("parameters");
      if (parameters == nullptr) continue;
      for (const json::Member& parameter : parameters->members) {
        for (const char* key : {"table", "calendar", "decision_table"}) {
          const json::Value* name = parameter.value.find(key);
          if (name == nullptr || !name->is(json::Type::string) ||
              !is_table_name(name->text)) {
            continue;
          }
          std::string table(name->text);
          if (context_.tables.contains(table)) continue;
          auto content = read_file(join_path(folder_.path, table), file_limit);
          context_.tables.emplace(std::move(table), std::move(content));
        }
      }
    }
  }

  void take_hash(std::string_view text) {
    std::map<std::string, std::string> tables;
    for (const auto& [name, content] : context_.tables) {
      if (!content) continue;
      tables.emplace(name, *content);
      draft_.edition.tables.push_back(name);
    }
    draft_.edition.hash = edition_hash(text, tables);
  }

  void read_root(const json::Value& root) {
    ObjectReader object(root, Place{context_.file, 0, 0, ""}, "editions.format",
                        draft_.errors,
                        {"$schema", "format", "body", "title", "la", "urn",
                         "extends", "in_force", "approved", "approval",
                         "revision", "corrects", "sources", "rules"});
    if (!object.is_object()) return;
    if (const json::Value* format = object.need("format");
        format != nullptr && format->text != "sendcheck-edition/1") {
      object.note("format", "The format is " + describe(*format) +
                                ", expected the text "
                                "\"sendcheck-edition/1\".");
      // Another version may mean anything by the same words.
      if (format->is(json::Type::string) &&
          format->text.starts_with("sendcheck-edition/")) {
        return;
      }
    }
    draft_.edition.title = object.text("title");
    draft_.edition.extends = object.texts("extends");
    read_body(object);
    if (const json::Value* dates = object.need("in_force")) {
      read_dates(*dates, folder_, context_.file, draft_);
    }
    if (const json::Value* approved = object.need("approved")) {
      read_approved(*approved);
    }
    read_publishing(object, draft_.edition, draft_.errors);
    if (const json::Value* sources = object.find("sources")) {
      read_sources(*sources);
    }
    draft_.edition.sources = context_.sources;
    draft_.edition.approved_by = context_.approved_by;
    if (const json::Value* rules = object.need("rules")) read_rules(*rules);
  }

  void read_body(ObjectReader& object) {
    Edition& edition = draft_.edition;
    const std::string body = object.text("body");
    if (!body.empty() && body != folder_.body) {
      object.note("body", "editions.folder",
                  "The body is " + quote(body) +
                      ", but the edition stands in the folder of " +
                      quote(folder_.body) + ". Make the two the same.");
    }
    const std::string la = object.optional_text("la");
    const std::string urn = object.optional_text("urn");
    if (edition.layer == Layer::national && object.has("la")) {
      object.note("la",
                  "A national edition is of no authority. Take \"la\" "
                  "out, or move the folder to authorities.");
    }
    if (edition.layer == Layer::authority && !la.empty() && la != edition.la) {
      object.note("la", "editions.folder",
                  "The authority is " + quote(la) + ", but the folder " +
                      quote(folder_.body) + " begins with " +
                      quote(edition.la) + ". Make the two the same.");
    }
    // The authority in whose area the school is.
    if (edition.layer == Layer::school) edition.la = la;
    if (edition.layer != Layer::school && object.has("urn")) {
      object.note("urn",
                  "Only a school's edition has a \"urn\". Take it out, "
                  "or move the folder to schools.");
    }
    if (edition.layer == Layer::school && !urn.empty() && urn != edition.urn) {
      object.note("urn", "editions.folder",
                  "The school is " + quote(urn) + ", but the folder " +
                      quote(folder_.body) + " begins with " +
                      quote(edition.urn) + ". Make the two the same.");
    }
  }

  void read_approved(const json::Value& value) {
    ObjectReader object(value, Place{context_.file, 0, 0, "/approved"},
                        "editions.format", draft_.errors, {"by", "on"});
    if (!object.is_object()) return;
    context_.approved_by = object.text("by");
    if (object.need("on") == nullptr) return;
    if (const auto on = read_date(object, "on", "editions.format")) {
      context_.approved_on = on->to_string();
    }
  }

  void read_sources(const json::Value& value) {
    if (!value.is(json::Type::object)) {
      note("/sources", "editions.format",
           "\"sources\" is " + describe(value) +
               ", expected an object with one member a source.");
      return;
    }
    for (const json::Member& member : value.members) {
      ObjectReader object(
          member.value,
          Place{context_.file, 0, 0, pointer_to("/sources", member.key)},
          "editions.format", draft_.errors, {"title", "url", "read_on"});
      EditionSource& source = context_.sources[std::string(member.key)];
      if (!object.is_object()) continue;
      source.title = object.text("title");
      source.url = object.optional_text("url");
      // Pages show it as a link: nothing that a browser would run.
      if (!source.url.empty() && !source.url.starts_with("https://") &&
          !source.url.starts_with("http://")) {
        object.note("url", "editions.source",
                    "The address is " + quote(source.url) +
                        ", expected one that begins with https:// or http://.");
        source.url.clear();
      }
      if (object.has("read_on")) {
        source.read_on = read_date(object, "read_on", "editions.format");
      }
    }
  }

  void read_rules(const json::Value& value) {
    if (!value.is(json::Type::object)) {
      note("/rules", "editions.format",
           "\"rules\" is " + describe(value) +
               ", expected an object with one member a rule.");
      return;
    }
    draft_.names_known = true;
    for (const json::Member& member : value.members) {
      const std::string id(member.key);
      const std::string pointer = pointer_to("/rules", member.key);
      draft_.names.insert(id);
      if (!std::ranges::binary_search(rules_.ids, id)) {
        // Whatever was meant, it may be any rule.
        draft_.names_known = false;
        note(pointer, "editions.unknown_rule",
             "No plugin publishes a rule " + quote(id) + "." +
                 suggestion(id, rules_.ids));
        continue;
      }
      RuleEntry& entry = draft_.edition.rules[id];
      entry.pointer = pointer;
      read_rule(id, member.value, entry);
    }
  }

  void read_rule(const std::string& id, const json::Value& value,
                 RuleEntry& entry) {
    ObjectReader object(value, Place{context_.file, 0, 0, entry.pointer},
                        "editions.format", draft_.errors,
                        {"parameters", "closed", "removed"});
    if (!object.is_object()) return;
    const json::Value* closed = object.find("closed");
    const json::Value* removed = object.find("removed");
    const json::Value* parameters = object.find("parameters");
    if (removed != nullptr && (closed != nullptr || parameters != nullptr)) {
      object.note("removed",
                  "The rule is taken away and yet has more said of it. Keep "
                  "\"removed\", or what stands beside it.");
    }
    if (closed != nullptr) {
      ObjectReader end(*closed, object.place("closed"), "editions.format",
                       draft_.errors, {"refer_to", "source"});
      entry.closed.emplace();
      if (end.is_object()) {
        entry.closed->refer_to = end.text("refer_to");
        entry.closed->source = read_source(end, context_);
      }
    }
    if (removed != nullptr) {
      ObjectReader end(*removed, object.place("removed"), "editions.format",
                       draft_.errors, {"reason", "source"});
      entry.removed.emplace();
      if (end.is_object()) {
        entry.removed->reason = end.text("reason");
        entry.removed->source = read_source(end, context_);
      }
    }
    if (parameters != nullptr) read_parameters(id, *parameters, object, entry);
  }

  void read_parameters(const std::string& id, const json::Value& parameters,
                       ObjectReader& rule, RuleEntry& entry) {
    if (!parameters.is(json::Type::object)) {
      rule.note("parameters", "\"parameters\" is " + describe(parameters) +
                                  ", expected an object with one member a "
                                  "parameter.");
      return;
    }
    const std::vector<ParameterSpec>* specs = rules_.parameters(id);
    if (specs == nullptr) return;  // its plugin did not load and has said so
    std::vector<std::string> names;
    for (const ParameterSpec& spec : *specs) names.push_back(spec.name);
    const std::string base = pointer_to(entry.pointer, "parameters");
    for (const json::Member& member : parameters.members) {
      const std::string pointer = pointer_to(base, member.key);
      draft_.written[id].emplace(member.key);
      const auto spec =
          std::ranges::find(*specs, member.key, &ParameterSpec::name);
      if (spec == specs->end()) {
        std::string near = suggestion(member.key, names);
        if (near.empty()) {
          near = names.empty() ? " It declares none."
                               : " It declares " + join_in_words(names) + ".";
        }
        note(pointer, "editions.unknown_parameter",
             "The plugin of " + id + " declares no parameter " +
                 quote(member.key) + "." + near);
        continue;
      }
      read_parameter(member.value, *spec, pointer, context_, entry);
    }
  }

  const EditionFolder& folder_;
  const KnownRules& rules_;
  EditionDraft draft_;
  EntryContext context_;
};

}  // namespace

KnownRules::KnownRules(
    const std::map<std::string, std::vector<ParameterSpec>>& declared_rules,
    const std::set<std::string>& broken)
    : declared(declared_rules), broken_plugins(broken) {
  for (const auto& [id, parameters] : declared) ids.push_back(id);
  ids.insert(ids.end(), broken.begin(), broken.end());
  std::ranges::sort(ids);
}

const std::vector<ParameterSpec>* KnownRules::parameters(
    const std::string& rule) const {
  const auto found = declared.find(rule);
  return found == declared.end() || broken_plugins.contains(rule)
             ? nullptr
             : &found->second;
}

// Each file with its name and length, so that no byte can move from one to the
// other unseen.
std::string edition_hash(std::string_view edition,
                         const std::map<std::string, std::string>& tables) {
  std::string bytes = "sendcheck-edition-hash/1\n";
  const auto add = [&](std::string_view name, std::string_view content) {
    bytes += name;
    bytes += "\n" + std::to_string(content.size()) + "\n";
    bytes += content;
  };
  add("edition.json", edition);
  for (const auto& [name, content] : tables) add(name, content);
  return sha256(bytes);
}

EditionDraft read_edition(const EditionFolder& folder, const KnownRules& rules,
                          TextArena& texts) {
  return EditionReader(folder, rules, texts).read();
}

}  // namespace sendcheck
