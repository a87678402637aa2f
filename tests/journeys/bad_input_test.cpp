// Registers that cannot be read, and records that cannot be used: never a crash, never half an answer.
#include <sys/resource.h>

#include <catch2/catch.hpp>

#include "json_shape.hpp"
#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::vector<std::string> formats = {"table", "json", "jsonl", "csv",
                                          "html"};

// Exit 3, one sentence with the id on standard error, and nothing elsewhere, whatever the format.
std::string refused(const std::string& path, const std::string& id) {
  std::string message;
  for (const std::string& format : formats) {
    INFO(path << " as " << format);
    const Ran ran = run(check_words(path, format));
    CHECK(ran.status == 3);
    CHECK(ran.out.empty());
    CHECK(times(ran.err, "(" + id + ")") == 1);
    CHECK(times(ran.err, "\n") == 1);
    CHECK(times(ran.err, path) >= 1);
    message = ran.err;
  }
  return message;
}

constexpr const char* one_good =
    R"({"upn": "N886999916001", "name": {"given": "Robin"}, "nc_year": "7", "home_la": "886"})";

std::string register_of(const std::string& pupils) {
  return "{\"format\": \"sendcheck-register/1\", \"pupils\": [" + pupils + "]}";
}

}  // namespace

TEST_CASE("a register that is missing, empty or no register is refused") {
  const Scratch scratch;
  refused(scratch.path("nowhere.json"), "files.missing");
  refused(scratch.write("empty.json", ""), "register.empty");
  refused(scratch.write("blank.jsonl", " \n\n"), "register.empty");
  refused(scratch.write("bom.json", "\xEF\xBB\xBF"), "register.empty");
  refused(scratch.write("text.txt", "Dear SENCO"), "register.format");
  refused(scratch.write("list.json", "[]"), "register.format");
  refused(scratch.write("page.html", "<html></html>"), "register.format");
  refused(scratch.write("sheet.xlsx", "PK\x03\x04..."), "register.format");
  refused(scratch.write("other.json", "{\"format\": \"x\", \"pupils\": []}"),
          "register.format");
  refused(scratch.write("none.json", "{\"format\": \"sendcheck-register/1\"}"),
          "register.format");
  refused(scratch.folder(), "register.no_pupils_file");
}

TEST_CASE("a register that nobody may read is refused") {
  if (geteuid() == 0) {
    WARN("not looked at: this user may read everything");
    return;
  }
  const Scratch scratch;
  const std::string path = scratch.write("shut.json", register_of(one_good));
  std::filesystem::permissions(path, std::filesystem::perms::none);
  refused(path, "files.unreadable");
}

TEST_CASE("a damaged JSON file is refused with its line and column") {
  const Scratch scratch;
  const std::string whole = content_of(fixture_registers()[0]);
  const std::string cut =
      scratch.write("cut.json", whole.substr(0, whole.size() / 2));
  const std::string message = refused(cut, "json.syntax");
  CHECK_THAT(message, Catch::Matches("sendcheck: .*cut\\.json:[0-9]+:[0-9]+: "
                                     ".*\n"));
  const std::string comma = scratch.write(
      "comma.json",
      "{\"format\": \"sendcheck-register/1\",\n \"pupils\": [\n  " +
          std::string(one_good) + ",\n ]}\n");
  CHECK_THAT(refused(comma, "json.syntax"), Catch::Contains("comma.json:4:2:"));
  const std::string twice = scratch.write(
      "twice.json",
      register_of("\n{\"upn\": \"N886999916001\", \"upn\": \"x\"}"));
  CHECK_THAT(refused(twice, "json.duplicate_key"),
             Catch::Contains("twice.json:2:"));
}

TEST_CASE("a text that is not UTF-8 is refused with its line and column") {
  const Scratch scratch;
  CHECK_THAT(refused(scratch.write(
                         "latin.json",
                         register_of("\n{\"name\": {\"given\": \"Zo\xEB\"}}")),
                     "json.encoding"),
             Catch::Contains("latin.json:2:23:"));
  CHECK_THAT(
      refused(scratch.write("latin.jsonl", std::string(one_good) +
                                               "\n{\"upn\": \"x\", \"name\": "
                                               "{\"given\": \"\xC3\x28\"}}\n"),
              "json.encoding"),
      Catch::Contains("latin.jsonl:2:"));
  scratch.write("latin/pupils.csv", "upn,name.given\nN886999916001,Zo\xEB\n");
  CHECK_THAT(refused(scratch.path("latin"), "csv.encoding"),
             Catch::Contains("pupils.csv:2:"));
}

TEST_CASE("a damaged CSV folder is refused with its file and line") {
  const Scratch scratch;
  scratch.write("open/pupils.csv", "upn,nc_year\nN886999916001,\"7\n");
  CHECK_THAT(refused(scratch.path("open"), "csv.quote"),
             Catch::Contains("pupils.csv:2:"));
  scratch.write("wide/pupils.csv", "upn,nc_year\nN886999916001,7,8\n");
  CHECK_THAT(refused(scratch.path("wide"), "csv.width"),
             Catch::Contains("pupils.csv:2:"));
  scratch.write("no-upn/pupils.csv", "name.given\nRobin\n");
  refused(scratch.path("no-upn"), "register.format");
}

