#include "casework/decision_lines.hpp"

#include <algorithm>

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

void write_results(Writer& json, const Found& found, std::size_t block) {
  const std::span<const Truth> results = found.results_of(block);
  std::string letters(results.size(), ' ');
  std::transform(results.begin(), results.end(), letters.begin(), letter_of);
  json.string(letters);
}

void write_notes(Writer& json, const Found& found, std::size_t block) {
  json.begin_array();
  for (const Found::Note& note : found.notes_of(block)) {
    json.begin_array().number(note.line).string(found.of(note.have));
    if (note.gap.size > 0 || note.need.size > 0) {
      json.string(found.of(note.gap));
    }
    if (note.need.size > 0) json.string(found.of(note.need));
    json.end_array();
  }
  json.end_array();
}

// Results, notes and entries, as items of a list; what is empty at its end is left out.
void write_block(Writer& json, const Found& found, std::size_t index) {
  const Found::Block& block = found.blocks[index];
  write_results(json, found, index);
  const bool has_entries = block.end > index + 1;
  if (has_entries || block.notes_end > block.notes) {
    write_notes(json, found, index);
  }
  if (!has_entries) return;
  json.begin_array();
  for (std::size_t i = index + 1; i < block.end; i = found.blocks[i].end) {
    const Found::Block& entry = found.blocks[i];
    json.begin_array().number(entry.line).string(found.of(entry.label));
    json.string(found.of(entry.have));
    write_block(json, found, i);
    json.end_array();
  }
  json.end_array();
}

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

void write_reasons(Writer& json, const Found& found) {
  json.key("reasons");
  if (found.notes.empty() && found.blocks.size() == 1) {
    write_results(json, found, 0);
    return;
  }
  json.begin_array();
  write_block(json, found, 0);
  json.end_array();
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
  write_reasons(json, found.found);
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
