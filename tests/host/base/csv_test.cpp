#include "base/csv.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "base/text.hpp"

namespace sendcheck {
namespace {

using Cells = std::vector<std::string>;

CsvTable table(std::string_view text) {
  auto read = parse_csv(text, "t.csv");
  if (!read) FAIL(read.error().to_string());
  return *std::move(read);
}

Error refusal(std::string_view text) {
  const auto read = parse_csv(text, "t.csv");
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().place.file == "t.csv");
  return read.error();
}

struct Refused {
  const char* text;
  const char* id;
  int line;
  int column;
};

}  // namespace

TEST_CASE("a table has headings and rows that know their line") {
  const CsvTable read = table("upn,name\nA1,Robin\nB2,Ada\n");
  CHECK(read.headings == Cells{"upn", "name"});
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[0].line == 2);
  CHECK(read.rows[0].cells == Cells{"A1", "Robin"});
  CHECK(read.rows[1].line == 3);
  CHECK(read.rows[1].cells == Cells{"B2", "Ada"});
}

TEST_CASE("every kind of line end and a byte-order mark are understood") {
  for (const char* text :
       {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r",
        "a,b\n1,2\n3,4",
        "\xEF\xBB\xBF"
        "a,b\r\n1,2\r\n3,4",
        "\n\na,b\n\n1,2\n\r\n3,4\n\n", "a,b\n1,2\n,\n3,4\n",
        "\xEF\xBB\xBF\"a\",b\n\"1\",2\n3,\"4\"", " a ,\tb\n1,2\n3,4\n"}) {
    CAPTURE(text);
    const CsvTable read = table(text);
    CHECK(read.headings == Cells{"a", "b"});
    REQUIRE(read.rows.size() == 2);
    CHECK(read.rows[0].cells == Cells{"1", "2"});
    CHECK(read.rows[1].cells == Cells{"3", "4"});
  }
}

TEST_CASE("a row after a cell of several lines still knows its line") {
  const CsvTable read = table("a,b\n\"one\ntwo\r\nthree\",2\n\n3,4\n");
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[0].line == 2);
  CHECK(read.rows[0].cells[0] == "one\ntwo\r\nthree");
  CHECK(read.rows[1].line == 6);
}

TEST_CASE("empty cells, quoted commas and doubled quotation marks are read") {
  const CsvTable read = table("a,b,c\n,\"x, \"\"y\"\"\",\n\"\",z,\n");
  REQUIRE(read.rows.size() == 2);
  CHECK(read.rows[0].cells == Cells{"", "x, \"y\"", ""});
  CHECK(read.rows[1].cells == Cells{"", "z", ""});
  CHECK(table("a\n b \n").rows[0].cells == Cells{" b "});
}

TEST_CASE("a guard before a formula is taken off, an apostrophe is kept") {
  const CsvTable read = table("a\n'=1+1\n'tis\n''=1\n\"'-5\"\n'\n''\n=1\n");
  std::vector<std::string> cells;
  for (const CsvRow& row : read.rows) cells.push_back(row.cells[0]);
  CHECK(cells == Cells{"=1+1", "'tis", "'=1", "-5", "'", "''", "=1"});
}

TEST_CASE("whatever is written as CSV is read back the same") {
  std::mt19937 random(5);
  const std::vector<std::string> pieces = {
      ",", "\"", "\n", "\r", "\r\n", "'", "=", "+",
      "-", "@",  "\t", " ",  "a",    "é", "0", "\xF0\x9F\x98\x80"};
  for (int i = 0; i < 5000; ++i) {
    const std::size_t columns = random() % 4 + 1;
    std::vector<Cells> rows;
    std::string text;
    for (std::size_t c = 0; c < columns; ++c) {
      text += (c > 0 ? ",h" : "h") + std::to_string(c);
    }
    text += "\r\n";
    for (auto left = random() % 4; left > 0; --left) {
      Cells cells;
      for (std::size_t c = 0; c < columns; ++c) {
        std::string cell;
        for (auto n = random() % 5; n > 0; --n) {
          cell += pieces[random() % pieces.size()];
        }
        cells.push_back(cell);
      }
      if (join(cells, "").empty()) cells[0] = "x";  // not a blank line
      for (std::size_t c = 0; c < columns; ++c) {
        text += (c > 0 ? "," : "") + csv_field(cells[c]);
      }
      text += "\r\n";
      rows.push_back(std::move(cells));
    }
    const auto read = parse_csv(text, "t.csv");
    if (!read) FAIL(text << read.error().to_string());
    if (read->rows.size() != rows.size()) FAIL(text);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (read->rows[r].cells != rows[r]) FAIL(text);
    }
  }
  SUCCEED();
}

