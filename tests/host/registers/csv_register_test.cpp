#include "register_support.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

TEST_CASE("a folder of CSV files is read through the catalogue") {
  const Scratch scratch;
  scratch.write("pupils.csv",
                "\xEF\xBB\xBFupn,name.given,date_of_birth,nc_year,"
                "service_child,attendance.possible,provision_cost,"
                "early_years.funded_hours_per_week,suspensions\r\n" +
                    upn(1) +
                    ",\"Zoë, the first\",2015-02-28, 9 ,YES,190,6000.00,"
                    "15.50,none\r\n\r\n" +
                    upn(2) + ",,,,no,,,,\r\n");
  scratch.write("sen.needs.csv", "upn,rank,type\n" + upn(1) + ",1,SPLD\n" +
                                     upn(2) + ",,ASD\n" + upn(1) + ",2,ASD\n");
  scratch.write("school.csv", "urn,school.la,type\n100001,884,special\n");
  scratch.write("README.txt", "not a table");
  const Read read = read_all(scratch.folder());
  CHECK(read.warnings.empty());
  REQUIRE(read.entries.size() == 2);
  const RegisterEntry& first = read.entries[0];
  CHECK(first.rejections.empty());
  CHECK(first.warnings.empty());
  CHECK(first.name == "Zoë, the first");
  CHECK(fact(first, "date_of_birth") == "2015-02-28");
  CHECK(fact(first, "nc_year") == "9");
  CHECK(fact(first, "service_child") == "true");
  CHECK(fact(first, "attendance.possible") == "190");
  CHECK(fact(first, "provision_cost") == "6000.00");
  CHECK(fact(first, "early_years.funded_hours_per_week") == "15.5");
  CHECK(fact(first, "school.urn") == "100001");
  CHECK(fact(first, "school.la") == "884");
  CHECK(list(first, "suspensions") == "");
  CHECK(list(first, "sen.needs") == "type=SPLD rank=1; type=ASD rank=2");
  CHECK(list(first, "provision") == "-");
  CHECK(first.place.line == 2);
  const RegisterEntry& second = read.entries[1];
  CHECK(second.place.line == 4);
  CHECK(fact(second, "service_child") == "false");
  CHECK(fact(second, "nc_year").empty());
  CHECK(list(second, "suspensions") == "-");
  CHECK(list(second, "sen.needs") == "type=ASD");
  CHECK(fact(second, "school.type") == "special");
}

TEST_CASE("a pupil's own school wins over school.csv") {
  const Scratch scratch;
  scratch.write("pupils.csv",
                "upn,school.la\n" + upn(1) + ",885\n" + upn(2) + ",\n");
  scratch.write("school.csv", "la,type\n884,secret\n");
  const Read read = read_all(scratch.folder());
  REQUIRE(read.entries.size() == 2);
  const Finding& wrong = only(read.entries[0].rejections, "register.code");
  CHECK(wrong.fact == "school.type");
  CHECK_THAT(wrong.place.file, Catch::EndsWith("school.csv"));
  CHECK(wrong.place.line == 2);
  scratch.write("school.csv", "la\n884\n");
  const Read again = read_all(scratch.folder());
  CHECK(fact(again.entries[0], "school.la") == "885");
  CHECK(fact(again.entries[1], "school.la") == "884");
}

TEST_CASE("a wrong cell rejects the pupil with file, line and column") {
  struct Case {
    std::string heading;
    std::string cell;
    std::string id;
    std::string expected;
  };
  const std::vector<Case> cases = {
      {"service_child", "maybe", "register.type", "true, false, yes or no"},
      {"service_child", "1", "register.type", "true, false, yes or no"},
      {"attendance.possible", "many", "register.type", "a whole number"},
      {"attendance.possible", "12.5", "register.type", "a whole number"},
      {"attendance.possible", "\"1,000\"", "register.type", "a whole number"},
      {"attendance.possible", "1e3", "register.number", "exponent"},
      {"attendance.possible", "-1", "register.range", "0 or more"},
      {"provision_cost", "6000", "register.type", "\"6000.00\""},
      {"provision_cost", "£6000.00", "register.type", "\"6000.00\""},
      {"date_of_birth", "28/02/2015", "register.date", "year-month-day"},
      {"date_of_birth", "2015-02-29", "register.date", "a day that exists"},
      {"sex", "f", "register.code", "one of F, M"},
      {"suspensions", "2", "register.type", "suspensions.csv"},
  };
  const Scratch scratch;
  for (const Case& c : cases) {
    scratch.write("pupils.csv", "upn," + c.heading + ",name.given\n" + upn(1) +
                                    ",,a\n" + upn(2) + "," + c.cell + ",b\n");
    const Read read = read_all(scratch.folder());
    INFO(c.heading << " " << c.cell);
    REQUIRE(read.entries.size() == 2);
    CHECK_FALSE(read.entries[0].rejected());
    const Finding& finding = only(read.entries[1].rejections, c.id);
    CHECK(finding.fact == c.heading);
    CHECK(finding.place.line == 3);
    CHECK(finding.place.pointer == "column " + c.heading);
    CHECK_THAT(finding.place.file, Catch::EndsWith("pupils.csv"));
    CHECK_THAT(finding.expected, Catch::Contains(c.expected));
    CHECK(finding.upn == upn(2));
    CHECK(read.entries[1].name == "b");
  }
}

