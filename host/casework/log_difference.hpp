// Where two copies of a log part, as a person reads it.
#pragma once

#include <string>

#include "audit/log_copy.hpp"

namespace sendcheck {

// `a` and `b` are what the copies are called. The first line says whether they are the same, one is the beginning of the other, or they part, and where.
std::string in_words(const LogDifference& difference, const std::string& a,
                     const std::string& b);

}  // namespace sendcheck
