// The owner of one lua_State, and how anything is raised in it. For the sources and tests of this layer.
//
// Lua is compiled as C++, so its errors are exceptions of a type of its own and destructors run on their way. Nothing here catches them; a
// `catch (...)` anywhere between two of Lua's frames would break the interpreter. Everything that may raise runs inside Machine::protect.
#pragma once

#include <lua5.3/lua.h>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "script/budget.hpp"
#include "script/state.hpp"

namespace sendcheck::script {

// Why the script stopped; decides the error's id.
enum class Cause {
  script,
  syntax,
  forbidden,
  instructions,
  time,
  memory,
  too_large,
  not_text,
};

struct Module {
  std::string name;
  std::string source;
};

// A local variable that outlives the run because a function that was handed out uses it.
struct Cell {
  std::string name;
  // Of the function that stands beside it in the list of cells.
  int upvalue = 0;
  const void* identity = nullptr;
};

class Machine {
 public:
  explicit Machine(const Limits& limits);
  ~Machine();
  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

  static Machine& of(lua_State* lua) {
    return **static_cast<Machine**>(lua_getextraspace(lua));
  }

  // Runs body(lua) inside one lua_pcall, without budget. Needs an empty stack; leaves it empty. Nothing, or what was raised.
  template <class Body>
  std::optional<Error> protect(Body&& body);
  // The same with budgets that start anew.
  template <class Body>
  std::optional<Error> spend(Body&& body);

  // The number under which a script's name stands in Lua's own messages, which cut long names and let a script forge any.
  int file_number(const std::string& name);
  std::string file_name(int number) const;

  lua_State* lua = nullptr;
  Budget budget;

  // Of the error being raised.
  Cause cause = Cause::script;
  bool placed = false;  // the place is known, and the message holds none
  Place place = {};

  std::vector<std::string> type_names;
  std::vector<int> type_metatables;  // registry references
  std::vector<std::string> global_names;
  std::vector<std::pair<std::string, Value>> table_globals;
  std::vector<Module> modules;

  // References to tables in the registry.
  int base = 0;       // what every script can read
  int functions = 0;  // id to function
  int ids = 0;        // function to id
  int proxies = 0;    // sealed table to its read-only face
  int cells = 0;      // function and value of each cell
  int environment = 0;
  int run_tables = 0;  // this run's copies of the host's tables
  int loaded = 0;      // results of modules in this run
  int box_metatable = 0;

  int last_function = 0;
  int sealed_functions = 0;  // ids up to here
  std::size_t sealed_cells = 0;
  std::vector<Cell> cell_list;
  std::unordered_set<const void*> cell_ids;
  bool loading = false;  // a run, not a call: `require` works
  bool busy = false;
  int hooks = 0;  // since the host was last asked whether to give up

 private:
  using Trampoline = int (*)(lua_State*);
  std::optional<Error> enter(Trampoline trampoline, void* body);
  Error read_error(int status);

  std::vector<std::string> files_;
};

// Raises in Lua at the nearest line of a script, `level` functions of the script up (1 is the nearest).
[[noreturn]] void raise(lua_State* lua, const std::string& message,
                        Cause cause = Cause::script, int level = 1);
[[noreturn]] void raise_unplaced(lua_State* lua, const std::string& message,
                                 Cause cause = Cause::script);

// Charges work, or raises.
void charge(lua_State* lua, std::int64_t work);

// Makes room for `slots` more values on Lua's stack, or raises script.memory.
void need_stack(lua_State* lua, int slots);

// The line of the script from which the running C function was called; 0 when there is none.
int script_line(lua_State* lua);

// What stands at an index, in words: "nothing", "a text", "a criterion".
std::string words_for(lua_State* lua, int index);

// The guard that stands around every function of ours that Lua calls.
template <lua_CFunction function>
int guarded(lua_State* lua) {
  std::string message;
  try {
    return function(lua);
  } catch (const std::exception& problem) {
    message = problem.what();
  }
  raise(lua, message);
}

template <class Body>
int run_body(lua_State* lua) {
  std::string message;
  try {
    auto& body = *static_cast<Body*>(lua_touserdata(lua, 1));
    lua_settop(lua, 0);
    body(lua);
    return 0;
  } catch (const std::exception& problem) {
    message = problem.what();
  }
  raise(lua, message);
}

template <class Body>
std::optional<Error> Machine::protect(Body&& body) {
  using Plain = std::remove_reference_t<Body>;
  return enter(run_body<Plain>,
               const_cast<void*>(static_cast<const void*>(&body)));
}

template <class Body>
std::optional<Error> Machine::spend(Body&& body) {
  budget.start();
  busy = true;
  auto error = protect(std::forward<Body>(body));
  busy = false;
  return error;
}

// The arguments of a function of ours, checked as they are read; a wrong one raises with the function's name, what was expected and found.
class Arguments {
 public:
  Arguments(lua_State* lua, std::string_view function)
      : lua_(lua), function_(function) {}

  int count() const { return lua_gettop(lua_); }
  bool given(int index) const { return !lua_isnoneornil(lua_, index); }
  std::string_view text(int index) const;
  lua_Integer integer(int index) const;
  lua_Integer integer(int index, lua_Integer otherwise) const;
  void number(int index) const;
  void function(int index) const;
  // A table to read: pushes it, or what stands behind a read-only face.
  void table(int index) const;
  // A table to change.
  void changeable_table(int index) const;
  [[noreturn]] void refuse(int index, const std::string& expected) const;
  [[noreturn]] void fail(const std::string& message) const;

 private:
  lua_State* lua_;
  std::string_view function_;
};

// Makes of the table on the top of the stack its read-only face, and puts that in its place.
void make_read_only(lua_State* lua);
// Pushes the table behind the read-only face at `index`; pushes nothing and says false when it is none.
bool push_behind(lua_State* lua, int index);

}  // namespace sendcheck::script
