// assert error ipairs pairs select tonumber tostring type
#include <lua5.3/lauxlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdio>
#include <vector>

#include "base/text.hpp"
#include "script/libraries.hpp"
#include "script/machine.hpp"

namespace sendcheck::script {
namespace {

// Raises the value at `index` as a message.
[[noreturn]] void raise_value(lua_State* lua, int index, int level) {
  std::string message =
      "the script raised " + words_for(lua, index) + " instead of a message";
  if (lua_type(lua, index) == LUA_TSTRING) {
    std::size_t size = 0;
    const char* bytes = lua_tolstring(lua, index, &size);
    message.assign(bytes, std::min<std::size_t>(size, 4096));
  }
  if (level > 0) raise(lua, message, Cause::script, level);
  raise_unplaced(lua, message);
}

int assert_value(lua_State* lua) {
  if (lua_toboolean(lua, 1)) return lua_gettop(lua);
  if (lua_isnone(lua, 1)) {
    Arguments(lua, "assert").refuse(1, "a value");
  }
  if (!lua_isnoneornil(lua, 2)) raise_value(lua, 2, 1);
  raise(lua, "an assert does not hold");
}

int raise_error(lua_State* lua) {
  const lua_Integer level = Arguments(lua, "error").integer(2, 1);
  raise_value(lua, 1, static_cast<int>(std::clamp<lua_Integer>(level, 0, 100)));
}

int next_item(lua_State* lua) {
  charge(lua, 1);
  // A script may call this itself, with any number: let it wrap.
  const auto position = static_cast<lua_Integer>(
      static_cast<lua_Unsigned>(Arguments(lua, "ipairs").integer(2)) + 1);
  lua_pushinteger(lua, position);
  return lua_geti(lua, 1, position) == LUA_TNIL ? 1 : 2;
}

int walk_items(lua_State* lua) {
  if (lua_type(lua, 1) != LUA_TTABLE) {
    Arguments(lua, "ipairs").refuse(1, "a list");
  }
  lua_pushcfunction(lua, guarded<next_item>);
  lua_pushvalue(lua, 1);
  lua_pushinteger(lua, 0);
  return 3;
}

// A key while keys are put in order. Texts stay where the table holds them.
struct Key {
  int rank = 0;  // numbers, texts, booleans
  bool is_integer = false;
  lua_Integer integer = 0;
  lua_Number fraction = 0;  // or the truth
  std::string_view text = {};
};

bool less_number(const Key& a, const Key& b) {
  if (a.is_integer && b.is_integer) return a.integer < b.integer;
  if (!a.is_integer && !b.is_integer) return a.fraction < b.fraction;
  // A fraction that is a key is never whole where an integer could hold it.
  const double fraction = a.is_integer ? b.fraction : a.fraction;
  const lua_Integer integer = a.is_integer ? a.integer : b.integer;
  const bool fraction_less =
      fraction < 9223372036854775808.0 &&
      (fraction < -9223372036854775808.0 ||
       static_cast<lua_Integer>(std::floor(fraction)) < integer);
  return a.is_integer ? !fraction_less : fraction_less;
}

bool comes_before(const Key& a, const Key& b) {
  if (a.rank != b.rank) return a.rank < b.rank;
  if (a.rank == 0) return less_number(a, b);
  if (a.rank == 1) return a.text < b.text;
  return a.fraction < b.fraction;
}

Key read_key(lua_State* lua, int index) {
  Key key;
  switch (lua_type(lua, index)) {
    case LUA_TNUMBER:
      key.is_integer = lua_isinteger(lua, index) != 0;
      if (key.is_integer) {
        key.integer = lua_tointeger(lua, index);
      } else {
        key.fraction = lua_tonumber(lua, index);
      }
      return key;
    case LUA_TSTRING: {
      std::size_t size = 0;
      const char* bytes = lua_tolstring(lua, index, &size);
      key.rank = 1;
      key.text = {bytes, size};
      return key;
    }
    case LUA_TBOOLEAN:
      key.rank = 2;
      key.fraction = lua_toboolean(lua, index);
      return key;
    default:
      raise(lua,
            "pairs can put only numbers, texts and booleans in order, and "
            "this table has " +
                words_for(lua, index) + " as a key");
  }
}

void push_key(lua_State* lua, const Key& key) {
  if (key.rank == 0 && key.is_integer) {
    lua_pushinteger(lua, key.integer);
  } else if (key.rank == 0) {
    lua_pushnumber(lua, key.fraction);
  } else if (key.rank == 1) {
    lua_pushlstring(lua, key.text.data(), key.text.size());
  } else {
    lua_pushboolean(lua, key.fraction != 0);
  }
}

// Upvalues: the keys in order, the table, how many were given already.
int next_pair(lua_State* lua) {
  charge(lua, 1);
  lua_Integer given = lua_tointeger(lua, lua_upvalueindex(3));
  for (;;) {
    ++given;
    const int kind = lua_rawgeti(lua, lua_upvalueindex(1), given);
    lua_pushinteger(lua, given);
    lua_replace(lua, lua_upvalueindex(3));
    if (kind == LUA_TNIL) return 1;
    lua_pushvalue(lua, -1);
    // What the loop took out of the table is passed over.
    if (lua_rawget(lua, lua_upvalueindex(2)) != LUA_TNIL) return 2;
    lua_pop(lua, 2);
    charge(lua, 1);
  }
}

int walk_pairs(lua_State* lua) {
  Arguments(lua, "pairs").table(1);
  const int table = lua_gettop(lua);
  std::vector<Key> keys;
  for (lua_pushnil(lua); lua_next(lua, table); lua_pop(lua, 1)) {
    keys.push_back(read_key(lua, -2));
  }
  const auto count = static_cast<std::int64_t>(keys.size());
  charge(lua, count * std::bit_width(keys.size()));
  std::sort(keys.begin(), keys.end(), comes_before);
  lua_createtable(lua, static_cast<int>(count), 0);
  lua_Integer position = 0;
  for (const Key& key : keys) {
    push_key(lua, key);
    lua_rawseti(lua, -2, ++position);
  }
  lua_pushvalue(lua, table);
  lua_pushinteger(lua, 0);
  lua_pushcclosure(lua, guarded<next_pair>, 3);
  return 1;
}

int select_arguments(lua_State* lua) {
  const int count = lua_gettop(lua);
  charge(lua, count / 4);
  if (lua_type(lua, 1) == LUA_TSTRING &&
      Arguments(lua, "select").text(1) == "#") {
    lua_pushinteger(lua, count - 1);
    return 1;
  }
  const lua_Integer first = Arguments(lua, "select").integer(1);
  if (first == 0 || first < -(count - 1)) {
    Arguments(lua, "select")
        .fail(
            "counts arguments from 1, or from the last "
            "one with -1");
  }
  if (first < 0) return static_cast<int>(-first);
  return first >= count ? 0 : count - static_cast<int>(first);
}

int digit_of(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'z') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'Z') return letter - 'A' + 10;
  return 99;
}

