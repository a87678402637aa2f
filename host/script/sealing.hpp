// Nothing that a call does may change what a later call finds: one question, one answer, and no pupil sees another. For the sources and tests of
// this layer.
//
// A function that was handed out keeps the local variables around it, so a script could count its calls or note what it was asked. At the end
// of a run (and of a call that hands out functions) everything that such functions reach is sealed: tables get read-only faces, and each variable
// that outlives the run is noted as a cell with its value. After a call, cells that changed are put back, and the call has failed.
#pragma once

#include <lua5.3/lua.h>

#include <string>

#include "script/machine.hpp"

namespace sendcheck::script {

// Seals what was handed out since the last time. May raise.
void seal(lua_State* lua);

// After an error: forgets the functions that were handed out since the last time. Never raises.
void forget_unsealed(Machine& machine);

// Puts changed cells back. The name of one that had changed, else empty. Never raises.
std::string restore_cells(Machine& machine);

// Forgets all functions and cells. Raises only when memory is out.
void forget_functions(lua_State* lua);

}  // namespace sendcheck::script
