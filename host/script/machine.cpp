#include "script/machine.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <new>

#include "base/text.hpp"

namespace sendcheck::script {
namespace {

constexpr int hook_interval = 100;
constexpr std::size_t longest_message = 500;

const char behind_key = 0;

constexpr int hooks_between_questions = 10;

void count_instructions(lua_State* lua, lua_Debug*) {
  charge(lua, hook_interval);
  Machine& machine = Machine::of(lua);
  if (++machine.hooks < hooks_between_questions) return;
  machine.hooks = 0;
  const auto& give_up = machine.budget.limits().give_up;
  if (machine.busy && give_up && give_up()) {
    raise(lua,
          "the script was stopped because it took too long; another run may "
          "end otherwise",
          Cause::time);
  }
}

std::string id_of(Cause cause) {
  switch (cause) {
    case Cause::script:
      return "script.error";
    case Cause::syntax:
      return "script.syntax";
    case Cause::forbidden:
      return "script.forbidden";
    case Cause::instructions:
      return "script.instructions";
    case Cause::time:
      return "script.time";
    case Cause::memory:
      return "script.memory";
    case Cause::too_large:
      return "script.too_large";
    case Cause::not_text:
      return "script.not_text";
  }
  return "script.error";
}

std::string memory_message(const Budget& budget) {
  const Limits& limits = budget.limits();
  switch (budget.refusal()) {
    case Refusal::text:
      return "the script made a text of more than " +
             std::to_string(limits.text_bytes) + " bytes: make shorter ones";
    case Refusal::stack:
      return "the script's functions call one another too deep, or without "
             "end: look for a function that calls itself";
    case Refusal::block:
      return "the script made a list or table that is too large (" +
             std::to_string(limits.block_bytes) +
             " bytes at most): keep large tables in the rule set";
    case Refusal::total:
    case Refusal::none:
      break;
  }
  return "the script used more than its " +
         std::to_string(limits.memory_bytes) +
         " bytes of memory: look for a loop that adds to a list without end";
}

// Lua's own position, "12:34: " with our number for the file.
bool take_position(std::string_view& message, int& file, int& line) {
  const char* end = message.data() + message.size();
  const auto first = std::from_chars(message.data(), end, file);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != ':') {
    return false;
  }
  const auto second = std::from_chars(first.ptr + 1, end, line);
  if (second.ec != std::errc() || end - second.ptr < 2 ||
      second.ptr[0] != ':' || second.ptr[1] != ' ') {
    return false;
  }
  message.remove_prefix(
      static_cast<std::size_t>(second.ptr + 2 - message.data()));
  return true;
}

// Finds the level-th function of a script on the stack.
bool find_script(lua_State* lua, int level, lua_Debug& found) {
  for (int depth = 0; lua_getstack(lua, depth, &found) != 0; ++depth) {
    lua_getinfo(lua, "Sl", &found);
    if (found.currentline > 0 && --level <= 0) return true;
  }
  return false;
}

std::string ordinal(int number) {
  const char* ending = number == 1   ? "st"
                       : number == 2 ? "nd"
                       : number == 3 ? "rd"
                                     : "th";
  return std::to_string(number) + ending;
}

int refuse_write(lua_State* lua) {
  std::string name = "it";
  if (lua_type(lua, 2) == LUA_TSTRING) {
    name = "'" + quoted(lua_tostring(lua, 2)) + "' in it";
  }
  raise(lua, "this table is read-only, so " + name +
                 " cannot be set: copy what you need into a local table");
}

int length_behind(lua_State* lua) {
  if (!push_behind(lua, 1)) raise(lua, "only a list has a length");
  lua_pushinteger(lua, static_cast<lua_Integer>(lua_rawlen(lua, -1)));
  return 1;
}

}  // namespace

