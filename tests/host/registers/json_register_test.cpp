#include "register_support.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

std::string register_of(const std::string& pupils,
                        const std::string& school = "") {
  return "{\"format\": \"sendcheck-register/1\", " +
         (school.empty() ? school : "\"school\": " + school + ", ") +
         "\"pupils\": [" + pupils + "]}";
}

std::string pupil(int number, const std::string& rest = "") {
  return "{\"upn\": \"" + upn(number) + "\"" +
         (rest.empty() ? rest : ", " + rest) + "}";
}

// The one pupil of a register of one.
RegisterEntry one(const std::string& rest) {
  const Scratch scratch;
  Read read = read_all(scratch.write("r.json", register_of(pupil(1, rest))));
  REQUIRE(read.entries.size() == 1);
  return std::move(read.entries.front());
}

}  // namespace

TEST_CASE("a pupil's facts of every type are read from JSON") {
  const RegisterEntry entry =
      one(R"("name": {"given": "Zoë", "family": "Testwell"},
    "uln": "1000000108", "date_of_birth": "2015-02-28", "sex": "F",
    "nc_year": "9", "home_la": "884", "sen": {"status": "support",
      "needs": [{"type": "SPLD", "rank": 1}, {"type": "ASD"}, {}]},
    "provision": [{"name": "phonics", "minutes_per_week": 45.5, "weeks": 38,
      "hourly_rate": "12.50", "additional": true, "from": "2026-09-01"}],
    "provision_cost": "6000.00", "attendance": {"possible": 190},
    "early_years": {"funded_hours_per_week": 15.125}, "service_child": false,
    "suspensions": [], "balance": "-0.50")");
  CHECK(entry.rejections.empty());
  CHECK(entry.upn == upn(1));
  CHECK(entry.name == "Zoë Testwell");
  CHECK(fact(entry, "name.given") == "Zoë");
  CHECK(fact(entry, "date_of_birth") == "2015-02-28");
  CHECK(fact(entry, "sex") == "F");
  CHECK(fact(entry, "nc_year") == "9");
  CHECK(fact(entry, "home_la") == "884");
  CHECK(fact(entry, "sen.status") == "support");
  CHECK(list(entry, "sen.needs") == "type=SPLD rank=1; type=ASD; ");
  CHECK(list(entry, "provision") ==
        "name=phonics minutes_per_week=45.5 weeks=38 hourly_rate=12.50 "
        "additional=true from=2026-09-01");
  CHECK(fact(entry, "provision_cost") == "6000.00");
  CHECK(fact(entry, "attendance.possible") == "190");
  CHECK(fact(entry, "early_years.funded_hours_per_week") == "15.125");
  CHECK(fact(entry, "service_child") == "false");
  CHECK(list(entry, "suspensions") == "");
  CHECK(fact(entry, "balance") == "-0.50");
  CHECK(entry.place.pointer == "/pupils/0");
  CHECK(entry.source.empty());
}

TEST_CASE("what is absent, null or blank is unknown, never false or zero") {
  const RegisterEntry entry = one(R"("sex": null, "name": {"given": " "},
    "sen": null, "suspensions": null, "provision": [], "uln": "")");
  CHECK(entry.rejections.empty());
  CHECK(entry.warnings.empty());
  CHECK(fact(entry, "sex").empty());
  CHECK(fact(entry, "name.given").empty());
  CHECK(fact(entry, "service_child").empty());
  CHECK(fact(entry, "provision_cost").empty());
  CHECK(list(entry, "suspensions") == "-");
  CHECK(list(entry, "sen.needs") == "-");
  CHECK(list(entry, "provision") == "");
}

