// What the fact catalogue says, for editors and for people.
#pragma once

#include <string>

#include "base/result.hpp"
#include "domain/catalogue.hpp"

namespace sendcheck {

// A JSON Schema (2020-12) of a register: an editor completes names and codes, and marks what the register reader would reject or warn of.
std::string register_schema(const Catalogue& catalogue);

// Every fact on one page of Markdown: its type, what it means, what its absence means, its codes.
std::string facts_page(const Catalogue& catalogue);

// One fact in plain text. Error facts.unknown_fact, with the nearest.
Result<std::string> fact_shown(const Catalogue& catalogue,
                               const std::string& path);

}  // namespace sendcheck
