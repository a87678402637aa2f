// The environment of scripts: a list of names, and answers for all others. For the sources and tests of this layer.
//
//   the script's own environment   empty, fresh for each run; nothing can be set in it
//   the run's tables               fresh copies of the host's tables, where there are any
//   the base                       functions, objects and read-only libraries; shared by all runs of a state
//   the answer                     raises: forbidden and what to use, or unknown and the nearest name
#pragma once

#include <lua5.3/lua.h>

#include <string>

#include "script/machine.hpp"

namespace sendcheck::script {

// Builds the base once, and the metatable of texts.
void open_sandbox(lua_State* lua);

// Pushes a fresh environment, and makes it the one that `require` uses.
void push_environment(lua_State* lua);

// Compiles and pushes the script's main function, bound to the environment at `environment`. Raises script.syntax, script.too_large,
// script.not_text.
void load_script(lua_State* lua, const std::string& source,
                 const std::string& name, int environment);

}  // namespace sendcheck::script
