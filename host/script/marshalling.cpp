#include "script/marshalling.hpp"

#include <algorithm>
#include <cmath>
#include <new>

#include "base/text.hpp"

namespace sendcheck::script {
namespace {

constexpr int deepest = 16;
constexpr int most_values = 10'000;

void push_table(lua_State* lua, const Table& table) {
  need_stack(lua, 4);
  lua_createtable(lua, static_cast<int>(table.items.size()),
                  static_cast<int>(table.fields.size()));
  lua_Integer position = 0;
  for (const Value& item : table.items) {
    push(lua, item);
    lua_rawseti(lua, -2, ++position);
  }
  for (const auto& [name, field] : table.fields) {
    lua_pushlstring(lua, name.data(), name.size());
    push(lua, field);
    lua_rawset(lua, -3);
  }
}

int hold_function(lua_State* lua, int index) {
  Machine& machine = Machine::of(lua);
  need_stack(lua, 4);
  const int at = lua_absindex(lua, index);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.ids);
  lua_pushvalue(lua, at);
  if (lua_rawget(lua, -2) == LUA_TNUMBER) {
    const int known = static_cast<int>(lua_tointeger(lua, -1));
    lua_pop(lua, 2);
    return known;
  }
  lua_pop(lua, 1);
  const int id = machine.last_function + 1;
  lua_pushvalue(lua, at);
  lua_pushinteger(lua, id);
  lua_rawset(lua, -3);
  lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.functions);
  lua_pushvalue(lua, at);
  lua_rawseti(lua, -2, id);
  lua_pop(lua, 2);
  machine.last_function = id;
  return id;
}

// One copy in progress.
class Copy {
 public:
  explicit Copy(lua_State* lua) : lua_(lua) {}

  Value take(int index, int depth) {
    if (++values_ > most_values) {
      raise(lua_, "a table of more than " + std::to_string(most_values) +
                      " values is too large to hand over");
    }
    switch (lua_type(lua_, index)) {
      case LUA_TNONE:
      case LUA_TNIL:
        return {};
      case LUA_TBOOLEAN:
        return lua_toboolean(lua_, index) != 0;
      case LUA_TNUMBER:
        return number(index);
      case LUA_TSTRING:
        return text(index);
      case LUA_TUSERDATA:
        return *static_cast<const Object*>(lua_touserdata(lua_, index));
      case LUA_TFUNCTION:
        return FunctionRef{hold_function(lua_, index)};
      default:
        return table(index, depth);
    }
  }

 private:
  Value number(int index) {
    if (lua_isinteger(lua_, index)) {
      return static_cast<std::int64_t>(lua_tointeger(lua_, index));
    }
    const double fraction = lua_tonumber(lua_, index);
    if (!std::isfinite(fraction)) {
      raise(lua_,
            "a number came out of a division by zero or grew without bound "
            "(not a finite number): check what is divided by what");
    }
    Value value;
    value.state = fraction;
    return value;
  }

  std::string text(int index) {
    std::size_t size = 0;
    const char* bytes = lua_tolstring(lua_, index, &size);
    charge(lua_, static_cast<std::int64_t>(size / 16));
    if (!is_valid_utf8({bytes, size})) {
      raise(lua_, "the text '" + quoted({bytes, size}, 40) +
                      "' is not valid UTF-8: it was cut inside a letter or "
                      "built from bytes");
    }
    return std::string(bytes, size);
  }

  Value table(int index, int depth) {
    if (depth >= deepest) {
      raise(lua_, "a table is nested more than " + std::to_string(deepest) +
                      " deep, or holds itself: hand over a simpler one");
    }
    need_stack(lua_, 6);
    const int at = lua_absindex(lua_, index);
    if (!push_behind(lua_, at)) {
      if (lua_getmetatable(lua_, at)) {
        raise(lua_, "the environment itself cannot be handed over");
      }
      lua_pushvalue(lua_, at);
    }
    Table copy = entries(lua_gettop(lua_), depth);
    lua_pop(lua_, 1);
    return copy;
  }

  Table entries(int at, int depth) {
    Table copy;
    std::vector<std::pair<lua_Integer, Value>> items;
    for (lua_pushnil(lua_); lua_next(lua_, at); lua_pop(lua_, 1)) {
      charge(lua_, 1);
      if (lua_isinteger(lua_, -2)) {
        items.emplace_back(lua_tointeger(lua_, -2), take(-1, depth + 1));
      } else if (lua_type(lua_, -2) == LUA_TSTRING) {
        copy.fields.emplace_back(text(-2), take(-1, depth + 1));
      } else {
        raise(lua_,
              "a table that is handed over has names or 1, 2, 3 ... as "
              "keys, and this one has " +
                  words_for(lua_, -2));
      }
    }
    const auto by_key = [](const auto& a, const auto& b) {
      return a.first < b.first;
    };
    std::sort(items.begin(), items.end(), by_key);
    std::sort(copy.fields.begin(), copy.fields.end(), by_key);
    copy.items.reserve(items.size());
    lua_Integer expected = 0;
    for (auto& [position, value] : items) {
      if (position != ++expected) {
        raise(lua_,
              "a list that is handed over counts 1, 2, 3 ... without "
              "gaps; this one has " +
                  std::to_string(position) + " where " +
                  std::to_string(expected) + " was expected");
      }
      copy.items.push_back(std::move(value));
    }
    return copy;
  }

  lua_State* lua_;
  int values_ = 0;
};

}  // namespace

void push(lua_State* lua, const Value& value) {
  need_stack(lua, 3);
  if (value.is_nil()) {
    lua_pushnil(lua);
  } else if (const bool* truth = value.boolean()) {
    lua_pushboolean(lua, *truth);
  } else if (const std::int64_t* integer = value.integer()) {
    lua_pushinteger(lua, *integer);
  } else if (const double* fraction = value.fraction()) {
    lua_pushnumber(lua, *fraction);
  } else if (const std::string* text = value.text()) {
    lua_pushlstring(lua, text->data(), text->size());
  } else if (const Object* object = value.object()) {
    Machine& machine = Machine::of(lua);
    if (object->type < 0 ||
        object->type >= static_cast<int>(machine.type_metatables.size())) {
      raise(lua, "the program handed over an object of an unknown type");
    }
    new (lua_newuserdata(lua, sizeof(Object))) Object(*object);
    lua_rawgeti(
        lua, LUA_REGISTRYINDEX,
        machine.type_metatables[static_cast<std::size_t>(object->type)]);
    lua_setmetatable(lua, -2);
  } else if (const FunctionRef* function = value.function()) {
    lua_rawgeti(lua, LUA_REGISTRYINDEX, Machine::of(lua).functions);
    if (lua_rawgeti(lua, -1, function->id) != LUA_TFUNCTION) {
      raise(lua, "the program handed over a function that was let go");
    }
    lua_remove(lua, -2);
  } else if (const Table* table = value.table()) {
    push_table(lua, *table);
  } else {
    const auto& host =
        std::get<std::shared_ptr<const HostFunction>>(value.state);
    push_function(lua, host);
  }
}

Value value_at(lua_State* lua, int index) { return Copy(lua).take(index, 0); }

}  // namespace sendcheck::script
