// utf8
#include <array>
#include <string>

#include "script/libraries.hpp"
#include "script/machine.hpp"
#include "script/text_range.hpp"

namespace sendcheck::script {
namespace {

bool continues(char byte) { return (byte & 0xC0) == 0x80; }

// Reads one code point at `at` (from 0) and moves it on; false when what
// stands there is not UTF-8.
bool take_code_point(std::string_view text, std::size_t& at,
                     lua_Integer& point) {
  const auto first = static_cast<unsigned char>(text[at]);
  const int more = first < 0x80                    ? 0
                   : first >= 0xC2 && first < 0xE0 ? 1
                   : first >= 0xE0 && first < 0xF0 ? 2
                   : first >= 0xF0 && first < 0xF5 ? 3
                                                   : -1;
  if (more < 0 || at + static_cast<std::size_t>(more) >= text.size()) {
    return false;
  }
  point = more == 0 ? first : first & (0x3F >> more);
  for (int i = 1; i <= more; ++i) {
    const char byte = text[at + static_cast<std::size_t>(i)];
    if (!continues(byte)) return false;
    point = point << 6 | (byte & 0x3F);
  }
  if ((more == 2 && point < 0x800) || (more == 3 && point < 0x10000) ||
      point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
    return false;
  }
  at += static_cast<std::size_t>(more) + 1;
  return true;
}

int text_of_points(lua_State* lua) {
  Arguments arguments(lua, "utf8.char");
  std::string text;
  for (int i = 1; i <= arguments.count(); ++i) {
    const lua_Integer point = arguments.integer(i);
    if (point < 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
      arguments.refuse(i, "a code point");
    }
    const auto add = [&](lua_Integer byte) { text += static_cast<char>(byte); };
    if (point < 0x80) {
      add(point);
    } else if (point < 0x800) {
      add(0xC0 | point >> 6);
      add(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
      add(0xE0 | point >> 12);
      add(0x80 | (point >> 6 & 0x3F));
      add(0x80 | (point & 0x3F));
    } else {
      add(0xF0 | point >> 18);
      add(0x80 | (point >> 12 & 0x3F));
      add(0x80 | (point >> 6 & 0x3F));
      add(0x80 | (point & 0x3F));
    }
  }
  charge_bytes(lua, text.size());
  return give(lua, text);
}

int points_of(lua_State* lua) {
  Arguments arguments(lua, "utf8.codepoint");
  const std::string_view text = arguments.text(1);
  const lua_Integer from = arguments.integer(2, 1);
  const Range range = range_in(text.size(), from, arguments.integer(3, from));
  need_stack(lua, static_cast<int>(most_results));
  int given = 0;
  for (std::size_t at = range.first - 1; at < range.last; ++given) {
    lua_Integer point = 0;
    if (given == most_results) {
      arguments.fail("gives at most " + std::to_string(most_results) +
                     " code points at once");
    }
    if (!take_code_point(text, at, point)) {
      arguments.fail("found bytes that are not UTF-8 at " +
                     std::to_string(at + 1));
    }
    lua_pushinteger(lua, point);
  }
  charge(lua, 1 + given);
  return given;
}

int points_in(lua_State* lua) {
  Arguments arguments(lua, "utf8.len");
  const std::string_view text = arguments.text(1);
  const Range range =
      range_in(text.size(), arguments.integer(2, 1), arguments.integer(3, -1));
  charge(lua, 1 + static_cast<std::int64_t>(range.size() / 4));
  lua_Integer count = 0;
  for (std::size_t at = range.first - 1; at < range.last; ++count) {
    lua_Integer point = 0;
    if (!take_code_point(text, at, point)) {
      lua_pushnil(lua);
      lua_pushinteger(lua, static_cast<lua_Integer>(at) + 1);
      return 2;
    }
  }
  lua_pushinteger(lua, count);
  return 1;
}

// The byte at which the n-th code point after `from` begins (n > 0: from
// itself is the first), before it, or around it (n = 0).
int offset_of_point(lua_State* lua) {
  Arguments arguments(lua, "utf8.offset");
  const std::string_view text = arguments.text(1);
  lua_Integer steps = arguments.integer(2);
  const auto size = static_cast<lua_Integer>(text.size());
  lua_Integer at = arguments.integer(3, steps > 0 ? 1 : size + 1);
  if (at < 0) at = size + at + 1;
  if (at < 1 || at > size + 1) {
    arguments.fail("needs a place within the text as its 3rd argument");
  }
  charge(lua, 1 + size / 8);
  const auto inside = [&](lua_Integer place) {
    return place >= 1 && place <= size &&
           continues(text[static_cast<std::size_t>(place - 1)]);
  };
  if (steps == 0) {
    while (inside(at)) --at;
    lua_pushinteger(lua, at);
    return 1;
  }
  if (inside(at)) {
    arguments.fail("needs the first byte of a letter as its 3rd argument");
  }
  for (; steps < 0 && at > 1; ++steps) {
    do {
      --at;
    } while (inside(at));
  }
  for (; steps > 1 && at <= size; --steps) {
    do {
      ++at;
    } while (inside(at));
  }
  if (steps == 0 || steps == 1) {
    lua_pushinteger(lua, at);
  } else {
    lua_pushnil(lua);
  }
  return 1;
}

constexpr std::array<Function, 4> code_point_functions = {{
    {"char", guarded<text_of_points>},
    {"codepoint", guarded<points_of>},
    {"len", guarded<points_in>},
    {"offset", guarded<offset_of_point>},
}};

}  // namespace

void push_code_point_library(lua_State* lua) {
  lua_createtable(lua, 0, static_cast<int>(code_point_functions.size()));
  add_functions(lua, code_point_functions);
}

}  // namespace sendcheck::script