TEST_CASE(
    "an impossible fact rejects the pupil and says what was found and "
    "expected") {
  struct Case {
    std::string facts;
    std::string id;
    std::string fact;
    std::string pointer;
    std::string found;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {R"("service_child": "true")", "register.type", "service_child",
       "/service_child", "\"true\"", "true or false"},
      {R"("service_child": 1)", "register.type", "service_child",
       "/service_child", "1", "true or false"},
      {R"("sex": "X")", "register.code", "sex", "/sex", "\"X\"", "one of F, M"},
      {R"("sex": true)", "register.type", "sex", "/sex", "true", "a code"},
      {R"("nc_year": 9)", "register.type", "nc_year", "/nc_year", "9",
       "a code, as text"},
      {R"("nc_year": "09")", "register.code", "nc_year", "/nc_year", "\"09\"",
       "one of R, 1, 2"},
      {R"("sen": {"status": "suport"})", "register.code", "sen.status",
       "/sen/status", "\"suport\"", "perhaps \"support\"; one of none"},
      {R"("sen": "support")", "register.type", "sen", "/sen", "\"support\"",
       "an object"},
      {R"("sen": {"needs": {"type": "ASD"}})", "register.type", "sen.needs",
       "/sen/needs", "an object", "a list of objects"},
      {R"("sen": {"needs": ["ASD"]})", "register.entry", "sen.needs[1]",
       "/sen/needs/0", "\"ASD\"", "an object"},
      {R"("sen": {"needs": [{}, null]})", "register.entry", "sen.needs[2]",
       "/sen/needs/1", "nothing (null)", "an object"},
      {R"("sen": {"needs": [{}, [1]]})", "register.entry", "sen.needs[2]",
       "/sen/needs/1", "a list", "an object"},
      {R"("sen": {"needs": [{"type": "ASD"}, {"type": "ASDD"}]})",
       "register.code", "sen.needs[2].type", "/sen/needs/1/type", "\"ASDD\"",
       "perhaps \"ASD\""},
      {R"("date_of_birth": "2015-02-29")", "register.date", "date_of_birth",
       "/date_of_birth", "\"2015-02-29\"", "a day that exists"},
      {R"("date_of_birth": "28/02/2015")", "register.date", "date_of_birth",
       "/date_of_birth", "\"28/02/2015\"", "year-month-day"},
      {R"("date_of_birth": "")", "register.date", "date_of_birth",
       "/date_of_birth", "\"\"", "year-month-day"},
      {R"("date_of_birth": 20150228)", "register.type", "date_of_birth",
       "/date_of_birth", "20150228", "a date"},
      {R"("provision_cost": 6000)", "register.type", "provision_cost",
       "/provision_cost", "6000", "an amount as text such as \"6000.00\""},
      {R"("provision_cost": "6000")", "register.type", "provision_cost",
       "/provision_cost", "\"6000\"", "an amount as text"},
      {R"("provision_cost": "£6,000.00")", "register.type", "provision_cost",
       "/provision_cost", "\"£6,000.00\"", "an amount"},
      {R"("provision_cost": "-0.01")", "register.range", "provision_cost",
       "/provision_cost", "\"-0.01\"", "0.00 or more"},
      {R"("attendance": {"possible": "12"})", "register.type",
       "attendance.possible", "/attendance/possible", "\"12\"",
       "a whole number"},
      {R"("attendance": {"possible": 12.5})", "register.type",
       "attendance.possible", "/attendance/possible", "12.5", "a whole number"},
      {R"("attendance": {"possible": -1})", "register.range",
       "attendance.possible", "/attendance/possible", "-1", "0 or more"},
      {R"("attendance": {"possible": 1e2})", "register.number",
       "attendance.possible", "/attendance/possible", "1e2",
       "without an exponent"},
      {R"("attendance": {"possible": 12345678901234567890})", "register.number",
       "attendance.possible", "/attendance/possible", "12345678901234567890",
       "at most 15 digits"},
      {R"("attendance": {"possible": 1e999})", "register.number",
       "attendance.possible", "/attendance/possible", "1e999",
       "without an exponent"},
      {R"("early_years": {"funded_hours_per_week": 168.5})", "register.range",
       "early_years.funded_hours_per_week",
       "/early_years/funded_hours_per_week", "168.5", "0 to 168"},
      {R"("early_years": {"funded_hours_per_week": 0.1234567891})",
       "register.number", "early_years.funded_hours_per_week",
       "/early_years/funded_hours_per_week", "0.1234567891", "9 after it"},
      {R"("early_years": {"funded_hours_per_week": "15"})", "register.type",
       "early_years.funded_hours_per_week",
       "/early_years/funded_hours_per_week", "\"15\"", "a number"},
      {R"("name": {"given": 7})", "register.type", "name.given", "/name/given",
       "7", "a text"},
      {R"("name": {"given": ["Robin"]})", "register.type", "name.given",
       "/name/given", "a list", "a text"},
      {R"("provision": [{"weeks": 54}])", "register.range",
       "provision[1].weeks", "/provision/0/weeks", "54", "0 to 53"},
      {R"("provision": [{}, {}, {}, {"hourly_rate": 12}])", "register.type",
       "provision[4].hourly_rate", "/provision/3/hourly_rate", "12",
       "an amount as text"},
  };
  for (const Case& c : cases) {
    const RegisterEntry entry = one(c.facts);
    INFO(c.facts);
    CHECK(entry.rejected());
    const Finding& finding = only(entry.rejections, c.id);
    INFO(finding.message());
    CHECK(finding.fact == c.fact);
    CHECK(finding.place.pointer == "/pupils/0" + c.pointer);
    CHECK_THAT(finding.place.file, Catch::EndsWith("r.json"));
    CHECK(finding.found == c.found);
    CHECK_THAT(finding.expected, Catch::Contains(c.expected));
    CHECK(finding.upn == upn(1));
  }
}

