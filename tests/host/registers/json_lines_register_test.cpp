#include <cstdio>
#include <fstream>

#include "register_support.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::string pupil(int number, const std::string& rest = "") {
  return "{\"upn\": \"" + upn(number) + "\"" +
         (rest.empty() ? rest : ", " + rest) + "}";
}

}  // namespace

TEST_CASE("one pupil a line is read, with its line") {
  const Scratch scratch;
  for (const std::string end : {"\n", "\r\n"}) {
    for (const std::string start : {"", "\xEF\xBB\xBF"}) {
      const Read read = read_all(scratch.write(
          "r.jsonl", start + pupil(1, "\"sex\": \"F\"") + end + end + "  " +
                         end + pupil(2) + end + pupil(3)));
      REQUIRE(read.entries.size() == 3);
      CHECK(read.entries[0].place.line == 1);
      CHECK(read.entries[1].place.line == 4);
      CHECK(read.entries[2].place.line == 5);
      CHECK(read.entries[2].upn == upn(3));
      CHECK(fact(read.entries[0], "sex") == "F");
      CHECK(fact(read.entries[1], "sex").empty());
    }
  }
}

TEST_CASE("a line may begin with the pupil's school") {
  const Scratch scratch;
  const Read read = read_all(
      scratch.write("r.jsonl", "{\"school\": {\"la\": \"884\"}, \"upn\": \"" +
                                   upn(1) + "\"}\n" + pupil(2)));
  REQUIRE(read.entries.size() == 2);
  CHECK(fact(read.entries[0], "school.la") == "884");
  CHECK(fact(read.entries[1], "school.la").empty());
}

TEST_CASE("a wrong pupil on a line is rejected, and the others are read") {
  const Scratch scratch;
  const Read read = read_all(scratch.write(
      "r.jsonl", pupil(1) + "\n" + pupil(2, "\"sex\": \"Q\"") + "\n[1]\n" +
                     "\"text\"\n{}\n" + pupil(3, "\"sexx\": \"F\"") + "\n"));
  REQUIRE(read.entries.size() == 6);
  CHECK_FALSE(read.entries[0].rejected());
  const Finding& code = only(read.entries[1].rejections, "register.code");
  CHECK(code.place.line == 2);
  CHECK(code.place.pointer == "/sex");
  CHECK(read.entries[1].source == "{\"upn\":\"" + upn(2) + "\",\"sex\":\"Q\"}");
  CHECK(only(read.entries[2].rejections, "register.entry").place.line == 3);
  CHECK(only(read.entries[3].rejections, "register.entry").found == "\"text\"");
  CHECK(only(read.entries[4].rejections, "register.no_upn").place.line == 5);
  CHECK_FALSE(read.entries[5].rejected());
  CHECK(only(read.entries[5].warnings, "register.unknown_fact").place.line ==
        6);
}

TEST_CASE("a damaged line stops the register before any pupil is given") {
  const Scratch scratch;
  const std::string good = pupil(1) + "\n" + pupil(2) + "\n";
  const Error cut = refusal(
      scratch.write("r.jsonl", good + "{\"upn\": \"" + upn(3) + "\", \"se"));
  CHECK(cut.id == "json.syntax");
  CHECK(cut.place.line == 3);
  CHECK(cut.place.column > 10);
  const Error latin = refusal(scratch.write(
      "r.jsonl", good + "{\"upn\": \"A\", \"name\": {\"given\": \"Zo\xEB\"}}"));
  CHECK(latin.id == "json.encoding");
  CHECK(latin.place.line == 3);
  CHECK(latin.place.column == 35);
  const Error null_byte =
      refusal(scratch.write("r.jsonl", good + std::string("{\"a\":\0}", 7)));
  CHECK(null_byte.id == "json.syntax");
  CHECK_THAT(null_byte.message, Catch::Contains("null byte"));
  CHECK(null_byte.place.line == 3);
  CHECK(null_byte.place.column == 6);
  CHECK(refusal(scratch.write("r.jsonl", good + "{\"a\":1,\"a\":2}")).id ==
        "json.duplicate_key");
  const Error deep = refusal(
      scratch.write("r.jsonl", good + "{\"a\":" + std::string(5000, '[')));
  CHECK(deep.id == "json.depth");
  CHECK(deep.place.line == 3);
}

