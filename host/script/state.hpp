// A Lua state with a budget and nothing dangerous in it. It knows no pupil and no rule.
//
// Lua 5.3.6, the C++ build. What a script can reach is a list of names (see sandbox.cpp); everything else is unknown to it, and naming it is an
// error that suggests the nearest name. There is no clock, no randomness, no file, no pcall, no metatable, no coroutine, no way to load code but
// `require` of sources handed in here. `pairs` is ordered (numbers, then text by bytes; then booleans), so that one input gives one output.
// What stays Lua's own and cannot be taken away: "10" + 1 is 11.0 (5.3 does this inside its interpreter), and `#` of a list with gaps may be any of
// its ends. A list with gaps is refused at the border.
//
// One question, one answer: what a function that was handed out can reach is read-only once the run has ended, and a call that changes a variable
// which outlives it fails, so no call can tell what was asked before it.
//
// Budgets: instructions (counted by a hook and charged by every host function in proportion to its work; once spent, every further step raises
// again) and memory (an allocator with a cap in all, and caps for one block, one text and the stack). Both are deterministic.
//
// Host functions are C++ callables that take and give `Value`s. One guard stands around all of them: a Fault, or any std::exception, becomes a Lua
// error with the place in the script; nothing else is caught, because Lua's own errors pass through as foreign exceptions.
//
// A State belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace sendcheck::script {

struct Limits {
  std::int64_t instructions = 2'000'000;  // for each run or call
  std::size_t memory_bytes = 16u << 20;   // in all
  std::size_t block_bytes = 1u << 20;     // one allocation
  std::size_t text_bytes = 64u << 10;     // one text
  std::size_t stack_bytes = 256u << 10;   // calls within calls: some thousands
  std::size_t source_bytes = 64u << 10;   // one script
  // A second net, for hostile scripts that find steps dearer than the budget can see (seconds, at most half a minute, in all that we tried). Asked
  // about every 1,000 instructions; true stops the script with script.time. Where it is left empty nothing depends on a clock.
  std::function<bool()> give_up = {};
};

// Raised by a host function: becomes a Lua error at the place of the call.
struct Fault : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A thing of the host's that scripts hold and hand back without seeing inside. `type` comes from State::define_type.
struct Object {
  int type = -1;
  std::int64_t handle = 0;
  bool operator==(const Object&) const = default;
};

// A Lua function, kept alive by the state until State::release_functions or the end of the state. The same function is the same reference. What a
// run or call that failed handed out is let go at once.
struct FunctionRef {
  int id = 0;
  bool operator==(const FunctionRef&) const = default;
};

class Call;
struct Value;
struct Table;
using HostFunction = std::function<Value(Call&)>;

// A copy of a Lua value. A table is copied whole (at most 16 deep and 10,000 values); its keys are 1, 2, 3 ... without gaps and names. Text is
// UTF-8 and numbers are finite: what is neither is refused when a script hands it over.
struct Value {
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Object,
               FunctionRef, std::shared_ptr<const Table>,
               std::shared_ptr<const HostFunction>>
      state;

  Value() = default;  // nil
  Value(bool truth) : state(truth) {}
  Value(std::int64_t integer) : state(integer) {}
  Value(std::string text) : state(std::move(text)) {}
  Value(const char* text) : state(std::string(text)) {}
  Value(Object object) : state(object) {}
  Value(FunctionRef function) : state(function) {}
  Value(Table table);
  Value(HostFunction function);
  template <class Callable>
  requires std::is_invocable_r_v<Value, Callable, Call&> Value(
      Callable callable)
      : Value(HostFunction(std::move(callable))) {}

  bool is_nil() const { return state.index() == 0; }
  const bool* boolean() const { return std::get_if<bool>(&state); }
  const std::int64_t* integer() const {
    return std::get_if<std::int64_t>(&state);
  }
  const double* fraction() const { return std::get_if<double>(&state); }
  const std::string* text() const { return std::get_if<std::string>(&state); }
  const Object* object() const { return std::get_if<Object>(&state); }
  const FunctionRef* function() const {
    return std::get_if<FunctionRef>(&state);
  }
  const Table* table() const;
  // "a text", "a list", "nothing" ...
  std::string in_words() const;
};

struct Table {
  std::vector<Value> items;  // 1, 2, 3 ...
  std::vector<std::pair<std::string, Value>>
      fields;  // in byte order of their names
  const Value* find(const std::string& name) const;  // null when there is none
};

// What a host function is called with.
class Call {
 public:
  // Arguments from 0; nil beyond the last. For a method, 0 is the object itself.
  virtual const Value& argument(std::size_t index) const = 0;
  virtual std::size_t count() const = 0;
  // Line of the script from which the call was made; 0 when unknown.
  virtual int line() const = 0;
  // Charges work to the budget, in instructions.
  virtual void charge(std::int64_t work) = 0;

 protected:
  ~Call() = default;
};

// How objects of one type behave in a script. What is left empty raises an error that names the type.
struct TypeSpec {
  std::string name;  // as a message would say it: "a criterion"
  std::map<std::string, HostFunction> methods;
  HostFunction
      index;  // object.name for a name that is no method: (object, name)
  HostFunction call;  // object(...)
  // add, subtract, multiply, divide, negate, equal, less, less_or_equal, length, to_text. A binary operator is called with both operands, of
  // which one or both are objects of the type. Without `equal`, objects of one type and handle are equal; Lua asks for it only where both operands
  // are objects, and takes an object to differ from a number or text without asking.
  std::map<std::string, HostFunction> operators;
};

class State {
 public:
  explicit State(Limits limits = {});
  ~State();
  State(State&&) noexcept;
  State& operator=(State&&) noexcept;

  // These three before the first run. A table is copied afresh for each run. `require` works while a run loads, not in calls.
  int define_type(TypeSpec type);
  void set_global(const std::string& name, Value value);
  // Makes `require "name"` give what this source returns; run once for each run of the state's main script, in the same fresh environment.
  void add_module(const std::string& name, std::string source);

  // Runs a script in a fresh environment and gives what it returns (one value). `name` stands in messages: "jcq-extra-time-25/rule.lua".
  // Errors: script.syntax, script.error (the script raised, or misused something), script.forbidden (a name that rules may not use),
  // script.instructions, script.memory, script.too_large, script.not_text (bytecode, or not UTF-8), script.time (only where Limits::give_up said
  // so), script.busy (called by a host function while a script of this state runs). Each with file and line where known.
  // After script.memory or script.instructions the state still works; after any error the next run starts afresh.
  Result<Value> run(const std::string& source, const std::string& name);

  // Calls a function that a run gave. The same errors. Budgets start anew.
  Result<Value> call(FunctionRef function, const std::vector<Value>& arguments);

  // Lets go of every function that was handed out. Does nothing while a script of this state runs.
  void release_functions();

  // Spent by the last run or call; the same on every machine, and whatever ran before.
  std::int64_t instructions_used() const;
  // The most that was in use during the last run or call, the state's own 25 KB included.
  std::size_t memory_bytes_used() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sendcheck::script
