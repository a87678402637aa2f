// Values. Criteria are in vocabulary_criteria.cpp; rules, payments, deadlines and actions in vocabulary_rule.cpp; exact numbers and dates in
// vocabulary_exact.cpp; the counting of dates in vocabulary_dates.cpp; tables in vocabulary_tables.cpp.
#include "plugins/vocabulary.hpp"

#include "base/text.hpp"

namespace sendcheck {

using script::Fault;
using script::Object;

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

}  // namespace

Vocabulary::Vocabulary(script::State& state, const Manifest& manifest)
    : manifest_(manifest) {
  define_exact(state);
  define_date(state);
  define_value(state);
  define_criterion(state);
  define_value_words(state);
  define_table_words(state);
  define_date_words(state);
  define_criterion_words(state);
  define_rule_words(state);
}

void Vocabulary::start_over() {
  numbers_.clear();
  values_.clear();
  criteria_.clear();
  originals_.clear();
  read_values_.clear();
  cases_.clear();
  lines_.clear();
  payments_.clear();
  deadlines_.clear();
  actions_.clear();
  refers_.clear();
  rules_.clear();
  functions_.clear();
  messages_used_.clear();
}

script::HostFunction Vocabulary::taking(std::size_t most, std::string word,
                                        script::HostFunction function) {
  return [most, word = std::move(word),
          function = std::move(function)](Call& call) -> Value {
    if (call.count() > most) {
      throw Fault(word + " takes at most " + std::to_string(most) +
                  " argument" + (most == 1 ? "" : "s") + "; found " +
                  std::to_string(call.count()));
    }
    return function(call);
  };
}

void Vocabulary::define(script::State& state, const char* word,
                        std::size_t most, script::HostFunction function) {
  state.set_global(
      word,
      taking(most, word, [this, function = std::move(function)](Call& call) {
        refuse_in_function();
        return function(call);
      }));
}

void Vocabulary::start_function() {
  in_function_ = true;
  numbers_before_ = numbers_.size();
  values_before_ = values_.size();
}

void Vocabulary::end_function() {
  in_function_ = false;
  numbers_.resize(numbers_before_);
  values_.resize(values_before_);
}

void Vocabulary::refuse_in_function() const {
  if (in_function_) {
    throw Fault(
        "inside test and compute no criteria are built: read the "
        "record with pupil:get \"...\" and pupil:list \"...\"");
  }
}

script::Value Vocabulary::keep(DraftValue value) {
  refuse_in_function();
  values_.push_back(std::move(value));
  return Object{value_type_, static_cast<std::int64_t>(values_.size()) - 1};
}

script::Value Vocabulary::keep(DraftCriterion criterion) {
  refuse_in_function();
  criteria_.push_back(std::move(criterion));
  return Object{criterion_type_,
                static_cast<std::int64_t>(criteria_.size()) - 1};
}

ValueId Vocabulary::to_value(const Value& value, int line) {
  if (const Object* object = value.object()) {
    if (object->type == value_type_ && *object == as_of_) {
      // The one value that is there before the script runs.
      DraftValue made;
      made.op = ValueOp::as_of;
      made.line = line;
      values_.push_back(std::move(made));
      return static_cast<int>(values_.size()) - 1;
    }
    if (object->type == value_type_) return static_cast<int>(object->handle);
    if (object->type == criterion_type_) {
      throw Fault(
          "a criterion stands where a value is expected; use "
          "when(criterion, value) to choose by it");
    }
  }
  DraftValue literal;
  literal.line = line;
  if (const bool* truth = value.boolean()) {
    literal.literal = *truth;
  } else if (const std::int64_t* integer = value.integer()) {
    literal.literal = Number(*integer);
  } else if (const std::string* text = value.text()) {
    literal.literal = *text;
  } else if (const Number* exact = number(value)) {
    literal.literal = *exact;
  } else if (is_date(value)) {
    literal.literal = date(value);
  } else if (value.fraction()) {
    throw Fault(
        "a binary fraction is not exact; write decimal \"0.5\" or "
        "pounds \"0.50\"");
  } else {
    throw Fault(value.in_words() +
                " stands where a value is expected: a fact, a param, an item, "
                "a number, a text or true or false");
  }
  values_.push_back(std::move(literal));
  return static_cast<int>(values_.size()) - 1;
}

