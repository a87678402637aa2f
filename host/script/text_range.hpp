// What the functions on texts share. For the sources of this layer.
#pragma once

#include <lua5.3/lua.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "script/machine.hpp"

namespace sendcheck::script {

inline void charge_bytes(lua_State* lua, std::size_t bytes) {
  charge(lua, 1 + static_cast<std::int64_t>(bytes / 16));
}

inline int give(lua_State* lua, const std::string& text) {
  lua_pushlstring(lua, text.data(), text.size());
  return 1;
}

// The closed range [first, last] within a text, from places that may count
// from the end.
struct Range {
  std::size_t first = 1;
  std::size_t last = 0;
  bool empty() const { return first > last; }
  std::size_t size() const { return empty() ? 0 : last - first + 1; }
};

inline Range range_in(std::size_t size, lua_Integer from, lua_Integer to) {
  const auto length = static_cast<lua_Integer>(size);
  if (from < 0) from = std::max<lua_Integer>(length + from + 1, 1);
  if (from == 0) from = 1;
  if (to < 0) to = length + to + 1;
  to = std::min(to, length);
  if (from > to) return {};
  return {static_cast<std::size_t>(from), static_cast<std::size_t>(to)};
}

}  // namespace sendcheck::script
