#include "casework/expand_decisions.hpp"

#include <charconv>
#include <optional>

#include "json/writer.hpp"
#include "registers/line_reader.hpp"

namespace sendcheck {
namespace {

using json::Type;
using json::Value;
using json::Writer;

// The items of a list, or of nothing.
std::span<const Value> items_of(const Value* value) {
  return value && value->is(Type::array) ? value->items
                                         : std::span<const Value>();
}

std::optional<std::size_t> index_of(const Value& value) {
  std::size_t index = 0;
  const std::string_view text = value.text;
  if (!value.is(Type::number) ||
      std::from_chars(text.data(), text.data() + text.size(), index).ptr !=
          text.data() + text.size()) {
    return std::nullopt;
  }
  return index;
}

// Writes one decision in full. Whatever does not fit makes it `wrong`, and what was written is of no use.
class Expansion {
 public:
  Expansion(const Value& text, Writer& json)
      : text_(text),
        criteria_(items_of(text.find("criteria"))),
        texts_(items_of(text.find("texts"))),
        json_(json) {}

  bool is_wrong() const { return wrong_; }

  void decision(const Value& found) {
    json_.begin_object();
    member("rule", text_.find("rule"));
    member("title", text_.find("title"));
    member("kind", text_.find("kind"));
    member("outcome", found.find("outcome"));
    member("summary", found.find("summary"));
    if (const Value* refer_to = found.find("refer_to")) {
      member("refer_to", refer_to);
    }
    member("amount", found.find("amount"));
    member("due", found.find("due"));
    missing(items_of(found.find("missing")));
    routes(items_of(found.find("routes")), items_of(found.find("steps")));
    actions(items_of(found.find("actions")));
    json_.key("reasons");
    reasons(found.find("reasons"));
    member("edition", text_.find("edition"));
    member("parameters", text_.find("parameters"));
    json_.end_object();
  }

 private:
  // What was found of the lines of the rule, or of an entry: taken in order.
  struct Found {
    std::string_view results;
    std::span<const Value> notes;
    std::span<const Value> entries;
    std::size_t first = 0;  // the line of the first result
  };

  void member(std::string_view name, const Value* value) {
    json_.key(name);
    if (value) {
      json_.value(*value);
    } else {
      wrong_ = true;
      json_.null();
    }
  }

  // A text, or the number of one that the rule has.
  std::string_view words(const Value& value) {
    if (value.is(Type::string)) return value.text;
    const auto index = index_of(value);
    if (!index || *index >= texts_.size() || !texts_[*index].is(Type::string)) {
      wrong_ = true;
      return {};
    }
    return texts_[*index].text;
  }
  // The same of an item that may be left out at the end of a list.
  std::string_view words(std::span<const Value> items, std::size_t index) {
    return index < items.size() ? words(items[index]) : std::string_view();
  }

  // Lists of so many items at least.
  std::span<const Value> list_of(const Value& value, std::size_t least) {
    if (value.is(Type::array) && value.items.size() >= least) {
      return value.items;
    }
    wrong_ = true;
    return {};
  }

  void missing(std::span<const Value> items) {
    json_.key("missing").begin_array();
    for (const Value& item : items) {
      const auto parts = list_of(item, 4);
      if (parts.empty()) break;
      json_.begin_object().member("fact", words(parts[0]));
      json_.member("label", words(parts[1])).member("kind", words(parts[2]));
      json_.key("actionable").value(parts[3]);
      json_.end_object();
    }
    json_.end_array();
  }

  void step(const Value& value) {
    const auto parts = list_of(value, 4);
    if (parts.empty()) return;
    json_.begin_object().member("kind", words(parts[0]));
    json_.member("fact", words(parts[1])).member("label", words(parts[2]));
    json_.member("criterion", words(parts[3]));
    if (parts.size() > 4) json_.member("gap", words(parts[4]));
    json_.end_object();
  }

  void routes(std::span<const Value> routes, std::span<const Value> steps) {
    json_.key("routes").begin_array();
    for (const Value& route : routes) {
      json_.begin_object().key("steps").begin_array();
      for (const Value& number : items_of(&route)) {
        const auto index = index_of(number);
        if (!index || *index >= steps.size()) {
          wrong_ = true;
          break;
        }
        step(steps[*index]);
      }
      json_.end_array().end_object();
    }
    json_.end_array();
  }

  void actions(std::span<const Value> items) {
    json_.key("actions").begin_array();
    for (const Value& item : items) {
      const auto parts = list_of(item, 2);
      if (parts.empty()) break;
      json_.begin_object().member("do", words(parts[0]));
      json_.member_or_null("to", words(parts[1]));
      json_.member_or_null("by", words(parts, 2));
      json_.end_object();
    }
    json_.end_array();
  }

  void reasons(const Value* value) {
    Found found;
    if (value && value->is(Type::string)) {
      found.results = value->text;
    } else if (!value || !read(items_of(value), 0, found)) {
      wrong_ = true;
      json_.null();
      return;
    }
    reason(0, found, {});
    if (!found.notes.empty() || !found.entries.empty()) wrong_ = true;
  }

  // Results, and perhaps notes and entries, from an item on.
  bool read(std::span<const Value> items, std::size_t from, Found& found) {
    if (items.size() <= from || !items[from].is(Type::string)) return false;
    found.results = items[from].text;
    if (items.size() > from + 1) found.notes = items_of(&items[from + 1]);
    if (items.size() > from + 2) found.entries = items_of(&items[from + 2]);
    return true;
  }

  struct EntryWords {
    std::string_view label;
    std::string_view have;
  };

