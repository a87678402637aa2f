// The host that sendcheck is measured against: a stock Lua 5.3, plain tables,
// rules by hand (plain_lua_rules.lua), no sandbox and no explanation.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace sendcheck::bench {

class PlainLuaHost {
 public:
  // Nothing when the rules do not load; `error` says why.
  static std::unique_ptr<PlainLuaHost> open(const std::string& rules_file,
                                            std::string& error);
  ~PlainLuaHost();
  PlainLuaHost(const PlainLuaHost&) = delete;
  PlainLuaHost& operator=(const PlainLuaHost&) = delete;

  // Reads one JSON line into Lua tables and keeps them.
  void keep(std::string_view line);
  std::size_t kept() const;
  // Checks every pupil that was kept, in one call into Lua. The answers of each
  // stand until those of the next.
  void check_kept();

  // Reads one JSON line into Lua tables, runs the rules and appends a line of
  // outcomes (outcome_line.hpp).
  void check_line(std::string_view line, std::string& out);

 private:
  struct Impl;
  explicit PlainLuaHost(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace sendcheck::bench
