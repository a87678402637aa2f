// What a cell of a decision table asks: what is understood, and what is refused and why.
#include "rulesets/unary_tests.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace sendcheck;

namespace {

using Type = ParameterType;

DecisionInput input(Type type, std::vector<std::string> codes = {},
                    std::string unit = "") {
  DecisionInput made;
  made.name = "it";
  made.type = type;
  made.codes = std::move(codes);
  made.unit = std::move(unit);
  return made;
}

// In words, or "!" and the message.
std::string reading(const char* cell, const DecisionInput& of,
                    char separator = ',') {
  TextArena texts;
  const auto test = read_unary_test(cell, of, separator, texts);
  if (!test) {
    CHECK(test.error().id == "editions.table");
    CHECK(test.error().message.starts_with("expected a test such as "));
    return "!" + test.error().message;
  }
  return in_words(*test, of);
}

struct Said {
  const char* cell;
  const char* expected;
};

void check(const DecisionInput& of, const std::vector<Said>& table,
           char separator = ',') {
  for (const Said& said : table) {
    const std::string expected = said.expected;
    const std::string found = reading(said.cell, of, separator);
    INFO(said.cell << " is " << found);
    if (expected.starts_with('!')) {
      CHECK(found.starts_with('!'));
      CHECK(found.find(expected.substr(1)) != std::string::npos);
    } else {
      CHECK(found == expected);
    }
  }
}

}  // namespace

TEST_CASE("a test of numbers") {
  check(input(Type::decimal),
        {{"-", "anything"},
         {"\u2013", "anything"},
         {"\u2014", "anything"},
         {"12", "12"},
         {"-5", "-5"},
         {"\u22125", "-5"},
         {"1, 2,3", "1, 2 or 3"},
         {"< 10", "less than 10"},
         {"<10", "less than 10"},
         {"<= 10", "at most 10"},
         {"\u2264 10", "at most 10"},
         {"> 5.5", "more than 5.5"},
         {">= 25", "at least 25"},
         {"\u2265 25", "at least 25"},
         {"<5, >=10", "less than 5 or at least 10"},
         {"[5..10]", "from 5 to 10"},
         {"[5..10)", "from 5 and less than 10"},
         {"[5..10[", "from 5 and less than 10"},
         {"(5..10]", "more than 5 to 10"},
         {"]5..10]", "more than 5 to 10"},
         {"]5..10[", "more than 5 and less than 10"},
         {"[ 5 .. 10 ]", "from 5 to 10"},
         {"(5..10], 12", "more than 5 to 10 or 12"},
         {"[5..5]", "5"},
         {"[-5..-2.5]", "from -5 to -2.5"},
         {"not(5)", "not 5"},
         {"Not ( < 5, 7 )", "not less than 5 or 7"},
         {"not([1..2), 9)", "not from 1 and less than 2 or 9"},
         {"", "!Leave nothing empty"},
         {"not()", "!Leave nothing empty"},
         {"not(-)", "!stands alone"},
         {"5, -", "!stands alone"},
         {"*", "!or - for anything"},
         {"any", "!or - for anything"},
         {"5,", "!before or after one of the commas"},
         {",5", "!before or after one of the commas"},
         {"5,,6", "!before or after one of the commas"},
         {"1,500", "!inside one number"},
         {"< 6,000", "!inside one number"},
         {"[1,000..2,000]", "!inside one number"},
         {"5-10", "!A span is written [5..10]"},
         {"5\u201310", "!A span is written [5..10]"},
         {"5..10", "!in brackets"},
         {"[5..10", "!in brackets"},
         {"5..10]", "!in brackets"},
         {"[..10]", "!expected a test"},
         {"[5..]", "!expected a test"},
         {"[5,10]", "!expected a test"},
         {"[10..5]", "!begins after it ends"},
         {"(5..5]", "!nothing between its ends"},
         {"[5..5)", "!nothing between its ends"},
         {"10+", "!Write >= before the number"},
         {"= 10", "!It is a formula"},
         {"=10", "!It is a formula"},
         {"=> 10", "!It is a formula"},
         {"!= 10", "!expected a test"},
         {"< ", "!expected a test"},
         {"<", "!expected a test"},
         {"ten", "!expected a test"},
         {"\"10\"", "!expected a test"},
         {"date(\"2026-09-01\")", "!It is no date"},
         {"12%", "!no percentage"},
         {"Sep-26", "!made a date of it"},
         {"5-Oct", "!made a date of it"},
         {"1.2E+05", "!shortened the number"},
         {"####", "!too narrow"},
         {"< £10", "!holds no amounts"}});
  check(input(Type::decimal, {}, "% of sessions"),
        {{">= 10%", "at least 10"},
         {"[10%..50%)", "from 10 and less than 50"},
         {"< 10", "less than 10"}});
  check(input(Type::decimal),
        {{"1, 5", "1 or 5"},
         {"1,5", "!inside one number"},
         {"< 1,5", "!inside one number"},
         {"< 1.234", "!before the decimals or between"}},
        ';');
  check(input(Type::integer), {{"12", "12"}, {"< 12.5", "!expected a test"}});
}

