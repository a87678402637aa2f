// The words that count dates.
#include "plugins/vocabulary.hpp"

namespace sendcheck {

using script::Fault;

script::HostFunction Vocabulary::date_word(ValueOp op, std::size_t operands) {
  return [this, op, operands](Call& call) -> Value {
    DraftValue made;
    made.op = op;
    made.line = call.line();
    if (call.count() != operands) {
      throw Fault("expected " + std::to_string(operands) + " argument" +
                  (operands == 1 ? "" : "s") + "; found " +
                  std::to_string(call.count()));
    }
    for (std::size_t i = 0; i < operands; ++i) {
      made.arguments.push_back(value_at(call, i));
    }
    return keep(std::move(made));
  };
}

void Vocabulary::define_date_words(script::State& state) {
  const std::pair<const char*, ValueOp> of_one[] = {
      {"age_on", ValueOp::age_on},
      {"months_old_on", ValueOp::months_old_on},
      {"day_before", ValueOp::day_before}};
  for (const auto& [name, op] : of_one) {
    state.set_global(name, date_word(op, 1));
  }
  const std::pair<const char*, ValueOp> of_two[] = {
      {"within_weeks", ValueOp::within_weeks},
      {"weeks_before", ValueOp::weeks_before},
      {"days_beginning_with", ValueOp::days_beginning_with},
      {"months_starting_with", ValueOp::months_starting_with},
      {"months_after", ValueOp::months_after},
      {"months_before", ValueOp::months_before},
      {"days_after", ValueOp::days_after},
      {"working_days_after", ValueOp::working_days_after},
      {"on_day", ValueOp::on_day},
      {"on_or_before_day", ValueOp::on_or_before_day},
      {"days_between", ValueOp::days_between}};
  for (const auto& [name, op] : of_two) {
    state.set_global(name, date_word(op, 2));
  }
}

}  // namespace sendcheck
