#include <catch2/catch.hpp>

#include "host/script/machinery.hpp"

namespace sendcheck::script {
namespace {

std::string told(State& state, const std::string& source) {
  const auto result = state.run(source, "o.lua");
  return result ? words(*result) : result.error().message;
}

TEST_CASE("objects of one type and handle are the same object") {
  Host host;
  CHECK(told(host.state, "return thing(1) == thing(1)") == "true");
  CHECK(told(host.state, "return thing(1) == thing(2)") == "false");
  CHECK(told(host.state, "return thing(1) == other(1)") == "false");
  CHECK(told(host.state, "return thing(1) ~= thing(1)") == "false");
}

TEST_CASE("methods and operators give objects back") {
  Host host;
  CHECK(told(host.state, "return thing(3) == thing(1):grow():grow()") ==
        "true");
  CHECK(told(host.state, "return thing(3) == thing(1) + thing(2)") == "true");
  CHECK(told(host.state, "return thing(3) == 1 + thing(2)") == "true");
}

TEST_CASE("what a type does not do is an error that names it") {
  Host host;
  const std::vector<std::pair<std::string, std::string>> refused = {
      {"thing(1) - 1", "a thing cannot be subtracted"},
      {"2 / thing(1)", "a number cannot be divided by a thing"},
      {"-thing(1)", "a thing cannot have its sign turned"},
      {"#thing(1)", "a thing has no length"},
      {"thing(1)()", "a thing cannot be called like a function"},
      {"thing(1) <= thing(2)", "a thing cannot be put in order with a thing"},
      {"thing(1) > 2", "a number cannot be put in order with a thing"},
      {"thing(1) .. 'x'", "a thing cannot be joined"},
      {"thing(1) % 2", "a thing has no remainder"},
      {"thing(1) // 2", "a thing cannot be divided (//) by a number"},
      {"thing(1) ^ 2", "a thing cannot be raised"},
      {"thing(1) & 2", "a thing has no bits"},
      {"~thing(1)", "a thing has no bits"},
      {"thing(1) << 2", "a thing has no bits"},
      {"thing(1).size", "a thing has no 'size'"},
      {"thing(1)[1]", "a thing has no parts to pick by a number"},
      {"thing(1)[nil]", "a thing has no parts to pick by nothing"},
  };
  for (const auto& [expression, message] : refused) {
    INFO(expression);
    CHECK(told(host.state, "return " + expression).find(message) == 0);
  }
}

TEST_CASE("a type says what its objects do") {
  State state;
  TypeSpec spec;
  spec.name = "a value";
  spec.index = [](Call& call) {
    return Value("field " + *call.argument(1).text());
  };
  spec.call = [](Call& call) {
    return Value(std::to_string(call.count()) + " arguments");
  };
  spec.methods["name"] = [](Call& call) {
    return Value("method of " +
                 std::to_string(call.argument(0).object()->handle));
  };
  const auto truth = [](bool value) {
    return [value](Call&) { return Value(value); };
  };
  spec.operators["equal"] = truth(false);
  spec.operators["less"] = truth(true);
  spec.operators["less_or_equal"] = truth(false);
  spec.operators["length"] = [](Call& call) {
    return Value(static_cast<std::int64_t>(call.count()) + 6);
  };
  spec.operators["negate"] = [](Call& call) {
    return Value("minus of " + std::to_string(call.count()));
  };
  spec.operators["to_text"] = [](Call&) { return Value("in words"); };
  const int type = state.define_type(spec);
  state.set_global("a", Value(Object{type, 1}));
  state.set_global("b", Value(Object{type, 1}));
  CHECK(told(state, "return a.anything") == "field anything");
  CHECK(told(state, "return a('x', 'y')") == "3 arguments");
  CHECK(told(state, "return a:name()") == "method of 1");
  CHECK(told(state, "return a == b") == "false");
  CHECK(told(state, "return a == a") == "true");
  CHECK(told(state, "return a < b") == "true");
  CHECK(told(state, "return a <= b") == "false");
  CHECK(told(state, "return -a") == "minus of 1");
  CHECK(told(state, "return tostring(#a)") == "7");
  CHECK(told(state, "return tostring(a) .. string.format(' %s', a)") ==
        "in words in words");
  CHECK(told(state, "return type(a)") == "object");
}

TEST_CASE("a host function can give functions, and they are let go again") {
  auto counted = std::make_shared<int>(0);
  {
    State state;
    state.set_global("make", HostFunction([counted](Call&) {
                       return Value(HostFunction([counted](Call&) {
                         return Value(static_cast<std::int64_t>(++*counted));
                       }));
                     }));
    for (int i = 0; i < 50; ++i) {
      REQUIRE(state.run("for i = 1, 100 do make()() end", "m.lua"));
    }
    CHECK(*counted == 5000);
    CHECK(counted.use_count() < 5000);
  }
  CHECK(counted.use_count() == 1);
}

}  // namespace
}  // namespace sendcheck::script