ValueId Vocabulary::value_at(Call& call, std::size_t index) {
  return to_value(call.argument(index), call.line());
}

std::string Vocabulary::text_at(Call& call, std::size_t index,
                                const std::string& what) {
  const std::string* text = call.argument(index).text();
  if (!text || text->empty()) {
    throw Fault("expected " + what + " as a text; found " +
                call.argument(index).in_words());
  }
  return *text;
}

int Vocabulary::function_at(Call& call, std::size_t index) {
  const script::FunctionRef* function = call.argument(index).function();
  if (!function) {
    throw Fault("expected a function(pupil) ... end; found " +
                call.argument(index).in_words());
  }
  functions_.push_back(*function);
  return static_cast<int>(functions_.size()) - 1;
}

script::HostFunction Vocabulary::arithmetic(ValueOp op) {
  return [this, op](Call& call) -> Value {
    DraftValue made;
    made.op = op;
    made.line = call.line();
    made.arguments = {value_at(call, 0), value_at(call, 1)};
    return keep(std::move(made));
  };
}

void Vocabulary::define_value(script::State& state) {
  script::TypeSpec type;
  type.name = "a value";
  const std::pair<const char*, CriterionOp> comparisons[] = {
      {"is", CriterionOp::is},
      {"is_not", CriterionOp::is_not},
      {"is_one_of", CriterionOp::is_one_of},
      {"at_least", CriterionOp::at_least},
      {"at_most", CriterionOp::at_most},
      {"above", CriterionOp::above},
      {"below", CriterionOp::below},
      {"between", CriterionOp::between},
      {"is_known", CriterionOp::is_known}};
  for (const auto& [name, op] : comparisons) {
    type.methods[name] = comparison(name, op, false);
  }
  const std::pair<const char*, CriterionOp> of_dates[] = {
      {"before", CriterionOp::below},
      {"after", CriterionOp::above},
      {"on_or_before", CriterionOp::at_most},
      {"on_or_after", CriterionOp::at_least}};
  for (const auto& [name, op] : of_dates) {
    type.methods[name] = comparison(name, op, true);
  }
  define_includes(type);
  type.methods["labelled"] = taking(2, "labelled", [this](Call& call) -> Value {
    const ValueId original = value_at(call, 0);
    DraftValue made = values_[at(original)];
    read_values_.insert(original);
    made.label = text_at(call, 1, "the words for a reader");
    return keep(std::move(made));
  });
  type.operators["add"] = arithmetic(ValueOp::add);
  type.operators["subtract"] = arithmetic(ValueOp::subtract);
  type.operators["multiply"] = arithmetic(ValueOp::multiply);
  type.operators["divide"] = arithmetic(ValueOp::divide);
  value_type_ = state.define_type(std::move(type));
}