TEST_CASE("a finding reads as one sentence") {
  const RegisterEntry entry =
      one(R"("provision": [{}, {"hourly_rate": "12"}], "provison": [])");
  CHECK(only(entry.rejections, "register.type").message() ==
        "provision[2].hourly_rate is \"12\" (register.type): expected an "
        "amount as text such as \"6000.00\".");
  CHECK(only(entry.warnings, "register.unknown_fact").message() ==
        "provison is not a fact of the catalogue (register.unknown_fact); it "
        "is left out. Did you mean provision?");
}

TEST_CASE("everything that is wrong with a pupil is told, not only the first") {
  const RegisterEntry entry = one(R"("sex": "X", "nc_year": "99",
    "date_of_birth": "never", "service_child": "no",
    "provision": [{"weeks": -1, "hourly_rate": 3}, 7], "colour": "blue")");
  CHECK(entry.rejections.size() == 7);
  CHECK(entry.warnings.size() == 1);
}

TEST_CASE("a rejected pupil says who it is and keeps its source, and no more") {
  const RegisterEntry entry = one(R"("name": {"given": "Robin",
    "family": "Testwell"}, "sex": "X", "nc_year": "9", "provision": [{}],
    "early_years": {"funded_hours_per_week": 15.50})");
  REQUIRE(entry.rejected());
  CHECK(entry.upn == upn(1));
  CHECK(entry.name == "Robin Testwell");
  CHECK(fact(entry, "name.given") == "Robin");
  CHECK(fact(entry, "nc_year").empty());
  CHECK(list(entry, "provision") == "-");
  CHECK(entry.source ==
        "{\"upn\":\"" + upn(1) +
            "\",\"name\":{\"given\":\"Robin\",\"family\":\"Testwell\"},"
            "\"sex\":\"X\",\"nc_year\":\"9\",\"provision\":[{}],"
            "\"early_years\":{\"funded_hours_per_week\":15.50}}");
}

