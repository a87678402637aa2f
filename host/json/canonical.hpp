// The one canonical byte form: members sorted by the bytes of their keys, no spare white space, UTF-8, numbers as they were written.
#pragma once

#include <string>

#include "json/value.hpp"

namespace sendcheck::json {

std::string canonical(const Value& value);

}  // namespace sendcheck::json