TEST_CASE("a rejected row keeps its cells and its lists as JSON") {
  const Scratch scratch;
  scratch.write("pupils.csv",
                "upn,sen.status,name.family,service_child,"
                "attendance.possible,name.given,colour,suspensions\n" +
                    upn(1) + ",nope,\"T\"\"w\",Yes,190,Robin,blue,none\n");
  scratch.write("sen.needs.csv", "upn,type,rank,hue\n" + upn(1) +
                                     ",SPLD,1,red\n" + upn(1) + ",,x,\n");
  const Read read = read_all(scratch.folder());
  REQUIRE(read.entries.size() == 1);
  CHECK(read.entries[0].rejections.size() == 2);
  CHECK(read.entries[0].source ==
        "{\"attendance\":{\"possible\":190},\"colour\":\"blue\",\"name\":{"
        "\"family\":\"T\\\"w\",\"given\":\"Robin\"},\"sen\":{\"needs\":[{"
        "\"type\":\"SPLD\",\"rank\":1,\"hue\":\"red\"},{\"rank\":\"x\"}],"
        "\"status\":\"nope\"},\"service_child\":true,\"suspensions\":[],"
        "\"upn\":\"" +
            upn(1) + "\"}");
  CHECK(only(read.entries[0].rejections, "register.type").fact ==
        "sen.needs[2].rank");
  CHECK(only(read.entries[0].rejections, "register.type").place.line == 3);
  CHECK(read.warnings.size() == 2);
}

TEST_CASE("headings and files that the catalogue does not know are warnings") {
  const Scratch scratch;
  scratch.write("pupils.csv", "upn,nc_yaer,provision.hourly_rate,colour\n" +
                                  upn(1) + ",9,1.00,blue\n");
  scratch.write("provison.csv", "upn,name\n");
  scratch.write("sen.needs.csv", "upn,tipe\n");
  const Read read = read_all(scratch.folder());
  REQUIRE(read.entries.size() == 1);
  CHECK_FALSE(read.entries[0].rejected());
  REQUIRE(read.warnings.size() == 5);
  CHECK(read.warnings[0].fact == "nc_yaer");
  CHECK(read.warnings[0].expected == "nc_year");
  CHECK(read.warnings[0].place.line == 1);
  CHECK(read.warnings[1].expected == "a row of provision.csv");
  CHECK(read.warnings[2].expected.empty());
  CHECK(read.warnings[3].fact == "provison.csv");
  CHECK(read.warnings[3].expected == "provision.csv");
  CHECK(read.warnings[4].expected == "type");
}

TEST_CASE("a list's row for a UPN that no pupil has is a rejection") {
  const Scratch scratch;
  scratch.write("pupils.csv", "upn\n" + upn(1) + "\n");
  scratch.write("suspensions.csv", "upn,from,school_days\n" + upn(1) +
                                       ",2026-01-05,1.5\n" + upn(9) +
                                       ",2026-01-06,2\n,2026-01-07,3\n");
  const Read read = read_all(scratch.folder());
  REQUIRE(read.entries.size() == 3);
  CHECK(list(read.entries[0], "suspensions") ==
        "from=2026-01-05 school_days=1.5");
  const Finding& finding =
      only(read.entries[1].rejections, "register.unmatched");
  CHECK(finding.place.line == 3);
  CHECK_THAT(finding.place.file, Catch::EndsWith("suspensions.csv"));
  CHECK(finding.upn == upn(9));
  CHECK(read.entries[1].upn == upn(9));
  CHECK(read.entries[1].source ==
        "{\"suspensions\":[{\"from\":\"2026-01-06\",\"school_days\":2}],"
        "\"upn\":\"" +
            upn(9) + "\"}");
  CHECK(only(read.entries[2].rejections, "register.unmatched").found ==
        "not stated");
}

TEST_CASE("a list that is none and has rows is a contradiction") {
  const Scratch scratch;
  scratch.write("pupils.csv", "upn,suspensions\n" + upn(1) + ",None\n");
  scratch.write("suspensions.csv", "upn,from\n" + upn(1) + ",2026-01-05\n");
  const Read read = read_all(scratch.folder());
  REQUIRE(read.entries.size() == 1);
  CHECK(only(read.entries[0].rejections, "register.duplicate_fact").fact ==
        "suspensions");
}

