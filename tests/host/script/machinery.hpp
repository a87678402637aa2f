// A state as a host would set it up, for the tests of this layer.
#pragma once

#include <string>

#include "script/state.hpp"

namespace sendcheck::script {

struct Host {
  explicit Host(Limits limits = {}) : state(limits) {
    TypeSpec spec;
    spec.name = "a thing";
    spec.methods["grow"] = [this](Call& call) {
      return Value(Object{thing, call.argument(0).object()->handle + 1});
    };
    spec.operators["add"] = [this](Call& call) {
      return Value(
          Object{thing, handle(call.argument(0)) + handle(call.argument(1))});
    };
    thing = state.define_type(spec);
    TypeSpec other_spec;
    other_spec.name = "an other thing";
    other = state.define_type(other_spec);
    state.set_global("thing", HostFunction([this](Call& call) {
                       return Value(Object{thing, handle(call.argument(0))});
                     }));
    state.set_global("other", HostFunction([this](Call&) {
                       return Value(Object{other, 1});
                     }));
    state.set_global("take",
                     HostFunction([](Call& call) { return call.argument(0); }));
    Table settings;
    settings.fields.emplace_back("rate", Value(std::int64_t{5}));
    state.set_global("settings", settings);
    state.add_module("shared", "return { count = 0 }");
    state.add_module("cycle_a", "return require 'cycle_b'");
    state.add_module("cycle_b", "return require 'cycle_a'");
  }

  static std::int64_t handle(const Value& value) {
    if (const auto* object = value.object()) return object->handle;
    return value.integer() ? *value.integer() : 0;
  }

  State state;
  int thing = 0;
  int other = 0;
};

inline std::string words(const Value& value) {
  return value.text() ? *value.text() : value.in_words();
}

// Runs, and where a function comes out, calls it twice: a second answer must
// be the first again.
inline Result<Value> run_and_call(State& state, const std::string& source,
                                  const std::string& name) {
  auto result = state.run(source, name);
  if (!result || !result->function()) return result;
  const FunctionRef function = *result->function();
  auto first = state.call(function, {});
  if (!first) return first;
  return state.call(function, {});
}

}  // namespace sendcheck::script