TEST_CASE("doubts are warnings, and the pupil is read") {
  struct Case {
    std::string facts;
    std::string id;
    std::string fact;
    std::string value;  // of the fact, where it is one
    std::string expected;
  };
  const std::vector<Case> cases = {
      {R"("colour": "blue")", "register.unknown_fact", "colour", "", ""},
      {R"("nc_yaer": "9")", "register.unknown_fact", "nc_yaer", "", "nc_year"},
      {R"("sen": {"stauts": "support"})", "register.unknown_fact", "sen.stauts",
       "", "sen.status"},
      {R"("status": "support")", "register.unknown_fact", "status", "",
       "sen.status"},
      {R"("shcool": {"la": "884"})", "register.unknown_fact", "shcool", "",
       "school"},
      {R"("provision": [{"hourly_rat": "1.00"}])", "register.unknown_fact",
       "provision[1].hourly_rat", "", "provision[].hourly_rate"},
      {R"("provision": [{"": 1}])", "register.unknown_fact", "provision[1].",
       "", ""},
      {R"("home_la": "999")", "register.unknown_authority", "home_la", "",
       "one of 884, 885, 330"},
      {R"("first_language": "QQQ")", "register.unlisted_code", "first_language",
       "OTH", "one of ENG, POL, OTH, REF; it is read as \"OTH\""},
      {R"("first_language": "Portuguese")", "register.unlisted_code",
       "first_language", "", "the fact is taken as unknown"},
      {R"("first_language": "POR1")", "register.unlisted_code",
       "first_language", "", "the fact is taken as unknown"},
      {R"("sen": {"status": "S"})", "register.historic_code", "sen.status",
       "plan_final", "read as \"plan_final\""},
      {R"("former_upn": "A12")", "register.upn_check", "former_upn", "A12",
       "13 characters"},
      {R"("uln": "1000000109")", "register.uln_check", "uln", "1000000109",
       "last digit"},
      {R"("uln": "12")", "register.uln_check", "uln", "12", "ten digits"},
  };
  for (const Case& c : cases) {
    const RegisterEntry entry = one(c.facts);
    INFO(c.facts);
    CHECK_FALSE(entry.rejected());
    const Finding& finding = only(entry.warnings, c.id);
    CHECK(finding.fact == c.fact);
    CHECK_THAT(finding.expected, Catch::Contains(c.expected));
    if (small_catalogue().scalar(c.fact) >= 0) {
      CHECK(fact(entry, c.fact) == c.value);
    }
  }
}

TEST_CASE(
    "a code's other spelling is read without a word, a historic code "
    "with one") {
  CHECK(fact(one(R"("sen": {"status": "K"})"), "sen.status") == "support");
  CHECK(one(R"("sen": {"status": "K"})").warnings.empty());
  const RegisterEntry entry = one(R"("sen": {"needs": [{"type": "BESD"}]})");
  CHECK(only(entry.warnings, "register.historic_code").fact ==
        "sen.needs[1].type");
  CHECK(list(entry, "sen.needs") == "type=BESD");
}

TEST_CASE("a ULN that stands for not known is unknown without a warning") {
  const RegisterEntry entry = one(R"("uln": "9999999999")");
  CHECK(entry.warnings.empty());
  CHECK(fact(entry, "uln").empty());
}

TEST_CASE("a doubtful UPN is a warning and is put into its normal form") {
  const Scratch scratch;
  std::string wrong = upn(7);
  wrong[0] = wrong[0] == 'B' ? 'C' : 'B';
  std::string spaced = upn(8);
  spaced.insert(4, " ");
  for (char& c : spaced) c = static_cast<char>(std::tolower(c));
  const Read read = read_all(scratch.write(
      "r.json",
      register_of("{\"upn\": \"" + wrong + "\"}, {\"upn\": \"" + spaced +
                  "\"}, {\"upn\": \"A12345678901I\"}, "
                  "{\"upn\": \"short\"}")));
  REQUIRE(read.entries.size() == 4);
  const Finding& letter = only(read.entries[0].warnings, "register.upn_check");
  CHECK_THAT(letter.expected,
             Catch::Contains(std::string("check letter ") + upn(7)[0]));
  CHECK(letter.found == "\"" + wrong + "\"");
  CHECK(read.entries[0].upn == wrong);
  CHECK(read.entries[1].warnings.empty());
  CHECK(read.entries[1].upn == upn(8));
  CHECK(only(read.entries[2].warnings, "register.upn_check").fact == "upn");
  CHECK_THAT(only(read.entries[3].warnings, "register.upn_check").expected,
             Catch::Contains("13 characters"));
  for (const RegisterEntry& entry : read.entries) {
    CHECK_FALSE(entry.rejected());
  }
}

TEST_CASE("a temporary UPN is a warning") {
  const std::string letters = "ABCDEFGHJKLMNPQRTUVWXYZ";
  std::string temporary;
  for (const char first : letters) {
    const std::string candidate = first + std::string("80123456789A");
    const RegisterEntry entry =
        *read_pupil("{\"upn\": \"" + candidate + "\"}", small_catalogue(), "p");
    REQUIRE(entry.warnings.size() == 1);
    if (entry.warnings[0].id == "register.temporary_upn") {
      CHECK(temporary.empty());
      temporary = candidate;
    } else {
      CHECK(entry.warnings[0].id == "register.upn_check");
    }
  }
  CHECK_FALSE(temporary.empty());
}

