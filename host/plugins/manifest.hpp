// plugin.json: who and what a rule is, and the parameters that editions give it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "domain/catalogue.hpp"
#include "domain/parameters.hpp"

namespace sendcheck {

// Whose edition applies to a pupil.
enum class Authority { national, home, school };
std::string_view name_of(Authority authority);

struct Manifest {
  std::string id;
  std::string version;
  int api = 1;
  std::string title;
  std::string kind;  // access_arrangement, funding, statutory, monitoring
  Authority authority = Authority::national;
  std::string summary;
  std::vector<ParameterSpec> parameters;
  std::vector<FactSpec> facts;  // local ones, to be added to the catalogue
  std::map<std::string, std::string> messages;
  std::map<std::string, std::string>
      reads_protected;  // path -> why that is lawful
};

// The newest version of the vocabulary that this program speaks.
inline constexpr int newest_api = 1;

// Reads the text of a plugin.json that stands in a folder named `folder_name`. Errors: json.*, plugins.format (a member is missing, misspelt or of
// the wrong type), plugins.folder (the id differs from the folder's name), plugins.api (made for a newer program), plugins.local_fact (a fact outside
// local.<authority>., or of a type that it cannot have).
Result<Manifest> read_manifest(const std::string& text, const std::string& file,
                               const std::string& folder_name);

}  // namespace sendcheck