int number_in_base(lua_State* lua) {
  Arguments arguments(lua, "tonumber");
  std::string_view text = trim(arguments.text(1));
  const lua_Integer base = arguments.integer(2);
  if (base < 2 || base > 36) arguments.refuse(2, "a base from 2 to 36");
  charge(lua, static_cast<std::int64_t>(text.size()));
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  lua_Unsigned value = 0;
  bool good = !text.empty();
  for (const char letter : text) {
    const int digit = digit_of(letter);
    good = good && digit < base;
    value = value * static_cast<lua_Unsigned>(base) +
            static_cast<lua_Unsigned>(digit);
  }
  if (good) {
    lua_pushinteger(lua,
                    static_cast<lua_Integer>(negative ? 0 - value : value));
  } else {
    lua_pushnil(lua);
  }
  return 1;
}

int to_number(lua_State* lua) {
  if (!lua_isnoneornil(lua, 2)) return number_in_base(lua);
  lua_settop(lua, 1);
  if (lua_type(lua, 1) == LUA_TNUMBER) return 1;
  if (lua_type(lua, 1) == LUA_TSTRING) {
    std::size_t size = 0;
    const char* text = lua_tolstring(lua, 1, &size);
    charge(lua, static_cast<std::int64_t>(size));
    if (lua_stringtonumber(lua, text) == size + 1) return 1;
  }
  lua_pushnil(lua);
  return 1;
}

int to_text(lua_State* lua) {
  if (lua_isnone(lua, 1)) Arguments(lua, "tostring").refuse(1, "a value");
  push_words(lua, 1);
  return 1;
}

int type_of(lua_State* lua) {
  if (lua_isnone(lua, 1)) Arguments(lua, "type").refuse(1, "a value");
  const int type = lua_type(lua, 1);
  lua_pushstring(lua,
                 type == LUA_TUSERDATA ? "object" : lua_typename(lua, type));
  return 1;
}

constexpr std::array<Function, 8> base_functions = {{
    {"assert", guarded<assert_value>},
    {"error", guarded<raise_error>},
    {"ipairs", guarded<walk_items>},
    {"pairs", guarded<walk_pairs>},
    {"select", guarded<select_arguments>},
    {"tonumber", guarded<to_number>},
    {"tostring", guarded<to_text>},
    {"type", guarded<type_of>},
}};

void push_fraction(lua_State* lua, double number) {
  if (std::isnan(number)) {
    lua_pushliteral(lua, "nan");
  } else if (std::isinf(number)) {
    lua_pushstring(lua, number < 0 ? "-inf" : "inf");
  } else {
    std::array<char, 40> text;
    std::snprintf(text.data(), text.size(), "%.14g", number);
    const std::string_view digits = text.data();
    const bool whole =
        digits.find_first_not_of("-0123456789") == std::string_view::npos;
    lua_pushfstring(lua, "%s%s", text.data(), whole ? ".0" : "");
  }
}

}  // namespace

void add_base_functions(lua_State* lua) { add_functions(lua, base_functions); }

bool is_iterator_of_pairs(lua_State* lua, int index) {
  return lua_tocfunction(lua, index) == guarded<next_pair>;
}

void push_words(lua_State* lua, int index) {
  need_stack(lua, 4);
  switch (lua_type(lua, index)) {
    case LUA_TSTRING:
      lua_pushvalue(lua, index);
      return;
    case LUA_TNIL:
      lua_pushliteral(lua, "nil");
      return;
    case LUA_TNUMBER:
      if (lua_isinteger(lua, index)) {
        lua_pushvalue(lua, index);
        lua_tostring(lua, -1);
      } else {
        push_fraction(lua, lua_tonumber(lua, index));
      }
      return;
    case LUA_TUSERDATA: {
      const int at = lua_absindex(lua, index);
      if (luaL_getmetafield(lua, at, "__tostring") != LUA_TNIL) {
        lua_pushvalue(lua, at);
        lua_call(lua, 1, 1);
        if (lua_type(lua, -1) == LUA_TSTRING) return;
        lua_pop(lua, 1);
      }
      break;
    }
    default:
      break;
  }
  const std::string words = words_for(lua, index);
  lua_pushlstring(lua, words.data(), words.size());
}

}  // namespace sendcheck::script
