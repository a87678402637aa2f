#include "script/sealing.hpp"

#include "script/libraries.hpp"

namespace sendcheck::script {
namespace {

// Walks what functions reach, without recursion: `queue` is a Lua list that
// grows as things are found.
class Sealing {
 public:
  explicit Sealing(lua_State* lua) : lua_(lua), machine_(Machine::of(lua)) {
    need_stack(lua_, 16);
    lua_createtable(lua_, 0, 0);
    queue_ = lua_gettop(lua_);
    lua_createtable(lua_, 0, 0);
    seen_ = lua_gettop(lua_);
    lua_rawgeti(lua_, LUA_REGISTRYINDEX, machine_.proxies);
    proxies_ = lua_gettop(lua_);
    lua_rawgeti(lua_, LUA_REGISTRYINDEX, machine_.cells);
    cells_ = lua_gettop(lua_);
  }

  void run() {
    lua_rawgeti(lua_, LUA_REGISTRYINDEX, machine_.functions);
    for (int id = machine_.sealed_functions + 1; id <= machine_.last_function;
         ++id) {
      lua_rawgeti(lua_, -1, id);
      enqueue_function();
    }
    lua_pop(lua_, 1);
    lua_rawgeti(lua_, LUA_REGISTRYINDEX, machine_.run_tables);
    enqueue();
    for (lua_Integer next = 1; next <= length_; ++next) {
      charge(lua_, 5);
      lua_rawgeti(lua_, queue_, next);
      if (lua_isfunction(lua_, -1)) {
        seal_function();
      } else {
        seal_table();
      }
      lua_pop(lua_, 1);
    }
    machine_.sealed_functions = machine_.last_function;
    machine_.sealed_cells = machine_.cell_list.size();
    lua_settop(lua_, queue_ - 1);
  }

 private:
  void enqueue() { lua_rawseti(lua_, queue_, ++length_); }

  // Pops a function.
  void enqueue_function() {
    if (is_iterator_of_pairs(lua_, -1)) {
      raise(lua_,
            "what pairs gives cannot be kept for later calls: call pairs "
            "where the loop is");
    }
    lua_pushvalue(lua_, -1);
    if (lua_iscfunction(lua_, -1) || lua_rawget(lua_, seen_) == LUA_TBOOLEAN) {
      lua_pop(lua_, 2);
      return;
    }
    lua_pop(lua_, 1);
    lua_pushvalue(lua_, -1);
    lua_pushboolean(lua_, 1);
    lua_rawset(lua_, seen_);
    enqueue();
  }

  // Looks at the value on the top. A plain table is replaced by its read-only
  // face, which says true; anything else stays.
  bool face() {
    if (lua_isfunction(lua_, -1)) {
      lua_pushvalue(lua_, -1);
      enqueue_function();
      return false;
    }
    if (!lua_istable(lua_, -1)) return false;
    if (lua_getmetatable(lua_, -1)) {
      lua_pop(lua_, 1);
      return false;
    }
    lua_pushvalue(lua_, -1);
    if (lua_rawget(lua_, proxies_) == LUA_TTABLE) {
      lua_remove(lua_, -2);
      return true;
    }
    lua_pop(lua_, 1);
    lua_pushvalue(lua_, -1);
    enqueue();
    lua_pushvalue(lua_, -1);
    make_read_only(lua_);
    lua_pushvalue(lua_, -2);
    lua_pushvalue(lua_, -2);
    lua_rawset(lua_, proxies_);
    lua_remove(lua_, -2);
    return true;
  }

  void seal_function() {
    const int function = lua_gettop(lua_);
    for (int i = 1;; ++i) {
      const char* name = lua_getupvalue(lua_, function, i);
      if (!name) return;
      if (face()) {
        lua_pushvalue(lua_, -1);
        lua_setupvalue(lua_, function, i);
      }
      note_cell(function, i, name);
      lua_pop(lua_, 1);
    }
  }

