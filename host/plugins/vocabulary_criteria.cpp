// Criteria and the words that make and combine them.
#include "plugins/vocabulary.hpp"

namespace sendcheck {

using script::Fault;
using script::Object;

namespace {

std::size_t at(std::int64_t index) { return static_cast<std::size_t>(index); }

// More criteria than any list that a script can hand over.
constexpr std::int64_t most_criteria = 10'000;

}  // namespace

CriterionId Vocabulary::to_criterion(const Value& value,
                                     const std::string& where) {
  const Object* object = value.object();
  if (!object || object->type != criterion_type_) {
    throw Fault(where +
                ": expected a criterion such as fact \"sen.status\" "
                ":is \"support\"; found " +
                (object && object->type == value_type_
                     ? "a value that is compared with nothing"
                     : value.in_words()));
  }
  return static_cast<int>(object->handle);
}

CriterionId Vocabulary::criterion_at(Call& call, std::size_t index) {
  return to_criterion(call.argument(index),
                      "argument " + std::to_string(index + 1));
}

script::HostFunction Vocabulary::comparison(const std::string& word,
                                            CriterionOp op, bool of_dates) {
  return [this, word, op, of_dates](Call& call) -> Value {
    DraftCriterion made;
    made.op = op;
    made.of_dates = of_dates;
    made.line = call.line();
    made.values.push_back(value_at(call, 0));
    const std::size_t operands = op == CriterionOp::is_known  ? 0
                                 : op == CriterionOp::between ? 2
                                                              : 1;
    if (call.count() != operands + 1) {
      throw Fault(word + " compares with " +
                  (operands == 0   ? "nothing"
                   : operands == 1 ? "one value"
                                   : "two values") +
                  "; found " + std::to_string(call.count() - 1));
    }
    const script::Table* listed = call.argument(1).table();
    if (op == CriterionOp::is_one_of && listed) {
      if (listed->items.empty() || !listed->fields.empty()) {
        throw Fault("is_one_of takes a list of values { \"a\", \"b\" }");
      }
      for (const Value& item : listed->items) {
        made.values.push_back(to_value(item, call.line()));
      }
    } else {
      for (std::size_t i = 1; i <= operands; ++i) {
        made.values.push_back(value_at(call, i));
      }
    }
    return keep(std::move(made));
  };
}

void Vocabulary::define_criterion(script::State& state) {
  script::TypeSpec type;
  type.name = "a criterion";
  // Each gives a new criterion: one that is used twice is not changed behind its author's back.
  const auto with = [&](const char* word, std::string DraftCriterion::*member,
                        const char* what) {
    type.methods[word] =
        taking(2, word, [this, member, what](Call& call) -> Value {
          const CriterionId original = criterion_at(call, 0);
          DraftCriterion made = criteria_[at(original)];
          made.*member = text_at(call, 1, what);
          originals_.insert(original);
          return keep(std::move(made));
        });
  };
  with("because", &DraftCriterion::because, "the reason");
  with("source", &DraftCriterion::source, "the clause");
  with("unconfirmed", &DraftCriterion::unconfirmed, "why it is not confirmed");
  criterion_type_ = state.define_type(std::move(type));
}

script::Value Vocabulary::combine(CriterionOp op, const Value& value,
                                  std::string label, int n, int line) {
  const script::Table* table = value.table();
  if (!table || table->items.empty() || !table->fields.empty()) {
    throw Fault("a combination takes a list of criteria { a, b, c }");
  }
  DraftCriterion made;
  made.op = op;
  made.label = std::move(label);
  made.n = n;
  made.line = line;
  for (std::size_t i = 0; i < table->items.size(); ++i) {
    made.children.push_back(
        to_criterion(table->items[i], "entry " + std::to_string(i + 1)));
  }
  return keep(std::move(made));
}

// all { ... }, or all "Label" { ... }
script::HostFunction Vocabulary::combination(CriterionOp op,
                                             const std::string& name) {
  return taking(1, name, [this, op, name](Call& call) -> Value {
    if (const std::string* label = call.argument(0).text()) {
      return taking(1, name, [this, op, text = *label](Call& then) -> Value {
        return combine(op, then.argument(0), text, 0, then.line());
      });
    }
    if (!call.argument(0).table()) {
      throw Fault(name + " takes a list of criteria " + name +
                  " { a, b }, or a label and a list; found " +
                  call.argument(0).in_words());
    }
    return combine(op, call.argument(0), {}, 0, call.line());
  });
}

void Vocabulary::define_criterion_words(script::State& state) {
  state.set_global("all", combination(CriterionOp::all, "all"));
  state.set_global("any", combination(CriterionOp::any, "any"));
  state.set_global("none", combination(CriterionOp::none, "none"));
  define(state, "at_least_of", 3, [this](Call& call) -> Value {
    const std::int64_t* n = call.argument(0).integer();
    if (!n || *n < 1 || *n > most_criteria) {
      throw Fault(
          "at_least_of takes a number and a list of criteria: "
          "at_least_of(2, { a, b, c })");
    }
    const bool labelled = call.argument(1).text() != nullptr;
    if (!labelled && call.count() > 2) {
      throw Fault(
          "at_least_of takes a number, a label where there is one, and "
          "one list");
    }
    return combine(CriterionOp::at_least_of, call.argument(labelled ? 2 : 1),
                   labelled ? *call.argument(1).text() : std::string(),
                   static_cast<int>(*n), call.line());
  });
  const auto items = [this](CriterionOp op) -> script::HostFunction {
    return [this, op](Call& call) -> Value {
      DraftCriterion made;
      made.op = op;
      made.line = call.line();
      made.name = text_at(call, 0, "the name of a list");
      made.children = {criterion_at(call, 1)};
      if (!call.argument(2).is_nil()) {
        const script::Table* options = call.argument(2).table();
        const Value* open = options ? options->find("open") : nullptr;
        if (!open || !open->boolean() || options->fields.size() != 1 ||
            !options->items.empty()) {
          throw Fault("the last argument of any_item is { open = true }");
        }
        made.open = *open->boolean();
      }
      return keep(std::move(made));
    };
  };
  define(state, "any_item", 3, items(CriterionOp::any_item));
  define(state, "every_item", 2, items(CriterionOp::every_item));
  define(state, "judgement", 2, [this](Call& call) -> Value {
    DraftCriterion made;
    made.op = CriterionOp::judgement;
    made.line = call.line();
    made.name = text_at(call, 0, "the id of a judgement");
    made.label = text_at(call, 1, "the question");
    return keep(std::move(made));
  });
  define(state, "test", 2, [this](Call& call) -> Value {
    DraftCriterion made;
    made.op = CriterionOp::test;
    made.line = call.line();
    made.label = text_at(call, 0, "a label");
    made.function = function_at(call, 1);
    return keep(std::move(made));
  });
}

}  // namespace sendcheck
