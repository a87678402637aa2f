#include "crypto/sodium.hpp"

#include <sodium.h>

#include <cstdlib>

namespace sendcheck {

void start_sodium() {
  // C++ sees to it that one thread does this and the others wait for it.
  static const int started = sodium_init();
  if (started < 0) std::abort();
}

}  // namespace sendcheck
