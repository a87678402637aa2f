#include "domain/parameters.hpp"

#include <catch2/catch.hpp>

namespace sendcheck {
namespace {

struct Written {
  std::string text;
  std::string words;
};

Written write(const ParameterValue& value, ParameterType type) {
  ParameterSpec spec;
  spec.type = type;
  spec.is_list = value.is_list;
  return {to_text(value, spec), in_words(value, spec)};
}

Written scalar(Value value, ParameterType type) {
  ParameterValue parameter;
  parameter.scalar = value;
  return write(parameter, type);
}

Written list(std::vector<Value> values, ParameterType type) {
  ParameterValue parameter;
  parameter.is_list = true;
  parameter.list = std::move(values);
  return write(parameter, type);
}

Written table(std::size_t rows, ParameterType type) {
  Table of;
  of.rows.resize(rows);
  ParameterValue parameter;
  parameter.table = std::make_shared<const Table>(std::move(of));
  return write(parameter, type);
}

}  // namespace

TEST_CASE("every type of parameter has a name that leads back to it") {
  for (const char* name :
       {"boolean", "integer", "decimal", "money", "date", "month_day", "code",
        "text", "table", "calendar", "decision_table"}) {
    const auto type = parameter_type(name);
    REQUIRE(type.has_value());
    CHECK(name_of(*type) == name);
  }
  CHECK(parameter_type("boolean") == ParameterType::boolean);
  CHECK(parameter_type("calendar") == ParameterType::calendar);
  for (const char* name : {"", "number", "Money", "list", "month-day"}) {
    CHECK_FALSE(parameter_type(name).has_value());
  }
}

TEST_CASE("a parameter is written for a file and for a reader") {
  const auto check = [](const Written& written, const char* text,
                        const char* words) {
    CHECK(written.text == text);
    CHECK(written.words == words);
  };
  check(scalar(Value::of(Number(84)), ParameterType::integer), "84", "84");
  check(
      scalar(Value::of(Number::parse("0.10").value()), ParameterType::decimal),
      "0.1", "0.1");
  check(
      scalar(Value::of(Money::parse("6000.00").value()), ParameterType::money),
      "6000.00", "£6,000");
  check(
      scalar(Value::of(Date::parse("2026-09-01").value()), ParameterType::date),
      "2026-09-01", "1 September 2026");
  check(scalar(Value::of(true), ParameterType::boolean), "true", "yes");
  check(scalar(Value::of(false), ParameterType::boolean), "false", "no");
  check(scalar(Value::text("home"), ParameterType::code), "home", "home");
  check(scalar(Value(), ParameterType::money), "", "not stated");
}

TEST_CASE("a day of the year is written without a year") {
  const auto on = [](int number) {
    return scalar(Value::of(Number(number)), ParameterType::month_day);
  };
  CHECK(on(215).text == "02-15");
  CHECK(on(215).words == "15 February");
  CHECK(on(229).text == "02-29");
  CHECK(on(1231).words == "31 December");
  CHECK(on(101).text == "01-01");
  // No day of a year: shown as it is, not made into one.
  for (const int number : {0, 100, 230, 431, 1232, 1301, -215}) {
    CHECK(on(number).text == std::to_string(number));
    CHECK(on(number).words == std::to_string(number));
  }
  CHECK(scalar(Value::of(Number(215)), ParameterType::integer).text == "215");
}

TEST_CASE("a list is written in one line, an empty one as none") {
  const Written areas =
      list({Value::text("reading_speed"), Value::text("writing_speed"),
            Value::text("memory")},
           ParameterType::code);
  CHECK(areas.text == "reading_speed, writing_speed, memory");
  CHECK(areas.words == "reading_speed, writing_speed and memory");
  const Written days = list({Value::of(Number(215)), Value::of(Number(331))},
                            ParameterType::month_day);
  CHECK(days.text == "02-15, 03-31");
  CHECK(days.words == "15 February and 31 March");
  CHECK(list({}, ParameterType::code).text.empty());
  CHECK(list({}, ParameterType::code).words == "none");
}

TEST_CASE("a table is told by its size") {
  CHECK(table(20, ParameterType::table).text == "a table of 20 rows");
  CHECK(table(1, ParameterType::table).words == "a table of 1 row");
  CHECK(table(0, ParameterType::table).words == "a table of 0 rows");
  CHECK(table(3, ParameterType::calendar).words == "a calendar of 3 rows");
}

TEST_CASE("a column is found by its name only") {
  Table bands;
  bands.columns.resize(2);
  bands.columns[0].name = "band";
  bands.columns[1].name = "amount";
  CHECK(bands.column("band") == 0);
  CHECK(bands.column("amount") == 1);
  CHECK(bands.column("Amount") == -1);
  CHECK(bands.column("") == -1);
}

}  // namespace sendcheck