TEST_CASE(
    "UPNs that stand twice among two thousand pupils name each other's "
    "line") {
  const Scratch scratch;
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    // Each pupil whose number ends in 7 is the one before it once more, each
    // that ends in 55 the very first.
    const int number = i % 100 == 55 ? 0 : i % 10 == 7 ? i - 1 : i;
    text += pupil(number) + "\n";
  }
  const Read read = read_all(scratch.write("r.jsonl", text));
  REQUIRE(read.entries.size() == 2000);
  for (int i = 0; i < 2000; ++i) {
    const RegisterEntry& entry = read.entries[static_cast<std::size_t>(i)];
    const bool first = i == 0 || i % 100 == 55;
    const bool twin = i % 10 == 6 || i % 10 == 7;
    INFO(i);
    REQUIRE(entry.rejected() == (first || twin));
    if (twin) {
      const int other = i % 10 == 6 ? i + 1 : i - 1;
      REQUIRE_THAT(
          only(entry.rejections, "register.duplicate_upn").expected,
          Catch::EndsWith("stands at line " + std::to_string(other + 1)));
    }
    if (first) {
      REQUIRE_THAT(only(entry.rejections, "register.duplicate_upn").expected,
                   Catch::EndsWith("and 17 more"));
    }
  }
}

TEST_CASE("UPNs that are no UPNs are told apart all the same") {
  const Scratch scratch;
  const Read read =
      read_all(scratch.write("r.jsonl",
                             "{\"upn\": \"one\"}\n{\"upn\": \"two\"}\n"
                             "{\"upn\": \"ONE\"}\n{\"upn\": \"A00000000000\"}\n"
                             "{\"upn\": \"A000000000000\"}\n"));
  REQUIRE(read.entries.size() == 5);
  CHECK(read.entries[0].rejected());
  CHECK_FALSE(read.entries[1].rejected());
  CHECK(read.entries[2].rejected());
  CHECK_FALSE(read.entries[3].rejected());
  CHECK_FALSE(read.entries[4].rejected());
}

TEST_CASE("a line of 300 MB is refused without being read") {
  const Scratch scratch;
  const std::string path = scratch.path("r.jsonl");
  {
    std::ofstream file(path, std::ios::binary);
    file << pupil(1) << "\n{\"upn\": \"" << upn(2) << "\", \"sex\": \"";
    file.seekp(300'000'000);
    file << "\"}\n";
  }
  const Error error = refusal(path);
  CHECK(error.id == "register.line_too_long");
  CHECK(error.place.line == 2);
  // The most memory that this process ever held.
  std::ifstream status("/proc/self/status");
  long peak_kilobytes = 0;
  for (std::string word; status >> word;) {
    if (word == "VmHWM:") status >> peak_kilobytes;
  }
  CHECK(peak_kilobytes > 0);
  CHECK(peak_kilobytes < 250'000);
}

TEST_CASE("a line of 16 MiB is read, one byte more is not") {
  const Scratch scratch;
  const std::string begin = "{\"upn\": \"" + upn(1) + "\", \"note\": \"";
  const std::size_t room = (std::size_t{16} << 20) - begin.size() - 2;
  const std::string longest = begin + std::string(room, 'x') + "\"}";
  CHECK(read_all(scratch.write("r.jsonl", longest + "\r\n" + pupil(2)))
            .entries.size() == 2);
  CHECK(refusal(scratch.write("r.jsonl", begin + std::string(room + 1, 'x') +
                                             "\"}\n" + pupil(2)))
            .id == "register.line_too_long");
  CHECK(refusal(scratch.write("r.jsonl",
                              begin + std::string(room + 1, 'x') + "\"}"))
            .id == "register.line_too_long");
}

TEST_CASE(
    "a file that changes while it is read ends in an error, not in "
    "nonsense") {
  const Scratch scratch;
  std::string text;
  for (int i = 0; i < 30000; ++i) {
    text +=
        pupil(i, "\"name\": {\"given\": \"Somebody of some length\"}") + "\n";
  }
  const std::string path = scratch.write("r.jsonl", text);
  auto reader = open_register(path, small_catalogue());
  REQUIRE(reader);
  RegisterEntry entry;
  REQUIRE((*reader)->next(entry));
  scratch.write("r.jsonl", text.substr(0, 1'500'010));
  for (;;) {
    const auto more = (*reader)->next(entry);
    if (!more) {
      CHECK(more.error().id == "json.syntax");
      break;
    }
    REQUIRE(*more);
  }
}