  void reason(std::size_t id, Found& found,
              const std::optional<EntryWords>& entry) {
    if (id >= criteria_.size() || id < found.first ||
        id - found.first >= found.results.size()) {
      wrong_ = true;
      json_.null();
      return;
    }
    const Value& line = criteria_[id];
    const auto of_line = [&](std::string_view name) {
      const Value* value = line.find(name);
      return value ? value->text : std::string_view();
    };
    std::string_view have = entry ? entry->have : of_line("have");
    std::string_view need = of_line("need");
    std::string_view gap;
    if (!found.notes.empty() && !items_of(&found.notes[0]).empty() &&
        index_of(found.notes[0].items[0]) == id) {
      const std::span<const Value> note = found.notes[0].items;
      have = words(note, 1);
      gap = words(note, 2);
      if (note.size() > 3) need = words(note, 3);
      found.notes = found.notes.subspan(1);
    }
    const char result = found.results[id - found.first];
    json_.begin_object().member("kind", of_line("kind"));
    json_.member("label", entry ? entry->label : of_line("label"));
    json_.member("result", result == 'm'   ? "met"
                           : result == 'n' ? "not_met"
                                           : "unknown");
    json_.member_or_null("source", of_line("source"));
    json_.member_or_null("have", have);
    json_.member_or_null("need", need);
    if (!gap.empty()) json_.member("gap", gap);
    if (line.find("unconfirmed")) {
      json_.member("unconfirmed", of_line("unconfirmed"));
    }
    json_.key("children").begin_array();
    for (const Value& child : items_of(line.find("children"))) {
      const Value* entries = child.find("entries");
      const auto below = index_of(entries ? *entries : child);
      // A line stands before those below it: else this would never end.
      if (!below || *below <= id) {
        wrong_ = true;
      } else if (entries) {
        this->entries(*below, found);
      } else {
        reason(*below, found, std::nullopt);
      }
    }
    json_.end_array().end_object();
  }

  void entries(std::size_t line, Found& found) {
    while (!found.entries.empty()) {
      const std::span<const Value> parts = list_of(found.entries[0], 4);
      if (parts.empty() || index_of(parts[0]) != line) return;
      found.entries = found.entries.subspan(1);
      Found of_entry;
      of_entry.first = line;
      if (!read(parts, 3, of_entry)) wrong_ = true;
      reason(line, of_entry, EntryWords{words(parts[1]), words(parts[2])});
      if (!of_entry.notes.empty() || !of_entry.entries.empty()) wrong_ = true;
    }
  }

  const Value& text_;
  std::span<const Value> criteria_;
  std::span<const Value> texts_;
  Writer& json_;
  bool wrong_ = false;
};

}  // namespace

Result<void> DecisionExpander::add(std::string_view line, int number,
                                   std::string& out) {
  const Place place = {file_, number, 0, ""};
  auto document = std::make_unique<json::Document>();
  if (auto parsed = document->parse(line, file_, number); !parsed) {
    return unexpected(parsed.error());
  }
  const Value& root = document->root();
  if (const Value* text = root.find("rule_text")) {
    texts_[std::string(text->text)] = std::move(document);
    return {};
  }
  const Value* decisions = root.find("decisions");
  if (!decisions || !decisions->is(Type::array)) {
    const bool is_summary = root.find("summary") != nullptr;
    if (!is_summary && !root.find("rejected")) {
      return unexpected({"decisions.not_lines",
                         "The line is no line of a check; expected a file "
                         "that sendcheck check --format jsonl wrote.",
                         place});
    }
    is_whole_ = is_whole_ || is_summary;
    out += line;
    out += '\n';
    return {};
  }
  Writer json(out);
  json.begin_object();
  for (const json::Member& member : root.members) {
    json.key(member.key);
    if (&member.value != decisions) {
      json.value(member.value);
      continue;
    }
    json.begin_array();
    for (const Value& decision : decisions->items) {
      const Value* named = decision.find("text");
      if (!named) {
        json.value(decision);
        continue;
      }
      const auto text = texts_.find(named->text);
      if (text == texts_.end()) {
        return unexpected(
            {"decisions.unknown_text",
             "A decision names the text " + std::string(named->text) +
                 " of its rule, and no line before gives it; expected the "
                 "file as it was written, from its first line.",
             place});
      }
      Expansion expansion(text->second->root(), json);
      expansion.decision(decision);
      if (expansion.is_wrong()) {
        return unexpected(
            {"decisions.does_not_fit",
             "A decision does not fit the text " + std::string(named->text) +
                 " of its rule: one of the two was changed. Check the "
                 "register again.",
             place});
      }
    }
    json.end_array();
  }
  json.end_object();
  out += '\n';
  return {};
}

Result<void> expand_decisions(
    const std::string& path,
    const std::function<void(std::string_view)>& take) {
  auto reader = LineReader::open(path);
  if (!reader) return unexpected(reader.error());
  DecisionExpander expander(path);
  std::string out;
  while (true) {
    std::string_view line;
    auto more = reader->next(line);
    if (!more) return unexpected(more.error());
    if (!*more) break;
    out.clear();
    if (auto added = expander.add(line, reader->line(), out); !added) {
      return unexpected(added.error());
    }
    if (!out.empty()) take(out);
  }
  if (!expander.is_whole()) {
    return unexpected({"decisions.cut_short",
                       "The file ends without its summary: lines are missing. "
                       "Check the register again.",
                       {path, 0, 0, ""}});
  }
  return {};
}

}  // namespace sendcheck
