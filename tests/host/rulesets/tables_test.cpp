#include "rulesets/tables.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "test_rules.hpp"

namespace {

using namespace rules_of_tests;

const std::string headings = "group,points_from,points_to,amount,words\n";

struct Read {
  TextArena texts;
  std::vector<Error> errors;
  std::shared_ptr<const Table> table;

  explicit Read(const std::string& csv, const ParameterSpec& spec = bands()) {
    table = read_table(csv, "bands.csv", spec, texts, errors);
  }
};

}  // namespace

TEST_CASE("amounts are read as a spreadsheet leaves them, exactly") {
  const auto amount = [](const std::string& cell) -> std::string {
    const Read read(headings + "a,0,9," + cell + ",\n");
    if (!read.table) return read.errors.at(0).id;
    return read.table->rows[0][3].money().to_string();
  };
  CHECK(amount("6000.00") == "6000.00");
  CHECK(amount("6000") == "6000.00");
  CHECK(amount("2500.5") == "2500.50");
  CHECK(amount(" 0.29 ") == "0.29");
  CHECK(amount("0.295") == "editions.table");
  CHECK(amount("\xC2\xA3"
               "6000") == "6000.00");
  CHECK(amount("\"6,000.00\"") == "6000.00");
  CHECK(amount("6e3") == "editions.table");
}

TEST_CASE("a table may hold true and false, months and days, and decimals") {
  using Role = ColumnSpec::Role;
  ParameterSpec spec = parameter("kinds", ParameterType::table);
  spec.columns = {{"open", ParameterType::boolean, Role::key, "open"},
                  {"by", ParameterType::month_day, Role::value, ""},
                  {"ratio", ParameterType::decimal, Role::value, ""}};
  const Read read("open,by,ratio\nTRUE,02-29,0.5\nfalse,12-31,2\n", spec);
  REQUIRE(read.table);
  CHECK(read.table->rows[0] ==
        std::vector<Value>{Value::of(true), Value::of(Number(229)),
                           Value::of(Number::fraction(1, 2).value())});
  CHECK(read.table->rows[1][0] == Value::of(false));
  const Read wrong("open,by,ratio\nyes,02-30,1/2\n", spec);
  CHECK_FALSE(wrong.table);
  CHECK(wrong.errors.size() == 3);
}

TEST_CASE("a star is anything in a key and nowhere else") {
  CHECK(Read(headings + "*,0,9,1.00,\n").table);
  CHECK_FALSE(Read(headings + "a,*,9,1.00,\n").table);
  CHECK_FALSE(Read(headings + "a,0,*,1.00,\n").table);
  CHECK_FALSE(Read(headings + "a,0,9,*,\n").table);
}

TEST_CASE("rows that touch do not overlap, and rows that share a point do") {
  CHECK(Read(headings + "a,0,9,1.00,\na,10,19,2.00,\n").table);
  CHECK(Read(headings + "a,0,9,1.00,\nb,0,9,2.00,\n").table);
  CHECK(Read(headings + "a,,9,1.00,\na,10,,2.00,\n").table);
  CHECK_FALSE(Read(headings + "a,0,10,1.00,\na,10,19,2.00,\n").table);
  CHECK_FALSE(Read(headings + "a,10,19,2.00,\na,0,10,1.00,\n").table);
  CHECK_FALSE(Read(headings + "a,,,1.00,\na,10,19,2.00,\n").table);
}

TEST_CASE("a table without keys can hold one row only") {
  ParameterSpec spec = parameter("rates", ParameterType::table);
  spec.columns = {{"rate", ParameterType::money, ColumnSpec::Role::value, ""}};
  CHECK(Read("rate\n1.00\n", spec).table);
  const Read two("rate\n1.00\n2.00\n", spec);
  CHECK_FALSE(two.table);
  REQUIRE(two.errors.size() == 1);
  CHECK(two.errors[0].id == "editions.table_overlap");
}

TEST_CASE("days of a calendar may repeat and may not go back") {
  CHECK(Read("deadline,panel_on\n2025-05-01,2025-05-20\n2025-05-01,2025-05-"
             "21\n",
             panels())
            .table);
  CHECK_FALSE(Read("deadline,panel_on\n2025-05-02,2025-05-20\n2025-05-01,"
                   "2025-05-21\n",
                   panels())
                  .table);
  // A spreadsheet's own way of writing a day.
  CHECK(Read("deadline,panel_on\n01/05/2025,2025-05-20\n", panels()).table);
  const Read wrong("deadline,panel_on\n01/05/25,2025-05-20\n", panels());
  REQUIRE(wrong.errors.size() == 1);
  CHECK(wrong.errors[0].id == "editions.table");
  CHECK(wrong.errors[0].place.line == 2);
  CHECK(wrong.errors[0].message.find("2026-11-22") != std::string::npos);
}

TEST_CASE("overlaps are found as by trying every group and every number") {
  std::mt19937 random(20261122);
  const auto below = [&](int n) {
    return static_cast<int>(random() % static_cast<unsigned>(n));
  };
  int with_overlap = 0;
  int without = 0;
  for (int round = 0; round < 2000; ++round) {
    struct Row {
      char group;
      int from, to;  // 0 to 9; from -1 and to 10 are open
    };
    std::vector<Row> rows;
    std::string csv = headings;
    const int count = 1 + below(4);
    for (int i = 0; i < count; ++i) {
      const int from = below(10);
      const int to = std::min(9, from + below(4));
      Row row{"ab*"[below(8) == 0 ? 2 : below(2)], below(6) == 0 ? -1 : from,
              below(6) == 0 ? 10 : to};
      rows.push_back(row);
      csv += std::string(1, row.group) + "," +
             (row.from < 0 ? "" : std::to_string(row.from)) + "," +
             (row.to > 9 ? "" : std::to_string(row.to)) + ",1.00,\n";
    }
    bool overlap = false;
    for (const char group : {'a', 'b'}) {
      for (int points = -1; points <= 10; ++points) {
        int matches = 0;
        for (const Row& row : rows) {
          if ((row.group == '*' || row.group == group) && row.from <= points &&
              points <= row.to) {
            ++matches;
          }
        }
        overlap = overlap || matches > 1;
      }
    }
    INFO(csv);
    const Read read(csv);
    REQUIRE((read.table == nullptr) == overlap);
    if (overlap) {
      REQUIRE(read.errors[0].id == "editions.table_overlap");
      ++with_overlap;
    } else {
      ++without;
    }
  }
  CHECK(with_overlap > 300);
  CHECK(without > 300);
}
