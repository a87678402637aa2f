#include "impact_proposal.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace sendcheck::bench {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Change {
  const char* edition;
  const char* rule;
  const char* parameter;
  Json value;
};

void lay_out(const fs::path& project, const fs::path& folder) {
  fs::remove_all(folder);
  const Change changes[] = {
      {"national/dfe-high-needs/2025-04-01", "element-3-top-up", "threshold",
       "5500.00"},
      {"national/dfe-attendance/2024-08-19", "persistent-absence",
       "threshold_percent", 8},
      {"national/jcq/2026-03-01", "jcq-extra-time-25", "below_average", 86}};
  for (const Change& change : changes) {
    const fs::path from = project / "rules" / change.edition;
    const fs::path to = folder / change.edition;
    fs::create_directories(to.parent_path());
    fs::copy(from, to, fs::copy_options::recursive);
    std::ifstream in(to / "edition.json");
    Json edition = Json::parse(in);
    in.close();
    edition.at("rules")
        .at(change.rule)
        .at("parameters")
        .at(change.parameter)
        .at("value") = change.value;
    std::ofstream(to / "edition.json", std::ios::trunc) << edition;
  }
}

}  // namespace

bool lay_out_impact_proposal(const std::string& project,
                             const std::string& folder, std::string& error) {
  try {
    lay_out(project, folder);
    return true;
  } catch (const std::exception& fault) {
    error = fault.what();
    return false;
  }
}

}  // namespace sendcheck::bench
