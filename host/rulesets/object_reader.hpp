// Reads one JSON object whose keys are all known, and notes everything that is
// wrong with it, so that an officer sees every slip at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "json/value.hpp"

namespace sendcheck {

// The JSON pointer of a member or, given its index as text, of an item.
std::string pointer_to(std::string_view pointer, std::string_view key);

// What was found, for a message: `the text "abc"`, `the number 12`, `a list`.
std::string describe(const json::Value& value);

// ` Did you mean "x"?`, or nothing when no candidate is near.
std::string suggestion(std::string_view word,
                       const std::vector<std::string>& candidates);

class ObjectReader {
 public:
  // Notes a value that is no object, and every key that is not among `keys`,
  // with the nearest that is. `value` and `errors` must outlive the reader.
  // `id` is the id of what it notes.
  ObjectReader(const json::Value& value, Place place, std::string id,
               std::vector<Error>& errors, std::vector<std::string> keys);

  bool is_object() const { return value_.is(json::Type::object); }
  bool has(std::string_view key) const { return find(key) != nullptr; }
  // Null when it is not there.
  const json::Value* find(std::string_view key) const {
    return value_.find(key);
  }
  // Null, and noted, when it is not there.
  const json::Value* need(std::string_view key);
  // A text that is not blank. Empty, and noted, when there is none.
  std::string text(std::string_view key);
  // The same, but it may be left out.
  std::string optional_text(std::string_view key);
  // True or false; false when left out.
  bool flag(std::string_view key);
  // A list of texts; empty when left out.
  std::vector<std::string> texts(std::string_view key);

  Place place(std::string_view key) const;
  void note(std::string_view key, std::string message);
  void note(std::string_view key, std::string_view id, std::string message);

 private:
  std::string text_of(std::string_view key, const json::Value& value);

  const json::Value& value_;
  Place place_;
  std::string id_;
  std::vector<Error>& errors_;
};

}  // namespace sendcheck
