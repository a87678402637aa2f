#include "json/fault.hpp"

#include <cstddef>
#include <exception>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <unordered_set>
#include <vector>

#include "base/text.hpp"
#include "json/value.hpp"

namespace sendcheck::json {
namespace {

struct Fault {
  std::string id;
  std::size_t offset = 0;
  std::string message;
};

std::string hexadecimal(unsigned char byte) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  return std::string("0x") + digits[byte >> 4] + digits[byte & 15];
}

Fault encoding_fault(std::string_view text, std::size_t offset) {
  const auto byte = static_cast<unsigned char>(text[offset]);
  const bool utf16 = offset == 0 && (byte == 0xFF || byte == 0xFE);
  return {"json.encoding", offset,
          utf16 ? "The text is UTF-16, expected UTF-8. Save it as UTF-8."
                : "The byte " + hexadecimal(byte) +
                      " is not UTF-8. Save the text as UTF-8."};
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_bracket_or_separator(char c) {
  return std::string_view(",:[]{}").find(c) != std::string_view::npos;
}

constexpr std::string_view any_value =
    "a text in quotation marks, a number, true, false, null, a list or an "
    "object";

// What stands at an offset, long enough to be recognised.
std::string word_at(std::string_view text, std::size_t offset) {
  std::size_t end = offset + 1;
  if (text[offset] == '"') {
    while (end < text.size() && text[end] != '"' && text[end] != '\n') ++end;
    if (end < text.size() && text[end] == '"') ++end;
  } else if (!is_bracket_or_separator(text[offset])) {
    while (end < text.size() && !is_space(text[end]) && text[end] != '"' &&
           !is_bracket_or_separator(text[end])) {
      ++end;
    }
  }
  return sendcheck::quoted(text.substr(offset, end - offset), 30);
}

// Walks over a text and tells how far it has come, which the SAX interface does
// not.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, const char** reached)
      : at_(at), reached_(reached) {}

  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    *reached_ = at_;
    return *this;
  }
  CountingIterator operator++(int) {
    CountingIterator before = *this;
    ++*this;
    return before;
  }
  bool operator==(const CountingIterator& other) const {
    return at_ == other.at_;
  }
  bool operator!=(const CountingIterator& other) const {
    return at_ != other.at_;
  }

 private:
  const char* at_;
  const char** reached_;
};

// Listens to the careful reader, keeps the open brackets, and stops at the
// first fault.
class FaultFinder {
 public:
  FaultFinder(std::string_view text, const char* const& reached)
      : text_(text), reached_(reached) {}

  const std::optional<Fault>& fault() const { return fault_; }

  bool null() { return value(); }
  bool boolean(bool) { return value(); }
  bool number_integer(nlohmann::json::number_integer_t) { return value(); }
  bool number_unsigned(nlohmann::json::number_unsigned_t) { return value(); }
  bool number_float(nlohmann::json::number_float_t, const std::string&) {
    return value();
  }
  bool string(std::string&) { return value(); }
  bool binary(nlohmann::json::binary_t&) { return value(); }