TEST_CASE("a broken table is refused with the place where it breaks") {
  const auto refused = GENERATE(values<Refused>({
      {"", "csv.headings", 1, 1},
      {"\n\n", "csv.headings", 1, 1},
      {"a,,b\n", "csv.headings", 1, 3},
      {"a,b,\n", "csv.headings", 1, 5},
      {"\n a , ,b\n", "csv.headings", 2, 5},
      {"a,b,a\n", "csv.headings", 1, 5},
      {"é,a, é\n", "csv.headings", 1, 5},
      {"a,b\n1\n", "csv.width", 2, 1},
      {"a,b\n1,2\n1,2,3\n", "csv.width", 3, 1},
      {"a,b\n1,2,\n", "csv.width", 2, 1},
      {"a,b\n\"x\ny\",2\n3\n", "csv.width", 4, 1},
      {"a,b\n1,x\"y\n", "csv.quote", 2, 4},
      {"a,b\né,x\"y\"\n", "csv.quote", 2, 4},
      {"a,b\n \"x\",2\n", "csv.quote", 2, 2},
      {"a,b\n\"x\"y,2\n", "csv.quote", 2, 4},
      {"a,b\n\"x\" ,2\n", "csv.quote", 2, 4},
      {"a,b\n1,\"x\n3,4\n", "csv.quote", 2, 3},
      {"a,b\n1,\"x\"\"\n3,4\n", "csv.quote", 2, 3},
      {"a,b\n1,\"", "csv.quote", 2, 3},
      {"a,b\n1,caf\xE9\n", "csv.encoding", 2, 6},
      {"\xFF\xFE"
       "a",
       "csv.encoding", 1, 1},
      {"a\xC3", "csv.encoding", 1, 2},
      {"a,é\n1,\xED\xA0\x80\n", "csv.encoding", 2, 3},
  }));
  CAPTURE(refused.text);
  const Error error = refusal(refused.text);
  CHECK(error.id == refused.id);
  CHECK(error.place.line == refused.line);
  CHECK(error.place.column == refused.column);
}

TEST_CASE("a file in UTF-16 is not taken for a table") {
  const std::string_view text("a\0,\0b\0\n\0", 8);
  CHECK(refusal(text).id == "csv.encoding");
  CHECK(refusal(text).place.column == 2);
}

TEST_CASE(
    "any bytes give rows as wide as the headings, or an error with a "
    "place") {
  std::mt19937 random(6);
  const std::string_view bytes = "ab,,,\"\"\n\n\r'=\xC3\xA9";
  int read_whole = 0;
  int refused = 0;
  for (int i = 0; i < 50'000; ++i) {
    std::string text(random() % 20, ' ');
    for (char& c : text) c = bytes[random() % bytes.size()];
    const auto read = parse_csv(text, "t.csv");
    if (!read) {
      ++refused;
      if (!read.error().id.starts_with("csv.") || read.error().place.line < 1 ||
          read.error().place.column < 1) {
        FAIL(text);
      }
      continue;
    }
    ++read_whole;
    for (const CsvRow& row : read->rows) {
      if (row.cells.size() != read->headings.size()) FAIL(text);
    }
  }
  CHECK(read_whole > 1000);
  CHECK(refused > 1000);
}

}  // namespace sendcheck
