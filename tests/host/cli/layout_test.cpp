#include "cli/layout.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/text.hpp"
#include "cli/findings_text.hpp"
#include "cli/html.hpp"
#include "support/decisions.hpp"

using namespace sendcheck;
using namespace sendcheck::cli;
using namespace sendcheck::test;

TEST_CASE("wrapped lines keep every word, and no line is too long") {
  const std::string text =
      "The authority where the pupil lives decides, whatever authority the "
      "school is in, and it pays \xC2\xA3"
      "3,450 a year for caf\xC3\xA9 lessons.";
  for (std::size_t columns = 16; columns < 140; ++columns) {
    for (const std::size_t indent : {0u, 2u, 5u}) {
      const std::string out = wrapped(text, columns, indent);
      std::string words;
      std::size_t number = 0;
      for (std::string_view line : split(out, '\n')) {
        // What begins before the text is the caller's.
        const std::size_t before = number++ == 0 ? indent : 0;
        CHECK(before + width(line) <= columns);
        if (number > 1) {
          CHECK(line.substr(0, indent) == std::string(indent, ' '));
          CHECK(line[indent] != ' ');
        }
        words += (words.empty() ? "" : " ") + std::string(trim(line));
      }
      CHECK(words == text);
    }
  }
}

TEST_CASE("a word that is longer than a line stands alone") {
  CHECK(wrapped("a https://example.org/long b", 10, 2) ==
        "a\n  https://example.org/long\n  b");
  CHECK(wrapped("", 10, 2).empty());
}

TEST_CASE("padding counts letters, not bytes, and never cuts") {
  CHECK(padded("caf\xC3\xA9", 6) == "caf\xC3\xA9  ");
  CHECK(padded("abc", 3) == "abc");
  CHECK(padded("abcd", 3) == "abcd");
}

TEST_CASE("one is one, and others are many") {
  CHECK(counted(1, "pupil", "pupils") == "1 pupil");
  CHECK(counted(0, "pupil", "pupils") == "0 pupils");
  CHECK(counted(2, "pupil", "pupils") == "2 pupils");
}

TEST_CASE("amounts are said with their period and certainty") {
  Amount amount;
  CHECK(amount_in_words(amount) == "amount not published");
  amount.value = *Money::parse("3450.00");
  std::vector<std::string> said;
  for (const char* period : {"year", "financial_year", "term", "month", "week",
                             "hour", "one_off", "period"}) {
    amount.period = period;
    const std::string words = amount_in_words(amount);
    INFO(words);
    CHECK(
        words.starts_with("\xC2\xA3"
                          "3,450"));
    CHECK(words.find('_') == std::string::npos);
    CHECK(words.find("indicative") == std::string::npos);
    // Each period in words of its own.
    CHECK(std::find(said.begin(), said.end(), words) == said.end());
    said.push_back(words);
  }
  amount.status = Amount::Status::indicative;
  CHECK_THAT(amount_in_words(amount), Catch::Contains("indicative"));
}

TEST_CASE("an action is a sentence with who and by when") {
  const auto day = Date::parse("2026-12-15");
  CHECK(action_in_words({"Apply", "the panel", day}) ==
        "Apply: the panel, by 15 December 2026.");
  CHECK(action_in_words({"Apply", "", std::nullopt}) == "Apply.");
  CHECK(action_in_words({"Apply", "", day}) == "Apply, by 15 December 2026.");
  CHECK(action_in_words({"Cost it.", "the SENCO", std::nullopt}) ==
        "Cost it. Who: the SENCO.");
  CHECK(action_in_words({"Cost it.", "", day}) ==
        "Cost it. By 15 December 2026.");
}

TEST_CASE("colour is put around words, and changes none") {
  const Style plain, coloured(true);
  for (const Outcome outcome :
       {Outcome::met, Outcome::not_met, Outcome::needs_evidence, Outcome::refer,
        Outcome::not_applicable, Outcome::not_in_force, Outcome::error}) {
    CHECK(plain.outcome(outcome, "word") == "word");
    CHECK_THAT(coloured.outcome(outcome, "word"),
               Catch::StartsWith("\x1b[") && Catch::Contains("mword\x1b[0m"));
  }
  CHECK(plain.bold("word") == "word");
  CHECK(coloured.bold("word") == "\x1b[1mword\x1b[0m");
  CHECK(coloured.faint("word") == "\x1b[2mword\x1b[0m");
}

TEST_CASE("what could be markup is escaped, and nothing else is changed") {
  CHECK(escaped("<a href=\"x\" b='y'>&amp;") ==
        "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;amp;");
  CHECK(escaped("caf\xC3\xA9 =1+1") == "caf\xC3\xA9 =1+1");
  std::string out;
  Html(out).open("p", "class=\"a\"").text("<b>").close("p");
  CHECK(out == "<p class=\"a\">&lt;b&gt;</p>\n");
  out.clear();
  Html(out).element("td", "&");
  CHECK(out == "<td>&amp;</td>\n");
}

TEST_CASE("a finding is one line with its place, its pupil and what to do") {
  Finding found = finding();
  CHECK(finding_line(found, "Robin Testwell") ==
        "r.json /pupils/3/nc_year: Robin Testwell (K886999919002): nc_year is "
        "7 (register.type): expected a code, as text.");
  found.place = {.file = "pupils.csv", .line = 12};
  found.upn.clear();
  CHECK(finding_line(found, "") ==
        "pupils.csv:12: nc_year is 7 (register.type): expected a code, as "
        "text.");
}
