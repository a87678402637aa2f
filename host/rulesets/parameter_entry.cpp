#include "rulesets/parameter_entry.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/files.hpp"
#include "base/text.hpp"
#include "rulesets/decision_tables.hpp"
#include "rulesets/parameter_values.hpp"
#include "rulesets/tables.hpp"

namespace sendcheck {
namespace {

bool is_tabular(ParameterType type) {
  return type == ParameterType::table || type == ParameterType::calendar ||
         type == ParameterType::decision_table;
}

// "decision table"
std::string in_words(ParameterType type) {
  std::string words(name_of(type));
  std::ranges::replace(words, '_', ' ');
  return words;
}

// A reading is shown beside the value and never used, so it is kept as text.
std::string reading_as_text(const json::Value& value) {
  switch (value.type) {
    case json::Type::boolean:
      return value.truth ? "true" : "false";
    case json::Type::number:
    case json::Type::string:
      return std::string(value.text);
    case json::Type::array: {
      std::vector<std::string> items;
      for (const json::Value& item : value.items) {
        items.push_back(reading_as_text(item));
      }
      return join(items, ", ");
    }
    default:
      return "";
  }
}

class ParameterReader {
 public:
  ParameterReader(const json::Value& value, const ParameterSpec& spec,
                  const std::string& pointer, EntryContext& context,
                  RuleEntry& entry)
      : spec_(spec),
        pointer_(pointer),
        context_(context),
        entry_(entry),
        object_(value, Place{context.file, 0, 0, pointer}, "editions.format",
                context.errors,
                {"value", "table", "calendar", "decision_table", "source",
                 "status", "reason", "note", "readings", "may_override",
                 "floor", "ceiling"}) {}

  void read() {
    if (!object_.is_object()) return;
    const bool may_override = object_.flag("may_override");
    if (may_override) entry_.may_override.insert(spec_.name);
    read_bounds(may_override);

    const bool has_value = object_.has("value") || object_.has("table") ||
                           object_.has("calendar") ||
                           object_.has("decision_table");
    // Without a value, the entry only opens the parameter to the layer below.
    if (!has_value && may_override) return;

    const std::size_t errors_before = context_.errors.size();
    EffectiveParameter parameter;
    parameter.origin = origin();
    read_value(parameter);
    read_certainty(parameter);
    read_readings(parameter);
    parameter.note = object_.optional_text("note");
    if (context_.errors.size() == errors_before) {
      entry_.parameters.emplace(spec_.name, std::move(parameter));
    }
  }

 private:
  // The source that a "key#clause" names.
  auto source_named(const std::string& source) const {
    return context_.sources.find(
        source.substr(0, std::min(source.find('#'), source.size())));
  }

  Origin origin() {
    Origin origin;
    origin.edition = context_.edition;
    origin.file = context_.file;
    origin.entry = pointer_;
    origin.source = read_source(object_, context_);
    if (const auto source = source_named(origin.source);
        source != context_.sources.end()) {
      origin.source_title = source->second.title;
      origin.source_url = source->second.url;
    }
    origin.approved_by = context_.approved_by;
    origin.approved_on = context_.approved_on;
    return origin;
  }

  // The key under which a value of this type stands.
  std::string key() const {
    return is_tabular(spec_.type) ? std::string(name_of(spec_.type)) : "value";
  }

  void read_value(EffectiveParameter& parameter) {
    const std::string wanted = key();
    for (const char* other : {"value", "table", "calendar", "decision_table"}) {
      if (other == wanted || !object_.has(other)) continue;
      object_.note(other, "editions.wrong_type",
                   "\"" + spec_.name + "\" is given as \"" + other +
                       "\". Its rule declares it as a " + in_words(spec_.type) +
                       ": write \"" + wanted + "\".");
      return;
    }
    const json::Value* value = object_.need(wanted);
    if (value == nullptr) return;
    if (is_tabular(spec_.type)) {
      read_table_file(*value, parameter);
    } else if (spec_.is_list) {
      read_list(*value, parameter.value);
    } else if (const auto scalar = typed(*value, object_.place(wanted))) {
      parameter.value.scalar = *scalar;
    }
  }

