#include "casework/decision_lines.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "casework/json_parts.hpp"

namespace sendcheck {
namespace {

using json::Writer;

void write_line(Writer& json, const ReasonLine& line) {
  const auto member = [&](std::string_view name, const std::string& text) {
    if (!text.empty()) json.member(name, text);
  };
  json.begin_object().member("kind", name_of(line.kind));
  member("label", line.label);
  member("source", line.source);
  member("have", line.have);
  member("need", line.need);
  member("unconfirmed", line.unconfirmed);
  if (!line.parts.empty()) {
    json.key("children").begin_array();
    for (const ReasonLine::Part& part : line.parts) {
      if (part.is_entries) {
        json.begin_object().key("entries").number(part.line).end_object();
      } else {
        json.number(part.line);
      }
    }
    json.end_array();
  }
  json.end_object();
}

char letter_of(Truth truth) {
  return truth == Truth::met ? 'm' : truth == Truth::not_met ? 'n' : 'u';
}

// Puts the reasons down in room that is made for all of them at once: they are most of what is written, and their words seldom need an escape.
class ReasonsPen {
 public:
  ReasonsPen(const Found& found, std::string& out)
      : found_(found),
        out_(out),
        is_plain_(json::needs_no_escape(found.words)) {
    const std::size_t start = out.size();
    out.resize(start + room());
    next_ = out.data() + start;
  }
  ~ReasonsPen() { out_.resize(static_cast<std::size_t>(next_ - out_.data())); }
  ReasonsPen(const ReasonsPen&) = delete;
  ReasonsPen& operator=(const ReasonsPen&) = delete;

  void put_all() {
    if (found_.notes.empty() && found_.blocks.size() == 1) {
      put_results(0);
      return;
    }
    put('[');
    put_block(0);
    put(']');
  }

 private:
  // The most that is needed.
  std::size_t room() const {
    // A number, commas, brackets and quotation marks; of each byte, an escape.
    constexpr std::size_t around = 32, longest_escape = 6;
    std::size_t words = 0;
    for (const Found::Note& note : found_.notes) {
      words += note.have.size + note.gap.size + note.need.size;
    }
    for (const Found::Block& block : found_.blocks) {
      words += block.label.size + block.have.size;
    }
    return (found_.notes.size() + found_.blocks.size()) * around +
           found_.results.size() + words * (is_plain_ ? 1 : longest_escape);
  }

  void put(char character) { *next_++ = character; }
  void put(std::string_view text) {
    std::memcpy(next_, text.data(), text.size());
    next_ += text.size();
  }
  void put(int number) { next_ = std::to_chars(next_, next_ + 11, number).ptr; }
  void put(Found::Words words) {
    if (!is_plain_) {
      std::string quoted;
      json::append_quoted(quoted, found_.of(words));
      put(quoted);
      return;
    }
    put('"');
    put(found_.of(words));
    put('"');
  }

  void put_results(std::size_t block) {
    const std::span<const Truth> results = found_.results_of(block);
    put('"');
    next_ = std::transform(results.begin(), results.end(), next_, letter_of);
    put('"');
  }

  void put_notes(std::size_t block) {
    char before = '[';
    for (const Found::Note& note : found_.notes_of(block)) {
      put(before);
      before = ',';
      put('[');
      put(note.line);
      put(',');
      put(note.have);
      if (note.gap.size > 0 || note.need.size > 0) {
        put(',');
        put(note.gap);
      }
      if (note.need.size > 0) {
        put(',');
        put(note.need);
      }
      put(']');
    }
    if (before == '[') put('[');
    put(']');
  }

  // Results, notes and entries, as items of a list; what is empty at its end is left out.
  void put_block(std::size_t index) {
    const Found::Block& block = found_.blocks[index];
    put_results(index);
    const bool has_entries = block.end > index + 1;
    if (has_entries || block.notes_end > block.notes) {
      put(',');
      put_notes(index);
    }
    if (!has_entries) return;
    put(',');
    char before = '[';
    for (std::size_t i = index + 1; i < block.end; i = found_.blocks[i].end) {
      const Found::Block& entry = found_.blocks[i];
      put(before);
      before = ',';
      put('[');
      put(entry.line);
      put(',');
      put(entry.label);
      put(',');
      put(entry.have);
      put(',');
      put_block(i);
      put(']');
    }
    put(']');
  }

  const Found& found_;
  std::string& out_;
  bool is_plain_;
  char* next_ = nullptr;
};

class Texts {
 public:
  Texts(Writer& json, const RuleText& rule) : json_(json), rule_(rule) {}

  // The number of a text that the rule has, else the text itself.
  Texts& say(const std::string& text) {
    const auto known = rule_.numbers.find(text);
    if (known == rule_.numbers.end()) {
      json_.string(text);
    } else {
      json_.number(known->second);
    }
    return *this;
  }

