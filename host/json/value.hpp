// JSON text to values. Numbers keep their text, so that decimals stay exact.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace sendcheck::json {

enum class Type : std::uint8_t { null, boolean, number, string, array, object };
std::string_view in_words(Type type);  // "a list", "a text"

struct Member;

// Views into the Document that it belongs to.
struct Value {
  Type type = Type::null;
  bool truth = false;               // boolean
  std::string_view text;            // number: as written; string: decoded
  std::span<const Value> items;     // array
  std::span<const Member> members;  // object, in the order written

  bool is(Type t) const { return type == t; }
  // The member of an object; null when there is none, or this is no object.
  const Value* find(std::string_view key) const;
};
struct Member {
  std::string_view key;
  Value value;
};

// Owns the values of one text. Reused for line after line, it stops allocating.
class Document {
 public:
  Document();
  ~Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;

  const Value& root() const { return root_; }

  // Reads one JSON text. First with the quick reader; where that finds fault, again with the careful one, which says what and where.
  // Errors: json.syntax (file, line, column, what was expected), json.encoding (not UTF-8), json.duplicate_key, json.depth (over 64).
  // `line` is the line on which the text starts in its file. A byte-order mark at the start is skipped.
  Result<void> parse(std::string_view text, const std::string& file,
                     int line = 1);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
  Value root_;
};

// Line and column (from 1) of a byte of a text.
Place place_at(std::string_view text, std::size_t offset,
               const std::string& file, int first_line = 1);

}  // namespace sendcheck::json
