#include "domain/record.hpp"

#include <catch2/catch.hpp>

namespace sendcheck {
namespace {

Catalogue small() {
  Catalogue catalogue;
  const auto scalar = [](const char* path, FactType type) {
    FactSpec spec;
    spec.path = path;
    spec.type = type;
    return spec;
  };
  FactSpec suspensions = scalar("suspensions", FactType::list);
  suspensions.fields = {scalar("from", FactType::date),
                        scalar("school_days", FactType::decimal)};
  FactSpec empty = scalar("local.kent.notes", FactType::list);
  for (const FactSpec& spec :
       {scalar("name.given", FactType::text),
        scalar("name.family", FactType::text),
        scalar("date_of_birth", FactType::date), suspensions, empty}) {
    REQUIRE(catalogue.add_fact(spec).has_value());
  }
  return catalogue;
}

void state(Record& record, std::size_t slot, std::string_view text) {
  record.scalars[slot] = Value::text(record.texts.keep(text));
}

}  // namespace

TEST_CASE(
    "an empty record has the shape of the catalogue and states "
    "nothing") {
  const Record record = Record::empty(small());
  REQUIRE(record.scalars.size() == 3);
  for (const Value& value : record.scalars) CHECK_FALSE(value.is_known());
  REQUIRE(record.lists.size() == 2);
  CHECK_FALSE(record.lists[0].stated);
  CHECK(record.lists[0].width == 2);
  CHECK(record.lists[0].size() == 0);
  CHECK(record.lists[1].width == 0);
  CHECK(record.lists[1].size() == 0);
}

TEST_CASE("a list's entries stand one after another") {
  Record record = Record::empty(small());
  List& suspensions = record.lists[0];
  suspensions.stated = true;
  for (int i = 0; i < 3; ++i) {
    suspensions.cells.push_back(Value::of(Date::from_days(i)));
    suspensions.cells.push_back(Value::of(Number(i * 10)));
  }
  CHECK(suspensions.size() == 3);
  for (int i = 0; i < 3; ++i) {
    CHECK(suspensions.entry(i)[0] == Value::of(Date::from_days(i)));
    CHECK(suspensions.entry(i)[1] == Value::of(Number(i * 10)));
  }
}

TEST_CASE("a record that is reset states nothing of the pupil before") {
  const Catalogue catalogue = small();
  Record record = Record::empty(catalogue);
  state(record, 0, "Robin");
  record.scalars[2] = Value::of(Date::from_days(1));
  record.lists[0].stated = true;
  record.lists[0].cells.resize(4, Value::of(true));
  record.reset();
  const Record fresh = Record::empty(catalogue);
  CHECK(record.scalars == fresh.scalars);
  REQUIRE(record.lists.size() == fresh.lists.size());
  for (std::size_t i = 0; i < record.lists.size(); ++i) {
    CHECK(record.lists[i].stated == fresh.lists[i].stated);
    CHECK(record.lists[i].width == fresh.lists[i].width);
    CHECK(record.lists[i].cells == fresh.lists[i].cells);
  }
  CHECK(name_of(record, catalogue).empty());
}

TEST_CASE("a record moved to another place keeps its texts") {
  Record record = Record::empty(small());
  state(record, 0, "Robin");
  const Record moved = std::move(record);
  CHECK(text_of(moved, 0) == "Robin");
}

TEST_CASE("the text of a fact is empty where there is none") {
  Record record = Record::empty(small());
  state(record, 0, "Robin");
  record.scalars[2] = Value::of(Date::from_days(1));
  CHECK(text_of(record, 0) == "Robin");
  CHECK(text_of(record, 1).empty());
  CHECK(text_of(record, 2).empty());
  CHECK(text_of(record, -1).empty());
}

TEST_CASE("a pupil's name is what of it is stated") {
  const Catalogue catalogue = small();
  Record record = Record::empty(catalogue);
  CHECK(name_of(record, catalogue).empty());
  state(record, 1, "Testwell");
  CHECK(name_of(record, catalogue) == "Testwell");
  state(record, 0, "Robin");
  CHECK(name_of(record, catalogue) == "Robin Testwell");
  record.scalars[1] = Value();
  CHECK(name_of(record, catalogue) == "Robin");
  const Catalogue without_names;
  CHECK(name_of(Record::empty(without_names), without_names).empty());
}

}  // namespace sendcheck
