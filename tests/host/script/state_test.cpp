#include "script/state.hpp"

#include <catch2/catch.hpp>
#include <optional>

#include "host/script/machinery.hpp"

namespace sendcheck::script {
namespace {

Error error_of(Result<Value> result) {
  REQUIRE_FALSE(result);
  return result.error();
}

std::int64_t integer_of(const Result<Value>& result) {
  if (!result) FAIL(result.error().to_string());
  REQUIRE(result->integer());
  return *result->integer();
}

Value field(const Value& table, const std::string& name) {
  REQUIRE(table.table());
  const Value* found = table.table()->find(name);
  REQUIRE(found);
  return *found;
}

TEST_CASE("a value that goes in comes out again") {
  Host host;
  const auto echo = host.state.run("return function(v) return v end", "e.lua");
  REQUIRE(echo);
  Table inner;
  inner.items = {Value(std::int64_t{1}), Value("two"), Value(true)};
  Table outer;
  outer.fields = {{"inner", Value(inner)}, {"name", Value("é")}};
  const std::vector<Value> values = {
      Value(),
      Value(true),
      Value(false),
      Value(std::int64_t{-9223372036854775807 - 1}),
      Value(std::string("with\0zero", 9)),
      Value(Object{host.thing, 42}),
  };
  for (const Value& value : values) {
    const auto result = host.state.call(*echo->function(), {value});
    REQUIRE(result);
    CHECK(result->state == value.state);
  }
  const auto result = host.state.call(*echo->function(), {Value(outer)});
  REQUIRE(result);
  CHECK(words(field(*result, "name")) == "é");
  const Value copied_value = field(*result, "inner");
  const Table* copied = copied_value.table();
  REQUIRE(copied);
  REQUIRE(copied->items.size() == 3);
  CHECK(copied->fields.empty());
  CHECK(words(copied->items[1]) == "two");
}

TEST_CASE("the fields of a table come in byte order whatever their origin") {
  Host host;
  const auto result =
      host.state.run("return { z = 1, a = 2, B = 3, [1] = 'x' }", "t.lua");
  REQUIRE(result);
  std::string names;
  for (const auto& [name, value] : result->table()->fields) names += name;
  CHECK(names == "Baz");
  CHECK(result->table()->find("b") == nullptr);
}

TEST_CASE("an error names the file and the line of the script") {
  Host host;
  const Error raised =
      error_of(host.state.run("\n\nerror 'no such band'", "rule.lua"));
  CHECK(raised.id == "script.error");
  CHECK(raised.message == "no such band");
  CHECK(raised.place == Place{"rule.lua", 3, 0, {}});

  const Error by_lua =
      error_of(host.state.run("local t\n\nlocal x = t.x", "rule.lua"));
  CHECK(by_lua.place == Place{"rule.lua", 3, 0, {}});
  CHECK(by_lua.message == "attempt to index a nil value (local 't')");

  const Error syntax = error_of(host.state.run("x =\n= 1", "rule.lua"));
  CHECK(syntax.id == "script.syntax");
  CHECK(syntax.place == Place{"rule.lua", 2, 0, {}});

  const Error caller = error_of(host.state.run(
      "local function check(x) error('bad', 2) end\n\n\ncheck(1)\n",
      "rule.lua"));
  CHECK(caller.place.line == 4);
}

TEST_CASE("an error in a module names the module") {
  Host host;
  host.state.add_module("bands", "local x = 1\nreturn x.y.z");
  const Error error =
      error_of(host.state.run("return require 'bands'", "rule.lua"));
  CHECK(error.place == Place{"bands.lua", 2, 0, {}});
  host.state.add_module("broken", "return (");
  const Error syntax =
      error_of(host.state.run("return require 'broken'", "rule.lua"));
  CHECK(syntax.id == "script.syntax");
  CHECK(syntax.place.file == "broken.lua");
}

TEST_CASE("an error in a called function names the script it came from") {
  Host host;
  const auto function =
      host.state.run("return function(x)\n  return x.score\nend",
                     "long-name-of-a-rule-that-"
                     "lua-itself-would-cut-after-sixty-letters/rule.lua");
  REQUIRE(function);
  const Error error = error_of(host.state.call(*function->function(), {}));
  CHECK(error.place.file ==
        "long-name-of-a-rule-that-lua-itself-would-cut-after-sixty-letters/"
        "rule.lua");
  CHECK(error.place.line == 2);
}

TEST_CASE("compiled code is refused before Lua sees it") {
  Host host;
  for (const std::string& source :
       {std::string("\x1bLuaS\0\x19\x93\r\n\x1a\n", 12), std::string("\x1b")}) {
    CHECK(error_of(host.state.run(source, "b.lua")).id == "script.not_text");
  }
  host.state.add_module("compiled", std::string("\x1bLua"));
  CHECK(error_of(host.state.run("return require 'compiled'", "a.lua")).id ==
        "script.not_text");
}

TEST_CASE("a script may begin with a byte-order mark") {
  Host host;
  CHECK(integer_of(host.state.run("\xEF\xBB\xBFreturn 7", "bom.lua")) == 7);
}

TEST_CASE("a script of the largest size is read and one byte more is not") {
  Limits limits;
  limits.source_bytes = 100;
  Host host(limits);
  const std::string most = "return 1" + std::string(92, ' ');
  CHECK(integer_of(host.state.run(most, "s.lua")) == 1);
  const Error error = error_of(host.state.run(most + " ", "s.lua"));
  CHECK(error.id == "script.too_large");
  CHECK(error.place.file == "s.lua");
  CHECK(error.message.find("101 bytes") != std::string::npos);
}

TEST_CASE("a fault of a host function is an error at the line of the call") {
  Host host;
  host.state.set_global("refuse", HostFunction([](Call& call) -> Value {
                          throw Fault("line " + std::to_string(call.line()));
                        }));
  host.state.set_global("break_down", HostFunction([](Call&) -> Value {
                          throw std::out_of_range("no such slot");
                        }));
  const Error fault = error_of(host.state.run("\nrefuse()", "r.lua"));
  CHECK(fault.id == "script.error");
  CHECK(fault.message == "line 2");
  CHECK(fault.place.line == 2);
  const Error other = error_of(host.state.run("\n\nbreak_down()", "r.lua"));
  CHECK(other.message == "no such slot");
  CHECK(other.place.line == 3);
}

struct Flag {
  explicit Flag(int& times) : times_(times) {}
  ~Flag() { ++times_; }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