TEST_CASE("a pupil without a UPN is rejected") {
  const Scratch scratch;
  const Read read = read_all(scratch.write(
      "r.json", register_of("{\"sex\": \"F\"}, {\"upn\": null}, "
                            "{\"upn\": \" \"}, {\"upn\": 7}, \"x\", null")));
  REQUIRE(read.entries.size() == 6);
  for (int i = 0; i < 3; ++i) {
    CHECK(only(read.entries[static_cast<std::size_t>(i)].rejections,
               "register.no_upn")
              .place.pointer == "/pupils/" + std::to_string(i));
  }
  CHECK(read.entries[3].rejections.size() == 1);
  CHECK(only(read.entries[3].rejections, "register.type").fact == "upn");
  CHECK(read.entries[4].rejections.size() == 1);
  CHECK(only(read.entries[4].rejections, "register.entry").found == "\"x\"");
  CHECK(read.entries[4].source == "\"x\"");
  CHECK(only(read.entries[5].rejections, "register.entry").place.pointer ==
        "/pupils/5");
}

TEST_CASE("a UPN given twice rejects both, each naming the other") {
  const Scratch scratch;
  std::string lower = upn(2);
  lower[0] = static_cast<char>(std::tolower(lower[0]));
  const Read read = read_all(scratch.write(
      "r.json", register_of(pupil(1) + "," + pupil(2) + "," + pupil(3) +
                            ",{\"upn\": \"" + lower + " \"}")));
  REQUIRE(read.entries.size() == 4);
  CHECK_FALSE(read.entries[0].rejected());
  CHECK_FALSE(read.entries[2].rejected());
  CHECK_THAT(
      only(read.entries[1].rejections, "register.duplicate_upn").expected,
      Catch::EndsWith("also stands at /pupils/3"));
  CHECK_THAT(
      only(read.entries[3].rejections, "register.duplicate_upn").expected,
      Catch::EndsWith("also stands at /pupils/1"));
}

TEST_CASE("a pupil's own school wins over the register's, fact by fact") {
  const Scratch scratch;
  const Read read = read_all(scratch.write(
      "r.json",
      register_of(
          pupil(1) + "," + pupil(2, R"("school": {"la": "885", "name": null})"),
          R"({"la": "884", "type": "special", "name": "Hillside"})")));
  REQUIRE(read.entries.size() == 2);
  CHECK(fact(read.entries[0], "school.la") == "884");
  CHECK(fact(read.entries[0], "school.type") == "special");
  CHECK(fact(read.entries[0], "school.name") == "Hillside");
  CHECK(fact(read.entries[1], "school.la") == "885");
  CHECK(fact(read.entries[1], "school.type") == "special");
  CHECK(fact(read.entries[1], "school.name") == "Hillside");
  CHECK(read.warnings.empty());
}

TEST_CASE(
    "a wrong fact of the register's school rejects the pupils who do "
    "not state it themselves") {
  const Scratch scratch;
  const Read read = read_all(scratch.write(
      "r.json",
      register_of(pupil(1) + "," + pupil(2, R"("school": {"type": "special"})"),
                  R"({"type": "secret", "la": "999", "hue": 1})")));
  REQUIRE(read.entries.size() == 2);
  const Finding& finding = only(read.entries[0].rejections, "register.code");
  CHECK(finding.place.pointer == "/school/type");
  CHECK(finding.fact == "school.type");
  CHECK(finding.upn == upn(1));
  CHECK_FALSE(read.entries[1].rejected());
  CHECK(only(read.warnings, "register.unknown_authority").place.pointer ==
        "/school/la");
  CHECK(only(read.warnings, "register.unknown_fact").fact == "school.hue");
}

TEST_CASE("an unknown name at the top of a register is a warning") {
  const Scratch scratch;
  const Read read = read_all(
      scratch.write("r.json",
                    "{\"format\": \"sendcheck-register/1\", \"pupil\": [], "
                    "\"pupils\": []}"));
  CHECK(read.entries.empty());
  CHECK(only(read.warnings, "register.unknown_fact").expected == "pupils");
}