 private:
  Writer& json_;
  const RuleText& rule_;
};

void write_missing(Writer& json, Texts& texts,
                   const std::vector<MissingItem>& missing) {
  json.key("missing").begin_array();
  for (const MissingItem& item : missing) {
    json.begin_array();
    texts.say(item.fact).say(item.label);
    json.string(name_of(item.kind)).boolean(item.actionable).end_array();
  }
  json.end_array();
}

// Each step once: the same few stand in many ways.
Routes with_steps_once(const std::vector<Route>& in_full) {
  Routes routes;
  for (const Route& route : in_full) {
    std::vector<int>& way = routes.ways.emplace_back();
    for (const Step& step : route.steps) {
      const auto known =
          std::find(routes.steps.begin(), routes.steps.end(), step);
      way.push_back(static_cast<int>(known - routes.steps.begin()));
      if (known == routes.steps.end()) routes.steps.push_back(step);
    }
  }
  return routes;
}

void write_routes(Writer& json, Texts& texts, const Routes& routes) {
  json.key("steps").begin_array();
  for (const Step& step : routes.steps) {
    json.begin_array().string(name_of(step.kind));
    texts.say(step.fact).say(step.label).say(step.criterion);
    if (!step.gap.empty()) json.string(step.gap);
    json.end_array();
  }
  json.end_array().key("routes").begin_array();
  for (const std::vector<int>& way : routes.ways) {
    json.begin_array();
    for (const int step : way) json.number(step);
    json.end_array();
  }
  json.end_array();
}

void write_both(Writer& json, Texts& texts,
                const std::vector<MissingItem>& missing, const Routes& routes) {
  if (!missing.empty()) write_missing(json, texts, missing);
  if (!routes.ways.empty()) write_routes(json, texts, routes);
}

}  // namespace

void append_rule_text(const RuleText& text, int number, std::string& out) {
  Writer json(out);
  json.begin_object().key("rule_text").number(number);
  json.member("rule", text.rule).member("title", text.title);
  json.member_or_null("kind", text.kind);
  json.member_or_null("edition", text.edition);
  json.key("parameters");
  write_parameters(json, text.parameters);
  json.key("criteria").begin_array();
  for (const ReasonLine& line : text.lines) write_line(json, line);
  json.end_array().key("texts").begin_array();
  for (const std::string& words : text.texts) json.string(words);
  json.end_array().end_object();
  out += '\n';
}

void LineWriter::write_ways(Ways& ways, const RuleText& text) const {
  ways.written.clear();
  Writer json(ways.written);
  Texts texts(json, text);
  json.begin_object();
  write_both(json, texts, ways.missing, ways.routes);
  // Members that follow others.
  if (ways.written.size() > 1) {
    ways.written.front() = ',';
  } else {
    ways.written.clear();
  }
}

void LineWriter::write(const FoundDecision& found, std::string& out) const {
  const Decision& decision = found.decision;
  if (!found.text) {
    Writer json(out);
    write_decision(json, decision);
    return;
  }
  const std::size_t start = out.size();
  Writer json(out);
  Texts texts(json, *found.text);
  json.begin_object();
  write_outcome(json, decision);
  if (!found.ways) {
    write_both(json, texts, decision.missing, with_steps_once(decision.routes));
  } else if (!found.ways->written.empty()) {
    out += found.ways->written;
  } else {
    write_both(json, texts, found.ways->missing, found.ways->routes);
  }
  if (!decision.actions.empty()) {
    json.key("actions").begin_array();
    for (const ActionItem& action : decision.actions) {
      json.begin_array();
      texts.say(action.text).say(action.to);
      if (action.by) json.string(action.by->to_string());
      json.end_array();
    }
    json.end_array();
  }
  json.key("reasons").raw("");
  ReasonsPen(found.found, out).put_all();
  json.end_object();
  // The rule and the number of its text come before.
  out[start] = ',';
}

void append_pupil_line(const CheckedPupil& pupil, RenderedPupils& rendered) {
  std::string& out = rendered.text;
  Writer json(out);
  json.begin_object();
  if (pupil.rejected()) {
    json.key("rejected").begin_object();
    json.member_or_null("upn", pupil.upn);
    json.member_or_null("name", pupil.name);
    write_findings(json, "findings", pupil.rejections);
    json.end_object().end_object();
    out += '\n';
    return;
  }
  json.member_or_null("upn", pupil.upn);
  json.member_or_null("name", pupil.name);
  if (!pupil.warnings.empty()) write_findings(json, "warnings", pupil.warnings);
  out += ",\"decisions\":[";
  for (std::size_t i = 0; i < pupil.written.size(); ++i) {
    const WrittenDecision& decision = pupil.written[i];
    if (i > 0) out += ',';
    if (decision.text) {
      out += "{\"rule\":";
      json::append_quoted(out, decision.text->rule);
      out += ",\"text\":";
      rendered.mentions.push_back({out.size(), decision.text});
    }
    out += decision.written;
  }
  out += "]}\n";
}

}  // namespace sendcheck
