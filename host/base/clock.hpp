// The time of day, for what is written down. Nothing is decided by it: a check has an as-of date.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace sendcheck {

// A second of UTC.
struct Moment {
  std::int64_t seconds = 0;  // since 1970-01-01T00:00:00Z

  std::string text() const;  // "2026-11-24T09:02:03Z"
  Date date() const;         // the day in UTC
  // Exactly what text() gives for some second of the years 1970 to 9999.
  static std::optional<Moment> parse(std::string_view text);
  auto operator<=>(const Moment&) const = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Moment now() const = 0;
};

}  // namespace sendcheck