TEST_CASE("a register is known by what it holds, however it is laid out") {
  const Scratch scratch;
  const std::string one_line = register_of(pupil(1));
  for (const std::string& text :
       {one_line, "\xEF\xBB\xBF" + one_line, "\n\n  " + one_line + "\r\n",
        "{\r\n  \"school\": {\"la\": \"884\"},\r\n  \"pupils\": [" + pupil(1) +
            "],\r\n  \"format\": \"sendcheck-register/1\"}",
        "{\"school\": {\"la\": \"884\"}, \"pupils\": [" + pupil(1) +
            "], \"format\": \"sendcheck-register/1\"}",
        "{\"pupils\": [" + pupil(1) +
            "],\n\"format\": \"sendcheck-register/1\"}",
        "{\"school\": {},\n \"pupils\": [" + pupil(1) +
            "],\n\"format\": \"sendcheck-register/1\"}"}) {
    INFO(text);
    const Read read = read_all(scratch.write("r.json", text));
    REQUIRE(read.entries.size() == 1);
    CHECK(read.entries[0].upn == upn(1));
    CHECK_FALSE(read.entries[0].rejected());
  }
}

TEST_CASE("a file that is no register is refused, and told what it is") {
  const Scratch scratch;
  struct Case {
    std::string name;
    std::string text;
    std::string id;
    std::string says;
  };
  const std::vector<Case> cases = {
      {"r.json", "", "register.empty", "empty"},
      {"r.json", "\xEF\xBB\xBF \r\n\t\n", "register.empty", "empty"},
      {"r.json", "[]", "register.format", "list"},
      {"r.json", "<CTfile/>", "register.format", "XML"},
      {"r.json", "hello", "register.format", "does not begin with {"},
      {"r.json", std::string(40, '\0'), "register.format", "{"},
      {"r.xlsx", "PK\x03\x04zzz", "register.format", "spreadsheet"},
      {"r.csv", "upn,sex\nA,B\n", "register.format", "folder"},
      {"r.json", "{\n\"pupils\": []}", "register.format",
       "\"format\" is not stated"},
      {"r.json", "{\n\"upn\": \"A\"}", "register.format",
       "one pupil over several lines"},
      {"r.json", "{\"format\": \"sendcheck-register/2\", \"pupils\": []}",
       "register.format", "sendcheck-register/2"},
      {"r.json", "{\"format\": 1, \"pupils\": []}", "register.format",
       "\"format\" is 1"},
      {"r.json", "{\"format\": \"sendcheck-register/1\"}", "register.format",
       "\"pupils\" is not stated"},
      {"r.json", "{\"format\": \"sendcheck-register/1\", \"pupils\": {}}",
       "register.format", "\"pupils\" is an object"},
      {"r.json",
       "{\"format\": \"sendcheck-register/1\", \"school\": \"X\", "
       "\"pupils\": []}",
       "register.format", "\"school\" is \"X\""},
  };
  for (const Case& c : cases) {
    const Error error = refusal(scratch.write(c.name, c.text));
    INFO(c.text);
    INFO(error.to_string());
    CHECK(error.id == c.id);
    CHECK_THAT(error.message, Catch::Contains(c.says));
    CHECK_THAT(error.place.file, Catch::EndsWith(c.name));
  }
  CHECK(refusal(scratch.path("nowhere.json")).id == "files.missing");
}

TEST_CASE("a damaged JSON register stops, with line and column") {
  const Scratch scratch;
  const std::string whole = register_of(pupil(1) + ",\n" + pupil(2));
  const Error cut =
      refusal(scratch.write("r.json", whole.substr(0, whole.size() - 5)));
  CHECK(cut.id == "json.syntax");
  CHECK(cut.place.line == 2);
  CHECK(cut.place.column == static_cast<int>(pupil(2).size()) + 2 - 5 + 1);
  std::string latin = whole;
  latin.replace(latin.find("upn", 60), 3, "up\xF1");
  CHECK(refusal(scratch.write("r.json", latin)).id == "json.encoding");
  CHECK(refusal(scratch.write("r.json", register_of(pupil(1, "\"upn\": 1"))))
            .id == "json.duplicate_key");
  CHECK(refusal(scratch.write(
                    "r.json",
                    register_of(pupil(1, "\"x\": " + std::string(70, '[') +
                                             std::string(70, ']')))))
            .id == "json.depth");
}

