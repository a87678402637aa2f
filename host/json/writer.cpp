#include "json/writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>

namespace sendcheck::json {
namespace {

// The letter of a short escape, 'u' for a long one, 0 where none is needed.
constexpr std::array<char, 256> escape_of = [] {
  std::array<char, 256> escapes{};
  for (std::size_t c = 0; c < 0x20; ++c) escapes[c] = 'u';
  escapes['\b'] = 'b';
  escapes['\f'] = 'f';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  escapes['"'] = '"';
  escapes['\\'] = '\\';
  return escapes;
}();

// Does any of eight bytes need an escape.
bool needs_escape(const char* bytes) {
  constexpr std::uint64_t ones = 0x0101010101010101u;
  constexpr std::uint64_t tops = 0x8080808080808080u;
  // The top bit of each byte that is zero (and perhaps of bytes above it).
  const auto zeros = [](std::uint64_t word) {
    return (word - ones) & ~word & tops;
  };
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, 8);
  // A byte is below 0x20 where its three upper bits are zero.
  return (zeros(word & (ones * 0xE0)) | zeros(word ^ (ones * '"')) |
          zeros(word ^ (ones * '\\'))) != 0;
}

// How many bytes at the start need no escape, as far as eight at a time tell. Nearly every text needs none at all.
std::size_t plain_start(std::string_view text) {
  if (text.size() < 8) return 0;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    if (needs_escape(text.data() + i)) return i;
  }
  // The rest, with some that were looked at.
  return needs_escape(text.data() + text.size() - 8) ? i : text.size();
}

}  // namespace

bool needs_no_escape(std::string_view text) {
  return std::all_of(
      text.begin() + static_cast<std::ptrdiff_t>(plain_start(text)), text.end(),
      [](char character) {
        return escape_of[static_cast<unsigned char>(character)] == 0;
      });
}

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out.push_back('"');
  std::size_t plain = 0;  // where the stretch without escapes began
  for (std::size_t i = plain_start(text); i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    const char escape = escape_of[byte];
    if (escape == 0) continue;
    out.append(text.substr(plain, i - plain));
    plain = i + 1;
    out.push_back('\\');
    out.push_back(escape);
    if (escape == 'u') {
      out.append("00");
      out.push_back(digits[byte >> 4]);
      out.push_back(digits[byte & 15]);
    }
  }
  out.append(text.substr(plain));
  out.push_back('"');
}

void Writer::new_line() {
  if (indent_ == 0) return;
  out_.push_back('\n');
  out_.append(filled_.size() * static_cast<std::size_t>(indent_), ' ');
}

void Writer::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (filled_.empty()) return;
  if (filled_.back() != 0) out_.push_back(',');
  filled_.back() = 1;
  new_line();
}

Writer& Writer::begin_object() {
  before_value();
  out_.push_back('{');
  filled_.push_back(0);
  return *this;
}

Writer& Writer::end_object() {
  const bool filled = filled_.back() != 0;
  filled_.pop_back();
  if (filled) new_line();
  out_.push_back('}');
  return *this;
}

Writer& Writer::begin_array() {
  before_value();
  out_.push_back('[');
  filled_.push_back(0);
  return *this;
}

Writer& Writer::end_array() {
  const bool filled = filled_.back() != 0;
  filled_.pop_back();
  if (filled) new_line();
  out_.push_back(']');
  return *this;
}

Writer& Writer::key(std::string_view name) {
  before_value();
  append_quoted(out_, name);
  out_.append(indent_ == 0 ? ":" : ": ");
  after_key_ = true;
  return *this;
}

Writer& Writer::string(std::string_view text) {
  before_value();
  append_quoted(out_, text);
  return *this;
}

Writer& Writer::number(std::int64_t number) {
  before_value();
  std::array<char, 24> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out_.append(digits.data(), end);
  return *this;
}

Writer& Writer::number_text(std::string_view text) { return raw(text); }

Writer& Writer::boolean(bool truth) { return raw(truth ? "true" : "false"); }

Writer& Writer::null() { return raw("null"); }

Writer& Writer::raw(std::string_view json) {
  before_value();
  out_.append(json);
  return *this;
}

Writer& Writer::value(const Value& value) {
  switch (value.type) {
    case Type::null:
      return null();
    case Type::boolean:
      return boolean(value.truth);
    case Type::number:
      return number_text(value.text);
    case Type::string:
      return string(value.text);
    case Type::array:
      begin_array();
      for (const Value& item : value.items) this->value(item);
      return end_array();
    case Type::object:
      begin_object();
      for (const Member& member : value.members) {
        key(member.key).value(member.value);
      }
      return end_object();
  }
  return *this;
}

}  // namespace sendcheck::json
