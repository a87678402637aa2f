#include "domain/value.hpp"

#include <algorithm>
#include <cstring>

namespace sendcheck {
namespace {

// A pupil's few names and test titles fit into the first block; doubling keeps
// the blocks of a long text file few.
constexpr std::size_t first_block = 512;
constexpr std::size_t largest_step = std::size_t{1} << 20;

}  // namespace

Number number_of(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::number:
      return value.number();
    case Value::Kind::money:
      return value.money().pounds();
    case Value::Kind::date:
      return Number(value.date().days());
    case Value::Kind::code:
      return Number(value.code());
    case Value::Kind::boolean:
      return Number(value.boolean() ? 1 : 0);
    case Value::Kind::unknown:
    case Value::Kind::text:
      break;
  }
  return Number(0);
}

std::string_view TextArena::keep(std::string_view text) {
  if (text.empty()) return {};
  if (blocks_.empty() || text.size() > capacity_ - used_) {
    const std::size_t step =
        blocks_.empty() ? first_block : std::min(capacity_ * 2, largest_step);
    capacity_ = std::max(step, text.size());
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(capacity_));
    if (blocks_.size() == 1) first_capacity_ = capacity_;
    used_ = 0;
  }
  char* const begin = blocks_.back().get() + used_;
  std::memcpy(begin, text.data(), text.size());
  used_ += text.size();
  return {begin, text.size()};
}

void TextArena::clear() {
  if (blocks_.empty()) return;
  blocks_.resize(1);
  capacity_ = first_capacity_;
  used_ = 0;
}

}  // namespace sendcheck
