// Records made at random for tests that compare one way of working something out with another.
#pragma once

#include <algorithm>
#include <random>

#include "small_county.hpp"

namespace engine_of_tests {

// Records that are often alike, and that lie on, just below and just above whatever rules compare with.
class CloseRecords {
 public:
  // The arguments must outlive what makes records of them.
  CloseRecords(const Catalogue& catalogue, const Rule& rule, Date as_of)
      : catalogue_(catalogue), rule_(rule), as_of_(as_of), random_(7) {}

  Record make() {
    Record record = Record::empty(catalogue_);
    for (const FactRef& fact : rule_.facts) {
      const FactSpec& spec = catalogue_.spec(fact);
      if (!fact.is_list) {
        if (upto(3) > 0) record.scalars[at(fact.slot)] = value(spec, record);
        continue;
      }
      List& list = record.lists[at(fact.slot)];
      list.stated = upto(3) > 0;
      for (int entry = list.stated ? upto(2) : 0; entry > 0; --entry) {
        for (const FactSpec& field : spec.fields) {
          list.cells.push_back(upto(5) > 0 ? value(field, record) : Value());
        }
      }
    }
    for (const char* la : {"home_la", "school.la"}) {
      const int slot = catalogue_.scalar(la);
      const CodeList& codes =
          catalogue_.codes_of(catalogue_.scalars()[at(slot)]);
      const char* const places[] = {"884", "886", "878", "330", "317", "201"};
      record.scalars[at(slot)] = Value::code(codes.find(places[upto(5)]));
    }
    return record;
  }

  // States something else of one fact that the rule reads, or nothing.
  void change_one(Record& record) {
    const FactRef& fact =
        rule_.facts[at(upto(static_cast<int>(rule_.facts.size()) - 1))];
    const FactSpec& spec = catalogue_.spec(fact);
    if (!fact.is_list) {
      record.scalars[at(fact.slot)] =
          upto(3) > 0 ? value(spec, record) : Value();
      return;
    }
    List& list = record.lists[at(fact.slot)];
    if (list.cells.empty() || upto(3) == 0) {
      list.stated = true;
      for (const FactSpec& field : spec.fields) {
        list.cells.push_back(upto(5) > 0 ? value(field, record) : Value());
      }
      return;
    }
    const auto cell = at(upto(static_cast<int>(list.cells.size()) - 1));
    list.cells[cell] =
        upto(5) > 0 ? value(spec.fields[cell % spec.fields.size()], record)
                    : Value();
  }

 private:
  static std::size_t at(int index) { return static_cast<std::size_t>(index); }
  int upto(int most) {
    return static_cast<int>(random_() % static_cast<unsigned>(most + 1));
  }

  Value value(const FactSpec& spec, Record& record) {
    switch (spec.type) {
      case FactType::boolean:
        return Value::of(upto(1) == 1);
      case FactType::integer:
      case FactType::decimal: {
        const int numbers[] = {0,  1,  9,  10, 11, 15, 30,
                               83, 84, 85, 89, 90, 108};
        return Value::of(Number(numbers[upto(12)]));
      }
      case FactType::money:
        return Value::of(Money::from_pence(599'999 + upto(2)));
      case FactType::date: {
        // The as-of date, its anniversaries, windows of a grant, and a day either side.
        const int years[] = {0, -1, -2, -4, -5, -6};
        const Date near =
            upto(3) == 0 ? day(upto(1) ? "2020-01-01" : "2025-10-31") : as_of_;
        return Value::of(add_months(near, 12 * years[upto(5)]) + (upto(2) - 1));
      }
      case FactType::code: {
        const int codes =
            static_cast<int>(catalogue_.codes_of(spec).codes.size());
        return Value::code(upto(std::min(codes - 1, upto(1) ? 5 : codes)));
      }
      case FactType::text: {
        const char* const words[] = {"herefordshire", "disability-access-fund",
                                     "exceptional_case", "aqa"};
        return Value::text(record.texts.keep(words[upto(3)]));
      }
      case FactType::list:
        break;
    }
    return {};
  }

  const Catalogue& catalogue_;
  const Rule& rule_;
  Date as_of_;
  std::mt19937 random_;
};

}  // namespace engine_of_tests
