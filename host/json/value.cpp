#include "json/value.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "json/arena.hpp"
#include "json/fault.hpp"

namespace sendcheck::json {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The quick reader hands out a number as it stands and leaves its form to us.
bool is_number(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  const auto digits = [&] {
    const char* const first = at;
    while (at != end && is_digit(*at)) ++at;
    return at != first;
  };
  if (at != end && *at == '-') ++at;
  if (at != end && *at == '0') {
    ++at;
  } else if (!digits()) {
    return false;
  }
  if (at != end && *at == '.') {
    ++at;
    if (!digits()) return false;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    if (!digits()) return false;
  }
  return at == end;
}

// The first quotation mark or backslash at or after `at`. Eight bytes at a
// time; needs eight readable bytes beyond the mark, which the padding gives.
const char* quote_or_backslash(const char* at) {
  if constexpr (std::endian::native == std::endian::little) {
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t highs = 0x8080808080808080;
    for (;; at += 8) {
      std::uint64_t word;
      std::memcpy(&word, at, sizeof word);
      const std::uint64_t quote = word ^ (ones * '"');
      const std::uint64_t slash = word ^ (ones * '\\');
      const std::uint64_t hits =
          (((quote - ones) & ~quote) | ((slash - ones) & ~slash)) & highs;
      if (hits != 0) return at + std::countr_zero(hits) / 8;
    }
  } else {
    while (*at != '"' && *at != '\\') ++at;
    return at;
  }
}

// True when the same name stands twice. Names are few and differ early, so a
// small sieve of their lengths and ends settles most objects.
bool has_duplicate(const Member* first, std::size_t count,
                   std::vector<std::string_view>& sorted) {
  if (count > 64) {
    sorted.clear();
    for (std::size_t i = 0; i < count; ++i) sorted.push_back(first[i].key);
    std::sort(sorted.begin(), sorted.end());
    return std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
  }
  std::array<std::uint64_t, 4> sieve{};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string_view key = first[i].key;
    std::uint32_t mix = static_cast<std::uint32_t>(key.size());
    if (!key.empty()) {
      mix = mix * 31 + static_cast<unsigned char>(key.front());
      mix = mix * 31 + static_cast<unsigned char>(key[key.size() / 2]);
      mix = mix * 31 + static_cast<unsigned char>(key.back());
    }
    mix = (mix * 0x9E3779B1u) >> 24;
    const std::uint64_t bit = std::uint64_t{1} << (mix & 63);
    if ((sieve[mix >> 6] & bit) != 0) {
      for (std::size_t j = 0; j < i; ++j) {
        if (first[j].key == key) return true;
      }
    }
    sieve[mix >> 6] |= bit;
  }
  return false;
}

bool is_bracket(std::string_view token) {
  return !token.empty() && (token.front() == '{' || token.front() == '[');
}

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && (token.back() == ' ' || token.back() == '\n' ||
                            token.back() == '\r' || token.back() == '\t')) {
    token.remove_suffix(1);
  }
  return token;
}

}  // namespace

std::string_view in_words(Type type) {
  switch (type) {
    case Type::null:
      return "nothing (null)";
    case Type::boolean:
      return "true or false";
    case Type::number:
      return "a number";
    case Type::string:
      return "a text";
    case Type::array:
      return "a list";
    case Type::object:
      return "an object";
  }
  return "a value";
}

const Value* Value::find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

struct Document::Impl {
  ondemand::parser parser;
  std::vector<char> buffer;   // the text, with the padding that simdjson needs
  const char* end = nullptr;  // of the text
  Arena arena;
  // Stacks of what is being read; an array or object goes into the arena when
  // its closing bracket comes.
  std::vector<Value> items;
  std::vector<Member> members;
  std::vector<std::string_view> sorted;

  bool read_document(std::string_view text, Value& root);
  std::string_view token_of(ondemand::value& source) const;
  bool read_value(std::string_view token, ondemand::value& source, Value& out,
                  int depth);
  bool read_object(ondemand::value& source, Value& out, int depth);
  bool read_array(ondemand::value& source, Value& out, int depth);
  bool read_root_scalar(ondemand::document& document, std::string_view text,
                        Value& out);
  static bool read_bare_word(std::string_view token, Value& out);
};

bool Document::Impl::read_bare_word(std::string_view token, Value& out) {
  if (token == "true" || token == "false") {
    out.type = Type::boolean;
    out.truth = token.front() == 't';
    return true;
  }
  if (token == "null") {
    out.type = Type::null;
    return true;
  }
  out.type = Type::number;
  out.text = token;
  return is_number(token);
}

// A scalar with the white space after it, or a bracket; empty where a text cut
// short has nothing more.
std::string_view Document::Impl::token_of(ondemand::value& source) const {
  const std::string_view token = source.raw_json_token();
  const bool inside =
      token.data() < end &&
      token.size() <= static_cast<std::size_t>(end - token.data());
  return inside ? token : std::string_view();
}