TEST_CASE("a UPN on two rows rejects both, each naming the other's line") {
  const Scratch scratch;
  scratch.write("pupils.csv", "upn,name.given\n" + upn(1) + ",a\n" + upn(2) +
                                  ",b\n" + upn(1) + ",c\n,d\n,e\n");
  scratch.write("suspensions.csv", "upn,from\n" + upn(1) + ",2026-01-05\n");
  const Read read = read_all(scratch.folder());
  REQUIRE(read.entries.size() == 5);
  CHECK_THAT(
      only(read.entries[0].rejections, "register.duplicate_upn").expected,
      Catch::EndsWith("line 4"));
  CHECK_FALSE(read.entries[1].rejected());
  CHECK_THAT(
      only(read.entries[2].rejections, "register.duplicate_upn").expected,
      Catch::EndsWith("line 2"));
  CHECK_THAT(read.entries[2].source, Catch::Contains("2026-01-05"));
  CHECK(only(read.entries[3].rejections, "register.no_upn").place.line == 5);
  CHECK(only(read.entries[4].rejections, "register.no_upn").place.line == 6);
}

TEST_CASE("a UPN is matched in whatever form it is written") {
  const Scratch scratch;
  std::string loose = upn(1);
  loose[0] = static_cast<char>(std::tolower(loose[0]));
  scratch.write("pupils.csv", "upn\n " + loose + "\n");
  scratch.write("suspensions.csv", "upn,from\n" + upn(1) + ",2026-01-05\n");
  const Read read = read_all(scratch.folder());
  REQUIRE(read.entries.size() == 1);
  CHECK(read.entries[0].upn == upn(1));
  CHECK(list(read.entries[0], "suspensions") == "from=2026-01-05");
}

TEST_CASE("a folder that is no register is refused with the reason") {
  const Scratch scratch;
  CHECK(refusal(scratch.folder()).id == "register.no_pupils_file");
  scratch.write("pupils.csv", "");
  CHECK(refusal(scratch.folder()).id == "csv.headings");
  scratch.write("pupils.csv", "name.given\nRobin\n");
  const Error no_upn = refusal(scratch.folder());
  CHECK(no_upn.id == "register.format");
  CHECK(no_upn.place.line == 1);
  scratch.write("pupils.csv", "upn,upn\nA,A\n");
  CHECK(refusal(scratch.folder()).id == "csv.headings");
  scratch.write("pupils.csv", "upn,sex\nA\n");
  CHECK(refusal(scratch.folder()).id == "csv.width");
  scratch.write("pupils.csv", "upn,sex\nA,\"F\n");
  CHECK(refusal(scratch.folder()).id == "csv.quote");
  scratch.write("pupils.csv", "upn,sex\nA,\xE9\n");
  const Error latin = refusal(scratch.folder());
  CHECK(latin.id == "csv.encoding");
  CHECK(latin.place.line == 2);
  scratch.write("pupils.csv", std::string("upn,sex\nA,\0\n", 12));
  CHECK(refusal(scratch.folder()).id == "csv.encoding");
  scratch.write("pupils.csv", "upn\n" + upn(1) + "\n");
  scratch.write("sen.needs.csv", "type,upn\nASD,A\n");
  CHECK(refusal(scratch.folder()).id == "register.format");
  scratch.write("sen.needs.csv", "upn,type\n");
  scratch.write("school.csv", "la\n");
  CHECK(refusal(scratch.folder()).id == "register.format");
  scratch.write("school.csv", "la\n884\n885\n");
  CHECK(refusal(scratch.folder()).id == "register.format");
  scratch.write("school.csv", "la,school.la\n884,885\n");
  CHECK(refusal(scratch.folder()).id == "register.format");
  scratch.write("school.csv", "la\n884\n");
  CHECK(read_all(scratch.folder()).entries.size() == 1);
}

TEST_CASE(
    "a rejected row keeps what school.csv says, and its own school wins") {
  const Scratch scratch;
  scratch.write("pupils.csv",
                "upn,sex,school.la\n" + upn(1) + ",X,885\n" + upn(2) + ",X,\n");
  scratch.write("school.csv", "la,urn\n884,100001\n");
  const Read read = read_all(scratch.folder());
  REQUIRE(read.entries.size() == 2);
  CHECK(read.entries[0].source ==
        "{\"school\":{\"la\":\"885\",\"urn\":\"100001\"},\"sex\":\"X\","
        "\"upn\":\"" +
            upn(1) + "\"}");
  CHECK(read.entries[1].source ==
        "{\"school\":{\"la\":\"884\",\"urn\":\"100001\"},\"sex\":\"X\","
        "\"upn\":\"" +
            upn(2) + "\"}");
}
