#include "rulesets/object_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace sendcheck {

std::string pointer_to(std::string_view pointer, std::string_view key) {
  std::string result(pointer);
  result += '/';
  for (const char c : key) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

std::string describe(const json::Value& value) {
  switch (value.type) {
    case json::Type::null:
      return "null";
    case json::Type::boolean:
      return value.truth ? "true" : "false";
    case json::Type::number:
      return "the number " + quoted(value.text);
    case json::Type::string:
      return "the text \"" + quoted(value.text) + "\"";
    case json::Type::array:
    case json::Type::object:
      break;
  }
  return std::string(json::in_words(value.type));
}

std::string suggestion(std::string_view word,
                       const std::vector<std::string>& candidates) {
  const std::string near = nearest(word, candidates);
  return near.empty() ? "" : " Did you mean \"" + near + "\"?";
}

ObjectReader::ObjectReader(const json::Value& value, Place place,
                           std::string id, std::vector<Error>& errors,
                           std::vector<std::string> keys)
    : value_(value),
      place_(std::move(place)),
      id_(std::move(id)),
      errors_(errors) {
  if (!is_object()) {
    errors_.push_back({id_,
                       "Found " + describe(value) +
                           ", expected an object with the keys " +
                           join_in_words(keys) + ".",
                       place_});
    return;
  }
  for (const json::Member& member : value.members) {
    if (std::ranges::find(keys, member.key) != keys.end()) continue;
    std::string near = suggestion(member.key, keys);
    if (near.empty()) near = " The keys are " + join_in_words(keys) + ".";
    note(member.key, "\"" + quoted(member.key) +
                         "\" is not a key that is known here." + near);
  }
}

const json::Value* ObjectReader::need(std::string_view key) {
  const json::Value* found = find(key);
  if (found == nullptr && is_object()) {
    errors_.push_back(
        {id_, "\"" + std::string(key) + "\" is missing. Add it.", place_});
  }
  return found;
}

std::string ObjectReader::text(std::string_view key) {
  const json::Value* found = need(key);
  return found == nullptr ? "" : text_of(key, *found);
}

std::string ObjectReader::optional_text(std::string_view key) {
  const json::Value* found = find(key);
  return found == nullptr ? "" : text_of(key, *found);
}

std::string ObjectReader::text_of(std::string_view key,
                                  const json::Value& value) {
  if (value.is(json::Type::string) && !trim(value.text).empty()) {
    return std::string(value.text);
  }
  note(key, "\"" + std::string(key) + "\" is " + describe(value) +
                ", expected a text that is not empty.");
  return "";
}

bool ObjectReader::flag(std::string_view key) {
  const json::Value* found = find(key);
  if (found == nullptr) return false;
  if (!found->is(json::Type::boolean)) {
    note(key, "\"" + std::string(key) + "\" is " + describe(*found) +
                  ", expected true or false.");
    return false;
  }
  return found->truth;
}

std::vector<std::string> ObjectReader::texts(std::string_view key) {
  std::vector<std::string> result;
  const json::Value* found = find(key);
  if (found == nullptr) return result;
  const bool all_texts =
      found->is(json::Type::array) &&
      std::ranges::all_of(found->items, [](const json::Value& item) {
        return item.is(json::Type::string) && !trim(item.text).empty();
      });
  if (!all_texts) {
    note(key, "\"" + std::string(key) + "\" is " + describe(*found) +
                  ", expected a list of texts, none of them empty.");
    return result;
  }
  for (const json::Value& item : found->items) result.emplace_back(item.text);
  return result;
}

Place ObjectReader::place(std::string_view key) const {
  Place result = place_;
  result.pointer = pointer_to(place_.pointer, key);
  return result;
}

void ObjectReader::note(std::string_view key, std::string message) {
  note(key, id_, std::move(message));
}

void ObjectReader::note(std::string_view key, std::string_view id,
                        std::string message) {
  errors_.push_back({std::string(id), std::move(message), place(key)});
}

}  // namespace sendcheck
