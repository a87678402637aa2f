// math: what is exact, or the same on every machine
#include <array>
#include <cmath>
#include <limits>

#include "script/libraries.hpp"
#include "script/machine.hpp"

namespace sendcheck::script {
namespace {

int absolute(lua_State* lua) {
  Arguments(lua, "math.abs").number(1);
  if (lua_isinteger(lua, 1)) {
    const lua_Integer value = lua_tointeger(lua, 1);
    // As in Lua, the smallest integer stays what it is.
    lua_pushinteger(lua, value < 0 ? static_cast<lua_Integer>(
                                         0 - static_cast<lua_Unsigned>(value))
                                   : value);
  } else {
    lua_pushnumber(lua, std::fabs(lua_tonumber(lua, 1)));
  }
  return 1;
}

// A whole fraction as an integer, where one can hold it.
int give_whole(lua_State* lua, double whole) {
  lua_Integer integer = 0;
  if (lua_numbertointeger(whole, &integer)) {
    lua_pushinteger(lua, integer);
  } else {
    lua_pushnumber(lua, whole);
  }
  return 1;
}

int ceiling(lua_State* lua) {
  Arguments(lua, "math.ceil").number(1);
  lua_settop(lua, 1);
  if (lua_isinteger(lua, 1)) return 1;
  return give_whole(lua, std::ceil(lua_tonumber(lua, 1)));
}

int floor_of(lua_State* lua) {
  Arguments(lua, "math.floor").number(1);
  lua_settop(lua, 1);
  if (lua_isinteger(lua, 1)) return 1;
  return give_whole(lua, std::floor(lua_tonumber(lua, 1)));
}

int extreme(lua_State* lua, const char* name, bool largest) {
  Arguments arguments(lua, name);
  arguments.number(1);
  const int count = arguments.count();
  charge(lua, count);
  int best = 1;
  for (int i = 2; i <= count; ++i) {
    arguments.number(i);
    const bool better = largest ? lua_compare(lua, best, i, LUA_OPLT) != 0
                                : lua_compare(lua, i, best, LUA_OPLT) != 0;
    if (better) best = i;
  }
  lua_pushvalue(lua, best);
  return 1;
}

int largest_of(lua_State* lua) { return extreme(lua, "math.max", true); }
int smallest_of(lua_State* lua) { return extreme(lua, "math.min", false); }

int to_integer(lua_State* lua) {
  int is_integer = 0;
  const lua_Integer value =
      lua_type(lua, 1) == LUA_TNUMBER ? lua_tointegerx(lua, 1, &is_integer) : 0;
  if (is_integer) {
    lua_pushinteger(lua, value);
  } else {
    lua_pushnil(lua);
  }
  return 1;
}

int kind_of_number(lua_State* lua) {
  if (lua_type(lua, 1) != LUA_TNUMBER) {
    lua_pushnil(lua);
  } else {
    lua_pushstring(lua, lua_isinteger(lua, 1) ? "integer" : "float");
  }
  return 1;
}

int remainder_of(lua_State* lua) {
  Arguments arguments(lua, "math.fmod");
  arguments.number(1);
  arguments.number(2);
  if (!lua_isinteger(lua, 1) || !lua_isinteger(lua, 2)) {
    lua_pushnumber(lua, std::fmod(lua_tonumber(lua, 1), lua_tonumber(lua, 2)));
    return 1;
  }
  const lua_Integer divisor = lua_tointeger(lua, 2);
  if (divisor == 0) arguments.refuse(2, "a number other than zero");
  // The smallest integer by -1 does not fit; its remainder is zero.
  lua_pushinteger(lua, divisor == -1 ? 0 : lua_tointeger(lua, 1) % divisor);
  return 1;
}

int less_unsigned(lua_State* lua) {
  Arguments arguments(lua, "math.ult");
  lua_pushboolean(lua, static_cast<lua_Unsigned>(arguments.integer(1)) <
                           static_cast<lua_Unsigned>(arguments.integer(2)));
  return 1;
}

constexpr std::array<Function, 9> number_functions = {{
    {"abs", guarded<absolute>},
    {"ceil", guarded<ceiling>},
    {"floor", guarded<floor_of>},
    {"fmod", guarded<remainder_of>},
    {"max", guarded<largest_of>},
    {"min", guarded<smallest_of>},
    {"tointeger", guarded<to_integer>},
    {"type", guarded<kind_of_number>},
    {"ult", guarded<less_unsigned>},
}};

}  // namespace

void push_number_library(lua_State* lua) {
  lua_createtable(lua, 0, static_cast<int>(number_functions.size()) + 2);
  add_functions(lua, number_functions);
  lua_pushinteger(lua, std::numeric_limits<lua_Integer>::max());
  lua_setfield(lua, -2, "maxinteger");
  lua_pushinteger(lua, std::numeric_limits<lua_Integer>::min());
  lua_setfield(lua, -2, "mininteger");
}

}  // namespace sendcheck::script