  // The value of the cell is on the top.
  void note_cell(int function, int number, const char* name) {
    const void* identity = lua_upvalueid(lua_, function, number);
    if (!machine_.cell_ids.insert(identity).second) return;
    const auto at = static_cast<lua_Integer>(machine_.cell_list.size()) * 2 + 1;
    machine_.cell_list.push_back({name, number, identity});
    lua_pushvalue(lua_, function);
    lua_rawseti(lua_, cells_, at);
    lua_pushvalue(lua_, -1);
    lua_rawseti(lua_, cells_, at + 1);
  }

  void seal_table() {
    const int table = lua_gettop(lua_);
    for (lua_pushnil(lua_); lua_next(lua_, table);) {
      charge(lua_, 2);
      if (lua_istable(lua_, -2) || lua_isfunction(lua_, -2)) {
        raise(lua_, "a table that later calls use has " + words_for(lua_, -2) +
                        " as a key: use texts or numbers as keys");
      }
      // Setting a field that exists is allowed while walking.
      if (face()) {
        lua_pushvalue(lua_, -2);
        lua_insert(lua_, -2);
        lua_rawset(lua_, table);
      } else {
        lua_pop(lua_, 1);
      }
    }
  }

  lua_State* lua_;
  Machine& machine_;
  int queue_ = 0;
  int seen_ = 0;
  int proxies_ = 0;
  int cells_ = 0;
  lua_Integer length_ = 0;
};

// The two values on the top; a NaN equals itself here.
bool unchanged(lua_State* lua) {
  if (lua_rawequal(lua, -1, -2)) return true;
  if (lua_type(lua, -1) != LUA_TNUMBER || lua_type(lua, -2) != LUA_TNUMBER) {
    return false;
  }
  const double left = lua_tonumber(lua, -1);
  const double right = lua_tonumber(lua, -2);
  return left != left && right != right;
}

}  // namespace

void seal(lua_State* lua) {
  const Machine& machine = Machine::of(lua);
  if (machine.sealed_functions == machine.last_function) return;
  Sealing(lua).run();
}

void forget_unsealed(Machine& machine) {
  lua_State* lua = machine.lua;
  lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.functions);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.ids);
  // Only keys that exist are set, which needs no memory and cannot raise.
  for (int id = machine.sealed_functions + 1; id <= machine.last_function;
       ++id) {
    if (lua_rawgeti(lua, 1, id) == LUA_TFUNCTION) {
      lua_pushnil(lua);
      lua_rawset(lua, 2);
      lua_pushnil(lua);
      lua_rawseti(lua, 1, id);
    }
    lua_settop(lua, 2);
  }
  lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.cells);
  while (machine.cell_list.size() > machine.sealed_cells) {
    machine.cell_ids.erase(machine.cell_list.back().identity);
    machine.cell_list.pop_back();
    const auto at = static_cast<lua_Integer>(machine.cell_list.size()) * 2 + 1;
    for (const lua_Integer place : {at, at + 1}) {
      if (lua_rawgeti(lua, 3, place) != LUA_TNIL) {
        lua_pushnil(lua);
        lua_rawseti(lua, 3, place);
      }
      lua_settop(lua, 3);
    }
  }
  lua_settop(lua, 0);
  machine.sealed_functions = machine.last_function;
}

std::string restore_cells(Machine& machine) {
  lua_State* lua = machine.lua;
  std::string changed;
  lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.cells);
  lua_Integer at = 1;
  for (const Cell& cell : machine.cell_list) {
    lua_rawgeti(lua, 1, at);
    lua_rawgeti(lua, 1, at + 1);
    lua_getupvalue(lua, 2, cell.upvalue);
    if (!unchanged(lua)) {
      changed = cell.name;
      lua_pushvalue(lua, 3);
      lua_setupvalue(lua, 2, cell.upvalue);
    }
    lua_settop(lua, 1);
    at += 2;
  }
  lua_settop(lua, 0);
  return changed;
}

void forget_functions(lua_State* lua) {
  Machine& machine = Machine::of(lua);
  for (const int table :
       {machine.functions, machine.ids, machine.proxies, machine.cells}) {
    lua_createtable(lua, 0, 0);
    lua_rawseti(lua, LUA_REGISTRYINDEX, table);
  }
  machine.cell_list.clear();
  machine.cell_ids.clear();
  machine.sealed_cells = 0;
  machine.sealed_functions = machine.last_function;
}

}  // namespace sendcheck::script
