// A verdict as a person reads it.
#pragma once

#include <string>

#include "audit/verify.hpp"

namespace sendcheck {

// The first line says what it comes to and how far outside evidence reaches; then what was looked at, what is wrong, and what to do.
std::string in_words(const Verdict& verdict);

// "12,431"
std::string grouped(std::uint64_t number);

}  // namespace sendcheck
