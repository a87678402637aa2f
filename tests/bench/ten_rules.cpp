#include "ten_rules.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

namespace sendcheck::bench {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

bool is_measured(const std::string& rule) {
  return std::find(ten_rules.begin(), ten_rules.end(), rule) != ten_rules.end();
}

// Leaves an edition with what it says of the rules that are measured. False: nothing.
bool reduce(const fs::path& path) {
  std::ifstream in(path);
  Json edition = Json::parse(in);
  Json kept = Json::object();
  for (const auto& [rule, says] : edition["rules"].items()) {
    if (is_measured(rule)) kept[rule] = says;
  }
  if (kept.empty()) return false;
  edition["rules"] = std::move(kept);
  in.close();
  std::ofstream(path, std::ios::trunc) << edition;
  return true;
}

void lay_out(const fs::path& project, const fs::path& folder) {
  fs::remove_all(folder);
  fs::create_directories(folder / "plugins");
  const auto link = [&](std::string_view name) {
    fs::create_directory_symlink(project / "plugins" / name,
                                 folder / "plugins" / name);
  };
  for (const std::string_view name : {"api", "shared"}) link(name);
  for (const std::string_view name : ten_rules) link(name);
  fs::copy(project / "rules", folder / "rules", fs::copy_options::recursive);
  std::vector<fs::path> editions;
  for (const auto& file : fs::recursive_directory_iterator(folder / "rules")) {
    if (file.path().filename() == "edition.json") {
      editions.push_back(file.path());
    }
  }
  for (const fs::path& edition : editions) {
    if (reduce(edition)) continue;
    fs::remove_all(edition.parent_path());
    const fs::path body = edition.parent_path().parent_path();
    if (fs::is_empty(body)) fs::remove(body);
  }
}

}  // namespace

bool lay_out_ten_rules(const std::string& project, const std::string& folder,
                       std::string& error) {
  try {
    lay_out(project, folder);
    return true;
  } catch (const std::exception& fault) {
    error = fault.what();
    return false;
  }
}

}  // namespace sendcheck::bench
