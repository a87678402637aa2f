#include "casework/opening_reasons.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/text.hpp"

namespace sendcheck {
namespace {

constexpr std::array<std::string_view, 6> codes = {
    "access_request", "audit", "complaint", "panel", "review", "tribunal"};

}  // namespace

std::span<const std::string_view> opening_reasons() { return codes; }

Result<void> check_opening_reason(std::string_view code) {
  if (std::find(codes.begin(), codes.end(), code) != codes.end()) return {};
  const std::vector<std::string> names(codes.begin(), codes.end());
  return unexpected({"log.reason",
                     "Found the reason \"" + quoted(code) + "\", expected " +
                         join_in_words(names, " or ") +
                         ": what is sealed is opened for one of these, which "
                         "is entered.",
                     {}});
}

}  // namespace sendcheck
