#include <string>

#include "registers/register.hpp"

namespace sendcheck {

std::string Finding::message() const {
  if (id == "register.unknown_fact") {
    return fact + " is not a fact of the catalogue (" + id + ")" +
           (expected.empty()
                ? "; it is left out."
                : "; it is left out. Did you mean " + expected + "?");
  }
  const std::string what = fact.empty() ? "The record" : fact;
  return what + " is " + found + " (" + id + "): expected " + expected + ".";
}

}  // namespace sendcheck
