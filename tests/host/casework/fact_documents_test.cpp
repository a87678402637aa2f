#include "casework/fact_documents.hpp"

#include "house.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

TEST_CASE("a fact is shown with its type, bounds, absence and codes") {
  const auto workspace = shipped();
  const Catalogue& catalogue = workspace->catalogue();
  const auto shown = [&](const char* path) {
    const auto text = fact_shown(catalogue, path);
    REQUIRE(text.has_value());
    return *text;
  };
  CHECK_THAT(shown("sen.status"), Catch::StartsWith("sen.status\n"));
  CHECK_THAT(shown("sen.status"), Catch::Contains("in_assessment"));
  CHECK_THAT(shown("attendance.possible"), Catch::Contains("at least 0"));
  CHECK_THAT(shown("suspensions"), Catch::Contains("there are none"));
  CHECK_THAT(shown("suspensions"), Catch::Contains("school_days"));
  CHECK_THAT(shown("ehcp.assess_decision_on"), Catch::Contains("not yet"));
  CHECK_THAT(shown("sex"), Catch::Contains("rotected characteristic"));
}

TEST_CASE("a fact that there is not is an error with the nearest") {
  const auto workspace = shipped();
  const auto error = [&](const char* path) {
    const auto text = fact_shown(workspace->catalogue(), path);
    REQUIRE_FALSE(text.has_value());
    CHECK(text.error().id == "facts.unknown_fact");
    return text.error().message;
  };
  CHECK_THAT(error("sen.staus"), Catch::Contains("sen.status"));
  CHECK_THAT(error("hovercraft"), Catch::Contains("sendcheck facts"));
  CHECK_THAT(error(""), Catch::Contains("sendcheck facts"));
}

TEST_CASE("the documents are the same twice, and name no path of a machine") {
  const auto workspace = shipped();
  CHECK(register_schema(workspace->catalogue()) ==
        register_schema(shipped()->catalogue()));
  CHECK(facts_page(workspace->catalogue()) ==
        facts_page(shipped()->catalogue()));
  for (const std::string& text : {register_schema(workspace->catalogue()),
                                  facts_page(workspace->catalogue())}) {
    CHECK(text.find(source_folder()) == std::string::npos);
    CHECK(text.ends_with('\n'));
  }
}

TEST_CASE("every fact and code stands in the schema and on the page") {
  const auto workspace = shipped();
  const Catalogue& catalogue = workspace->catalogue();
  const std::string schema = register_schema(catalogue);
  const std::string page = facts_page(catalogue);
  for (const std::string& path : catalogue.paths()) {
    INFO(path);
    const std::string last = path.substr(path.rfind('.') + 1);
    CHECK(schema.find("\"" + last + "\": {") != std::string::npos);
    CHECK(page.find("| `" + path) != std::string::npos);
    const FactSpec& fact = catalogue.spec(*catalogue.find(path));
    for (const FactSpec& field : fact.fields) {
      CHECK(page.find("| `" + path + "[]." + field.path + "` |") !=
            std::string::npos);
    }
  }
  for (const CodeList& list : catalogue.code_lists()) {
    for (const CodeValue& code : list.codes) {
      CHECK(page.find("| `" + code.code + "` |") != std::string::npos);
    }
  }
}
