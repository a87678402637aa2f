// string
#include <string.h>

#include <algorithm>
#include <array>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <limits>
#include <string>

#include "script/libraries.hpp"
#include "script/machine.hpp"
#include "script/text_range.hpp"

namespace sendcheck::script {
namespace {

int bytes_of(lua_State* lua) {
  Arguments arguments(lua, "string.byte");
  const std::string_view text = arguments.text(1);
  const lua_Integer from = arguments.integer(2, 1);
  const Range range = range_in(text.size(), from, arguments.integer(3, from));
  if (range.size() > static_cast<std::size_t>(most_results)) {
    arguments.fail("gives at most " + std::to_string(most_results) +
                   " bytes at once");
  }
  need_stack(lua, static_cast<int>(range.size()));
  for (std::size_t i = 0; i < range.size(); ++i) {
    lua_pushinteger(lua, static_cast<unsigned char>(text[range.first - 1 + i]));
  }
  return static_cast<int>(range.size());
}

int text_of_bytes(lua_State* lua) {
  Arguments arguments(lua, "string.char");
  std::string text;
  for (int i = 1; i <= arguments.count(); ++i) {
    const lua_Integer byte = arguments.integer(i);
    if (byte < 0 || byte > 255) arguments.refuse(i, "a byte (0 to 255)");
    text += static_cast<char>(byte);
  }
  charge_bytes(lua, text.size());
  return give(lua, text);
}

int length(lua_State* lua) {
  lua_pushinteger(lua, static_cast<lua_Integer>(
                           Arguments(lua, "string.len").text(1).size()));
  return 1;
}

// Letters of ASCII only: the same in every locale.
char lower_letter(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a')
                                        : letter;
}

char upper_letter(char letter) {
  return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A')
                                        : letter;
}

int lower(lua_State* lua) {
  std::string text(Arguments(lua, "string.lower").text(1));
  charge_bytes(lua, text.size());
  std::transform(text.begin(), text.end(), text.begin(), lower_letter);
  return give(lua, text);
}

int upper(lua_State* lua) {
  std::string text(Arguments(lua, "string.upper").text(1));
  charge_bytes(lua, text.size());
  std::transform(text.begin(), text.end(), text.begin(), upper_letter);
  return give(lua, text);
}

int reverse(lua_State* lua) {
  std::string text(Arguments(lua, "string.reverse").text(1));
  charge_bytes(lua, text.size());
  std::reverse(text.begin(), text.end());
  return give(lua, text);
}

[[noreturn]] void refuse_long_text(lua_State* lua, std::string_view function) {
  raise(lua,
        std::string(function) + ": the text would be longer than " +
            std::to_string(Machine::of(lua).budget.limits().text_bytes) +
            " bytes",
        Cause::memory);
}

int repeat(lua_State* lua) {
  Arguments arguments(lua, "string.rep");
  const std::string_view text = arguments.text(1);
  const lua_Integer times = arguments.integer(2);
  const std::string_view between =
      arguments.given(3) ? arguments.text(3) : std::string_view();
  const std::size_t step = text.size() + between.size();
  if (times <= 0 || step == 0) return give(lua, "");
  const std::size_t limit = Machine::of(lua).budget.limits().text_bytes;
  // Two steps of room, because the last one has nothing after it.
  if (static_cast<lua_Unsigned>(times) > limit / step + 2) {
    refuse_long_text(lua, "string.rep");
  }
  const std::size_t size =
      static_cast<std::size_t>(times) * step - between.size();
  if (size > limit) refuse_long_text(lua, "string.rep");
  charge_bytes(lua, size);
  std::string repeated;
  repeated.reserve(size);
  for (lua_Integer i = 0; i < times; ++i) {
    if (i > 0) repeated += between;
    repeated += text;
  }
  return give(lua, repeated);
}

int part(lua_State* lua) {
  Arguments arguments(lua, "string.sub");
  const std::string_view text = arguments.text(1);
  const Range range =
      range_in(text.size(), arguments.integer(2), arguments.integer(3, -1));
  charge_bytes(lua, range.size());
  if (range.empty()) return give(lua, "");
  lua_pushlstring(lua, text.data() + range.first - 1, range.size());
  return 1;
}

int find(lua_State* lua) {
  Arguments arguments(lua, "string.find");
  const std::string_view text = arguments.text(1);
  const std::string_view wanted = arguments.text(2);
  const lua_Integer from = arguments.integer(3, 1);
  if (arguments.given(4) && !lua_toboolean(lua, 4)) {
    arguments.fail(
        "looks for plain text only, there are no patterns: leave "
        "out the 4th argument");
  }
  const auto size = static_cast<lua_Integer>(text.size());
  const lua_Integer start = from < 0 ? std::max<lua_Integer>(size + from + 1, 1)
                                     : std::max<lua_Integer>(from, 1);
  charge_bytes(lua, text.size() + wanted.size());
  lua_pushnil(lua);
  if (start > size + 1) return 1;
  // memmem takes time in proportion to the text, whatever is looked for.
  const char* begin = text.data() + start - 1;
  const void* found = memmem(begin, static_cast<std::size_t>(size - start + 1),
                             wanted.data(), wanted.size());
  if (!found) return 1;
  const lua_Integer at = static_cast<const char*>(found) - text.data() + 1;
  lua_pushinteger(lua, at);
  lua_pushinteger(lua, at + static_cast<lua_Integer>(wanted.size()) - 1);
  return 2;
}

// One "%5.2f".
struct Directive {
  std::string flags;
  int width = 0;
  int precision = -1;
  char letter = 0;
};

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

// At most two digits.
int take_count(std::string_view& rest) {
  int count = 0;
  for (int i = 0; i < 2 && !rest.empty() && is_digit(rest.front()); ++i) {
    count = count * 10 + (rest.front() - '0');
    rest.remove_prefix(1);
  }
  return count;
}

Directive take_directive(const Arguments& arguments, std::string_view& rest) {
  Directive directive;
  while (!rest.empty() &&
         std::string_view("-+ 0").find(rest.front()) !=
             std::string_view::npos &&
         directive.flags.size() < 4) {
    directive.flags += rest.front();
    rest.remove_prefix(1);
  }
  directive.width = take_count(rest);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    directive.precision = take_count(rest);
  }
  if (rest.empty() || std::string_view("disxXgf").find(rest.front()) ==
                          std::string_view::npos) {
    arguments.fail(
        "knows %d %i %s %x %X %g %f and %%, each with at most two "
        "digits of width and of precision");
  }
  directive.letter = rest.front();
  rest.remove_prefix(1);
  return directive;
}

std::string padded(const std::string& text, const Directive& directive) {
  const auto width = static_cast<std::size_t>(directive.width);
  if (text.size() >= width) return text;
  const std::string room(width - text.size(), ' ');
  return directive.flags.find('-') != std::string::npos ? text + room
                                                        : room + text;
}

std::string number_text(const Directive& directive, const char* length_letters,
                        auto number) {
  std::string form = "%" + directive.flags;
  if (directive.width > 0) form += std::to_string(directive.width);
  if (directive.precision >= 0) {
    form += "." + std::to_string(directive.precision);
  }
  form += length_letters;
  form += directive.letter;
  // The longest is "%99.99f" of the largest number: 309 digits and 99 more.
  std::array<char, 512> text;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  const int size =
      std::snprintf(text.data(), text.size(), form.c_str(), number);
#pragma GCC diagnostic pop
  return std::string(text.data(), static_cast<std::size_t>(size));
}

std::string directive_text(lua_State* lua, const Arguments& arguments,
                           const Directive& directive, int index) {
  if (directive.letter == 's') {
    push_words(lua, index);
    std::size_t size = 0;
    const char* bytes = lua_tolstring(lua, -1, &size);
    std::string text(bytes, size);
    lua_pop(lua, 1);
    if (directive.precision >= 0 &&
        text.size() > static_cast<std::size_t>(directive.precision)) {
      text.resize(static_cast<std::size_t>(directive.precision));
    }
    return padded(text, directive);
  }
  if (directive.letter == 'g' || directive.letter == 'f') {
    arguments.number(index);
    const double number = lua_tonumber(lua, index);
    if (std::isfinite(number)) return number_text(directive, "", number);
    push_words(lua, index);
    const std::string text = lua_tostring(lua, -1);
    lua_pop(lua, 1);
    return padded(text, directive);
  }
  const lua_Integer number = arguments.integer(index);
  return number_text(directive, "ll", static_cast<long long>(number));
}

int format(lua_State* lua) {
  Arguments arguments(lua, "string.format");
  std::string_view rest = arguments.text(1);
  const std::size_t limit = Machine::of(lua).budget.limits().text_bytes;
  charge_bytes(lua, rest.size());
  std::string text;
  int index = 1;
  while (!rest.empty()) {
    const std::size_t plain = std::min(rest.find('%'), rest.size());
    text += rest.substr(0, plain);
    rest.remove_prefix(plain);
    if (rest.empty()) break;
    rest.remove_prefix(1);
    if (rest.starts_with('%')) {
      text += '%';
      rest.remove_prefix(1);
      continue;
    }
    const Directive directive = take_directive(arguments, rest);
    if (++index > arguments.count()) {
      arguments.fail("has more % in its text than values after it");
    }
    charge(lua, 10);
    text += directive_text(lua, arguments, directive, index);
    if (text.size() > limit) refuse_long_text(lua, "string.format");
  }
  charge_bytes(lua, text.size());
  return give(lua, text);
}

constexpr std::array<Function, 10> text_functions = {{
    {"byte", guarded<bytes_of>},
    {"char", guarded<text_of_bytes>},
    {"find", guarded<find>},
    {"format", guarded<format>},
    {"len", guarded<length>},
    {"lower", guarded<lower>},
    {"rep", guarded<repeat>},
    {"reverse", guarded<reverse>},
    {"sub", guarded<part>},
    {"upper", guarded<upper>},
}};

}  // namespace

void push_text_library(lua_State* lua) {
  lua_createtable(lua, 0, static_cast<int>(text_functions.size()));
  add_functions(lua, text_functions);
}

}  // namespace sendcheck::script
