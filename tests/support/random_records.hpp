// Records of which nobody thought: any facts, any values, from those that say little to those that say all.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "domain/catalogue.hpp"
#include "domain/record.hpp"
#include "plugins/plugin.hpp"

namespace sendcheck::test {

class RandomRecords {
 public:
  RandomRecords(const Catalogue& catalogue, const Plugins& plugins,
                unsigned seed)
      : catalogue_(catalogue),
        as_of_(*Date::parse("2026-11-22")),
        random_(seed) {
    for (const Plugin& plugin : plugins.plugins) {
      for (const Rule& rule : plugin.rules) ask_of(rule);
    }
  }

  Record make() {
    Record record = Record::empty(catalogue_);
    // From records that say little to records that say all.
    const int stated = upto(100);
    for (std::size_t i = 0; i < record.scalars.size(); ++i) {
      if (upto(100) <= stated) {
        record.scalars[i] = value(catalogue_.scalars()[i], record.texts);
      }
    }
    for (std::size_t i = 0; i < record.lists.size(); ++i) {
      if (upto(100) > stated) continue;
      const FactSpec& spec = catalogue_.lists()[i];
      List& list = record.lists[i];
      list.stated = true;
      list.width = static_cast<int>(spec.fields.size());
      for (int entry = upto(4); entry > 0; --entry) {
        for (const FactSpec& field : spec.fields) {
          list.cells.push_back(
              upto(100) <= stated + 10 ? value(field, record.texts) : Value());
        }
      }
    }
    // Where most rules are.
    if (upto(2) == 1) state(record, "home_la", upto(1) ? "886" : "884");
    if (upto(2) == 1) state(record, "school.la", upto(1) ? "886" : "884");
    if (upto(1) == 1) state(record, "school.type", "mainstream");
    return record;
  }

 private:
  void ask_of(const Rule& rule) {
    for (const CriterionNode& node : rule.tree.criteria) {
      if (node.op == CriterionOp::judgement) questions_.push_back(node.name);
    }
  }

  int upto(int most) {
    return static_cast<int>(random_() % static_cast<unsigned>(most + 1));
  }

  void state(Record& record, const std::string& path, const std::string& code) {
    const int slot = catalogue_.scalar(path);
    record.scalars[at(slot)] = Value::code(
        catalogue_.codes_of(catalogue_.scalars()[at(slot)]).find(code));
  }

  Value value(const FactSpec& spec, TextArena& texts) {
    switch (spec.type) {
      case FactType::boolean:
        return Value::of(upto(1) == 1);
      case FactType::integer:
        return Value::of(Number(number(spec)));
      case FactType::decimal:
        return Value::of(Number::fraction(number(spec) * 4 + upto(3), 4)
                             .value_or(Number(0)));
      case FactType::money: {
        const int pence[] = {0, 1, 599'999, 600'000, 600'001, 945'000};
        return Value::of(
            Money::from_pence(upto(1) ? pence[upto(5)] : upto(2'000'000)));
      }
      case FactType::date:
        return Value::of(as_of_ + (300 - upto(upto(1) ? 800 : 7000)));
      case FactType::code: {
        const auto& codes = catalogue_.codes_of(spec).codes;
        return Value::code(upto(static_cast<int>(codes.size()) - 1));
      }
      case FactType::text: {
        const std::string words[] = {"herefordshire", "disability-access-fund",
                                     "aqa", "2027-06", "123456"};
        if (spec.path == "question" && !questions_.empty()) {
          return Value::text(texts.keep(
              questions_[at(upto(static_cast<int>(questions_.size()) - 1))]));
        }
        return Value::text(texts.keep(words[upto(4)]));
      }
      case FactType::list:
        break;
    }
    return {};
  }

  std::int64_t number(const FactSpec& spec) {
    const Number low = spec.minimum.value_or(Number(0));
    const Number high = spec.maximum.value_or(Number(130));
    const std::int64_t first = low.numerator() / low.denominator();
    const std::int64_t last = high.numerator() / high.denominator();
    const std::int64_t span = std::min<std::int64_t>(last - first, 400);
    return first + upto(static_cast<int>(span));
  }

  static std::size_t at(int index) { return static_cast<std::size_t>(index); }

  const Catalogue& catalogue_;
  Date as_of_;
  std::mt19937 random_;
  std::vector<std::string> questions_;
};

}  // namespace sendcheck::test
