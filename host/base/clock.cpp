#include "base/clock.hpp"

namespace sendcheck {
namespace {

constexpr std::int64_t day = 86'400;

void append_two(std::string& out, std::int64_t number) {
  out.push_back(static_cast<char>('0' + number / 10));
  out.push_back(static_cast<char>('0' + number % 10));
}

// Two digits of `text` from `at`; -1 where they are none, or not below `end`.
int two_at(std::string_view text, std::size_t at, int end) {
  const char tens = text[at];
  const char ones = text[at + 1];
  if (tens < '0' || tens > '9' || ones < '0' || ones > '9') return -1;
  const int number = (tens - '0') * 10 + (ones - '0');
  return number < end ? number : -1;
}

}  // namespace

Date Moment::date() const {
  const std::int64_t of_day = ((seconds % day) + day) % day;
  return Date::from_days(static_cast<std::int32_t>((seconds - of_day) / day));
}

std::string Moment::text() const {
  const std::int64_t of_day = ((seconds % day) + day) % day;
  std::string out = date().to_string();
  out.push_back('T');
  append_two(out, of_day / 3600);
  out.push_back(':');
  append_two(out, of_day / 60 % 60);
  out.push_back(':');
  append_two(out, of_day % 60);
  out.push_back('Z');
  return out;
}

std::optional<Moment> Moment::parse(std::string_view text) {
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || text[19] != 'Z') {
    return std::nullopt;
  }
  const auto day_of = Date::parse(text.substr(0, 10));
  const int hour = two_at(text, 11, 24);
  const int minute = two_at(text, 14, 60);
  const int second = two_at(text, 17, 60);
  if (!day_of || day_of->days() < 0 || hour < 0 || minute < 0 || second < 0) {
    return std::nullopt;
  }
  return Moment{day_of->days() * day + hour * 3600 + minute * 60 + second};
}

}  // namespace sendcheck