TEST_CASE("a test of amounts") {
  check(input(Type::money),
        {{"6000", "£6,000"},
         {"< £6000.50", "less than £6,000.50"},
         {"[£6000..£9000)", "from £6,000 and less than £9,000"},
         {"£6,000", "!inside one number"},
         {"< 0.005", "!expected a test"}});
}

TEST_CASE("a test of days") {
  check(
      input(Type::date),
      {{"2026-09-01", "1 September 2026"},
       {"date(\"2026-09-01\")", "1 September 2026"},
       {"date(\u201C2026-09-01\u201D)", "1 September 2026"},
       {"< 2026-09-01", "before 1 September 2026"},
       {"<= date(\"2026-09-01\")", "on or before 1 September 2026"},
       {"> 01/09/2026", "after 1 September 2026"},
       {">= 2026-09-01", "on or after 1 September 2026"},
       {"[2026-09-01..2027-08-31]", "from 1 September 2026 to 31 August 2027"},
       {"[date(\"2026-09-01\")..date(\"2027-09-01\"))",
        "from 1 September 2026 and less than 1 September 2027"},
       {"not(2026-12-25, 2026-12-26)",
        "not 25 December 2026 or 26 December 2026"},
       {"date(2026-09-01)", "!expected a test"},
       {"date(\"01/09/26\")", "!four digits"},
       {"date(\"2026-02-30\")", "!expected a test"},
       {"> 09/13/2026", "!there is no month 13"},
       {"01/09/26", "!four digits"},
       {"[2027-09-01..2026-09-01]", "!begins after it ends"},
       {"46266", "!count of days"}});
}

TEST_CASE("a test of true and false") {
  check(input(Type::boolean), {{"true", "yes"},
                               {"FALSE", "no"},
                               {"not(true)", "not yes"},
                               {"true, false", "yes or no"},
                               {"yes", "!expected a test"},
                               {"> false", "!no order"},
                               {"[false..true]", "!no order"}});
}

TEST_CASE("a test of codes") {
  check(input(Type::code, {"K", "E", "sen support"}),
        {{"K", "K"},
         {"\"K\"", "K"},
         {"\u201CK\u201D", "K"},
         {"K, E", "K or E"},
         {"\"K\",\"E\"", "K or E"},
         {"sen support", "sen support"},
         {"not(\"K\", E)", "not K or E"},
         {"-", "anything"},
         {"k", "!\"k\" is not one of its codes"},
         {"KE", "!is not one of its codes"},
         {"K E", "!is not one of its codes"},
         {"K;E", "!is not one of its codes"},
         {"K or E", "!is not one of its codes"},
         {"sen suport", "!Did you mean \"sen support\"?"},
         {"*", "!stands alone"},
         {"K, -", "!stands alone"},
         {"\"K", "!quotation mark has no other"},
         {"K\"", "!quotation mark has no other"},
         {"> K", "!Words have no order"},
         {"[E..K]", "!Words have no order"},
         {"", "!Leave nothing empty"}});
}

TEST_CASE("a test of texts that may hold commas") {
  check(input(Type::text),
        {{"the fund", "the fund"},
         {"\"a, b\"", "a, b"},
         {"\"a\", \"b\"", "a or b"},
         {"not(\"a (old)\")", "not a (old)"},
         {"a, b", "!Put each of several words in quotation marks"},
         {"a (old)", "!put them in quotation marks"},
         {"5-Oct", "!made a date of it"},
         {"####", "!too narrow"}});
}

TEST_CASE("an output is one of the values that are declared") {
  DecisionOutput output;
  output.type = Type::text;
  output.values = {Value::text("higher"), Value::text("lower")};
  const auto reads = [&](const char* cell) {
    TextArena texts;
    const auto value = read_output_cell(cell, output, ',', texts);
    return value ? std::string(value->text()) : "!" + value.error().message;
  };
  CHECK(reads("higher") == "higher");
  CHECK(reads("\"higher\"") == "higher");
  CHECK(reads("hihger") ==
        "!expected higher or lower. Did you mean \"higher\"?");
  CHECK(reads("").find("every row says what comes of it") != std::string::npos);
  CHECK(reads("-").find("every row says what comes of it") !=
        std::string::npos);
  output.values.clear();
  output.type = Type::money;
  TextArena texts;
  CHECK(read_output_cell("£6,000", output, ',', texts)->money().pence() ==
        600000);
  CHECK_FALSE(read_output_cell("sum of it", output, ',', texts));
}