TEST_CASE("the last line of JSON Lines cut short stops all of them") {
  const Scratch scratch;
  const std::string path = scratch.write(
      "cut.jsonl", std::string(one_good) + "\n{\"upn\": \"C886999916002\", ");
  CHECK_THAT(refused(path, "json.syntax"), Catch::Contains("cut.jsonl:2:"));
}

TEST_CASE("a line of 300 MB is refused, and memory does not follow it") {
  const Scratch scratch;
  const std::string path = scratch.path("long.jsonl");
  {
    std::ofstream out(path, std::ios::binary);
    out << one_good << "\n{\"upn\": \"C886999916002\", \"tracking_group\": \"";
    const std::string piece(1 << 20, 'x');
    for (int i = 0; i < 300; ++i) out << piece;
    out << "\"}\n";
  }
  const Ran ran = run(check_words(path, "json"));
  CHECK(ran.status == 3);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Catch::Contains("long.jsonl:2"));
  CHECK_THAT(ran.err, Catch::Contains("(register.line_too_long)"));
  rusage used{};
  getrusage(RUSAGE_CHILDREN, &used);
  CHECK(used.ru_maxrss < 200 * 1024);  // kilobytes
}

TEST_CASE("a byte-order mark and Windows line ends change no answer") {
  const Scratch scratch;
  const std::string mark = "\xEF\xBB\xBF";
  const auto windows = [](const std::string& text) {
    std::string out;
    for (char c : text) out += c == '\n' ? std::string("\r\n") : std::string{c};
    return out;
  };
  const auto pupils = [](const std::string& path) {
    const Ran ran = run(check_words(path, "json"));
    REQUIRE(ran.status == 0);
    return ran.out.substr(ran.out.find("\"pupils\": ["));
  };
  for (const std::string& path :
       {fixture_registers()[0], fixture_registers()[2]}) {
    const std::string name = std::filesystem::path(path).filename().string();
    CHECK(pupils(scratch.write(name, mark + windows(content_of(path)))) ==
          pupils(path));
  }
  const std::string& folder = fixture_registers()[1];
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    scratch.write("csv/" + file.path().filename().string(),
                  mark + windows(content_of(file.path().string())));
  }
  CHECK(pupils(scratch.path("csv")) == pupils(folder));
}

TEST_CASE(
    "one pupil with a wrong type is rejected, and the others are checked") {
  struct Fault {
    const char* member;
    const char* id;
    const char* pointer;
  };
  const Scratch scratch;
  for (const Fault& fault : std::vector<Fault>{
           {R"("attendance": {"possible": "110"})", "register.type",
            "/pupils/1/attendance/possible"},
           {R"("nc_year": "Nursery 1")", "register.code", "/pupils/1/nc_year"},
           {R"("date_of_birth": "2026-02-30")", "register.date",
            "/pupils/1/date_of_birth"},
           {R"("sen": [])", "register.type", "/pupils/1/sen"},
           {R"("provision": [{"hourly_rate": 12.5}])", "register.type",
            "/pupils/1/provision/0/hourly_rate"},
       }) {
    INFO(fault.member);
    const std::string path = scratch.write(
        "register.json",
        register_of(std::string(one_good) + ",{\"upn\": \"C886999916002\"," +
                    fault.member + "}"));
    const Ran ran = run(check_words(path, "json"));
    CHECK(ran.status == 0);
    const Json json(ran.out);
    CHECK(faults_of_check(json.root()).empty());
    CHECK(pupil(json.root(), "N886999916001") != nullptr);
    CHECK(pupil(json.root(), "C886999916002") == nullptr);
    const auto& rejected = json.root().find("rejected")->items;
    REQUIRE(rejected.size() == 1);
    const auto& findings = rejected[0].find("findings")->items;
    REQUIRE(findings.size() == 1);
    CHECK(text(findings[0], "id") == fault.id);
    CHECK(text(findings[0], "pointer") == fault.pointer);
    CHECK(text(findings[0], "upn") == "C886999916002");
    CHECK(run(check_words(path, "json", {"--strict"})).status == 1);
  }
}

TEST_CASE(
    "the option --strict with nothing rejected is done, with rejects it is not "
    "right") {
  const Scratch scratch;
  const std::string path = scratch.write("one.json", register_of(one_good));
  CHECK(run(check_words(path, "table", {"--strict"})).status == 0);
  for (const std::string& register_path : fixture_registers()) {
    const Ran strict = run(check_words(register_path, "json", {"--strict"}));
    CHECK(strict.status == 1);
    CHECK(strict.out == run(check_words(register_path, "json")).out);
  }
}

