// table: insert remove concat sort unpack
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "script/libraries.hpp"
#include "script/machine.hpp"

namespace sendcheck::script {
namespace {

int insert(lua_State* lua) {
  Arguments arguments(lua, "table.insert");
  arguments.changeable_table(1);
  const auto size = static_cast<lua_Integer>(lua_rawlen(lua, 1));
  const int count = arguments.count();
  if (count != 2 && count != 3) {
    arguments.fail(
        "is written table.insert(list, value) or "
        "table.insert(list, place, value)");
  }
  lua_Integer place = size + 1;
  if (count == 3) {
    place = arguments.integer(2);
    if (place < 1 || place > size + 1) {
      arguments.fail("can put a value at 1 to " + std::to_string(size + 1) +
                     " of this list, not at " + std::to_string(place));
    }
  }
  charge(lua, 1 + (size + 1 - place));
  for (lua_Integer i = size; i >= place; --i) {
    lua_rawgeti(lua, 1, i);
    lua_rawseti(lua, 1, i + 1);
  }
  lua_pushvalue(lua, count);
  lua_rawseti(lua, 1, place);
  return 0;
}

int remove_item(lua_State* lua) {
  Arguments arguments(lua, "table.remove");
  arguments.changeable_table(1);
  const auto size = static_cast<lua_Integer>(lua_rawlen(lua, 1));
  const lua_Integer place = arguments.integer(2, size);
  if (size == 0 && (place == 0 || place == 1)) {
    lua_pushnil(lua);
    return 1;
  }
  if (place < 1 || place > size) {
    arguments.fail("can take a value from 1 to " + std::to_string(size) +
                   " of this list, not from " + std::to_string(place));
  }
  charge(lua, 1 + (size - place));
  lua_rawgeti(lua, 1, place);
  for (lua_Integer i = place; i < size; ++i) {
    lua_rawgeti(lua, 1, i + 1);
    lua_rawseti(lua, 1, i);
  }
  lua_pushnil(lua);
  lua_rawseti(lua, 1, size);
  return 1;
}

int concat(lua_State* lua) {
  Arguments arguments(lua, "table.concat");
  lua_settop(lua, 4);
  const std::string between(arguments.given(2) ? arguments.text(2)
                                               : std::string_view());
  const lua_Integer first = arguments.integer(3, 1);
  arguments.table(1);
  const int list = lua_gettop(lua);
  const lua_Integer last =
      arguments.integer(4, static_cast<lua_Integer>(lua_rawlen(lua, list)));
  const std::size_t limit = Machine::of(lua).budget.limits().text_bytes;
  std::string text;
  for (lua_Integer i = first; i <= last; ++i) {
    const int type = lua_rawgeti(lua, list, i);
    if (type != LUA_TSTRING && type != LUA_TNUMBER) {
      arguments.fail("joins texts and numbers, and found " +
                     words_for(lua, -1) + " at " + std::to_string(i));
    }
    push_words(lua, -1);
    std::size_t size = 0;
    const char* bytes = lua_tolstring(lua, -1, &size);
    charge(lua, 2 + static_cast<std::int64_t>((size + between.size()) / 16));
    if (i > first) text += between;
    text.append(bytes, size);
    lua_pop(lua, 2);
    if (text.size() > limit) {
      raise(lua,
            "table.concat: the text would be longer than " +
                std::to_string(limit) + " bytes",
            Cause::memory);
    }
    if (i == last) break;  // the largest integer has no next one
  }
  lua_pushlstring(lua, text.data(), text.size());
  return 1;
}

// A stable merge sort of places in a snapshot. It ends after the same number
// of comparisons whatever the comparison says, and never leaves its bounds.
class Sort {
 public:
  // The snapshot and the comparison (or nil) stand at these places.
  Sort(lua_State* lua, int snapshot, int comparison)
      : lua_(lua), snapshot_(snapshot), comparison_(comparison) {}

  std::vector<int> order(int size) {
    std::vector<int> places(static_cast<std::size_t>(size));
    for (int i = 0; i < size; ++i) {
      places[static_cast<std::size_t>(i)] = i + 1;
    }
    std::vector<int> merged(places.size());
    for (std::size_t run = 1; run < places.size(); run *= 2) {
      for (std::size_t from = 0; from < places.size(); from += 2 * run) {
        merge(places, merged, from, run);
      }
      places.swap(merged);
    }
    return places;
  }

