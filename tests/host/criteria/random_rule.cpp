#include "random_rule.hpp"

#include <algorithm>

namespace sendcheck {
namespace {

using Names = std::vector<std::string>;

class Generator {
 public:
  Generator(std::mt19937& random, const SmallWorld& world, bool once)
      : random_(random), world_(world), once_(once) {
    if (once) return;
    // A few facts that come again and again. What is not whole is left out: its values are more than the small world has.
    for (const SmallFact& fact : world.facts) {
      const bool fits = fact.type != FactType::money && below(5) < 2;
      if (fits) pool_.insert(fact.path);
    }
  }

  std::optional<RandomRule> run() {
    made_.draft.rule.met_when = criterion(1 + below(3));
    if (out_of_facts_) return std::nullopt;
    for (const ParameterSpec& spec : made_.parameters) {
      EffectiveParameter effective;
      effective.value.is_list = spec.is_list;
      const auto& plain = made_.given.at(spec.name);
      const auto value = [&](Plain of) {
        return spec.type == ParameterType::text ? Value::text(letter(of))
                                                : Value::of(Number(of));
      };
      if (spec.is_list) {
        for (Plain of : plain) effective.value.list.push_back(value(of));
      } else {
        effective.value.scalar = value(plain.front());
      }
      made_.effective.push_back(std::move(effective));
    }
    return std::move(made_);
  }

 private:
  int below(int n) {
    return static_cast<int>(random_() % static_cast<unsigned>(n));
  }
  Plain between(Plain low, Plain high) {
    return low + below(static_cast<int>(high - low + 1));
  }
  static const std::string& letter(Plain of) {
    static const Names letters = {"x", "y", "z"};
    return letters[static_cast<std::size_t>(of)];
  }

  // One of the names that may still be used.
  std::optional<std::string> pick(Names names) {
    std::shuffle(names.begin(), names.end(), random_);
    for (const std::string& name : names) {
      if (once_ ? made_.facts.contains(name) : !pool_.contains(name)) continue;
      made_.facts.insert(name);
      return name;
    }
    return std::nullopt;
  }
  // A list stands once in a rule.
  std::optional<std::string> pick_list() {
    Names names = {"closed", "doable", "open", "events"};
    std::shuffle(names.begin(), names.end(), random_);
    for (const std::string& name : names) {
      if (made_.facts.insert(name).second) return name;
    }
    return std::nullopt;
  }
  std::optional<ValueId> fact(Names names) {
    const auto name = pick(std::move(names));
    if (!name) return std::nullopt;
    return draft().fact(*name);
  }
  // Two numbers without ends are not compared: there is always one beyond.
  std::optional<ValueId> integer() {
    Names names = {"int_a", "int_b", "int_c", "int_d"};
    if (!has_wide_) names.insert(names.end(), {"wide_a", "wide_b"});
    const auto name = pick(names);
    if (!name) return std::nullopt;
    has_wide_ = has_wide_ || name->rfind("wide", 0) == 0;
    return draft().fact(*name);
  }

  DraftBuilder& draft() { return made_.draft; }

  ValueId number(Plain of) {
    if (below(4) > 0) return draft().number(Number(of));
    ParameterSpec spec;
    spec.name = spec.label = "number_" + std::to_string(made_.given.size());
    spec.type = ParameterType::integer;
    made_.given[spec.name] = {of};
    made_.parameters.push_back(spec);
    return draft().parameter(spec.name);
  }
  ValueId letters_parameter(std::vector<Plain> of, bool is_list) {
    ParameterSpec spec;
    spec.name = spec.label = "letters_" + std::to_string(made_.given.size());
    spec.type = ParameterType::text;
    spec.is_list = is_list;
    made_.given[spec.name] = std::move(of);
    made_.parameters.push_back(spec);
    return draft().parameter(spec.name);
  }