TEST_CASE("a register of no pupils is checked, and says so") {
  const Scratch scratch;
  const std::string path = scratch.write("none.json", register_of(""));
  const Ran ran = run(check_words(path, "json"));
  CHECK(ran.status == 0);
  const Json json(ran.out);
  CHECK(faults_of_check(json.root()).empty());
  CHECK(text(*json.root().find("counts"), "pupils") == "0");
  CHECK_THAT(run(check_words(path, "table")).out,
             Catch::Contains("0 pupils checked"));
}

TEST_CASE("control characters of a register do not reach a terminal") {
  const Scratch scratch;
  const std::string path = scratch.write(
      "register.json",
      register_of("{\"upn\": \"N886999916001\", \"name\": {\"given\": "
                  "\"a\\u001b[31mb\\u0007\"}, \"nc_year\": \"7\", "
                  "\"home_la\": \"886\", \"attendance\": {\"possible\": 10, "
                  "\"authorised\": 9, \"unauthorised\": 0}}"));
  const Ran ran = run(check_words(path, "table"));
  CHECK(times(ran.out, "\x1b") == 0);
  CHECK(times(ran.out, "\x07") == 0);
}

TEST_CASE("the rejected records, put right, can be checked by themselves") {
  const Scratch scratch;
  const std::string path = fixture_registers()[0];
  const std::string rejects = scratch.path("rejects.jsonl");
  const Ran first = run(check_words(path, "json", {"--rejects", rejects}));
  CHECK(first.status == 0);
  const auto lines = lines_of(content_of(rejects));
  REQUIRE(lines.size() == 1);
  CHECK(text(Json(lines[0]).root(), "upn") == "Q886999917013");
  // As it is, it is rejected again, for the same reason.
  const Ran again = run(check_words(rejects, "json"));
  const Json json(again.out);
  REQUIRE(json.root().find("rejected")->items.size() == 1);
  CHECK(text(json.root().find("rejected")->items[0].find("findings")->items[0],
             "message") == text(Json(first.out)
                                    .root()
                                    .find("rejected")
                                    ->items[0]
                                    .find("findings")
                                    ->items[0],
                                "message"));
  // Put right, it comes to what it would have come to in its register.
  const auto right = [](const std::string& from) {
    return replaced(from, "\"possible\":\"110\"", "\"possible\":110");
  };
  const std::string mended =
      scratch.write("mended.jsonl", right(content_of(rejects)));
  const std::string whole = scratch.write(
      "whole.json",
      replaced(content_of(path), "\"possible\": \"110\"", "\"possible\": 110"));
  const Words one = {"--pupil", "Q886999917013"};
  const auto of = [&](const std::string& register_path) {
    return expanded_lines(register_path, one)[0];
  };
  CHECK(of(mended) == of(whole));
}

TEST_CASE("the rejected rows of a CSV folder, put right, keep their school") {
  const Scratch scratch;
  const std::string rejects = scratch.path("rejects.jsonl");
  const Ran first =
      run(check_words(fixture_registers()[1], "json", {"--rejects", rejects}));
  CHECK(first.status == 0);
  const auto lines = lines_of(content_of(rejects));
  CHECK(lines.size() == 3);
  const std::string mended =
      scratch.write("mended.jsonl",
                    replaced(content_of(rejects), "2026-02-30", "2026-02-28"));
  const std::string folder =
      scratch.copy("fixtures/registers/herefordshire-primary");
  scratch.write(
      "herefordshire-primary/pupils.csv",
      replaced(content_of(folder + "/pupils.csv"), "2026-02-30", "2026-02-28"));
  const Words one = {"--pupil", "X884999823008"};
  CHECK(expanded_lines(mended, one)[0] == expanded_lines(folder, one)[0]);
}

TEST_CASE("nothing rejected leaves an empty file of rejects") {
  const Scratch scratch;
  const std::string path = scratch.write("one.json", register_of(one_good));
  const std::string rejects = scratch.write("rejects.jsonl", "of last week\n");
  CHECK(run(check_words(path, "json", {"--rejects", rejects})).status == 0);
  CHECK(content_of(rejects).empty());
}

TEST_CASE("rejected records are never written over the register") {
  const Scratch scratch;
  const std::string path = scratch.copy("fixtures/registers/nursery.jsonl");
  const std::string before = content_of(path);
  const Ran ran = run(check_words(path, "csv", {"--rejects", path}));
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Catch::Contains("(check.rejects_over_register)"));
  CHECK(content_of(path) == before);
}

TEST_CASE("a file of rejects that cannot be written is an error of its own") {
  const Scratch scratch;
  const Ran ran =
      run(check_words(fixture_registers()[2], "json",
                      {"--rejects", scratch.path("nowhere/rejects.jsonl")}));
  CHECK(ran.status == 5);
  CHECK(ran.out.empty());
  CHECK_THAT(ran.err, Catch::Contains("(files.unwritable)"));
}

TEST_CASE("an output that cannot be written is never taken for done") {
  Around around;
  around.out_file = "/dev/full";
  for (const std::string& format : formats) {
    INFO(format);
    const Ran ran = run(check_words(fixture_registers()[2], format), around);
    CHECK(ran.status == 5);
    CHECK_THAT(ran.err, Catch::Contains("the output cannot be written"));
  }
}
