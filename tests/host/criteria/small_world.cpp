#include "small_world.hpp"

#include <catch2/catch.hpp>

namespace sendcheck {
namespace {

std::vector<Plain> from_to(Plain first, Plain last) {
  std::vector<Plain> values;
  for (Plain value = first; value <= last; ++value) values.push_back(value);
  return values;
}

FactSpec spec_of(const SmallFact& fact, int codes, int ordered) {
  FactSpec spec;
  spec.path = fact.path;
  spec.label = fact.path;
  spec.type = fact.type;
  spec.actionable = fact.actionable;
  spec.open = fact.open;
  if (fact.type == FactType::code) {
    spec.codes = fact.path[0] == 'o' ? ordered : codes;
  }
  const bool has_order = fact.type == FactType::integer ||
                         fact.type == FactType::money ||
                         fact.type == FactType::date;
  const bool has_ends = !fact.is_wide || fact.type == FactType::money;
  if (has_order && has_ends) {
    spec.minimum = Number(fact.values.front());
    spec.maximum = Number(fact.values.back());
  }
  return spec;
}

}  // namespace

int SmallWorld::fact(const std::string& path) const {
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (facts[i].path == path) return static_cast<int>(i);
  }
  return -1;
}

int SmallWorld::list(const std::string& path) const {
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i].path == path) return static_cast<int>(i);
  }
  return -1;
}

SmallWorld make_small_world() {
  SmallWorld world;
  world.as_of = *Date::parse("2026-11-22");
  const Plain today = world.as_of.days();
  const auto days = from_to(today - 2, today + 3);
  // Where there are no ends, values far off on both sides stand for all others.
  auto step_days = from_to(today - 2, today + 6);
  step_days.insert(step_days.begin(), today - 40);
  step_days.push_back(today + 40);
  const auto T = [](std::string path, FactType type, std::vector<Plain> values,
                    bool actionable) {
    SmallFact fact;
    fact.path = std::move(path);
    fact.type = type;
    fact.values = std::move(values);
    fact.actionable = actionable;
    return fact;
  };
  const auto step = [&](std::string path, bool implied) {
    SmallFact fact = T(std::move(path), FactType::date, step_days, true);
    fact.is_step = true;
    fact.implied = implied;
    fact.is_wide = true;
    return fact;
  };
  const auto wide = [&](std::string path, bool actionable) {
    auto values = from_to(-6, 10);
    values.insert(values.begin(), -90);
    values.push_back(90);
    SmallFact fact =
        T(std::move(path), FactType::integer, std::move(values), actionable);
    fact.is_wide = true;
    return fact;
  };
  SmallFact so_far = T("so_far", FactType::integer, from_to(0, 5), false);
  so_far.open = true;
  SmallFact text = T("text", FactType::text, {0, 1, 2}, true);
  text.is_wide = true;
  SmallFact pounds_a = T("money_a", FactType::money, from_to(0, 4), true);
  SmallFact pounds_b = T("money_b", FactType::money, from_to(0, 3), false);
  pounds_a.is_wide = pounds_b.is_wide = true;
  world.facts = {
      T("bool_a", FactType::boolean, {0, 1}, true),
      T("bool_b", FactType::boolean, {0, 1}, false),
      T("bool_c", FactType::boolean, {0, 1}, true),
      T("bool_d", FactType::boolean, {0, 1}, false),
      T("int_a", FactType::integer, from_to(0, 5), true),
      T("int_b", FactType::integer, from_to(0, 3), false),
      T("int_c", FactType::integer, from_to(-2, 2), true),
      T("int_d", FactType::integer, from_to(0, 3), false),
      wide("wide_a", true),
      wide("wide_b", false),
      pounds_a,
      pounds_b,
      T("code_a", FactType::code, {0, 1, 2}, true),
      T("code_b", FactType::code, {0, 1, 2}, false),
      T("ordered_a", FactType::code, {0, 1, 2, 3}, true),
      T("ordered_b", FactType::code, {0, 1, 2, 3}, false),
      T("day_a", FactType::date, days, true),
      T("day_b", FactType::date, days, false),
      so_far,
      text,
      T("phase", FactType::code, {0, 1, 2}, false),
      T("started_on", FactType::date, days, false),
      step("step_a", false),
      step("step_b", true),
  };

  CodeList codes;
  codes.name = "letters";
  codes.codes = {{"x", "letter x"}, {"y", "letter y"}, {"z", "letter z"}};
  CodeList ordered;
  ordered.name = "ranks";
  ordered.ordered = true;
  ordered.codes = {{"1", "rank 1"}, {"2", "rank 2"}, {"3", "rank 3"}};
  ordered.codes.push_back({"X", "no rank", false, true, false});
  REQUIRE(world.catalogue.add_codes(codes).has_value());
  REQUIRE(world.catalogue.add_codes(ordered).has_value());
  for (const SmallFact& fact : world.facts) {
    FactSpec spec = spec_of(fact, 0, 1);
    if (fact.is_step) {
      spec.absence = Absence::not_yet;
      spec.after = world.fact("started_on");
      if (fact.implied) {
        spec.implied_by = world.fact("phase");
        spec.implied_by_codes = {1};
      }
    }
    REQUIRE(world.catalogue.add_fact(spec).has_value());
  }

  const std::vector<SmallFact> fields = {
      T("kind", FactType::code, {0, 1, 2}, false),
      T("score", FactType::integer, from_to(0, 2), false),
      T("flag", FactType::boolean, {0, 1}, true),
  };
  world.lists = {{"closed", fields, false, false, false},
                 {"doable", fields, false, true, false},
                 {"open", fields, true, true, false},
                 {"events", fields, false, false, true}};
  for (const SmallList& list : world.lists) {
    FactSpec spec;
    spec.path = spec.label = list.path;
    spec.type = FactType::list;
    spec.open = list.open;
    spec.actionable = list.actionable;
    if (list.absent_is_none) spec.absence = Absence::none;
    for (const SmallFact& field : list.fields) {
      spec.fields.push_back(spec_of(field, 0, 1));
    }
    spec.fields.front().identifies = true;
    REQUIRE(world.catalogue.add_fact(spec).has_value());
  }
  FactSpec judgements;
  judgements.path = judgements.label = "judgements";
  judgements.type = FactType::list;
  judgements.absence = Absence::none;
  for (const auto& [name, type] : std::vector<std::pair<std::string, FactType>>{
           {"question", FactType::text},
           {"answer", FactType::boolean},
           {"on", FactType::date}}) {
    FactSpec field;
    field.path = field.label = name;
    field.type = type;
    judgements.fields.push_back(field);
  }
  REQUIRE(world.catalogue.add_fact(judgements).has_value());
  return world;
}

Value record_value(FactType type, Plain plain) {
  switch (type) {
    case FactType::boolean:
      return Value::of(plain != 0);
    case FactType::integer:
    case FactType::decimal:
      return Value::of(Number(plain));
    case FactType::money:
      return Value::of(Money::from_pence(plain * 100));
    case FactType::date:
      return Value::of(Date::from_days(static_cast<std::int32_t>(plain)));
    case FactType::code:
      return Value::code(static_cast<int>(plain));
    default:
      return Value::text(small_texts[static_cast<std::size_t>(plain)]);
  }
}

}  // namespace sendcheck