void Vocabulary::define_value_words(script::State& state) {
  const auto named = [&](const char* word, ValueOp op, const char* what) {
    define(state, word, 1, [this, op, what](Call& call) -> Value {
      DraftValue made;
      made.op = op;
      made.line = call.line();
      made.name = text_at(call, 0, what);
      return keep(std::move(made));
    });
  };
  as_of_ = Object{value_type_, -1};
  state.set_global("as_of", as_of_);
  named("fact", ValueOp::fact, "the path of a fact");
  named("param", ValueOp::parameter, "a parameter's name");
  named("item", ValueOp::item, "a field's name");

  const auto extreme = [&](const char* word, ValueOp op) {
    define(state, word, 1, [this, op, word](Call& call) -> Value {
      const script::Table* table = call.argument(0).table();
      if (!table || table->items.empty() || !table->fields.empty()) {
        throw Fault(std::string(word) + " takes a list of values { a, b }");
      }
      DraftValue made;
      made.op = op;
      made.line = call.line();
      for (const Value& item : table->items) {
        made.arguments.push_back(to_value(item, call.line()));
      }
      return keep(std::move(made));
    });
  };
  extreme("lowest", ValueOp::lowest);
  extreme("highest", ValueOp::highest);

  define(state, "count", 3, [this](Call& call) -> Value {
    if (call.argument(0).object()) return of_table_list(call, ValueOp::count);
    DraftValue made;
    made.op = ValueOp::count;
    made.line = call.line();
    made.name = text_at(call, 0, "the name of a list");
    if (!call.argument(1).is_nil()) made.where = criterion_at(call, 1);
    if (!call.argument(2).is_nil()) {
      const script::Table* options = call.argument(2).table();
      if (!options || options->fields.size() != 1 || !options->items.empty() ||
          !options->find("distinct")) {
        throw Fault("the last argument of count is { distinct = \"field\" }");
      }
      made.field = text_field(*options, "distinct", true);
    }
    return keep(std::move(made));
  });
  define(state, "sum", 3, [this](Call& call) -> Value {
    if (call.argument(0).object()) return of_table_list(call, ValueOp::sum);
    DraftValue made;
    made.op = ValueOp::sum;
    made.line = call.line();
    made.name = text_at(call, 0, "the name of a list");
    if (const std::string* field = call.argument(1).text()) {
      DraftValue item;
      item.op = ValueOp::item;
      item.name = *field;
      item.line = call.line();
      values_.push_back(std::move(item));
      made.arguments = {static_cast<int>(values_.size()) - 1};
    } else {
      made.arguments = {value_at(call, 1)};
    }
    if (!call.argument(2).is_nil()) made.where = criterion_at(call, 2);
    return keep(std::move(made));
  });
  define(state, "max_of", 3, over_list(ValueOp::max_of));
  define(state, "latest", 3, over_list(ValueOp::max_of));
  define(state, "min_of", 3, over_list(ValueOp::min_of));
  define(state, "earliest", 3, over_list(ValueOp::min_of));

  script::TypeSpec choice;
  choice.name = "a when(...)";
  case_type_ = state.define_type(std::move(choice));
  define(state, "when", 2, [this](Call& call) -> Value {
    cases_.push_back({criterion_at(call, 0), value_at(call, 1)});
    return Object{case_type_, static_cast<std::int64_t>(cases_.size()) - 1};
  });
  define(state, "otherwise", 1, [this](Call& call) -> Value {
    cases_.push_back({-1, value_at(call, 0)});
    return Object{case_type_, static_cast<std::int64_t>(cases_.size()) - 1};
  });
  define(state, "choose", 1, [this](Call& call) -> Value {
    DraftValue made;
    made.op = ValueOp::choose;
    made.line = call.line();
    const script::Table* table = call.argument(0).table();
    if (!table || table->items.empty() || !table->fields.empty()) {
      throw Fault(
          "choose takes { when(criterion, value), ..., "
          "otherwise(value) }");
    }
    for (const Value& item : table->items) {
      const Object* object = item.object();
      if (!object || object->type != case_type_) {
        throw Fault("choose takes when(...) and otherwise(...); found " +
                    item.in_words());
      }
      if (!made.conditions.empty() && made.conditions.back() < 0) {
        throw Fault(
            "otherwise stands last: what comes after it is never "
            "reached");
      }
      made.conditions.push_back(cases_[at(object->handle)].when);
      made.arguments.push_back(cases_[at(object->handle)].value);
    }
    return keep(std::move(made));
  });
  define(state, "compute", 3, [this](Call& call) -> Value {
    DraftValue made;
    made.op = ValueOp::compute;
    made.line = call.line();
    made.label = text_at(call, 0, "a label");
    made.function = function_at(call, 1);
    if (!call.argument(2).is_nil()) {
      made.name = text_at(call, 2, "what is worked out");
      if (made.name != "number" && made.name != "money" &&
          made.name != "date" && made.name != "text" && made.name != "truth") {
        throw Fault(
            "what compute gives back is \"number\", \"money\", "
            "\"date\", \"text\" or \"truth\"; found \"" +
            made.name + "\"");
      }
    }
    return keep(std::move(made));
  });
}

script::HostFunction Vocabulary::over_list(ValueOp op) {
  return [this, op](Call& call) -> Value {
    DraftValue made;
    made.op = op;
    made.line = call.line();
    made.name = text_at(call, 0, "the name of a list");
    made.field = text_at(call, 1, "a field's name");
    if (!call.argument(2).is_nil()) made.where = criterion_at(call, 2);
    return keep(std::move(made));
  };
}

}  // namespace sendcheck