  bool start_object(std::size_t) { return open(true); }
  bool start_array(std::size_t) { return open(false); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool key(const std::string& name) {
    after_key_ = true;
    if (open_.back().names.insert(name).second) return true;
    fault_ = {"json.duplicate_key", start_of_text_before(consumed()),
              "The name \"" + sendcheck::quoted(name) +
                  "\" stands twice in one object. Give it once."};
    return false;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::json::exception& cause) {
    fault_ = syntax_fault(position, cause.what());
    return false;
  }

 private:
  struct Bracket {
    bool is_object = false;
    std::unordered_set<std::string> names;
  };

  std::size_t consumed() const {
    return static_cast<std::size_t>(reached_ - text_.data());
  }

  bool value() {
    after_key_ = false;
    return true;
  }

  bool open(bool is_object) {
    after_key_ = false;
    if (open_.size() == static_cast<std::size_t>(depth_limit)) {
      fault_ = {"json.depth", consumed() - 1,
                "Lists and objects are nested more than " +
                    std::to_string(depth_limit) + " deep. Write them flatter."};
      return false;
    }
    open_.push_back({is_object, {}});
    return true;
  }

  bool close() {
    open_.pop_back();
    return value();
  }

  // Where the text that ends just before `end` begins: no quotation mark inside
  // it is bare.
  std::size_t start_of_text_before(std::size_t end) const {
    std::size_t at = end - 1;
    while (at > 0) {
      --at;
      if (text_[at] != '"') continue;
      std::size_t backslashes = 0;
      while (backslashes < at && text_[at - 1 - backslashes] == '\\') {
        ++backslashes;
      }
      if (backslashes % 2 == 0) return at;
    }
    return 0;
  }

  // The last character before `offset` that is no white space; 0 for none.
  char significant_before(std::size_t offset) const {
    while (offset > 0) {
      --offset;
      if (!is_space(text_[offset])) return text_[offset];
    }
    return 0;
  }

  std::string expected_at(std::size_t offset) const {
    const std::string value_words(any_value);
    const char before = significant_before(offset);
    const bool in_object = !open_.empty() && open_.back().is_object;
    if (open_.empty()) return before == 0 ? value_words : "the end of the text";
    if (in_object && after_key_) {
      return before == ':' ? value_words : "a colon after the name";
    }
    if (in_object) {
      if (before == '{') return "a name in quotation marks, or }";
      if (before == ',') return "a name in quotation marks after the comma";
      return "a comma, or }";
    }
    if (before == '[') return value_words + ", or ]";
    if (before == ',') return value_words + " after the comma";
    return "a comma, or ]";
  }

  // What is wrong inside a text. The library alone knows where in an escape it
  // stopped, so its wording tells which fault it is.
  Fault text_fault(std::size_t offset, std::string_view cause) const {
    if (offset >= text_.size()) {
      return {"json.syntax", text_.size(),
              "The file ends inside a text, expected its closing quotation "
              "mark. Is the file cut short?"};
    }
    const char c = text_[offset];
    if (c == '\n' || c == '\r') {
      return {"json.syntax", offset,
              "The line ends inside a text, expected its closing quotation "
              "mark; a line end within a text is written \\n."};
    }
    if (static_cast<unsigned char>(c) < 0x20) {
      return {"json.syntax", offset,
              "The control character " +
                  hexadecimal(static_cast<unsigned char>(c)) +
                  " stands in a text. Take it out, or write it as \\u00" +
                  hexadecimal(static_cast<unsigned char>(c)).substr(2) + "."};
    }
    if (cause.find("surrogate") != std::string_view::npos) {
      return {"json.syntax", offset,
              "Half of a character written in two \\u parts stands alone, "
              "expected both halves."};
    }
    return {"json.syntax", offset,
            "Found \"" + word_at(text_, offset) +
                "\" after a backslash, expected one of \" \\ / b f n r t, or "
                "u and four hexadecimal digits."};
  }

  // Where the token begins that the library stopped in (`inside`) or has just
  // read to its end.
  std::size_t start_of_token(std::size_t end, bool inside) const {
    if (end == 0 || end > text_.size() + 1) return 0;
    std::size_t at = end - 1;
    if (!inside) {
      if (at >= text_.size()) return text_.size();
      if (text_[at] == '"') return start_of_text_before(end);
      if (is_bracket_or_separator(text_[at])) return at;
    }
    while (at > 0 && !is_space(text_[at - 1]) && text_[at - 1] != '"' &&
           !is_bracket_or_separator(text_[at - 1])) {
      --at;
    }
    return at;
  }

  // Needs the number of characters that were read.
  Fault syntax_fault(std::size_t position, std::string_view cause) const {
    const auto caused_by = [&](std::string_view words) {
      return cause.find(words) != std::string_view::npos;
    };
    if (caused_by("invalid string")) return text_fault(position - 1, cause);
    const bool inside =
        caused_by("invalid literal") || caused_by("invalid number");
    const std::size_t offset = start_of_token(position, inside);
    if (offset >= text_.size()) {
      const bool blank =
          text_.find_first_not_of(" \t\r\n") == std::string_view::npos;
      return {"json.syntax", text_.size(),
              blank
                  ? "The text is empty, expected " + expected_at(0) + "."
                  : "The text ends too soon, expected " +
                        expected_at(text_.size()) + ". Is the file cut short?"};
    }
    const std::string found = word_at(text_, offset);
    if (caused_by("number overflow")) {
      return {"json.syntax", offset,
              "The number " + found + " is too large to be read."};
    }
    const std::string expected = expected_at(offset);
    const bool like_number =
        std::string_view("+-.0123456789").find(text_[offset]) !=
        std::string_view::npos;
    if (caused_by("invalid number") ||
        (like_number && expected.starts_with(any_value))) {
      return {"json.syntax", offset,
              "\"" + found +
                  "\" is not a number as JSON writes it, such as 12, -3 or "
                  "9.96."};
    }
    return {"json.syntax", offset,
            "Found \"" + found + "\", expected " + expected + "."};
  }

  std::string_view text_;
  const char* const& reached_;
  std::vector<Bracket> open_;
  bool after_key_ = false;
  std::optional<Fault> fault_;
};

std::optional<Fault> first_fault(std::string_view text) {
  const char* reached = text.data();
  FaultFinder finder(text, reached);
  nlohmann::json::sax_parse(
      CountingIterator(text.data(), &reached),
      CountingIterator(text.data() + text.size(), &reached), &finder);
  return finder.fault();
}

Fault find_fault(std::string_view text) {
  if (const auto valid = valid_utf8_length(text); valid < text.size()) {
    return encoding_fault(text, valid);
  }
  // The careful reader takes a null byte for the end of the text.
  const std::size_t null_byte = text.find('\0');
  std::optional<Fault> fault = first_fault(text.substr(0, null_byte));
  if (null_byte != std::string_view::npos &&
      (!fault || fault->offset >= null_byte)) {
    return {"json.syntax", null_byte,
            "A null byte stands here, expected text. Is this a damaged file, "
            "or one of another kind?"};
  }
  if (fault) return *fault;
  return {"json.syntax", 0, "This cannot be read as JSON."};
}

}  // namespace

Error explain_fault(std::string_view text, const std::string& file,
                    int first_line) {
  Fault fault;
  try {
    fault = find_fault(text);
  } catch (const std::exception&) {
    fault = {"json.syntax", 0, "This cannot be read as JSON."};
  }
  return {fault.id, fault.message,
          place_at(text, fault.offset, file, first_line)};
}

}  // namespace sendcheck::json
