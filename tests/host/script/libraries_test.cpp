#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "host/script/machinery.hpp"

namespace sendcheck::script {
namespace {

// What an expression comes to, as tostring says it, or the error's message.
std::string told(State& state, const std::string& expression) {
  const auto result = state.run(
      "local function all(...)\n"
      "  local t = { ... }\n"
      "  for i = 1, select('#', ...) do t[i] = tostring(t[i]) end\n"
      "  return table.concat(t, ' ')\n"
      "end\n"
      "return all(" +
          expression + ")",
      "l.lua");
  return result ? words(*result) : result.error().message;
}

struct Row {
  std::string expression;
  std::string expected;
};

void check(const std::vector<Row>& rows) {
  State state;
  for (const Row& row : rows) {
    INFO(row.expression);
    CHECK(told(state, row.expression) == row.expected);
  }
}

TEST_CASE("texts are cut, turned and counted by bytes") {
  check({
      {"('hello'):sub(2, -2)", "ell"},
      {"('hello'):sub(-3)", "llo"},
      {"('hello'):sub(4, 2)", ""},
      {"('hello'):sub(-99, 99)", "hello"},
      {"('hello'):sub(math.mininteger, math.maxinteger)", "hello"},
      {"('Abc'):upper()", "ABC"},
      {"('ÀBC'):lower()", "Àbc"},
      {"('abc'):reverse()", "cba"},
      {"('abc'):len()", "3"},
      {"('abc'):byte(1, -1)", "97 98 99"},
      {"('abc'):byte(10)", ""},
      {"string.char(72, 105)", "Hi"},
      {"string.char()", ""},
      {"('ab'):rep(3, '-')", "ab-ab-ab"},
      {"('ab'):rep(0)", ""},
      {"('ab'):rep(-1)", ""},
      {"('ab'):rep(1, '-')", "ab"},
  });
}

TEST_CASE("find looks for plain text") {
  check({
      {"('a.b.c'):find('.')", "2 2"},
      {"('a.b.c'):find('.', 3)", "4 4"},
      {"('a.b.c'):find('b.c')", "3 5"},
      {"('a.b.c'):find('x')", "nil"},
      {"('abc'):find('')", "1 0"},
      {"('abc'):find('', 4)", "4 3"},
      {"('abc'):find('', 5)", "nil"},
      {"('abcabc'):find('a', -3)", "4 4"},
      {"('abc'):find('c', -99, true)", "3 3"},
      {"('abc'):find('b', math.maxinteger)", "nil"},
  });
}

TEST_CASE("format writes numbers the same on every machine") {
  check({
      {"string.format('%5d|%-5d|%05d', 42, 42, 42)", "   42|42   |00042"},
      {"string.format('%i %x %X', 3, 255, 255)", "3 ff FF"},
      {"string.format('%.2f %g %5.1f', 2.005, 0.1, 3)", "2.00 0.1   3.0"},
      {"string.format('%s %5s %-5s| %.2s', 1, 'a', 'b', 'abc')",
       "1     a b    | ab"},
      {"string.format('100%%')", "100%"},
      {"string.format('%f %g', 1/0, 0/0)", "inf nan"},
      {"string.format('%d', 3.0)", "3"},
      {"string.format('%d', 3.5)",
       "string.format: needs a whole number as its 2nd argument, and was "
       "given a number"},
      {"string.format('%d', '3')",
       "string.format: needs a whole number as its 2nd argument, and was "
       "given a text"},
  });
}

TEST_CASE("numbers are read and written exactly") {
  check({
      {"tostring(1e15)", "1e+15"},
      {"tostring(0.1)", "0.1"},
      {"tostring(3.0)", "3.0"},
      {"tostring(-0.0)", "-0.0"},
      {"tostring(math.mininteger)", "-9223372036854775808"},
      {"tonumber('10'), tonumber('0x1F'), tonumber(' 5 '), tonumber('1e2')",
       "10 31 5 100.0"},
      {"tonumber(''), tonumber('x'), tonumber('1 2'), tonumber('nan')",
       "nil nil nil nil"},
      {"tonumber('1\\0')", "nil"},
      {"tonumber('ff', 16), tonumber('-zz', 36), tonumber('8', 8)",
       "255 -1295 nil"},
      {"tonumber('1', 99)",
       "tonumber: needs a base from 2 to 36 as its 2nd argument, and was "
       "given a number"},
      {"tonumber(nil), tonumber({})", "nil nil"},
  });
}

TEST_CASE("math keeps whole numbers whole") {
  check({
      {"math.floor(2.7), math.ceil(2.1), math.floor(-2.5)", "2 3 -3"},
      {"math.floor(1e300)", "1e+300"},
      {"math.abs(-3), math.abs(-2.5), math.abs(math.mininteger)",
       "3 2.5 -9223372036854775808"},
      {"math.max(1, 3.5, 2), math.min(4, 2, 3)", "3.5 2"},
      {"math.max()",
       "math.max: needs a number as its 1st argument, and was given nothing"},
      {"math.tointeger(3.0), math.tointeger(3.5), math.tointeger('3')",
       "3 nil nil"},
      {"math.type(1), math.type(1.0), math.type('1')", "integer float nil"},
      {"math.fmod(7, 3), math.fmod(-7, 3), math.fmod(5.5, 2)", "1 -1 1.5"},
      {"math.fmod(math.mininteger, -1)", "0"},
      {"math.fmod(1, 0)",
       "math.fmod: needs a number other than zero as its 2nd argument, and "
       "was given a number"},
      {"math.ult(1, -1), math.ult(-1, 1)", "true false"},
  });
}

TEST_CASE("what the interpreter itself does cannot be taken away") {
  // The header says so; a build of Lua in which it changes should be noticed.
  check({
      {"'10' + 1", "11.0"},
      {"1 .. ''", "1"},
      {"7 // 2, 7 % 3, 2 ^ 10, 7 & 3", "3 1 1024.0 3"},
      {"_VERSION",
       "nothing is called '_VERSION' here: set it first with 'local'"},
  });
}

TEST_CASE("code points are counted and never guessed") {
  check({
      {"utf8.char(72, 233, 8364, 128512)", "Hé€😀"},
      {"utf8.char(0xD800)",
       "utf8.char: needs a code point as its 1st argument, and was given a "
       "number"},
      {"utf8.codepoint('é€', 1, -1)", "233 8364"},
      {"utf8.codepoint('é', 2)",
       "utf8.codepoint: found bytes that are not UTF-8 at 2"},
      {"utf8.len('Hé€😀')", "4"},
      {"utf8.len('a\\xffb')", "nil 2"},
      {"utf8.len('\\xC0\\x80')", "nil 1"},
      {"utf8.len('\\xE0\\x80\\x80')", "nil 1"},
      {"utf8.len('\\xF4\\x90\\x80\\x80')", "nil 1"},
      {"utf8.offset('aé€', 3)", "4"},
      {"utf8.offset('aé€', -1)", "4"},
      {"utf8.offset('aé€', 0, 3)", "2"},
      {"utf8.offset('a', 5)", "nil"},
  });
}

TEST_CASE("lists grow and shrink in the middle") {
  check({
      {"(function() local t = { 1, 3 } table.insert(t, 2, 2) "
       "table.insert(t, 4) return table.unpack(t) end)()",
       "1 2 3 4"},
      {"(function() local t = { 1, 2, 3 } local x = table.remove(t, 1) "
       "return x, table.remove(t), #t end)()",
       "1 3 1"},
      {"table.remove({})", "nil"},
      {"table.insert({ 1 }, 5, 2)",
       "table.insert: can put a value at 1 to 2 of this list, not at 5"},
      {"table.remove({ 1 }, 5)",
       "table.remove: can take a value from 1 to 1 of this list, not from 5"},
      {"table.insert({})",
       "table.insert: is written table.insert(list, value) or "
       "table.insert(list, place, value)"},
      {"table.concat({ 1, 'a', 2.5 }, ', ')", "1, a, 2.5"},
      {"table.concat({ 1, 2, 3 }, '', 2, 3)", "23"},
      {"table.concat({})", ""},
      {"table.unpack({ 1, 2, 3 }, 2)", "2 3"},
      {"table.unpack({ 1 }, 1, 3)", "1 nil nil"},
      {"select(2, 'a', 'b', 'c')", "b c"},
      {"select(-1, 'a', 'b', 'c')", "c"},
      {"select('#', nil, nil)", "2"},
      {"select(5, 'a')", ""},
      {"select(0)",
       "select: counts arguments from 1, or from the last one with -1"},
      {"select(-2, 'a')",
       "select: counts arguments from 1, or from the last one with -1"},
  });
}

TEST_CASE("sort agrees with a stable sort for any list and order") {
  State state;
  std::mt19937 random(7);
  state.set_global("remainder", HostFunction([](Call& call) {
                     return Value(*call.argument(0).integer() % 10);
                   }));
  const auto sorted = state.run(
      "return function(list, natural)\n"
      "  local copy = {}\n"
      "  for i, v in ipairs(list) do copy[i] = v end\n"
      "  if natural then table.sort(copy) return copy end\n"
      "  table.sort(copy, function(a, b)\n"
      "    return remainder(a) < remainder(b)\n"
      "  end)\n"
      "  return copy\n"
      "end",
      "s.lua");
  REQUIRE(sorted);
  for (int size = 0; size < 70; ++size) {
    std::vector<std::int64_t> numbers;
    Table list;
    for (int i = 0; i < size; ++i) {
      numbers.push_back(static_cast<std::int64_t>(random() % 100));
      list.items.emplace_back(numbers.back());
    }
    for (const bool natural : {true, false}) {
      auto expected = numbers;
      std::stable_sort(expected.begin(), expected.end(),
                       [&](std::int64_t a, std::int64_t b) {
                         return natural ? a < b : a % 10 < b % 10;
                       });
      const auto result =
          state.call(*sorted->function(), {Value(list), Value(natural)});
      REQUIRE(result);
      std::vector<std::int64_t> found;
      for (const Value& item : result->table()->items) {
        found.push_back(*item.integer());
      }
      CHECK(found == expected);
    }
  }
}

TEST_CASE("pairs gives each key once, in one order, whatever the history") {
  State state;
  std::mt19937 random(11);
  const auto walk = state.run(
      "return function(keys)\n"
      "  local t, seen = {}, {}\n"
      "  for _, k in ipairs(keys) do t[k] = true end\n"
      "  for k in pairs(t) do seen[#seen + 1] = tostring(k) end\n"
      "  return table.concat(seen, ' ')\n"
      "end",
      "p.lua");
  REQUIRE(walk);
  std::vector<Value> keys = {Value(true), Value(false), Value(""),
                             Value("10"), Value("9"),   Value("é")};
  for (const std::int64_t key : {-5, 0, 1, 2, 3, 1000}) keys.emplace_back(key);
  for (const double key : {0.5, -1e300, 1e300, 2.5, 9.3e18}) {
    Value fraction;
    fraction.state = key;
    keys.push_back(fraction);
  }
  const std::string expected =
      "-1e+300 -5 0 0.5 1 2 2.5 3 1000 9.3e+18 1e+300  10 9 é false true";
  for (int i = 0; i < 200; ++i) {
    std::shuffle(keys.begin(), keys.end(), random);
    Table list;
    list.items = keys;
    const auto result = state.call(*walk->function(), {Value(list)});
    REQUIRE(result);
    CHECK(words(*result) == expected);
  }
}

}  // namespace
}  // namespace sendcheck::script