  std::optional<Value> typed(const json::Value& value, Place place) {
    Result<Value> scalar = read_scalar(value, spec_, context_.texts);
    if (scalar) return *scalar;
    Error error = scalar.error();
    error.message = "The parameter \"" + spec_.name + "\": " +
                    static_cast<char>(error.message.front() + ('a' - 'A')) +
                    error.message.substr(1);
    error.place = std::move(place);
    context_.errors.push_back(std::move(error));
    return std::nullopt;
  }

  void read_list(const json::Value& value, ParameterValue& result) {
    result.is_list = true;
    if (!value.is(json::Type::array)) {
      object_.note("value", "editions.wrong_type",
                   "The parameter \"" + spec_.name + "\": found " +
                       describe(value) +
                       ", expected a list in square brackets.");
      return;
    }
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      Place place = object_.place("value");
      place.pointer = pointer_to(place.pointer, std::to_string(i));
      if (const auto item = typed(value.items[i], std::move(place))) {
        result.list.push_back(*item);
      }
    }
  }

  void read_table_file(const json::Value& value,
                       EffectiveParameter& parameter) {
    if (!value.is(json::Type::string) || !is_table_name(value.text)) {
      object_.note(key(), "editions.table",
                   "The parameter \"" + spec_.name + "\": found " +
                       describe(value) +
                       ", expected the name of a CSV file in the edition's "
                       "folder, such as \"tables/bands.csv\".");
      return;
    }
    const std::string name(value.text);
    parameter.origin.file = join_path(context_.folder, name);
    const auto& bytes = context_.tables.at(name);
    if (!bytes) {
      Error error = bytes.error();
      if (error.place.pointer.empty()) {
        error.place.pointer = object_.place(key()).pointer;
      }
      context_.errors.push_back(std::move(error));
      return;
    }
    if (spec_.decision) {
      read_decision_table(*bytes, parameter.origin.file, spec_, context_.texts,
                          parameter.value, context_.errors);
      return;
    }
    parameter.value.table = read_table(*bytes, parameter.origin.file, spec_,
                                       context_.texts, context_.errors);
  }

  void read_certainty(EffectiveParameter& parameter) {
    const json::Value* status = object_.find("status");
    const bool is_text = status != nullptr && status->is(json::Type::string);
    parameter.unconfirmed = is_text && status->text == "unconfirmed";
    if (!parameter.unconfirmed && !(is_text && status->text == "confirmed")) {
      object_.note("status", "editions.status",
                   "The status of \"" + spec_.name + "\" is " +
                       (status == nullptr ? "missing" : describe(*status)) +
                       ". Write \"confirmed\", or \"unconfirmed\" with a "
                       "\"reason\".");
      return;
    }
    parameter.unconfirmed_because = object_.optional_text("reason");
    if (parameter.unconfirmed && !object_.has("reason")) {
      object_.note("reason", "editions.status",
                   "\"" + spec_.name +
                       "\" is unconfirmed without a reason. Say in "
                       "\"reason\" what is not certain.");
    } else if (!parameter.unconfirmed && object_.has("reason")) {
      object_.note("reason", "editions.status",
                   "\"" + spec_.name +
                       "\" is confirmed, and yet has a reason for doubt. "
                       "Take the reason out, or write it as a \"note\".");
    }
  }

