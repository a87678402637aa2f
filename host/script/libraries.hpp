// The libraries that a script can use. For the sources and tests of this layer.
#pragma once

#include <lua5.3/lua.h>

namespace sendcheck::script {

// Each pushes a fresh table of functions.
void push_text_library(lua_State* lua);        // string
void push_code_point_library(lua_State* lua);  // utf8
void push_list_library(lua_State* lua);        // table
void push_number_library(lua_State* lua);      // math

// assert error ipairs pairs select tonumber tostring type, into the table on the top.
void add_base_functions(lua_State* lua);

bool is_iterator_of_pairs(lua_State* lua, int index);

// Pushes what tostring gives for the value at `index`: no addresses, numbers the same on every machine.
void push_words(lua_State* lua, int index);

struct Function {
  const char* name;
  lua_CFunction function;
};

// Sets functions in the table on the top.
template <class Functions>
void add_functions(lua_State* lua, const Functions& functions) {
  for (const Function& entry : functions) {
    lua_pushcfunction(lua, entry.function);
    lua_setfield(lua, -2, entry.name);
  }
}

// The most values that one function gives back at once.
inline constexpr lua_Integer most_results = 250;

}  // namespace sendcheck::script
