#include "casework/new_edition.hpp"

#include <algorithm>
#include <map>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/edition_copy.hpp"

namespace sendcheck {
namespace {

Unexpected refused(const char* id, std::string message) {
  return unexpected({id, std::move(message), {}});
}

bool all_digits(std::string_view text, std::size_t count) {
  return text.size() == count &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// "884" of "884-herefordshire".
std::string code_of(const std::string& body) {
  return body.substr(0, std::min(body.find('-'), body.size()));
}

Layer layer_of(const std::string& body) {
  const std::string code = code_of(body);
  if (all_digits(code, 3)) return Layer::authority;
  return all_digits(code, 6) ? Layer::school : Layer::national;
}

const char* folder_of(Layer layer) {
  switch (layer) {
    case Layer::national:
      return "national";
    case Layer::authority:
      return "authorities";
    case Layer::school:
      return "schools";
  }
  return "";
}

bool is_name(std::string_view name) {
  if (name.empty() || name.front() == '-' || name.back() == '-') return false;
  return std::ranges::all_of(name, [](char c) {
    return c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
}

struct Body {
  Layer layer = Layer::national;
  std::string name;
  std::vector<const Edition*> editions;  // by first day
  std::vector<const BrokenEdition*> broken;
};

std::map<std::string, Body> bodies_of(const RuleSets& sets) {
  std::map<std::string, Body> bodies;
  const auto body_of = [&](const auto& edition) -> Body& {
    Body& body = bodies[edition.body];
    body.name = edition.body;
    body.layer = edition.layer;
    return body;
  };
  for (const Edition& edition : sets.editions()) {
    body_of(edition).editions.push_back(&edition);
  }
  for (const BrokenEdition& edition : sets.broken()) {
    body_of(edition).broken.push_back(&edition);
  }
  return bodies;
}

Result<Body> find_body(const Workspace& workspace,
                       const NewEditionRequest& request) {
  const auto bodies = bodies_of(workspace.rulesets());
  std::string name = request.body;
  while (name.ends_with('/')) name.pop_back();
  const auto known = bodies.find(name);
  if (known != bodies.end() && !request.new_body) return known->second;
  std::vector<std::string> names, of_code;
  for (const auto& [id, body] : bodies) {
    names.push_back(id);
    if (code_of(id) == name && body.layer != Layer::national) {
      of_code.push_back(id);
    }
  }
  if (!request.new_body && of_code.size() == 1) {
    return bodies.at(of_code.front());
  }
  if (!request.new_body && of_code.size() > 1) {
    return refused("new.body", "several bodies have the code " + name +
                                   ": name " + join_in_words(of_code, " or "));
  }
  if (all_digits(name, 3)) {
    auto of_authority = body_of_authority(workspace.catalogue(), name);
    if (!of_authority) return unexpected(of_authority.error());
    name = *of_authority;
    if (!request.new_body) {
      return refused("new.body", name +
                                     " has no edition yet: add --new to "
                                     "begin with an empty one");
    }
  }
  if (!request.new_body) {
    const std::string near = nearest(name, names);
    return refused(
        "new.body",
        "there is no body \"" + quoted(name) + "\"; " +
            (near.empty() ? "to begin one of this name, add --new"
                          : "did you mean \"" + near +
                                "\"? To begin one of this name, add --new"));
  }
  if (bodies.contains(name)) {
    return refused("new.body", "there is a body \"" + name +
                                   "\" already: leave --new out, and its "
                                   "newest edition is copied");
  }
  Body body;
  body.layer = layer_of(name);
  body.name = name;
  if (!is_name(name) || all_digits(name, name.size())) {
    return refused("new.body",
                   "\"" + quoted(name) +
                       "\" is no name of a body: lower-case letters, digits "
                       "and hyphens, such as 884-herefordshire (an authority's "
                       "code first), 999801-hop-pocket (a school's URN first) "
                       "or example-trust");
  }
  if (body.layer == Layer::authority) {
    auto of_authority = body_of_authority(workspace.catalogue(), code_of(name));
    if (!of_authority) return unexpected(of_authority.error());
  }
  return body;
}

Result<Date> first_day(const Body& body, const NewEditionRequest& request) {
  const auto date = Date::parse(request.date);
  if (!date) {
    return refused("new.date", "\"" + quoted(request.date) +
                                   "\" is no day of the calendar; expected the "
                                   "first day in force, such as 2027-04-01");
  }
  for (const Edition* edition : body.editions) {
    if (edition->from == *date) {
      return refused("new.date", edition->id +
                                     " is there already. An edition that has "
                                     "been in force is not changed; choose "
                                     "another first day");
    }
  }
  for (const BrokenEdition* edition : body.broken) {
    if (edition->from && *edition->from >= *date) {
      return refused("new.date", "the first day must be after that of " +
                                     edition->id + ", which does not load");
    }
  }
  if (body.editions.empty()) return *date;
  const Edition& newest = *body.editions.back();
  if (*date < newest.from) {
    return refused("new.date", "the first day must be after that of " +
                                   newest.id + ", the newest edition");
  }
  if (newest.to && *date <= *newest.to) {
    return refused("new.date", newest.id + " has a last day of its own, " +
                                   newest.to->in_words() + ": choose " +
                                   (*newest.to + 1).to_string() +
                                   " or a later first day, or correct it "
                                   "there");
  }
  return *date;
}

Result<const Edition*> edition_to_copy(const Body& body,
                                       const std::string& from) {
  const std::string day = from.starts_with(body.name + "/")
                              ? from.substr(body.name.size() + 1)
                              : from;
  const auto is_wanted = [&](const std::string& id) {
    return id == body.name + "/" + day;
  };
  for (const BrokenEdition* edition : body.broken) {
    if (day.empty() || is_wanted(edition->id)) {
      return refused("new.edition",
                     edition->id +
                         " does not load: mend it before the next is "
                         "made (sendcheck rules lint " +
                         body.name + ")");
    }
  }
  if (day.empty()) {
    if (body.editions.empty()) {
      return refused("new.edition", body.name + " has no edition to copy");
    }
    return body.editions.back();
  }
  std::vector<std::string> ids;
  for (const Edition* edition : body.editions) {
    if (is_wanted(edition->id)) return edition;
    ids.push_back(edition->id);
  }
  return refused("new.edition", "there is no edition \"" + quoted(from) +
                                    "\" of " + body.name + "; it has " +
                                    join_in_words(ids));
}

}  // namespace

Result<std::string> body_of_authority(const Catalogue& catalogue,
                                      const std::string& code) {
  const int position = catalogue.code_list("authority");
  if (position < 0) {
    return refused("new.authority",
                   "the catalogue of facts lists no "
                   "authorities (code list \"authority\")");
  }
  const CodeList& list =
      catalogue.code_lists()[static_cast<std::size_t>(position)];
  const auto named = [](const CodeValue& value) {
    return value.code + " (" + value.label + ")";
  };
  const int index = list.find(code);
  if (index >= 0) {
    const CodeValue& value = list.codes[static_cast<std::size_t>(index)];
    if (value.historic) {
      return refused("new.authority",
                     named(value) +
                         " is an authority of former years: name "
                         "the one that took its place");
    }
    std::string name = value.code + "-";
    for (const char c : to_lower(value.label)) {
      const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (plain) name += c;
      if (!plain && name.back() != '-') name += '-';
    }
    while (name.ends_with('-')) name.pop_back();
    return name;
  }
  // Somebody may know the name and not the code.
  std::vector<std::string> labels, codes;
  for (const CodeValue& value : list.codes) {
    if (value.historic) continue;
    labels.push_back(to_lower(value.label));
    codes.push_back(value.code);
  }
  std::string near = nearest(to_lower(code), labels);
  if (near.empty()) near = nearest(code, codes);
  std::string hint = "; expected the three digits of its code, such as 884";
  for (const CodeValue& value : list.codes) {
    if (!near.empty() &&
        (value.code == near || to_lower(value.label) == near)) {
      hint = "; did you mean " + named(value) + "?";
    }
  }
  return refused("new.authority",
                 "\"" + quoted(code) + "\" is no authority's code" + hint);
}

Result<NewEdition> new_edition(const Workspace& workspace,
                               const NewEditionRequest& request) {
  auto body = find_body(workspace, request);
  if (!body) return unexpected(body.error());
  auto first = first_day(*body, request);
  if (!first) return unexpected(first.error());

  NewEdition result;
  result.id = body->name + "/" + first->to_string();
  const std::string folder = join_path(
      join_path(join_path(workspace.rules_folder(), folder_of(body->layer)),
                body->name),
      first->to_string());
  result.file = join_path(folder, "edition.json");
  std::map<std::string, std::string> files;
  if (request.new_body) {
    if (!request.from.empty()) {
      return refused("new.edition",
                     "a new body has no edition to copy: leave "
                     "--from or --new out");
    }
    files["edition.json"] =
        empty_edition(body->name, body->layer, *first, request.today);
  } else {
    auto from = edition_to_copy(*body, request.from);
    if (!from) return unexpected(from.error());
    result.from = (*from)->id;
    result.ended_by_itself = !(*from)->to && *from == body->editions.back();
    auto text = read_file((*from)->file);
    if (!text) return unexpected(text.error());
    auto copy = copy_of_edition(**from, *text, *first, request.today);
    if (!copy) return unexpected(copy.error());
    result.tables = std::move(copy->tables);
    result.carried_over = copy->carried_over;
    files["edition.json"] = std::move(copy->text);
    const std::string from_folder = (*from)->file.substr(
        0, (*from)->file.size() - std::string("edition.json").size());
    for (const std::string& name : result.tables) {
      auto table = read_file(join_path(from_folder, name));
      if (!table) return unexpected(table.error());
      files[name] = std::move(*table);
    }
  }
  if (auto written = write_new_folder(folder, files); !written) {
    return unexpected(written.error());
  }
  return result;
}

}  // namespace sendcheck