Machine::Machine(const Limits& limits) : budget(limits) {
  lua = lua_newstate(Budget::allocate, &budget);
  if (!lua) throw std::bad_alloc();
  *static_cast<Machine**>(lua_getextraspace(lua)) = this;
  lua_sethook(lua, count_instructions, LUA_MASKCOUNT, hook_interval);
}

Machine::~Machine() { lua_close(lua); }

int Machine::file_number(const std::string& name) {
  const auto known = std::find(files_.begin(), files_.end(), name);
  if (known == files_.end()) {
    files_.push_back(name);
    return static_cast<int>(files_.size()) - 1;
  }
  return static_cast<int>(known - files_.begin());
}

std::string Machine::file_name(int number) const {
  if (number < 0 || number >= static_cast<int>(files_.size())) return {};
  return files_[static_cast<std::size_t>(number)];
}

std::optional<Error> Machine::enter(Trampoline trampoline, void* body) {
  cause = Cause::script;
  placed = false;
  place = {};
  hooks = 0;
  // Setting it again lets the count begin anew: the same work costs the same.
  lua_sethook(lua, count_instructions, LUA_MASKCOUNT, hook_interval);
  lua_pushcfunction(lua, trampoline);
  lua_pushlightuserdata(lua, body);
  const int status = lua_pcall(lua, 1, 0, 0);
  budget.stop();
  if (status == LUA_OK) return std::nullopt;
  Error error = read_error(status);
  lua_settop(lua, 0);
  if (cause == Cause::memory) lua_gc(lua, LUA_GCCOLLECT, 0);
  return error;
}

Error Machine::read_error(int status) {
  if (status == LUA_ERRMEM || status == LUA_ERRERR) {
    cause = Cause::memory;
    placed = false;
    place = {};
  }
  std::string_view message = "an error without a message";
  if (lua_type(lua, -1) == LUA_TSTRING) {
    std::size_t size = 0;
    const char* bytes = lua_tolstring(lua, -1, &size);
    message = {bytes, size};
  }
  std::string own;
  if (cause == Cause::memory && !placed) {
    own = memory_message(budget);
    message = own;
  } else if (!placed) {
    int file = 0;
    int line = 0;
    if (take_position(message, file, line)) {
      place = Place{file_name(file), line, 0, {}};
    }
  }
  return Error{id_of(cause), quoted(message, longest_message), place};
}

void raise_unplaced(lua_State* lua, const std::string& message, Cause cause) {
  Machine& machine = Machine::of(lua);
  machine.cause = cause;
  machine.placed = true;
  lua_pushlstring(lua, message.data(),
                  std::min<std::size_t>(message.size(), 4096));
  lua_error(lua);
  std::abort();  // lua_error does not come back
}

void raise(lua_State* lua, const std::string& message, Cause cause, int level) {
  Machine& machine = Machine::of(lua);
  machine.place = {};
  lua_Debug found;
  if (find_script(lua, level, found) || find_script(lua, 1, found)) {
    std::string_view source = found.short_src;
    int file = 0;
    std::from_chars(source.data(), source.data() + source.size(), file);
    machine.place.file = machine.file_name(file);
    machine.place.line = found.currentline;
  }
  raise_unplaced(lua, message, cause);
}

void charge(lua_State* lua, std::int64_t work) {
  Machine& machine = Machine::of(lua);
  // Work that the host does between two runs is nobody's.
  if (!machine.busy || machine.budget.charge(work)) return;
  const Budget& budget = machine.budget;
  if (budget.instructions_used() <= budget.limits().instructions) {
    raise(lua,
          "the script worked too long on long texts or large tables and was "
          "stopped: keep large tables in the rule set, and texts short",
          Cause::instructions);
  }
  raise(lua,
        "the script took more than " +
            std::to_string(budget.limits().instructions) +
            " steps and was stopped: look for a loop that does not end",
        Cause::instructions);
}

void need_stack(lua_State* lua, int slots) {
  if (lua_checkstack(lua, slots)) return;
  raise(lua, memory_message(Machine::of(lua).budget), Cause::memory);
}

