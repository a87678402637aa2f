#include "script/state.hpp"

#include <lua5.3/lua.h>

#include <algorithm>

#include "script/machine.hpp"
#include "script/marshalling.hpp"
#include "script/sandbox.hpp"
#include "script/sealing.hpp"

namespace sendcheck::script {

Value::Value(Table table)
    : state(std::make_shared<const Table>(std::move(table))) {}

Value::Value(HostFunction function)
    : state(std::make_shared<const HostFunction>(std::move(function))) {}

const Table* Value::table() const {
  const auto* held = std::get_if<std::shared_ptr<const Table>>(&state);
  return held ? held->get() : nullptr;
}

std::string Value::in_words() const {
  if (is_nil()) return "nothing";
  if (const bool* truth = boolean()) return *truth ? "true" : "false";
  if (integer() || fraction()) return "a number";
  if (text()) return "a text";
  if (object()) return "an object";
  if (const Table* held = table()) {
    return held->items.empty() ? "a table" : "a list";
  }
  return "a function";
}

const Value* Table::find(const std::string& name) const {
  const auto found =
      std::lower_bound(fields.begin(), fields.end(), name,
                       [](const auto& field, const std::string& wanted) {
                         return field.first < wanted;
                       });
  if (found == fields.end() || found->first != name) return nullptr;
  return &found->second;
}

struct State::Impl {
  explicit Impl(const Limits& limits) : machine(limits) {
    machine.protect([](lua_State* lua) { open_sandbox(lua); });
  }

  // There is one budget, so a host function that a script called may not call
  // the state again.
  Result<Value> refuse_nested() const {
    return unexpected({"script.busy",
                       "a script was asked to run while another was running "
                       "in the same state: wait for its result"});
  }

  Machine machine;
};

State::State(Limits limits) : impl_(std::make_unique<Impl>(limits)) {}
State::~State() = default;
State::State(State&&) noexcept = default;
State& State::operator=(State&&) noexcept = default;

int State::define_type(TypeSpec type) {
  int number = -1;
  impl_->machine.protect([&](lua_State* lua) { number = add_type(lua, type); });
  return number;
}

void State::set_global(const std::string& name, Value value) {
  Machine& machine = impl_->machine;
  machine.global_names.push_back(name);
  if (value.table()) {
    // Scripts could change a table: each run gets its own copy.
    machine.table_globals.emplace_back(name, std::move(value));
    return;
  }
  machine.protect([&](lua_State* lua) {
    lua_rawgeti(lua, LUA_REGISTRYINDEX, machine.base);
    push(lua, value);
    lua_setfield(lua, -2, name.c_str());
  });
}

void State::add_module(const std::string& name, std::string source) {
  impl_->machine.modules.push_back({name, std::move(source)});
}

Result<Value> State::run(const std::string& source, const std::string& name) {
  Machine& machine = impl_->machine;
  if (machine.busy) return impl_->refuse_nested();
  Value result;
  machine.loading = true;
  const auto error = machine.spend([&](lua_State* lua) {
    push_environment(lua);
    load_script(lua, source, name, 1);
    lua_call(lua, 0, 1);
    result = value_at(lua, -1);
    seal(lua);
    charge(lua, 0);
  });
  machine.loading = false;
  if (error) {
    forget_unsealed(machine);
    return unexpected(*error);
  }
  return result;
}

Result<Value> State::call(FunctionRef function,
                          const std::vector<Value>& arguments) {
  Machine& machine = impl_->machine;
  if (machine.busy) return impl_->refuse_nested();
  Value result;
  const auto error = machine.spend([&](lua_State* lua) {
    push(lua, function);
    for (const Value& argument : arguments) push(lua, argument);
    lua_call(lua, static_cast<int>(arguments.size()), 1);
    result = value_at(lua, -1);
    seal(lua);
    charge(lua, 0);
  });
  const std::string changed = restore_cells(machine);
  if (error) {
    forget_unsealed(machine);
    return unexpected(*error);
  }
  if (!changed.empty()) {
    return unexpected(
        {"script.error",
         "a function changed '" + changed +
             "', which outlives the call: the next call would find it "
             "changed; declare it with 'local' inside the function"});
  }
  return result;
}

void State::release_functions() {
  if (impl_->machine.busy) return;
  impl_->machine.protect([](lua_State* lua) { forget_functions(lua); });
}

std::int64_t State::instructions_used() const {
  return impl_->machine.budget.instructions_used();
}

std::size_t State::memory_bytes_used() const {
  return impl_->machine.budget.peak_bytes();
}

}  // namespace sendcheck::script
