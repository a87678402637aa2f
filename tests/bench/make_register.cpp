// make-register N [SEED]: a register of N made-up pupils as JSON Lines on
// standard output.
#include <charconv>
#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

#include "generate_register.hpp"

namespace {

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

}  // namespace

int main(int argc, char** argv) {
  const auto pupils = argc > 1 ? whole(argv[1]) : std::nullopt;
  const auto seed = argc > 2 ? whole(argv[2]) : std::optional<std::uint64_t>(1);
  if (argc > 3 || !pupils || !seed) {
    std::cerr << "make-register N [SEED]: N made-up pupils as JSON Lines\n";
    return 2;
  }
  std::ios::sync_with_stdio(false);
  std::string lines;
  for (std::uint64_t number = 0; number < *pupils && std::cout; ++number) {
    lines.clear();
    sendcheck::bench::append_pupil(*seed, number, lines);
    std::cout << lines;
  }
  std::cout.flush();
  return std::cout ? 0 : 5;
}
