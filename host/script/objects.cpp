// Host functions and the types of objects, as Lua meets them.
#include <lua5.3/lauxlib.h>

#include <algorithm>
#include <array>
#include <new>

#include "base/text.hpp"
#include "script/marshalling.hpp"

namespace sendcheck::script {
namespace {

using Box = std::shared_ptr<const HostFunction>;

int destroy_box(lua_State* lua) {
  static_cast<Box*>(lua_touserdata(lua, 1))->~Box();
  return 0;
}

class LuaCall final : public Call {
 public:
  // Takes the arguments from the stack, `count` of them.
  LuaCall(lua_State* lua, int count) : lua_(lua) {
    arguments_.reserve(static_cast<std::size_t>(count));
    for (int i = 1; i <= count; ++i) arguments_.push_back(value_at(lua, i));
  }

  const Value& argument(std::size_t index) const override {
    return index < arguments_.size() ? arguments_[index] : nothing_;
  }
  std::size_t count() const override { return arguments_.size(); }
  int line() const override { return script_line(lua_); }
  void charge(std::int64_t work) override { script::charge(lua_, work); }

 private:
  lua_State* lua_;
  std::vector<Value> arguments_;
  Value nothing_;
};

constexpr int call_cost = 5;

int call_host(lua_State* lua, int count) {
  const auto& function =
      *static_cast<const Box*>(lua_touserdata(lua, lua_upvalueindex(1)));
  charge(lua, call_cost + count);
  LuaCall call(lua, count);
  const Value result = (*function)(call);
  lua_settop(lua, 0);
  push(lua, result);
  return 1;
}

int call_function(lua_State* lua) { return call_host(lua, lua_gettop(lua)); }

int upvalue_integer(lua_State* lua, int number) {
  return static_cast<int>(lua_tointeger(lua, lua_upvalueindex(number)));
}

const std::string& type_name(lua_State* lua, int type) {
  return Machine::of(lua).type_names[static_cast<std::size_t>(type)];
}

const Object* object_at(lua_State* lua, int index) {
  if (lua_type(lua, index) != LUA_TUSERDATA) return nullptr;
  return static_cast<const Object*>(lua_touserdata(lua, index));
}

// Upvalues: the box, the type, the method's name.
int call_method(lua_State* lua) {
  const int type = upvalue_integer(lua, 2);
  const Object* self = object_at(lua, 1);
  if (!self || self->type != type) {
    const std::string name = lua_tostring(lua, lua_upvalueindex(3));
    raise(lua, name + " is called on " + type_name(lua, type) +
                   " with a colon (x:" + name + "(...)), and was called on " +
                   words_for(lua, 1));
  }
  return call_host(lua, lua_gettop(lua));
}

int call_operator(lua_State* lua) { return call_host(lua, 2); }
int call_unary(lua_State* lua) { return call_host(lua, 1); }

// Upvalues: type, methods, index function or nil.
int index_object(lua_State* lua) {
  lua_pushvalue(lua, 2);
  if (!lua_isnil(lua, 2) &&
      lua_rawget(lua, lua_upvalueindex(2)) == LUA_TFUNCTION) {
    return 1;
  }
  lua_settop(lua, 2);
  if (lua_type(lua, lua_upvalueindex(3)) == LUA_TFUNCTION) {
    lua_pushvalue(lua, lua_upvalueindex(3));
    lua_insert(lua, 1);
    lua_call(lua, 2, 1);
    return 1;
  }
  const std::string& owner = type_name(lua, upvalue_integer(lua, 1));
  if (lua_type(lua, 2) != LUA_TSTRING) {
    raise(lua, owner + " has no parts to pick by " + words_for(lua, 2));
  }
  const std::string name = lua_tostring(lua, 2);
  std::vector<std::string> names;
  for (lua_pushnil(lua); lua_next(lua, lua_upvalueindex(2));) {
    lua_pop(lua, 1);
    names.emplace_back(lua_tostring(lua, -1));
  }
  std::sort(names.begin(), names.end());
  const std::string near = nearest(name, names);
  raise(lua, owner + " has no '" + quoted(name) + "'" +
                 (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

int refuse_object_write(lua_State* lua) {
  raise(lua, words_for(lua, 1) + " is read-only: nothing in it can be set");
}

int same_object(lua_State* lua) {
  const Object* left = object_at(lua, 1);
  const Object* right = object_at(lua, 2);
  lua_pushboolean(lua, left && right && *left == *right);
  return 1;
}

struct OperatorName {
  const char* event;  // Lua's
  const char* name;   // TypeSpec's; empty when no type can have it
  const char* phrase;
  bool unary = false;
};

constexpr std::array<OperatorName, 20> operator_names = {{
    {"__add", "add", "cannot be added to"},
    {"__sub", "subtract", "cannot be subtracted, one from the other:"},
    {"__mul", "multiply", "cannot be multiplied by"},
    {"__div", "divide", "cannot be divided by"},
    {"__unm", "negate", "cannot have its sign turned", true},
    {"__eq", "equal", "cannot be compared with"},
    {"__lt", "less", "cannot be put in order with"},
    {"__le", "less_or_equal", "cannot be put in order with"},
    {"__len", "length", "has no length", true},
    {"__call", "", "cannot be called like a function", true},
    {"__mod", "", "has no remainder (%) with"},
    {"__pow", "", "cannot be raised to a power (^):"},
    {"__idiv", "", "cannot be divided (//) by"},
    {"__concat", "",
     "cannot be joined with .. (write tostring(x) where its words are meant):"},
    {"__band", "", "has no bits (&):"},
    {"__bor", "", "has no bits (|):"},
    {"__bxor", "", "has no bits (~):"},
    {"__shl", "", "has no bits (<<):"},
    {"__shr", "", "has no bits (>>):"},
    {"__bnot", "", "has no bits (~)", true},
}};

// Upvalue: where the operator stands in the table above.
int refuse_operator(lua_State* lua) {
  const auto& refused =
      operator_names[static_cast<std::size_t>(upvalue_integer(lua, 1))];
  std::string message = words_for(lua, 1) + " " + refused.phrase;
  if (!refused.unary) message += " " + words_for(lua, 2);
  raise(lua, message);
}

void push_box(lua_State* lua, Box function) {
  need_stack(lua, 4);
  void* room = lua_newuserdata(lua, sizeof(Box));
  new (room) Box(std::move(function));
  lua_rawgeti(lua, LUA_REGISTRYINDEX, Machine::of(lua).box_metatable);
  lua_setmetatable(lua, -2);
}

void set_operator(lua_State* lua, const TypeSpec& spec,
                  const OperatorName& slot, std::size_t position) {
  const std::string_view event = slot.event;
  const auto given = spec.operators.find(slot.name);
  const bool is_call = event == "__call";
  if (is_call && spec.call) {
    push_function(lua, std::make_shared<const HostFunction>(spec.call));
  } else if (given != spec.operators.end() && given->second) {
    push_box(lua, std::make_shared<const HostFunction>(given->second));
    lua_pushcclosure(
        lua, slot.unary ? guarded<call_unary> : guarded<call_operator>, 1);
  } else if (event == "__eq") {
    lua_pushcfunction(lua, guarded<same_object>);
  } else {
    lua_pushinteger(lua, static_cast<lua_Integer>(position));
    lua_pushcclosure(lua, guarded<refuse_operator>, 1);
  }
  lua_setfield(lua, -2, slot.event);
}

// Needs the methods' table on the stack's top; pops it and pushes __index.
void push_index(lua_State* lua, const TypeSpec& spec, int type) {
  lua_pushinteger(lua, type);
  lua_insert(lua, -2);
  if (spec.index) {
    push_function(lua, std::make_shared<const HostFunction>(spec.index));
  } else {
    lua_pushnil(lua);
  }
  lua_pushcclosure(lua, guarded<index_object>, 3);
}

}  // namespace

void push_function(lua_State* lua,
                   std::shared_ptr<const HostFunction> function) {
  push_box(lua, std::move(function));
  lua_pushcclosure(lua, guarded<call_function>, 1);
}

int add_type(lua_State* lua, const TypeSpec& spec) {
  Machine& machine = Machine::of(lua);
  const int type = static_cast<int>(machine.type_names.size());
  lua_createtable(lua, 0, 24);
  for (std::size_t i = 0; i < operator_names.size(); ++i) {
    set_operator(lua, spec, operator_names[i], i);
  }
  lua_createtable(lua, 0, static_cast<int>(spec.methods.size()));
  for (const auto& [name, method] : spec.methods) {
    push_box(lua, std::make_shared<const HostFunction>(method));
    lua_pushinteger(lua, type);
    lua_pushstring(lua, name.c_str());
    lua_pushcclosure(lua, guarded<call_method>, 3);
    lua_setfield(lua, -2, name.c_str());
  }
  push_index(lua, spec, type);
  lua_setfield(lua, -2, "__index");
  lua_pushcfunction(lua, guarded<refuse_object_write>);
  lua_setfield(lua, -2, "__newindex");
  const auto to_text = spec.operators.find("to_text");
  if (to_text != spec.operators.end() && to_text->second) {
    push_box(lua, std::make_shared<const HostFunction>(to_text->second));
    lua_pushcclosure(lua, guarded<call_unary>, 1);
    lua_setfield(lua, -2, "__tostring");
  }
  lua_pushboolean(lua, 0);
  lua_setfield(lua, -2, "__metatable");
  machine.type_metatables.push_back(luaL_ref(lua, LUA_REGISTRYINDEX));
  machine.type_names.push_back(spec.name);
  return type;
}

void open_objects(lua_State* lua) {
  Machine& machine = Machine::of(lua);
  // Scripts never see a box, so its finaliser is the host's alone.
  lua_createtable(lua, 0, 1);
  lua_pushcfunction(lua, destroy_box);
  lua_setfield(lua, -2, "__gc");
  machine.box_metatable = luaL_ref(lua, LUA_REGISTRYINDEX);
}

}  // namespace sendcheck::script
