#include "casework/log_difference.hpp"

#include <algorithm>

#include "audit/verdict_words.hpp"
#include "base/text.hpp"
#include "casework/log_listing.hpp"

namespace sendcheck {
namespace {

std::string entries(std::uint64_t number) {
  return grouped(number) + (number == 1 ? " entry" : " entries");
}

std::string told(const std::optional<std::string>& bytes) {
  if (!bytes) return "it is not there, or cannot be read";
  const auto entry = read_entry(*bytes);
  if (!entry) {
    return "it is not in the form that sendcheck writes: " +
           quoted(*bytes, 120);
  }
  std::string words = entry->at.text() + ", " + entry->actor + ", " +
                      std::string(name_of(entry->kind)) + ": " +
                      in_words(*entry);
  if (!entry->subject.empty()) {
    words += " (pupil " + entry->subject.substr(0, 8) + ")";
  }
  return words;
}

// The same members with another value, where both are entries.
std::string differing_members(const std::string& bytes_a,
                              const std::string& bytes_b) {
  const auto a = read_entry(bytes_a), b = read_entry(bytes_b);
  if (!a || !b) return {};
  std::vector<std::string> names;
  if (a->at != b->at) names.emplace_back("the time");
  if (a->actor != b->actor) names.emplace_back("who did it");
  if (a->kind != b->kind) names.emplace_back("the kind");
  if (a->program != b->program) names.emplace_back("the program's version");
  if (a->subject != b->subject) names.emplace_back("the pupil");
  if (a->about != b->about) names.emplace_back("what it is about");
  if (a->payload != b->payload) names.emplace_back("what is sealed beside it");
  if (a->number != b->number) names.emplace_back("its number");
  return join_in_words(names);
}

}  // namespace

std::string in_words(const LogDifference& difference, const std::string& a,
                     const std::string& b) {
  std::string words;
  if (difference.first) {
    words = "They part at entry " + grouped(*difference.first) + ": ";
    words += *difference.first == 0 ? "they have nothing in common.\n"
                                    : "the " + entries(*difference.first) +
                                          " before it are the same in both.\n";
    words += "  in " + a + "\n    " + told(difference.bytes_a) + "\n";
    words += "  in " + b + "\n    " + told(difference.bytes_b) + "\n";
    if (difference.bytes_a && difference.bytes_b) {
      const std::string members =
          differing_members(*difference.bytes_a, *difference.bytes_b);
      if (!members.empty())
        words += "  what is not the same: " + members + "\n";
    }
    words +=
        "Two histories have been written, or one of the copies was changed: "
        "\"sendcheck audit verify\",\nwith a checkpoint that was kept "
        "elsewhere, says which. Keep both.\n";
  } else if (difference.size_a == difference.size_b) {
    words = "The same: all " + entries(difference.size_a) + ".\n";
  } else {
    const bool a_first = difference.size_a < difference.size_b;
    const auto [less, more] = std::minmax(difference.size_a, difference.size_b);
    words = (a_first ? a : b) + " is the beginning of " + (a_first ? b : a) +
            ": all its " + entries(less) + " are there, and " +
            entries(more - less) + " more, from entry " + grouped(less) +
            " on.\n";
  }
  const auto sealed = [&](std::uint64_t number, const std::string& in) {
    if (number == 0) return;
    words += "  contents of " + entries(number) + " are only in " + in +
             ": in the other they were erased\n";
  };
  sealed(difference.sealed_only_in_a, a);
  sealed(difference.sealed_only_in_b, b);
  if (difference.first_other_sealed) {
    words += "  the sealed contents of entry " +
             grouped(*difference.first_other_sealed) +
             " are not the same: one of the copies was changed\n";
  }
  return words;
}

}  // namespace sendcheck