int script_line(lua_State* lua) {
  lua_Debug found;
  return find_script(lua, 1, found) ? found.currentline : 0;
}

std::string words_for(lua_State* lua, int index) {
  switch (lua_type(lua, index)) {
    case LUA_TNONE:
    case LUA_TNIL:
      return "nothing";
    case LUA_TBOOLEAN:
      return lua_toboolean(lua, index) ? "true" : "false";
    case LUA_TNUMBER:
      return "a number";
    case LUA_TSTRING:
      return "a text";
    case LUA_TTABLE:
      return lua_rawlen(lua, index) > 0 ? "a list" : "a table";
    case LUA_TFUNCTION:
      return "a function";
    case LUA_TUSERDATA: {
      const auto& object =
          *static_cast<const Object*>(lua_touserdata(lua, index));
      return Machine::of(lua).type_names[static_cast<std::size_t>(object.type)];
    }
    default:
      return "something unknown";
  }
}

std::string_view Arguments::text(int index) const {
  if (lua_type(lua_, index) != LUA_TSTRING) refuse(index, "a text");
  std::size_t size = 0;
  const char* bytes = lua_tolstring(lua_, index, &size);
  return {bytes, size};
}

lua_Integer Arguments::integer(int index) const {
  int is_integer = 0;
  const lua_Integer value = lua_tointegerx(lua_, index, &is_integer);
  if (lua_type(lua_, index) != LUA_TNUMBER || !is_integer) {
    refuse(index, "a whole number");
  }
  return value;
}

lua_Integer Arguments::integer(int index, lua_Integer otherwise) const {
  return given(index) ? integer(index) : otherwise;
}

void Arguments::number(int index) const {
  if (lua_type(lua_, index) != LUA_TNUMBER) refuse(index, "a number");
}

void Arguments::function(int index) const {
  if (lua_type(lua_, index) != LUA_TFUNCTION) refuse(index, "a function");
}

void Arguments::table(int index) const {
  if (lua_type(lua_, index) != LUA_TTABLE) refuse(index, "a list or table");
  if (!push_behind(lua_, index)) lua_pushvalue(lua_, index);
}

void Arguments::changeable_table(int index) const {
  if (lua_type(lua_, index) != LUA_TTABLE) refuse(index, "a list");
  if (lua_getmetatable(lua_, index)) {
    fail("this table is read-only: copy what you need into a local table");
  }
}

void Arguments::refuse(int index, const std::string& expected) const {
  fail("needs " + expected + " as its " + ordinal(index) +
       " argument, and was given " + words_for(lua_, index));
}

void Arguments::fail(const std::string& message) const {
  raise(lua_, std::string(function_) + ": " + message);
}

void make_read_only(lua_State* lua) {
  need_stack(lua, 4);
  lua_createtable(lua, 0, 0);
  lua_createtable(lua, 0, 5);
  lua_pushvalue(lua, -3);
  lua_setfield(lua, -2, "__index");
  lua_pushvalue(lua, -3);
  lua_rawsetp(lua, -2, &behind_key);
  lua_pushcfunction(lua, guarded<refuse_write>);
  lua_setfield(lua, -2, "__newindex");
  lua_pushcfunction(lua, guarded<length_behind>);
  lua_setfield(lua, -2, "__len");
  lua_pushboolean(lua, 0);
  lua_setfield(lua, -2, "__metatable");
  lua_setmetatable(lua, -2);
  lua_remove(lua, -2);
}

bool push_behind(lua_State* lua, int index) {
  need_stack(lua, 2);
  if (lua_type(lua, index) != LUA_TTABLE || !lua_getmetatable(lua, index)) {
    return false;
  }
  if (lua_rawgetp(lua, -1, &behind_key) == LUA_TTABLE) {
    lua_remove(lua, -2);
    return true;
  }
  lua_pop(lua, 2);
  return false;
}

}  // namespace sendcheck::script