  // A value made of numbers.
  std::optional<ValueId> expression() {
    const auto a = integer();
    if (!a) return std::nullopt;
    const auto second = [&]() {
      const auto b = below(3) > 0 ? integer() : std::nullopt;
      return b ? *b : number(between(-1, 3));
    };
    switch (below(8)) {
      case 0:
        return draft().op(ValueOp::add, {*a, second()});
      case 1:
        return draft().op(ValueOp::subtract, {*a, second()});
      case 2:
        return draft().op(ValueOp::multiply, {*a, second()});
      case 3:
        return draft().op(ValueOp::lowest, {*a, second()});
      case 4:
        return draft().op(ValueOp::highest, {*a, second(), second()});
      case 5: {
        const CriterionId condition = plain_comparison();
        if (condition < 0) return *a;
        return draft().choose({{condition, *a}, {-1, second()}});
      }
      case 6: {
        const CriterionId condition = plain_comparison();
        if (condition < 0) return *a;
        return draft().choose({{condition, *a}});
      }
      default:
        return *a;
    }
  }

  CriterionOp any_of(std::vector<CriterionOp> ops) {
    return ops[static_cast<std::size_t>(below(static_cast<int>(ops.size())))];
  }
  CriterionOp order() {
    return any_of({CriterionOp::at_least, CriterionOp::at_most,
                   CriterionOp::above, CriterionOp::below});
  }

  // One that can stand in a choice: of one fact.
  CriterionId plain_comparison() {
    if (below(2) == 0) {
      const auto name = pick({"bool_a", "bool_b", "bool_c", "bool_d"});
      return name ? draft().is_true(*name) : -1;
    }
    const auto value = fact({"int_a", "int_b", "int_c", "int_d"});
    return value ? draft().compare(order(), {*value, number(between(0, 2))})
                 : -1;
  }

  CriterionId compare_numbers() {
    has_wide_ = false;
    const auto left = expression();
    if (!left) return -1;
    // Of a choice the span is known, not the points; and of numbers without ends the small world has only a few: exact for an order only.
    const ValueOp left_op = draft().value_at(*left).op;
    const bool has_points = !once_ || left_op == ValueOp::fact ||
                            (left_op != ValueOp::choose && !has_wide_);
    switch (has_points ? below(8) : 7) {
      case 0:
        return draft().compare(any_of({CriterionOp::is, CriterionOp::is_not}),
                               {*left, number(between(-1, 5))});
      case 1: {
        const Plain low = between(-2, 4);
        return draft().compare(CriterionOp::between,
                               {*left, number(low), number(low + below(4))});
      }
      case 2:
        return draft().compare(
            CriterionOp::is_one_of,
            {*left, number(between(-1, 2)), number(between(4, 5))});
      case 3: {
        const auto right = integer();
        if (right) return draft().compare(order(), {*left, *right});
        break;
      }
      default:
        break;
    }
    return draft().compare(order(), {*left, number(between(-2, 8))});
  }

  CriterionId compare_money() {
    const auto a = fact({"money_a", "money_b"});
    if (!a) return -1;
    const auto pounds = [&](Plain of) {
      return draft().literal(Money::from_pence(of * 100));
    };
    ValueId left = *a;
    switch (below(4)) {
      case 0:
        left = draft().op(ValueOp::multiply, {left, number(between(0, 2))});
        break;
      case 1:
        if (const auto b = fact({"money_a", "money_b"})) {
          left = draft().op(ValueOp::add, {left, *b});
        }
        break;
      case 2:
        left = draft().op(ValueOp::highest, {left, pounds(between(0, 3))});
        break;
      default:
        break;
    }
    return draft().compare(order(), {left, pounds(between(0, 5))});
  }

