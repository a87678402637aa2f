// What the tests of this layer share: a small catalogue, files in the scratch
// folder, and a register read to its end.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"
#include "registers/register.hpp"

namespace sendcheck::test {

// A catalogue with a fact of every type and every kind of code list.
const Catalogue& small_catalogue();

// A folder of its own in the scratch folder, empty at first and taken away at
// the end.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string path(std::string_view name) const;
  // Writes a file; gives its path.
  std::string write(std::string_view name, std::string_view content) const;
  const std::string& folder() const { return folder_; }

 private:
  std::string folder_;
};

struct Read {
  std::vector<RegisterEntry> entries;
  std::vector<Finding> warnings;
};
// Needs a register that opens.
Read read_all(const std::string& path,
              const Catalogue& catalogue = small_catalogue());
// The error of a register that does not open.
Error refusal(const std::string& path);

// A valid UPN, another for each number.
std::string upn(int number);

// The one finding with this id; fails the test where there is none or more.
const Finding& only(const std::vector<Finding>& findings, std::string_view id);

// A scalar as text, empty where unknown.
std::string fact(const RegisterEntry& entry, std::string_view path);
// A list as text: "type=SPLD rank=1; type=ASD"; "-" where not stated.
std::string list(const RegisterEntry& entry, std::string_view path);

}  // namespace sendcheck::test
