#include "casework/publication.hpp"

#include <algorithm>
#include <map>

#include "audit/lines.hpp"
#include "base/text.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view proposal_head = "sendcheck-proposed-edition/1";
constexpr std::string_view publication_head = "sendcheck-published-edition/1";
constexpr std::size_t longest_name = 200;

void add_line(std::string& out, std::string_view key, std::string_view value) {
  out += key;
  out += ": ";
  out += value;
  out += '\n';
}

void add_version(std::string& out, const EditionVersion& version) {
  add_line(out, "body", version.body);
  add_line(out, "edition", version.edition);
  add_line(out, "revision", std::to_string(version.revision));
  add_line(out, "hash", version.hash);
  for (const EditionVersion::Plugin& plugin : version.plugins) {
    add_line(out, "plugin", plugin.id + " " + plugin.hash);
  }
}

// The lines of a text by their keys. What is not in form is left out: it will
// not be spelled again.
struct Lines {
  std::map<std::string_view, std::string_view> values;
  std::vector<EditionVersion::Plugin> plugins;

  explicit Lines(std::string_view text) {
    while (const auto line = take_line(text)) {
      const std::size_t colon = line->find(": ");
      if (colon == line->npos) continue;
      const std::string_view key = line->substr(0, colon);
      const std::string_view value = line->substr(colon + 2);
      const std::size_t space = value.find(' ');
      if (key != "plugin") {
        values.emplace(key, value);
      } else if (space != value.npos) {
        plugins.push_back({std::string(value.substr(0, space)),
                           std::string(value.substr(space + 1))});
      }
    }
  }

  std::string text(std::string_view key) const {
    const auto found = values.find(key);
    return std::string(found == values.end() ? std::string_view()
                                             : found->second);
  }
  std::int64_t count(std::string_view key) const {
    const auto number = parse_count(text(key));
    return number && *number < (std::uint64_t{1} << 62)
               ? static_cast<std::int64_t>(*number)
               : -1;
  }
  Moment moment(std::string_view key) const {
    return Moment::parse(text(key)).value_or(Moment{-1});
  }
  EditionVersion version() const {
    const std::int64_t revision = count("revision");
    return {text("body"), text("edition"),
            revision < 1 || revision > 9999 ? 0 : static_cast<int>(revision),
            text("hash"), plugins};
  }
};

// A text has one spelling: what does not come out again was not in form.
template <class Note>
Result<Note> in_form(Note note, bool counted, std::string_view text,
                     std::string_view head) {
  const bool whole = counted && note.version.revision > 0 &&
                     !note.proposed_by.empty() && note.proposed_at.seconds >= 0;
  if (whole && note.text() == text) return note;
  return unexpected(
      {"publish.note",
       "The text that is signed is not in the form of \"" + std::string(head) +
           "\": a line is missing, is twice there or is spelled in another "
           "way. Take the file as it was written; if it was, it is of another "
           "version of the program."});
}

// What tells people apart in a name.
std::string person(std::string_view name) {
  std::string letters;
  for (const char c : to_lower(name.substr(0, name.find(',')))) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || byte >= 0x80) {
      letters += c;
    }
  }
  return letters;
}

}  // namespace

std::string Proposal::text() const {
  std::string out(proposal_head);
  out += '\n';
  add_version(out, version);
  add_line(out, "proposed_by", proposed_by);
  add_line(out, "proposed_at", proposed_at.text());
  add_line(out, "actor", actor);
  add_line(out, "log", log);
  return out;
}

Result<Proposal> Proposal::parse(std::string_view text) {
  const Lines lines(text);
  return in_form(Proposal{lines.version(), lines.text("proposed_by"),
                          lines.moment("proposed_at"), lines.text("actor"),
                          lines.text("log")},
                 true, text, proposal_head);
}

std::string Publication::text() const {
  std::string out(publication_head);
  out += '\n';
  add_version(out, version);
  add_line(out, "cases", std::to_string(cases));
  add_line(out, "proposed_by", proposed_by);
  add_line(out, "proposed_at", proposed_at.text());
  add_line(out, "approved_by", approved_by);
  add_line(out, "approved_at", approved_at.text());
  add_line(out, "people", two_people ? "2" : "1");
  add_line(out, "proposal", proposal);
  add_line(out, "log", log);
  add_line(out, "entry", std::to_string(entry));
  return out;
}

Result<Publication> Publication::parse(std::string_view text) {
  const Lines lines(text);
  Publication found;
  found.version = lines.version();
  found.cases = lines.count("cases");
  found.proposed_by = lines.text("proposed_by");
  found.proposed_at = lines.moment("proposed_at");
  found.approved_by = lines.text("approved_by");
  found.approved_at = lines.moment("approved_at");
  found.two_people = lines.text("people") == "2";
  found.proposal = lines.text("proposal");
  found.log = lines.text("log");
  found.entry = lines.count("entry");
  const bool counted = found.cases >= 0 && found.entry >= 0;
  return in_form(std::move(found), counted, text, publication_head);
}

Result<void> check_person(std::string_view name) {
  if (!person(name).empty() && name == trim(name) &&
      quoted(name, longest_name) == name) {
    return {};
  }
  return unexpected(
      {"publish.no_person",
       "Found the name \"" + quoted(name) +
           "\", expected a person's, with their role: --by \"A. Example, "
           "matrix officer\". On one line, without spaces around it."});
}

bool same_person(std::string_view a, std::string_view b) {
  return person(a) == person(b);
}

}  // namespace sendcheck