  CriterionId compare_codes() {
    if (below(2) == 0) {
      const auto left = fact({"ordered_a", "ordered_b"});
      if (!left) return -1;
      static const Names ranks = {"1", "2", "3"};
      const auto rank = [&](int of) {
        return draft().text(ranks[static_cast<std::size_t>(of)].c_str());
      };
      switch (below(4)) {
        case 0:
          return draft().compare(any_of({CriterionOp::is, CriterionOp::is_not}),
                                 {*left, rank(below(3))});
        case 1: {
          const int low = below(3);
          return draft().compare(
              CriterionOp::between,
              {*left, rank(low), rank(low + below(3 - low))});
        }
        default:
          return draft().compare(order(), {*left, rank(below(3))});
      }
    }
    const auto left = fact({"code_a", "code_b"});
    if (!left) return -1;
    const int first = below(3);
    const auto other = (first + 1 + below(2)) % 3;
    switch (below(5)) {
      case 0:
        if (const auto right = fact({"code_a", "code_b"})) {
          return draft().compare(CriterionOp::is, {*left, *right});
        }
        [[fallthrough]];
      case 1:
        return draft().compare(CriterionOp::is_one_of,
                               {*left, draft().text(letter(first).c_str()),
                                draft().text(letter(other).c_str())});
      case 2:
        return draft().compare(
            CriterionOp::is_one_of,
            {*left, letters_parameter({first, other}, true)});
      case 3:
        return draft().compare(CriterionOp::is,
                               {*left, letters_parameter({first}, false)});
      default:
        return draft().compare(any_of({CriterionOp::is, CriterionOp::is_not}),
                               {*left, draft().text(letter(first).c_str())});
    }
  }

  CriterionId compare_dates() {
    const auto left =
        below(2) == 0 ? fact({"step_a", "step_b"}) : fact({"day_a", "day_b"});
    if (!left) return -1;
    const Date day = world_.as_of + static_cast<std::int32_t>(between(-1, 3));
    ValueId value = *left;
    switch (below(8)) {
      case 0:
        value = draft().op(ValueOp::days_after, {number(below(3)), value});
        break;
      case 1:
        value = draft().op(ValueOp::day_before, {value});
        break;
      case 2:
        value = draft().op(ValueOp::within_weeks, {number(1), value});
        return draft().compare(order(), {value, draft().date(day + 7)});
      case 3:
        value = draft().op(ValueOp::weeks_before, {number(1), value});
        return draft().compare(order(), {value, draft().date(day - 7)});
      case 4:
        value = draft().op(ValueOp::days_beginning_with, {number(2), value});
        break;
      case 5: {
        const auto right = fact({"day_a", "day_b"});
        if (right) return draft().compare(order(), {value, *right});
        break;
      }
      case 6:
        value = draft().op(ValueOp::days_between, {draft().as_of(), value});
        return draft().compare(
            CriterionOp::between,
            {value, number(between(-2, 0)), number(below(3))});
      default:
        break;
    }
    if (below(4) == 0)
      return draft().compare(order(), {value, draft().as_of()});
    return draft().compare(order(), {value, draft().date(day)});
  }

  CriterionId field_comparison(const std::string& field) {
    const ValueId item = draft().item(field);
    if (field == "flag") return draft().is(item, draft().truth(below(2) == 0));
    if (field == "kind") {
      const int first = below(3);
      if (below(2) == 0) {
        return draft().is(item, draft().text(letter(first).c_str()));
      }
      return draft().compare(CriterionOp::is_one_of,
                             {item, draft().text(letter(first).c_str()),
                              draft().text(letter((first + 1) % 3).c_str())});
    }
    return below(2) == 0 ? draft().at_least(item, number(between(1, 2)))
                         : draft().at_most(item, number(between(0, 1)));
  }
  CriterionId where(Names fields) {
    std::shuffle(fields.begin(), fields.end(), random_);
    const CriterionId first = field_comparison(fields[0]);
    if (below(2) == 0) return first;
    const CriterionId second = field_comparison(fields[1]);
    return below(3) > 0 ? draft().all({first, second})
                        : draft().any({first, second});
  }

