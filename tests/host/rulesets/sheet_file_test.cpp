// Whole files of tables as spreadsheets save them.
#include "rulesets/sheet_file.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "domain/decision_table.hpp"
#include "rulesets/tables.hpp"
#include "test_rules.hpp"

namespace {

using namespace rules_of_tests;

// "a 0 9 1000.00 ten pounds | ...", or the id of the first error, its line and its column.
std::string reading(const std::string& bytes) {
  TextArena texts;
  std::vector<Error> errors;
  const auto table = read_table(bytes, "bands.csv", bands(), texts, errors);
  if (!table) {
    const Error& first = errors.at(0);
    return first.id + " " + std::to_string(first.place.line) + " " +
           first.place.pointer;
  }
  std::string said;
  for (const auto& row : table->rows) {
    if (!said.empty()) said += " | ";
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) said += ' ';
      said +=
          row[c].is_known() ? cell_text(row[c], table->columns[c].type) : "*";
    }
  }
  return said;
}

const std::string plain =
    "group,points_from,points_to,amount,words\na,0,9,1000.00,ten\n"
    "b,10,,2000.00,twenty\n";
const std::string said = "a 0 9 1000.00 ten | b 10 * 2000.00 twenty";

std::string with(std::string text, const std::string& from,
                 const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;
       at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace

TEST_CASE("a table reads the same however a spreadsheet has saved it") {
  const std::vector<std::string> files = {
      plain, "\xEF\xBB\xBF" + plain, with(plain, "\n", "\r\n"),
      with(plain, "\n", "\r"), with(plain, ",", ";"), with(plain, ",", "\t"),
      "\xEF\xBB\xBF" + with(with(plain, ",", ";"), "\n", "\r\n"),
      "sep=;\r\n" + with(with(plain, ",", ";"), "\n", "\r\n"),
      "sep=,\n" + plain, "\xEF\xBB\xBFSEP=\t\n" + with(plain, ",", "\t"),
      // Empty rows and columns at the ends.
      plain + "\n,,,,\n\n", plain + ",,,,,,\n , ,\xC2\xA0,,\n",
      with(plain, "\n", ",,\n"), with(with(plain, ",", ";"), "\n", ";;;\n"),
      "\n\n" + plain, "\n\n" + with(plain, ",", ";"),
      // Headings as people write them.
      with(plain, "points_from", "Points from"),
      with(plain, "points_from", " POINTS  FROM "),
      with(plain, "points_from",
           "points\xC2\xA0"
           "from"),
      with(plain, "group,", "\"Group\","),
      // Cells.
      with(plain, "1000.00", "\"1,000.00\""),
      with(plain, "1000.00",
           "\"\xC2\xA3"
           "1,000\""),
      with(plain, "1000.00",
           "\xC2\xA0"
           "1000\xC2\xA0"),
      with(plain, "1000.00",
           "\xA3"
           "1000"),  // Windows-1252
      with(plain, "1000.00",
           "\xA0"
           "1000.00")};
  for (const std::string& file : files) {
    INFO(file);
    CHECK(reading(file) == said);
  }
}

TEST_CASE("a separator may stand in a cell that is quoted") {
  CHECK(reading(with(plain, ",ten", ",\"ten; or so\"")) ==
        with(said, "ten", "ten; or so"));
  CHECK(reading(with(with(plain, ",", ";"), ";ten", ";\"ten, or so\"")) ==
        with(said, "ten", "ten, or so"));
  CHECK(reading(with(with(plain, ",", ";"), ";ten", ";ten, or so")) ==
        with(said, "ten", "ten, or so"));
}

TEST_CASE("texts of Windows-1252 are read as far as they can be one thing") {
  CHECK(reading(with(plain, "ten", "ten \x96 \x93or so\x94")) ==
        with(said, "ten", "ten \u2013 \u201Cor so\u201D"));
  // An accented letter may be another one in another code page.
  CHECK(reading(with(plain, "ten", "t\xE9n")) == "csv.encoding 2 ");
  CHECK(reading(with(plain, "ten", "t\x80n")) == "csv.encoding 2 ");
}

TEST_CASE("what a file leaves open is refused with its place") {
  struct Refused {
    std::string file;
    const char* error;
  };
  const std::vector<Refused> files = {
      {with(plain, "1000.00", "1,000.00"), "csv.width 2 "},
      {with(with(plain, ",", ";"), "1000.00", "1,5"),
       "editions.table 2 amount"},
      {with(with(plain, ",", ";"), "1000.00", "1.234"),
       "editions.table 2 amount"},
      {with(plain, ",0,9", ",Sep-26,9"), "editions.table 2 points_from"},
      {with(plain, "a,0,9", "5-Oct,0,9"), "editions.table 2 group"},
      {with(plain, "1000.00", "1.2E+05"), "editions.table 2 amount"},
      {with(plain, "2000.00", "######"), "editions.table 3 amount"},
      {with(plain, "b,10,", "b,#REF!,"), "editions.table 3 points_from"},
      // Another separator than any that tables have.
      {with(plain, ",", "|"),
       "editions.table 1 "
       "group|points_from|points_to|amount|words"},
      {"sep=;\n" + plain,
       "editions.table 1 "
       "group,points_from,points_to,amount,words"},
      // A column that holds something has a heading.
      {with(with(plain, "\n", ",\n"), "ten,", "ten,!"), "csv.width 2 "},
      {with(plain, "amount", "Amounts"), "editions.table 1 Amounts"},
      {with(plain, "amount", "Points from"), "editions.table 1 points_from"},
      {"\xFF\xFE"
       "g\0r\0",
       "csv.encoding 1 "},
      {"", "csv.headings 1 "},
      {"sep=;\n", "csv.headings 1 "},
      {plain + "\"c,1", "csv.quote 4 "}};
  for (const Refused& refused : files) {
    INFO(refused.file);
    CHECK(reading(refused.file) == refused.error);
  }
}

TEST_CASE("lines are those of the file whatever stands before the headings") {
  TextArena texts;
  std::vector<Error> errors;
  const auto table = read_table("sep=,\n\n" + plain + "\nc,0,,1.00,\n",
                                "bands.csv", bands(), texts, errors);
  REQUIRE(table);
  CHECK(table->lines == std::vector<int>{4, 5, 7});
}
