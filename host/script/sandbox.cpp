#include "script/sandbox.hpp"

#include <lua5.3/lauxlib.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"
#include "script/libraries.hpp"
#include "script/marshalling.hpp"

namespace sendcheck::script {
namespace {

struct Forbidden {
  std::string_view name;
  std::string_view instead;
};

constexpr std::string_view no_files =
    "rules reach no files, clocks or other programs; what a rule needs is a "
    "fact or a parameter";
constexpr std::string_view no_code =
    "rules load no code; use require for a module that rules share";
constexpr std::string_view no_metatables =
    "rules change no metatables; write a function instead";
constexpr std::string_view no_catching =
    "rules catch no errors; test a value before using it";
constexpr std::string_view no_patterns =
    "there are no patterns; use string.find, which looks for plain text, or "
    "string.sub";
constexpr std::string_view no_chance =
    "one question must have one answer, so there is no chance in rules";

constexpr std::array<Forbidden, 28> forbidden_globals = {{
    {"_G", "name what you need, or keep it in a local"},
    {"bit32", "use the operators & | ~ << >>"},
    {"collectgarbage", "memory is looked after by the program"},
    {"coroutine", "write a loop or a function"},
    {"debug", "use error to say what is wrong"},
    {"dofile", no_code},
    {"getfenv", no_metatables},
    {"getmetatable", no_metatables},
    {"io", no_files},
    {"jit", no_code},
    {"load", no_code},
    {"loadfile", no_code},
    {"loadstring", no_code},
    {"module", no_code},
    {"newproxy", no_metatables},
    {"next", "use pairs, which keeps an order; test t[key] to look for one"},
    {"os", no_files},
    {"package", no_code},
    {"pcall", no_catching},
    {"print", "rules print nothing; give text back with the result"},
    {"rawequal", "use =="},
    {"rawget", "use t[key]"},
    {"rawlen", "use #t"},
    {"rawset", "use t[key] = value"},
    {"setfenv", no_metatables},
    {"setmetatable", no_metatables},
    {"unpack", "use table.unpack"},
    {"xpcall", no_catching},
}};

constexpr std::array<Forbidden, 11> forbidden_members = {{
    {"string.dump", no_code},
    {"string.gmatch", no_patterns},
    {"string.gsub", no_patterns},
    {"string.match", no_patterns},
    {"string.pack", "build the text with string.format"},
    {"string.packsize", "build the text with string.format"},
    {"string.unpack", "take it apart with string.sub"},
    {"math.random", no_chance},
    {"math.randomseed", no_chance},
    {"table.move", "write a loop"},
    {"table.pack", "write { ... }"},
}};

template <class List>
const Forbidden* find_forbidden(const List& list, std::string_view name) {
  const auto found =
      std::find_if(list.begin(), list.end(),
                   [&](const Forbidden& entry) { return entry.name == name; });
  return found == list.end() ? nullptr : &*found;
}

[[noreturn]] void raise_forbidden(lua_State* lua, const Forbidden& found) {
  raise(lua,
        "rules may not use '" + std::string(found.name) +
            "': " + std::string(found.instead),
        Cause::forbidden);
}

std::string suggestion(const std::string& near) {
  return near.empty() ? "" : "; did you mean '" + near + "'?";
}

std::vector<std::string> names_of_table(lua_State* lua, int index) {
  std::vector<std::string> names;
  const int table = lua_absindex(lua, index);
  for (lua_pushnil(lua); lua_next(lua, table); lua_pop(lua, 1)) {
    if (lua_type(lua, -2) == LUA_TSTRING) {
      names.emplace_back(lua_tostring(lua, -2));
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

// __index of the base. A script can shadow nothing here: only unknown names
// come this far.
int unknown_global(lua_State* lua) {
  if (lua_type(lua, 2) != LUA_TSTRING) {
    raise(lua, "there is nothing global of that name");
  }
  const std::string name = lua_tostring(lua, 2);
  if (const auto* found = find_forbidden(forbidden_globals, name)) {
    raise_forbidden(lua, *found);
  }
  const Machine& machine = Machine::of(lua);
  std::vector<std::string> names = machine.global_names;
  std::sort(names.begin(), names.end());
  const std::string near = nearest(name, names);
  raise(lua,
        "nothing is called '" + quoted(name) + "' here" +
            (near.empty() ? ": set it first with 'local'" : suggestion(near)));
}

// __index of a library; its name is the upvalue.
int unknown_member(lua_State* lua) {
  const std::string library = lua_tostring(lua, lua_upvalueindex(1));
  if (lua_type(lua, 2) != LUA_TSTRING) {
    raise(lua, library + " has no parts to pick by " + words_for(lua, 2));
  }
  const std::string name = library + "." + lua_tostring(lua, 2);
  if (const auto* found = find_forbidden(forbidden_members, name)) {
    raise_forbidden(lua, *found);
  }
  const std::string near =
      nearest(lua_tostring(lua, 2), names_of_table(lua, 1));
  raise(lua, "there is no '" + quoted(name) + "'" + suggestion(near));
}

int refuse_global(lua_State* lua) {
  const std::string name =
      lua_type(lua, 2) == LUA_TSTRING ? lua_tostring(lua, 2) : "name";
  raise(lua, "'" + quoted(name) +
                 "' is set without being declared: write 'local " +
                 quoted(name) + " = ...'");
}

const Module* find_module(const Machine& machine, std::string_view name) {
  for (const Module& module : machine.modules) {
    if (module.name == name) return &module;
  }
  return nullptr;
}

int require(lua_State* lua) {
  Arguments arguments(lua, "require");
  const std::string name(arguments.text(1));
  Machine& machine = Machine::of(lua);
  if (!machine.loading) {
    arguments.fail("is for the top of a script: keep '" + quoted(name) +
                   "' in a local there");
  }
  const Module* module = find_module(machine, name);
  if (!module) {
    std::vector<std::string> names;
    for (const Module& known : machine.modules) names.push_back(known.name);
    arguments.fail("there is no module '" + quoted(name) + "'" +
                   suggestion(nearest(name, names)));
  }
  lua_settop(lua, 1);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.loaded);
  lua_pushvalue(lua, 1);
  const int known = lua_rawget(lua, 2);
  // True marks a module that is being run.
  if (known == LUA_TBOOLEAN) {
    arguments.fail("'" + quoted(name) +
                   "' requires itself, by way of what it requires: take the "
                   "shared part into a module of its own");
  }
  if (known != LUA_TNIL) return 1;
  lua_settop(lua, 2);
  lua_pushvalue(lua, 1);
  lua_pushboolean(lua, 1);
  lua_rawset(lua, 2);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.environment);
  load_script(lua, module->source, module->name + ".lua", 3);
  lua_call(lua, 0, 1);
  if (lua_isnil(lua, -1) || lua_isboolean(lua, -1)) {
    arguments.fail("the module '" + quoted(name) +
                   "' must return a table or a function, and returned " +
                   words_for(lua, -1));
  }
  lua_pushvalue(lua, 1);
  lua_pushvalue(lua, -2);
  lua_rawset(lua, 2);
  return 1;
}

// Pops a library, gives its unknown names an answer, and sets its read-only
// face in the base, which is on the top then.
void add_library(lua_State* lua, const char* name) {
  lua_createtable(lua, 0, 1);
  lua_pushstring(lua, name);
  lua_pushcclosure(lua, guarded<unknown_member>, 1);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  make_read_only(lua);
  lua_setfield(lua, -2, name);
}

// Texts have the methods of `string` and nothing else.
void set_text_methods(lua_State* lua) {
  lua_pushliteral(lua, "");
  lua_createtable(lua, 0, 2);
  push_text_library(lua);
  lua_createtable(lua, 0, 1);
  lua_pushliteral(lua, "string");
  lua_pushcclosure(lua, guarded<unknown_member>, 1);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  lua_setfield(lua, -2, "__index");
  lua_pushboolean(lua, 0);
  lua_setfield(lua, -2, "__metatable");
  lua_setmetatable(lua, -2);
  lua_pop(lua, 1);
}

// Pops what stands behind, and gives the table on the top a metatable that
// reads through to it.
void read_through(lua_State* lua) {
  lua_createtable(lua, 0, 3);
  lua_insert(lua, -2);
  lua_setfield(lua, -2, "__index");
  lua_pushcfunction(lua, guarded<refuse_global>);
  lua_setfield(lua, -2, "__newindex");
  lua_pushboolean(lua, 0);
  lua_setfield(lua, -2, "__metatable");
  lua_setmetatable(lua, -2);
}

}  // namespace

void open_sandbox(lua_State* lua) {
  Machine& machine = Machine::of(lua);
  // Lua makes these texts while it reports that there is no room: they must
  // stand ready.
  for (const char* text :
       {"error in error handling", "not enough memory", "C stack overflow"}) {
    lua_pushstring(lua, text);
    lua_pushboolean(lua, 1);
    lua_rawset(lua, LUA_REGISTRYINDEX);
  }
  for (int* table :
       {&machine.functions, &machine.ids, &machine.proxies, &machine.cells,
        &machine.loaded, &machine.environment, &machine.run_tables}) {
    lua_createtable(lua, 0, 0);
    *table = luaL_ref(lua, LUA_REGISTRYINDEX);
  }
  open_objects(lua);
  set_text_methods(lua);
  lua_createtable(lua, 0, 32);
  add_base_functions(lua);
  lua_pushcfunction(lua, guarded<require>);
  lua_setfield(lua, -2, "require");
  push_text_library(lua);
  add_library(lua, "string");
  push_code_point_library(lua);
  add_library(lua, "utf8");
  push_list_library(lua);
  add_library(lua, "table");
  push_number_library(lua);
  add_library(lua, "math");
  machine.global_names = names_of_table(lua, -1);
  lua_createtable(lua, 0, 1);
  lua_pushcfunction(lua, guarded<unknown_global>);
  lua_setfield(lua, -2, "__index");
  lua_setmetatable(lua, -2);
  machine.base = luaL_ref(lua, LUA_REGISTRYINDEX);
}

void push_environment(lua_State* lua) {
  Machine& machine = Machine::of(lua);
  need_stack(lua, 8);
  lua_createtable(lua, 0, 0);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.base);
  if (!machine.table_globals.empty()) {
    lua_createtable(lua, 0, static_cast<int>(machine.table_globals.size()));
    lua_insert(lua, -2);
    read_through(lua);
    for (const auto& [name, value] : machine.table_globals) {
      lua_pushlstring(lua, name.data(), name.size());
      push(lua, value);
      lua_rawset(lua, -3);
    }
    lua_pushvalue(lua, -1);
    lua_rawseti(lua, LUA_REGISTRYINDEX, machine.run_tables);
  }
  read_through(lua);
  lua_pushvalue(lua, -1);
  lua_rawseti(lua, LUA_REGISTRYINDEX, machine.environment);
  lua_createtable(lua, 0, 0);
  lua_rawseti(lua, LUA_REGISTRYINDEX, machine.loaded);
}

void load_script(lua_State* lua, const std::string& source,
                 const std::string& name, int environment) {
  Machine& machine = Machine::of(lua);
  const int bound = lua_absindex(lua, environment);
  const Limits& limits = machine.budget.limits();
  const auto refuse = [&](const std::string& message, Cause cause) {
    machine.place = Place{name, 0, 0, {}};
    raise_unplaced(lua, message, cause);
  };
  if (source.size() > limits.source_bytes) {
    refuse("the script is " + std::to_string(source.size()) +
               " bytes long, and at most " +
               std::to_string(limits.source_bytes) +
               " are read: keep tables of values in the rule set",
           Cause::too_large);
  }
  if (source.starts_with(LUA_SIGNATURE[0])) {
    refuse("the script is compiled code: hand over its text", Cause::not_text);
  }
  if (!is_valid_utf8(source)) {
    refuse("the script is not UTF-8 text: save it as UTF-8", Cause::not_text);
  }
  charge(lua, static_cast<std::int64_t>(source.size()) * 4);
  std::string_view text = source;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::string chunk = "=" + std::to_string(machine.file_number(name));
  const int status =
      luaL_loadbufferx(lua, text.data(), text.size(), chunk.c_str(), "t");
  if (status != LUA_OK) {
    machine.cause = status == LUA_ERRSYNTAX ? Cause::syntax : Cause::memory;
    lua_error(lua);
  }
  lua_pushvalue(lua, bound);
  lua_setupvalue(lua, -2, 1);
}

}  // namespace sendcheck::script