  void read_readings(EffectiveParameter& parameter) {
    const json::Value* readings = object_.find("readings");
    if (readings == nullptr) return;
    if (!readings->is(json::Type::array)) {
      object_.note("readings", "\"readings\" is " + describe(*readings) +
                                   ", expected a list of objects.");
      return;
    }
    for (std::size_t i = 0; i < readings->items.size(); ++i) {
      Place place = object_.place("readings");
      place.pointer = pointer_to(place.pointer, std::to_string(i));
      ObjectReader reading(readings->items[i], place, "editions.format",
                           context_.errors, {"value", "source"});
      if (!reading.is_object()) continue;
      const json::Value* value = reading.need("value");
      std::string text = value == nullptr ? "" : reading_as_text(*value);
      if (value != nullptr && text.empty()) {
        reading.note("value", "The reading is " + describe(*value) +
                                  ", expected a value or a list of values.");
      }
      EffectiveParameter::Reading& kept = parameter.readings.emplace_back();
      kept.value = std::move(text);
      kept.source = read_source(reading, context_);
      if (const auto source = source_named(kept.source);
          source != context_.sources.end()) {
        kept.source_title = source->second.title;
        kept.source_url = source->second.url;
      }
    }
  }

  void read_bounds(bool may_override) {
    RuleEntry::Bounds bounds;
    bounds.type = spec_.type;
    bounds.floor = bound("floor", may_override);
    bounds.ceiling = bound("ceiling", may_override);
    if (!bounds.floor && !bounds.ceiling) return;
    if (bounds.floor && bounds.ceiling && *bounds.floor > *bounds.ceiling) {
      object_.note("floor", "editions.range",
                   "\"" + spec_.name +
                       "\" has a floor above its ceiling, so that no value "
                       "would do. Exchange or correct them.");
    }
    entry_.bounds.emplace(spec_.name, bounds);
  }

  std::optional<Number> bound(const char* name, bool may_override) {
    const json::Value* value = object_.find(name);
    if (value == nullptr) return std::nullopt;
    if (!may_override) {
      object_.note(name, "\"" + spec_.name + "\" has a " + name +
                             " and is not open to a lower layer. Add "
                             "\"may_override\": true, or take it out.");
      return std::nullopt;
    }
    if (!has_bounds(spec_.type)) {
      object_.note(name, "editions.wrong_type",
                   "\"" + spec_.name + "\" has a " + name + ", but a " +
                       std::string(name_of(spec_.type)) +
                       " has no order. Take it out.");
      return std::nullopt;
    }
    const auto scalar = typed(*value, object_.place(name));
    return scalar ? as_number(*scalar) : std::nullopt;
  }

  const ParameterSpec& spec_;
  const std::string& pointer_;
  EntryContext& context_;
  RuleEntry& entry_;
  ObjectReader object_;
};

}  // namespace

bool is_table_name(std::string_view name) {
  if (extension(name) != ".csv") return false;
  if (name.find_first_of("\\:") != std::string_view::npos) return false;
  // An absolute path begins with an empty part.
  return std::ranges::none_of(split(name, '/'), [](std::string_view part) {
    return part.empty() || part == "." || part == "..";
  });
}

std::string read_source(ObjectReader& object, EntryContext& context) {
  std::vector<std::string> keys;
  for (const auto& [key, source] : context.sources) keys.push_back(key);
  const std::string known =
      keys.empty() ? " It has none yet."
                   : " Its sources are " + join_in_words(keys) + ".";

  const json::Value* value = object.find("source");
  if (value == nullptr || !value->is(json::Type::string)) {
    object.note("source", "editions.source",
                "The source is " +
                    (value == nullptr ? "missing" : describe(*value)) +
                    ". Write a key of the edition's \"sources\", and the "
                    "clause after #." +
                    known);
    return "";
  }
  const std::string source(value->text);
  const std::string key =
      source.substr(0, std::min(source.find('#'), source.size()));
  if (!context.sources.contains(key)) {
    const std::string near = suggestion(key, keys);
    object.note("source", "editions.source",
                "\"" + quoted(key) +
                    "\" is not a key of the edition's \"sources\"." +
                    (near.empty() ? known : near));
  }
  return source;
}

void read_parameter(const json::Value& value, const ParameterSpec& spec,
                    const std::string& pointer, EntryContext& context,
                    RuleEntry& entry) {
  ParameterReader(value, spec, pointer, context, entry).read();
}

}  // namespace sendcheck