 private:
  int& times_;
};

TEST_CASE("destructors run when a host function is left by an error") {
  Host host;
  int times = 0;
  host.state.set_global("by_fault", HostFunction([&](Call&) -> Value {
                          const Flag flag(times);
                          throw Fault("left");
                        }));
  host.state.set_global("by_charge", HostFunction([&](Call& call) -> Value {
                          const Flag flag(times);
                          call.charge(std::int64_t{1} << 62);
                          return {};
                        }));
  host.state.set_global("by_result", HostFunction([&](Call&) -> Value {
                          const Flag flag(times);
                          return Value(Object{99, 1});
                        }));
  CHECK(error_of(host.state.run("by_fault()", "d.lua")).message == "left");
  CHECK(times == 1);
  CHECK(error_of(host.state.run("by_charge()", "d.lua")).id ==
        "script.instructions");
  CHECK(times == 2);
  CHECK(error_of(host.state.run("by_result()", "d.lua")).id == "script.error");
  CHECK(times == 3);
}

TEST_CASE("an error crosses nested calls of host and script in one piece") {
  Host host;
  int times = 0;
  host.state.set_global("inner", HostFunction([&](Call&) -> Value {
                          const Flag flag(times);
                          throw Fault("from within the comparison");
                        }));
  const Error error = error_of(host.state.run(
      "table.sort({ 3, 2, 1 }, function(a, b)\n  return inner(a)\nend)",
      "d.lua"));
  CHECK(error.message == "from within the comparison");
  CHECK(error.place.line == 2);
  CHECK(times == 1);
}

TEST_CASE("a budget once spent stays spent until the next run") {
  Limits limits;
  limits.instructions = 50'000;
  Host host(limits);
  const auto function =
      host.state.run("return function() while true do end end", "f.lua");
  REQUIRE(function);
  for (int i = 0; i < 3; ++i) {
    CHECK(error_of(host.state.call(*function->function(), {})).id ==
          "script.instructions");
    CHECK(host.state.instructions_used() > 50'000);
    CHECK(host.state.instructions_used() < 50'500);
  }
  CHECK(integer_of(host.state.run("return 1", "g.lua")) == 1);
  CHECK(host.state.instructions_used() < 100);
}

TEST_CASE("work that a host function charges counts") {
  Host host;
  host.state.set_global("work", HostFunction([](Call& call) {
                          call.charge(1000);
                          return Value();
                        }));
  REQUIRE(host.state.run("return 1", "a.lua"));
  const auto without = host.state.instructions_used();
  REQUIRE(host.state.run("work() work() work()", "a.lua"));
  CHECK(host.state.instructions_used() > without + 3000);
  CHECK(host.state.instructions_used() < without + 3200);
}

TEST_CASE("the host can give up on a script, and only where it asked to") {
  int asked = 0;
  Limits limits;
  limits.give_up = [&] { return ++asked == 3; };
  Host host(limits);
  const Error error = error_of(host.state.run("while true do end", "w.lua"));
  CHECK(error.id == "script.time");
  CHECK(asked == 3);
  CHECK(integer_of(host.state.run("return 1", "w.lua")) == 1);
}

TEST_CASE("no cap on memory crashes a script: it runs, or memory is out") {
  const std::string source =
      "local shared = require 'shared'\n"
      "local t = {}\n"
      "for i = 1, 60 do\n"
      "  t[#t + 1] = { name = 'n' .. i, grow = thing(i):grow(),\n"
      "                f = function() return i + #t + shared.count end }\n"
      "end\n"
      "table.sort(t, function(a, b) return a.name < b.name end)\n"
      "local names = {}\n"
      "for k, v in pairs(t) do names[k] = v.name end\n"
      "take({ names, t[1].f, settings })\n"
      "local text = table.concat(names, ', ') .. string.format('%5.1f', 2.5)\n"
      "return { text = text:upper(), f = t[2].f, g = t }";
  bool refused = false;
  bool ran = false;
  for (std::size_t cap = 0; cap < 160'000; cap += 61) {
    INFO(cap);
    Limits limits;
    limits.memory_bytes = cap;
    Host host(limits);
    const auto result = host.state.run(source, "m.lua");
    if (!result) {
      CHECK(result.error().id == "script.memory");
      refused = true;
      CHECK_FALSE(ran);  // more memory never makes it worse
      continue;
    }
    ran = true;
    CHECK(host.state.memory_bytes_used() <= cap);
  }
  CHECK(refused);
  CHECK(ran);
}

TEST_CASE("a small cap on one block refuses a large table and text") {
  Limits limits;
  limits.block_bytes = 2048;
  Host host(limits);
  CHECK(error_of(host.state.run("local t = {} for i = 1, 1000 do t[i] = i end",
                                "b.lua"))
            .id == "script.memory");
  limits.text_bytes = 100;
  Host texts(limits);
  CHECK(integer_of(texts.state.run("return #(('x'):rep(100))", "t.lua")) ==
        100);
  CHECK(error_of(texts.state.run("return ('x'):rep(101)", "t.lua")).id ==
        "script.memory");
  CHECK(error_of(
            texts.state.run("local x = ('x'):rep(60) return x .. x", "t.lua"))
            .id == "script.memory");
}

TEST_CASE("functions live until they are let go") {
  Host host;
  const auto first = host.state.run("return function() return 1 end", "a.lua");
  const auto second = host.state.run("return function() return 2 end", "b.lua");
  REQUIRE(first);
  REQUIRE(second);
  CHECK(integer_of(host.state.call(*first->function(), {})) == 1);
  CHECK(integer_of(host.state.call(*second->function(), {})) == 2);
  host.state.release_functions();
  CHECK(error_of(host.state.call(*first->function(), {})).id == "script.error");
  const auto third = host.state.run("return function() return 3 end", "c.lua");
  REQUIRE(third);
  CHECK_FALSE(*third->function() == *first->function());
  CHECK(integer_of(host.state.call(*third->function(), {})) == 3);
}

TEST_CASE("a function that a failed run handed out is gone") {
  Host host;
  std::optional<FunctionRef> kept;
  host.state.set_global("keep", HostFunction([&](Call& call) {
                          kept = *call.argument(0).function();
                          return Value();
                        }));
  CHECK_FALSE(host.state.run("keep(function() end) error('late')", "a.lua"));
  REQUIRE(kept);
  CHECK(error_of(host.state.call(*kept, {})).message.find("let go") !=
        std::string::npos);
  REQUIRE(host.state.run("keep(tostring) return 1", "b.lua"));
  CHECK(words(*host.state.call(*kept, {Value(std::int64_t{5})})) == "5");
}

TEST_CASE("what a call kept is put back even where the call broke down") {
  Host host;
  const auto function = host.state.run(
      "local n = 1\n"
      "return function(fail) if fail then n = 2 error('x') end return n end",
      "k.lua");
  REQUIRE(function);
  CHECK(
      error_of(host.state.call(*function->function(), {Value(true)})).message ==
      "x");
  CHECK(integer_of(host.state.call(*function->function(), {})) == 1);
}

TEST_CASE("a state answers nothing while a script of it runs") {
  Host host;
  std::string id;
  host.state.set_global("again", HostFunction([&](Call&) {
                          const auto nested =
                              host.state.run("return 1", "i.lua");
                          if (!nested) id = nested.error().id;
                          return Value();
                        }));
  REQUIRE(host.state.run("again()", "o.lua"));
  CHECK(id == "script.busy");
}

TEST_CASE("a module runs once in a run and afresh in the next") {
  Host host;
  int times = 0;
  host.state.set_global("note", HostFunction([&](Call&) {
                          ++times;
                          return Value();
                        }));
  host.state.add_module("noted", "note() return {}");
  const std::string source =
      "local a = require 'noted'\n"
      "a.x = (a.x or 0) + 1\n"
      "return a.x + (require 'noted' == a and 10 or 20)";
  CHECK(integer_of(host.state.run(source, "n.lua")) == 11);
  CHECK(integer_of(host.state.run(source, "n.lua")) == 11);
  CHECK(times == 2);
}

TEST_CASE("a module that returns nothing is refused") {
  Host host;
  host.state.add_module("empty", "local x = 1");
  const Error error =
      error_of(host.state.run("return require 'empty'", "r.lua"));
  CHECK(error.id == "script.error");
  CHECK(error.message.find("returned nothing") != std::string::npos);
}

TEST_CASE("a state keeps its place in memory when it moves") {
  Host host;
  State moved = std::move(host.state);
  CHECK(integer_of(moved.run("return #tostring(thing(1))", "m.lua")) == 7);
}

TEST_CASE("a table of the host is fresh in each run") {
  Host host;
  CHECK(integer_of(host.state.run(
            "settings.rate = settings.rate + 1 return settings.rate",
            "s.lua")) == 6);
  CHECK(integer_of(host.state.run("return settings.rate", "s.lua")) == 5);
}

}  // namespace
}  // namespace sendcheck::script
