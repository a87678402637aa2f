#include "plugin_folders.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

namespace plugins_of_tests {
namespace {

FactSpec fact(const std::string& path, FactType type,
              const std::string& label) {
  FactSpec spec;
  spec.path = path;
  spec.type = type;
  spec.label = label;
  return spec;
}

CodeList code_list(
    const std::string& name,
    const std::vector<std::pair<std::string, std::string>>& codes,
    bool ordered = false) {
  CodeList list;
  list.name = name;
  list.ordered = ordered;
  for (const auto& [code, label] : codes) list.codes.push_back({code, label});
  return list;
}

}  // namespace

const char* const parameters_json =
    R"("parameters": {
      "threshold": { "type": "money", "label": "the threshold" },
      "limit": { "type": "integer", "label": "the limit" },
      "areas": { "type": "list of code", "label": "the areas" },
      "day": { "type": "month_day", "label": "the day" },
      "bands": { "type": "table", "label": "the bands", "columns": {
        "points_from": { "type": "integer", "from": "points" },
        "points_to": { "type": "integer", "to": "points" },
        "amount": { "type": "money" } } },
      "panels": { "type": "calendar", "label": "the panels",
                  "columns": { "panel_on": {} } } })";

Catalogue small_catalogue() {
  Catalogue catalogue;
  const auto codes = [&](CodeList list) {
    REQUIRE(catalogue.add_codes(std::move(list)));
    return static_cast<int>(catalogue.code_lists().size()) - 1;
  };
  const int status = codes(code_list("sen_status", {{"none", "no SEN"},
                                                    {"support", "SEN support"},
                                                    {"plan_final", "a plan"}}));
  const int sex = codes(code_list("sex", {{"F", "female"}, {"M", "male"}}));
  const int years = codes(code_list(
      "nc_year", {{"R", "Reception"}, {"1", "year 1"}, {"2", "year 2"}}, true));
  const int areas = codes(
      code_list("area", {{"reading", "reading"}, {"writing", "writing"}}));
  const auto add = [&](FactSpec spec) {
    REQUIRE(catalogue.add_fact(std::move(spec)));
  };
  const auto coded = [&](const char* path, int list, const char* label) {
    FactSpec spec = fact(path, FactType::code, label);
    spec.codes = list;
    return spec;
  };
  add(fact("date_of_birth", FactType::date, "date of birth"));
  add(coded("sen.status", status, "SEN status"));
  add(coded("nc_year", years, "school year"));
  FactSpec protected_sex = coded("sex", sex, "sex");
  protected_sex.is_protected = true;
  add(protected_sex);
  add(fact("consent.parent", FactType::boolean, "parent's consent"));
  add(fact("name.given", FactType::text, "given name"));
  FactSpec cost = fact("provision_cost", FactType::money, "cost of provision");
  cost.minimum = Number(0);
  add(cost);
  add(fact("hours", FactType::decimal, "hours a week"));
  add(fact("attendance.possible", FactType::integer, "possible sessions"));
  add(fact("attendance.missed", FactType::integer, "sessions missed"));
  add(fact("last_review_on", FactType::date, "date of the last review"));
  FactSpec weeks = fact("portage_weeks", FactType::integer, "weeks of Portage");
  weeks.open = true;
  add(weeks);

  FactSpec assessments = fact("assessments", FactType::list, "assessments");
  assessments.fields = {coded("area", areas, "area"),
                        fact("score", FactType::integer, "score"),
                        fact("on", FactType::date, "date of the test")};
  assessments.fields[0].identifies = true;
  add(assessments);
  FactSpec evidence = fact("evidence", FactType::list, "evidence on file");
  evidence.open = true;
  evidence.evidence = true;
  evidence.fields = {fact("type", FactType::text, "kind of evidence"),
                     fact("signed", FactType::boolean, "signature")};
  add(evidence);
  FactSpec awards = fact("awards", FactType::list, "awards");
  awards.absence = Absence::none;
  awards.fields = {fact("amount", FactType::money, "sum"),
                   fact("on", FactType::date, "date of payment")};
  add(awards);
  FactSpec judgements = fact("judgements", FactType::list, "judgements");
  judgements.absence = Absence::none;
  judgements.fields = {fact("question", FactType::text, "question"),
                       fact("answer", FactType::boolean, "answer"),
                       fact("on", FactType::date, "day of the answer")};
  add(judgements);
  return catalogue;
}

std::string folder_of(const std::string& name,
                      const std::map<std::string, std::string>& files) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(SENDCHECK_SCRATCH) / "plugins" / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  for (const auto& [file, content] : files) {
    fs::create_directories((folder / file).parent_path());
    std::ofstream(folder / file, std::ios::binary) << content;
  }
  return folder.string();
}

std::string manifest_json(const std::string& id, const std::string& more) {
  return R"({ "format": "sendcheck-plugin/1", "id": ")" + id +
         R"(", "version": "1.0.0", "api": 1, "title": "Trial", )" +
         R"("kind": "funding", "authority": "national")" +
         (more.empty() ? "" : ", " + more) + " }";
}

std::string rule_of(const std::string& criterion, const std::string& id) {
  return "return rule {\n  id = \"" + id +
         "\", title = \"Trial\",\n  met_when = " + criterion + ",\n}\n";
}

std::string rule_of(const std::string& criterion) {
  return rule_of(criterion, "trial");
}

Plugins load_script(Catalogue& catalogue, const std::string& script,
                    const std::string& manifest) {
  const std::string folder = folder_of(
      "one", {{"trial/rule.lua", script},
              {"trial/plugin.json",
               manifest.empty() ? manifest_json("trial", parameters_json)
                                : manifest}});
  auto loaded = load_plugins(folder, catalogue);
  REQUIRE(loaded);
  return std::move(*loaded);
}

Error error_of(const std::string& script, const std::string& manifest) {
  Catalogue catalogue = small_catalogue();
  const Plugins loaded = load_script(catalogue, script, manifest);
  INFO(script);
  REQUIRE(loaded.broken.size() == 1);
  CHECK(loaded.plugins.empty());
  CHECK(loaded.broken[0].id == "trial");
  REQUIRE(loaded.broken[0].errors.size() == 1);
  return loaded.broken[0].errors[0];
}

}  // namespace plugins_of_tests