  CriterionId of_list() {
    const auto list = pick_list();
    if (!list) return -1;
    const CriterionOp op = order();
    // A list of the small world has two more entries at most: the limit must lie within their reach.
    const bool reaches =
        op == CriterionOp::at_least || op == CriterionOp::below;
    switch (below(7)) {
      case 0:
        return draft().any_item(*list, where({"kind", "score", "flag"}));
      case 1:
        return draft().every_item(*list, where({"kind", "score", "flag"}));
      case 2:
        return draft().compare(
            op, {draft().count(*list, where({"score", "flag"}), "kind"),
                 number(reaches ? between(1, 2) : between(0, 1))});
      case 3:
        return draft().compare(
            op,
            {draft().sum(*list, draft().item("score"), where({"kind", "flag"})),
             number(reaches ? between(1, 4) : between(0, 3))});
      case 4:
        return draft().compare(
            op,
            {draft().extreme(below(2) == 0 ? ValueOp::max_of : ValueOp::min_of,
                             *list, "score", where({"kind", "flag"})),
             number(between(0, 2))});
      default: {
        const CriterionId of = where({"kind", "score", "flag"});
        if (below(4) == 0) {
          return draft().compare(
              any_of({CriterionOp::is, CriterionOp::is_not}),
              {draft().count(*list, of), number(between(0, 2))});
        }
        return draft().compare(
            op, {draft().count(*list, of),
                 number(reaches ? between(1, 2) : between(0, 1))});
      }
    }
  }

  CriterionId leaf() {
    switch (below(12)) {
      case 0:
      case 1: {
        const auto value = fact({"bool_a", "bool_b", "bool_c", "bool_d"});
        return value ? draft().compare(
                           any_of({CriterionOp::is, CriterionOp::is_not}),
                           {*value, draft().truth(below(2) == 0)})
                     : -1;
      }
      case 2:
        return compare_codes();
      case 3:
        return compare_dates();
      case 4:
        return compare_money();
      case 5: {
        const auto value = fact({"so_far"});
        return value ? draft().compare(order(), {*value, number(between(1, 4))})
                     : -1;
      }
      case 6: {
        const auto value = fact({"text"});
        if (!value) return -1;
        return below(2) == 0 ? draft().is(*value, draft().text("p"))
                             : draft().compare(CriterionOp::is_one_of,
                                               {*value, draft().text("p"),
                                                draft().text("q")});
      }
      case 7:
        return of_list();
      case 8: {
        const std::string question = below(2) == 0 ? "fair" : "usual";
        if (once_ && made_.questions.contains(question)) return -1;
        made_.questions.insert(question);
        return draft().judgement(question, "Is it " + question + "?");
      }
      case 9: {
        const auto value = fact({"bool_a", "int_a", "code_b", "day_a", "text"});
        return value ? draft().compare(CriterionOp::is_known, {*value}) : -1;
      }
      default:
        return compare_numbers();
    }
  }

  CriterionId criterion(int depth) {
    if (depth == 0) {
      for (int attempt = 0; attempt < 20; ++attempt) {
        const CriterionId id = leaf();
        if (id < 0) continue;
        made_.leaves.push_back(id);
        return id;
      }
      out_of_facts_ = true;
      return 0;
    }
    std::vector<CriterionId> children;
    const int size = depth == 1 ? 1 + below(3) : 2;
    for (int i = 0; i < size; ++i) {
      children.push_back(criterion(below(3) == 0 ? 0 : depth - 1));
    }
    const CriterionOp op =
        any_of({CriterionOp::all, CriterionOp::any, CriterionOp::none,
                CriterionOp::at_least_of});
    return draft().combine(op, std::move(children), 1 + below(size));
  }

  std::mt19937& random_;
  const SmallWorld& world_;
  bool once_;
  RandomRule made_;
  std::set<std::string> pool_;
  bool out_of_facts_ = false;
  bool has_wide_ = false;
};

}  // namespace

std::optional<RandomRule> random_rule(std::mt19937& random,
                                      const SmallWorld& world, bool once) {
  return Generator(random, world, once).run();
}

}  // namespace sendcheck