bool Document::Impl::read_object(ondemand::value& source, Value& out,
                                 int depth) {
  if (depth == depth_limit) return false;
  ondemand::object object;
  if (source.get_object().get(object)) return false;
  const std::size_t base = members.size();
  for (auto next : object) {
    if (next.error()) return false;
    // Used and filled where they stand: to copy what was just written stalls.
    ondemand::field&& field = std::move(next).value_unsafe();
    const std::size_t at = members.size();
    members.emplace_back();
    std::string_view& key = members[at].key;
    const char* const raw = field.key().raw();
    const char* const stop = quote_or_backslash(raw);
    if (*stop == '"') {
      key = {raw, static_cast<std::size_t>(stop - raw)};
    } else if (field.unescaped_key().get(key)) {
      return false;
    }
    ondemand::value& value = field.value();
    const std::string_view token = token_of(value);
    if (is_bracket(token)) {
      Value nested;
      if (!read_value(token, value, nested, depth + 1)) return false;
      members[at].value = nested;
    } else if (!read_value(token, value, members[at].value, depth + 1)) {
      return false;
    }
  }
  const std::size_t count = members.size() - base;
  if (has_duplicate(members.data() + base, count, sorted)) return false;
  out.type = Type::object;
  out.members = arena.keep(members.data() + base, count);
  members.resize(base);
  return true;
}

bool Document::Impl::read_array(ondemand::value& source, Value& out,
                                int depth) {
  if (depth == depth_limit) return false;
  ondemand::array array;
  if (source.get_array().get(array)) return false;
  const std::size_t base = items.size();
  for (auto next : array) {
    if (next.error()) return false;
    ondemand::value&& value = std::move(next).value_unsafe();
    const std::size_t at = items.size();
    items.emplace_back();
    const std::string_view token = token_of(value);
    if (is_bracket(token)) {
      Value nested;
      if (!read_value(token, value, nested, depth + 1)) return false;
      items[at] = nested;
    } else if (!read_value(token, value, items[at], depth + 1)) {
      return false;
    }
  }
  out.type = Type::array;
  out.items = arena.keep(items.data() + base, items.size() - base);
  items.resize(base);
  return true;
}

bool Document::Impl::read_value(std::string_view token, ondemand::value& source,
                                Value& out, int depth) {
  if (token.empty()) return false;
  switch (token.front()) {
    case '{':
      return read_object(source, out, depth);
    case '[':
      return read_array(source, out, depth);
    case '"': {
      out.type = Type::string;
      const char* const first = token.data() + 1;
      const char* const stop = quote_or_backslash(first);
      if (*stop == '"') {
        out.text = {first, static_cast<std::size_t>(stop - first)};
        return true;
      }
      return !source.get_string().get(out.text);
    }
    default:
      return read_bare_word(trimmed(token), out);
  }
}

// A text, number or word alone; the quick reader gives no value for those.
bool Document::Impl::read_root_scalar(ondemand::document& document,
                                      std::string_view text, Value& out) {
  if (text.front() != '"') return read_bare_word(text, out);
  out.type = Type::string;
  if (document.get_string().get(out.text)) return false;
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

bool Document::Impl::read_document(std::string_view text, Value& root) {
  arena.reset();
  items.clear();
  members.clear();
  if (buffer.size() < text.size() + simdjson::SIMDJSON_PADDING) {
    buffer.resize(text.size() + simdjson::SIMDJSON_PADDING);
  }
  std::copy(text.begin(), text.end(), buffer.begin());
  end = buffer.data() + text.size();
  // Nothing of a longer text before this one is to be seen behind it.
  std::fill_n(buffer.data() + text.size(), simdjson::SIMDJSON_PADDING, ' ');

  ondemand::document document;
  if (parser.iterate(buffer.data(), text.size(), buffer.size()).get(document)) {
    return false;
  }
  std::string_view bare(buffer.data(), text.size());
  bare = trimmed(bare);
  bare.remove_prefix(std::min(bare.find_first_not_of(" \t\r\n"), bare.size()));
  if (bare.empty()) return false;
  if (bare.front() != '{' && bare.front() != '[') {
    return read_root_scalar(document, bare, root);
  }
  ondemand::value value;
  if (document.get_value().get(value)) return false;
  if (!read_value(token_of(value), value, root, 0)) return false;
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
}

Document::Document() : impl_(std::make_unique<Impl>()) {}
Document::~Document() = default;
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;

Result<void> Document::parse(std::string_view text, const std::string& file,
                             int line) {
  if (text.substr(0, 3) == byte_order_mark) text.remove_prefix(3);
  root_ = Value{};
  if (impl_->read_document(text, root_)) return {};
  root_ = Value{};
  return unexpected(explain_fault(text, file, line));
}

Place place_at(std::string_view text, std::size_t offset,
               const std::string& file, int first_line) {
  offset = std::min(offset, text.size());
  const std::string_view before = text.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t last = before.rfind('\n');
  const std::string_view in_line =
      last == std::string_view::npos ? before : before.substr(last + 1);
  const auto continuations = std::count_if(
      in_line.begin(), in_line.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
  Place place;
  place.file = file;
  place.line = first_line + static_cast<int>(lines);
  place.column =
      static_cast<int>(in_line.size()) - static_cast<int>(continuations) + 1;
  return place;
}

}  // namespace sendcheck::json
