// Values to JSON text, written as they come: no tree is built. Texts must be UTF-8. The same calls give the same bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "json/value.hpp"

namespace sendcheck::json {

class Writer {
 public:
  // indent 0: one line, no spare white space. Otherwise spaces a level.
  explicit Writer(std::string& out, int indent = 0)
      : out_(out), indent_(indent) {}

  Writer& begin_object();
  Writer& end_object();
  Writer& begin_array();
  Writer& end_array();
  Writer& key(std::string_view name);
  Writer& string(std::string_view text);
  Writer& number(std::int64_t number);
  // An exact decimal as text, e.g. "9.96": written as it is.
  Writer& number_text(std::string_view text);
  Writer& boolean(bool truth);
  Writer& null();
  // A value that is JSON already.
  Writer& raw(std::string_view json);
  // A value that was read, as it was written: members in their order, numbers digit for digit.
  Writer& value(const Value& value);

  // key + value
  Writer& member(std::string_view name, std::string_view text) {
    return key(name).string(text);
  }
  // string, or null when the text is empty
  Writer& member_or_null(std::string_view name, std::string_view text) {
    key(name);
    return text.empty() ? null() : string(text);
  }

 private:
  void before_value();
  void new_line();

  std::string& out_;
  int indent_;
  std::string filled_;  // for each open bracket, 1: it has a value already
  bool after_key_ = false;
};

// True of nearly every text: between quotation marks, it is written as it is.
bool needs_no_escape(std::string_view text);
// With quotation marks.
void append_quoted(std::string& out, std::string_view text);

}  // namespace sendcheck::json
