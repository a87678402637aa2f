// Everything that a script can reach, walked twice: by a script, and by the
// host through Lua's own interface.
#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "host/script/machinery.hpp"
#include "script/machine.hpp"
#include "script/sandbox.hpp"

namespace sendcheck::script {
namespace {

const std::set<std::string> allowed = {
    "assert",         "error",        "ipairs",          "pairs",
    "require",        "select",       "tonumber",        "tostring",
    "type",           "math.abs",     "math.ceil",       "math.floor",
    "math.fmod",      "math.max",     "math.min",        "math.tointeger",
    "math.type",      "math.ult",     "math.maxinteger", "math.mininteger",
    "string.byte",    "string.char",  "string.find",     "string.format",
    "string.len",     "string.lower", "string.rep",      "string.reverse",
    "string.sub",     "string.upper", "table.concat",    "table.insert",
    "table.remove",   "table.sort",   "table.unpack",    "utf8.char",
    "utf8.codepoint", "utf8.len",     "utf8.offset"};

TEST_CASE("a script that walks its libraries finds the list of names only") {
  State state;
  std::set<std::string> found;
  state.set_global("found", HostFunction([&](Call& call) {
                     found.insert(*call.argument(0).text());
                     return Value();
                   }));
  const auto result = state.run(
      "for _, name in ipairs { 'math', 'string', 'table', 'utf8' } do\n"
      "  for k, v in pairs(_ENV[name]) do\n"
      "    found(name .. '.' .. k)\n"
      "    if type(v) == 'table' then error(k) end\n"
      "  end\n"
      "end\n"
      "for k in pairs(_ENV) do found(k) end",
      "w.lua");
  if (!result) FAIL(result.error().to_string());
  for (const std::string& name : found) {
    INFO(name);
    CHECK(allowed.count(name) == 1);
  }
  for (const std::string& name : allowed) {
    if (name.find('.') == std::string::npos) continue;
    INFO(name);
    CHECK(found.count(name) == 1);
  }
}

// Visits every value that stands behind the one at `index`, metatables and
// upvalues included, and calls `visit` with its path.
class Walk {
 public:
  using Visit = std::function<void(lua_State*, const std::string& path)>;
  Walk(lua_State* lua, Visit visit) : lua_(lua), visit_(std::move(visit)) {}

  // The value on the top, which it pops.
  void from_top(const std::string& path) {
    lua_checkstack(lua_, 10);
    const int type = lua_type(lua_, -1);
    const void* identity = lua_topointer(lua_, -1);
    if (identity && !seen_.insert(identity).second) {
      lua_pop(lua_, 1);
      return;
    }
    visit_(lua_, path);
    if (lua_getmetatable(lua_, -1)) from_top(path + "<metatable>");
    if (type == LUA_TTABLE) {
      for (lua_pushnil(lua_); lua_next(lua_, -2);) {
        const std::string key =
            lua_type(lua_, -2) == LUA_TSTRING ? lua_tostring(lua_, -2) : "?";
        from_top(path + "." + key);
        lua_pushvalue(lua_, -1);
        from_top(path + "<key>");
      }
    }
    if (type == LUA_TFUNCTION) {
      for (int i = 1; lua_getupvalue(lua_, -1, i); ++i) {
        from_top(path + "<upvalue>");
      }
    }
    lua_pop(lua_, 1);
  }

 private:
  lua_State* lua_;
  Visit visit_;
  std::set<const void*> seen_;
};

TEST_CASE("nothing behind the environment is more than it seems") {
  Machine machine({});
  std::size_t functions = 0;
  const auto error = machine.protect([&](lua_State* lua) {
    open_sandbox(lua);
    push_environment(lua);
    const auto visit = [&](lua_State* state, const std::string& path) {
      INFO(path);
      if (lua_type(state, -1) == LUA_TFUNCTION) {
        ++functions;
        CHECK(lua_iscfunction(state, -1));
        for (const char* name :
             {"rawset",       "rawget",         "next",    "load",
              "dofile",       "pcall",          "xpcall",  "setmetatable",
              "getmetatable", "collectgarbage", "print",   "random",
              "dump",         "match",          "gmatch",  "gsub",
              "open",         "popen",          "execute", "exit",
              "getenv",       "traceback",      "sethook", "wrap",
              "create",       "loadlib"}) {
          CHECK_FALSE(path.ends_with(std::string(".") + name));
        }
      }
      // No way to the registry, where everything else stands.
      CHECK(lua_type(state, -1) != LUA_TTHREAD);
      // Our own mark, in metatables that scripts cannot get.
      if (!path.ends_with("<metatable><key>")) {
        CHECK(lua_type(state, -1) != LUA_TLIGHTUSERDATA);
      }
      lua_pushvalue(state, LUA_REGISTRYINDEX);
      CHECK_FALSE(lua_rawequal(state, -1, -2));
      lua_rawgeti(state, -1, LUA_RIDX_GLOBALS);
      CHECK_FALSE(lua_rawequal(state, -1, -3));
      lua_pop(state, 2);
    };
    Walk walk(lua, visit);
    lua_pushliteral(lua, "");
    walk.from_top("text");
    walk.from_top("environment");
  });
  CHECK_FALSE(error);
  CHECK(functions > 40);
}

TEST_CASE("every table that scripts share is locked") {
  Machine machine({});
  const auto error = machine.protect([&](lua_State* lua) {
    open_sandbox(lua);
    push_environment(lua);
    for (const char* name : {"math", "string", "table", "utf8"}) {
      lua_getfield(lua, 1, name);
      CHECK(lua_istable(lua, -1));
      // A face without anything of its own, and a metatable that hides.
      lua_pushnil(lua);
      CHECK(lua_next(lua, -2) == 0);
      CHECK(lua_getmetatable(lua, -1) != 0);
      lua_getfield(lua, -1, "__metatable");
      CHECK(lua_isboolean(lua, -1));
      lua_getfield(lua, -2, "__newindex");
      CHECK(lua_iscfunction(lua, -1));
      lua_settop(lua, 1);
    }
    lua_pushliteral(lua, "");
    CHECK(lua_getmetatable(lua, -1) != 0);
    lua_getfield(lua, -1, "__metatable");
    CHECK(lua_isboolean(lua, -1));
  });
  CHECK_FALSE(error);
}

}  // namespace
}  // namespace sendcheck::script
