// Values out of Lua and into it. For the sources and tests of this layer.
#pragma once

#include <lua5.3/lua.h>

#include "script/machine.hpp"
#include "script/state.hpp"

namespace sendcheck::script {

// Pushes one value. A table becomes a fresh plain one, a host function a closure, an object a userdata of its type.
void push(lua_State* lua, const Value& value);
void push_function(lua_State* lua,
                   std::shared_ptr<const HostFunction> function);

// Copies the value at `index`. Raises for what the host must not be given: text that is not UTF-8, a number that is not finite, a table that is
// neither list nor record, is nested more than 16 deep or holds more than 10,000 values.
Value value_at(lua_State* lua, int index);

// Gives the type a metatable; needs a name. Pushes nothing.
int add_type(lua_State* lua, const TypeSpec& spec);

// The metatable of the boxes that host functions live in.
void open_objects(lua_State* lua);

}  // namespace sendcheck::script
