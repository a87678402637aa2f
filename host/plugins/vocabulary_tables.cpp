// Tables, calendars, and the lists that decision tables give.
#include "plugins/vocabulary.hpp"

namespace sendcheck {

using script::Fault;
using script::Object;

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

void Vocabulary::define_includes(script::TypeSpec& type) {
  type.methods["includes"] = taking(2, "includes", [this](Call& call) -> Value {
    DraftValue made;
    made.op = ValueOp::list_includes;
    made.line = call.line();
    made.arguments = {value_at(call, 0), value_at(call, 1)};
    DraftCriterion criterion;
    criterion.op = CriterionOp::is;
    criterion.line = call.line();
    DraftValue yes;
    yes.literal = true;
    yes.line = call.line();
    values_.push_back(std::move(yes));
    const auto is_so = static_cast<ValueId>(values_.size()) - 1;
    values_.push_back(std::move(made));
    criterion.values = {static_cast<ValueId>(values_.size()) - 1, is_so};
    return keep(std::move(criterion));
  });
}

// How many there are in a list, or their sum.
script::Value Vocabulary::of_table_list(Call& call, ValueOp op) {
  if (!call.argument(1).is_nil()) {
    throw Fault("of a list that a table gives, only the list is named");
  }
  DraftValue made;
  made.op = op;
  made.line = call.line();
  made.arguments = {value_at(call, 0)};
  return keep(std::move(made));
}

void Vocabulary::define_table_words(script::State& state) {
  const auto table_name = [this](Call& call) {
    const Object* object = call.argument(0).object();
    if (!object || object->type != value_type_ || *object == as_of_ ||
        values_[at(object->handle)].op != ValueOp::parameter) {
      throw Fault("the first argument is a table: param \"name\"; found " +
                  call.argument(0).in_words());
    }
    read_values_.insert(static_cast<ValueId>(object->handle));
    return values_[at(object->handle)].name;
  };
  define(state, "look_up", 3, [this, table_name](Call& call) -> Value {
    DraftValue made;
    made.op = ValueOp::look_up;
    made.line = call.line();
    made.name = table_name(call);
    const script::Table* keys = call.argument(1).table();
    if (!keys || keys->fields.empty() || !keys->items.empty()) {
      throw Fault(
          "the second argument of look_up names what is looked up: "
          "{ points = ..., hours = ... }");
    }
    for (const auto& [key, value] : keys->fields) {
      made.keys.push_back(key);
      made.arguments.push_back(to_value(value, call.line()));
    }
    made.field = text_at(call, 2, "the column");
    return keep(std::move(made));
  });
  define(state, "next_date", 3, [this, table_name](Call& call) -> Value {
    DraftValue made;
    made.op = ValueOp::next_date;
    made.line = call.line();
    made.name = table_name(call);
    made.field = text_at(call, 1, "the column");
    made.arguments = {value_at(call, 2)};
    return keep(std::move(made));
  });
}

}  // namespace sendcheck
