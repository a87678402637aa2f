#include "plain_lua_host.hpp"

#include <lua5.3/lauxlib.h>
#include <lua5.3/lua.h>
#include <lua5.3/lualib.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "outcome_line.hpp"

namespace sendcheck::bench {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "2026-11-22" as 20261122.
std::optional<lua_Integer> date(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
  lua_Integer number = 0;
  for (std::size_t i = 0; i < 10; ++i) {
    if (i == 4 || i == 7) continue;
    if (!is_digit(text[i])) return {};
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

// "6000.00" as 600000.
std::optional<lua_Integer> pence(const std::string& text) {
  if (text.size() < 4 || text.size() > 15) return {};
  const std::size_t point = text.size() - 3;
  if (text[point] != '.') return {};
  lua_Integer number = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == point) continue;
    if (!is_digit(text[i])) return {};
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

void push(lua_State* lua, const nlohmann::json& value) {
  using Type = nlohmann::json::value_t;
  switch (value.type()) {
    case Type::boolean:
      lua_pushboolean(lua, value.get<bool>());
      return;
    case Type::number_integer:
    case Type::number_unsigned:
      lua_pushinteger(lua, value.get<lua_Integer>());
      return;
    case Type::number_float:
      lua_pushnumber(lua, value.get<lua_Number>());
      return;
    case Type::string: {
      const auto& text = value.get_ref<const std::string&>();
      if (const auto day = date(text)) {
        lua_pushinteger(lua, *day);
      } else if (const auto amount = pence(text)) {
        lua_pushinteger(lua, *amount);
      } else {
        lua_pushlstring(lua, text.data(), text.size());
      }
      return;
    }
    case Type::array: {
      lua_createtable(lua, static_cast<int>(value.size()), 0);
      lua_Integer at = 0;
      for (const auto& item : value) {
        push(lua, item);
        lua_rawseti(lua, -2, ++at);
      }
      return;
    }
    case Type::object:
      lua_createtable(lua, 0, static_cast<int>(value.size()));
      for (const auto& [name, member] :
           value.get_ref<const nlohmann::json::object_t&>()) {
        if (member.is_null()) continue;
        lua_pushlstring(lua, name.data(), name.size());
        push(lua, member);
        lua_rawset(lua, -3);
      }
      return;
    default:
      lua_pushnil(lua);
  }
}

}  // namespace

struct PlainLuaHost::Impl {
  lua_State* lua = luaL_newstate();
  std::vector<std::string> rules;
  std::size_t kept = 0;
  // Where they stand on the stack, which is otherwise empty between calls.
  static constexpr int module = 1, pupils = 2, outcomes = 3, amounts = 4,
                       dues = 5, check = 6;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { lua_close(lua); }

  void push_answers() {
    lua_pushvalue(lua, outcomes);
    lua_pushvalue(lua, amounts);
    lua_pushvalue(lua, dues);
  }

  void write_answers(std::string_view upn, std::string& out) {
    OutcomeLine line(out, upn);
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const auto at = static_cast<lua_Integer>(i + 1);
      if (lua_rawgeti(lua, outcomes, at) == LUA_TNIL) {
        lua_pop(lua, 1);
        continue;
      }
      std::size_t length = 0;
      const char* outcome = lua_tolstring(lua, -1, &length);
      line.decision(rules[i], {outcome, length});
      if (lua_rawgeti(lua, amounts, at) == LUA_TNIL) {
        line.no_amount();
      } else {
        line.amount(lua_tointeger(lua, -1));
      }
      if (lua_rawgeti(lua, dues, at) == LUA_TNIL) {
        line.no_due();
      } else {
        const int day = static_cast<int>(lua_tointeger(lua, -1));
        line.due(day / 10000, day / 100 % 100, day % 100);
      }
      lua_pop(lua, 3);
    }
    line.end();
  }
};

PlainLuaHost::PlainLuaHost(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
PlainLuaHost::~PlainLuaHost() = default;

std::unique_ptr<PlainLuaHost> PlainLuaHost::open(const std::string& rules_file,
                                                 std::string& error) {
  auto impl = std::make_unique<Impl>();
  lua_State* lua = impl->lua;
  luaL_openlibs(lua);
  if (luaL_dofile(lua, rules_file.c_str())) {
    error = lua_tostring(lua, -1);
    return nullptr;
  }
  lua_newtable(lua);
  for (int list = 0; list < 3; ++list) lua_createtable(lua, 10, 0);
  lua_getfield(lua, Impl::module, "check");
  lua_getfield(lua, Impl::module, "rules");
  const auto number = static_cast<lua_Integer>(lua_rawlen(lua, -1));
  for (lua_Integer i = 1; i <= number; ++i) {
    lua_rawgeti(lua, -1, i);
    impl->rules.emplace_back(lua_tostring(lua, -1));
    lua_pop(lua, 1);
  }
  lua_pop(lua, 1);
  return std::unique_ptr<PlainLuaHost>(new PlainLuaHost(std::move(impl)));
}

void PlainLuaHost::keep(std::string_view line) {
  push(impl_->lua, nlohmann::json::parse(line));
  lua_rawseti(impl_->lua, Impl::pupils,
              static_cast<lua_Integer>(++impl_->kept));
}

std::size_t PlainLuaHost::kept() const { return impl_->kept; }

void PlainLuaHost::check_kept() {
  lua_State* lua = impl_->lua;
  lua_getfield(lua, Impl::module, "check_all");
  lua_pushvalue(lua, Impl::pupils);
  impl_->push_answers();
  lua_call(lua, 4, 0);
}

void PlainLuaHost::check_line(std::string_view line, std::string& out) {
  lua_State* lua = impl_->lua;
  const auto pupil = nlohmann::json::parse(line);
  lua_pushvalue(lua, Impl::check);
  push(lua, pupil);
  impl_->push_answers();
  lua_call(lua, 4, 0);
  const auto upn = pupil.find("upn");
  impl_->write_answers(
      upn == pupil.end() ? std::string_view()
                         : std::string_view(upn->get_ref<const std::string&>()),
      out);
}

}  // namespace sendcheck::bench