TEST_CASE("one pupil's JSON is read alone, and a UPN is not asked for") {
  const auto entry = read_pupil(R"({"date_of_birth": "2021-12-01", "sex": 1})",
                                small_catalogue(), "cases.json");
  REQUIRE(entry);
  CHECK(entry->rejections.size() == 1);
  CHECK(only(entry->rejections, "register.type").place.pointer == "/sex");
  const auto broken = read_pupil("{", small_catalogue(), "cases.json");
  REQUIRE_FALSE(broken);
  CHECK(broken.error().id == "json.syntax");
  const auto no_object = read_pupil("[]", small_catalogue(), "cases.json");
  REQUIRE(no_object);
  CHECK(only(no_object->rejections, "register.entry").found == "a list");
}

TEST_CASE("a reader of single pupils is used again and again") {
  PupilReader reader(small_catalogue());
  for (int i = 0; i < 50; ++i) {
    const auto entry = reader.read(
        "{\"name\": {\"given\": \"n" + std::to_string(i) + "\"}}", "p.json");
    REQUIRE(entry);
    CHECK(fact(*entry, "name.given") == "n" + std::to_string(i));
    CHECK(entry->warnings.empty());
  }
}

TEST_CASE("a code that says nothing, such as refused, is read as not stated") {
  const Scratch scratch;
  const Read read = read_all(scratch.write(
      "r.json", R"({"format": "sendcheck-register/1", "pupils": [{"upn": ")" +
                    upn(1) + R"(", "first_language": "REF"}]})"));
  REQUIRE(read.entries.size() == 1);
  CHECK_FALSE(read.entries[0].rejected());
  CHECK(read.entries[0].warnings.empty());
  const auto slot =
      static_cast<std::size_t>(small_catalogue().scalar("first_language"));
  CHECK_FALSE(read.entries[0].record.scalars[slot].is_known());
}

TEST_CASE("a rejected record keeps what its register says of the school") {
  const Scratch scratch;
  const auto source = [&](const std::string& own) {
    const Read read = read_all(scratch.write(
        "register.json",
        "{\"format\": \"sendcheck-register/1\", \"school\": {\"name\": "
        "\"Hill\", \"la\": \"884\"}, \"pupils\": [{\"upn\": \"" +
            upn(1) + "\"" + own + ", \"sex\": \"X\"}]}"));
    REQUIRE(read.entries.size() == 1);
    REQUIRE(read.entries[0].rejected());
    return read.entries[0].source;
  };
  const std::string start = "{\"upn\":\"" + upn(1) + "\",";
  CHECK(source("") ==
        start + "\"sex\":\"X\",\"school\":{\"name\":\"Hill\",\"la\":\"884\"}}");
  CHECK(source(", \"school\": null") ==
        start + "\"school\":{\"name\":\"Hill\",\"la\":\"884\"},\"sex\":\"X\"}");
  // What the pupil states of it wins.
  CHECK(source(", \"school\": {\"la\": \"885\", \"name\": null}") ==
        start + "\"school\":{\"la\":\"885\",\"name\":\"Hill\"},\"sex\":\"X\"}");
  CHECK(source(", \"school\": 7") == start + "\"school\":7,\"sex\":\"X\"}");
}

TEST_CASE("control characters are a warning, and are replaced") {
  const RegisterEntry entry =
      one("\"name\": {\"given\": \"a\\u001b[31m\\u009bb\\n\"}");
  CHECK_FALSE(entry.rejected());
  const Finding& finding = only(entry.warnings, "register.control_character");
  CHECK(finding.fact == "name.given");
  CHECK(entry.name.find('\x1b') == std::string::npos);
  CHECK(entry.name.find("\xC2\x9B") == std::string::npos);
  CHECK(entry.name.starts_with("a\xEF\xBF\xBD[31m"));
  // White space is none, and a name in any script is left as it is.
  CHECK(
      one("\"name\": {\"given\": \"a\\tb \\u200f\\u05d0\"}").warnings.empty());
}