 private:
  void merge(const std::vector<int>& places, std::vector<int>& merged,
             std::size_t from, std::size_t run) {
    const std::size_t middle = std::min(from + run, places.size());
    const std::size_t end = std::min(from + 2 * run, places.size());
    std::size_t left = from;
    std::size_t right = middle;
    for (std::size_t to = from; to < end; ++to) {
      const bool take_right =
          left == middle ||
          (right < end && comes_before(places[right], places[left]));
      merged[to] = take_right ? places[right++] : places[left++];
    }
  }

  bool comes_before(int a, int b) {
    charge(lua_, 5);
    const bool compares = !lua_isnil(lua_, comparison_);
    if (compares) lua_pushvalue(lua_, comparison_);
    lua_rawgeti(lua_, snapshot_, a);
    lua_rawgeti(lua_, snapshot_, b);
    bool before = false;
    if (compares) {
      lua_call(lua_, 2, 1);
      before = lua_toboolean(lua_, -1) != 0;
      lua_pop(lua_, 1);
      return before;
    }
    before = naturally_before();
    lua_pop(lua_, 2);
    return before;
  }

  bool naturally_before() {
    const int left = lua_type(lua_, -2);
    const int right = lua_type(lua_, -1);
    if (left == LUA_TSTRING && right == LUA_TSTRING) {
      return text_at(-2) < text_at(-1);
    }
    if (left != right || (left != LUA_TNUMBER && left != LUA_TUSERDATA)) {
      raise(lua_, "table.sort: cannot put " + words_for(lua_, -2) + " and " +
                      words_for(lua_, -1) +
                      " in order: give a function that compares two values");
    }
    return lua_compare(lua_, -2, -1, LUA_OPLT) != 0;
  }

  std::string_view text_at(int index) {
    std::size_t size = 0;
    const char* bytes = lua_tolstring(lua_, index, &size);
    charge(lua_, static_cast<std::int64_t>(size / 16));
    return {bytes, size};
  }

  lua_State* lua_;
  int snapshot_;
  int comparison_;
};

int sort(lua_State* lua) {
  Arguments arguments(lua, "table.sort");
  arguments.changeable_table(1);
  if (arguments.given(2)) arguments.function(2);
  lua_settop(lua, 2);
  const auto size = static_cast<int>(lua_rawlen(lua, 1));
  charge(lua, size);
  lua_createtable(lua, size, 0);
  for (int i = 1; i <= size; ++i) {
    lua_rawgeti(lua, 1, i);
    lua_rawseti(lua, 3, i);
  }
  need_stack(lua, 8);
  const std::vector<int> order = Sort(lua, 3, 2).order(size);
  lua_Integer to = 0;
  for (const int from : order) {
    lua_rawgeti(lua, 3, from);
    lua_rawseti(lua, 1, ++to);
  }
  return 0;
}

int unpack(lua_State* lua) {
  Arguments arguments(lua, "table.unpack");
  lua_settop(lua, 3);
  const lua_Integer first = arguments.integer(2, 1);
  arguments.table(1);
  const int list = lua_gettop(lua);
  const lua_Integer last =
      arguments.integer(3, static_cast<lua_Integer>(lua_rawlen(lua, list)));
  if (first > last) return 0;
  const auto count =
      static_cast<lua_Unsigned>(last) - static_cast<lua_Unsigned>(first) + 1;
  if (count == 0 || count > static_cast<lua_Unsigned>(most_results)) {
    arguments.fail("gives at most " + std::to_string(most_results) +
                   " values at once: walk the list with ipairs");
  }
  charge(lua, static_cast<std::int64_t>(count));
  need_stack(lua, static_cast<int>(count));
  for (lua_Unsigned i = 0; i < count; ++i) {
    lua_rawgeti(lua, list, first + static_cast<lua_Integer>(i));
  }
  return static_cast<int>(count);
}

constexpr std::array<Function, 5> list_functions = {{
    {"concat", guarded<concat>},
    {"insert", guarded<insert>},
    {"remove", guarded<remove_item>},
    {"sort", guarded<sort>},
    {"unpack", guarded<unpack>},
}};

}  // namespace

void push_list_library(lua_State* lua) {
  lua_createtable(lua, 0, static_cast<int>(list_functions.size()));
  add_functions(lua, list_functions);
}

}  // namespace sendcheck::script
