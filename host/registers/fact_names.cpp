#include "registers/fact_names.hpp"

#include <cstring>
#include <utility>

#include "base/text.hpp"

namespace sendcheck {
namespace {

constexpr std::uint32_t alias_bit = 1U << 31;
constexpr std::uint32_t historic_bit = 1U << 30;

template <class Word>
std::uint64_t word_at(const char* at) {
  Word word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// Looks at the length and at both ends of a name: fact names differ there.
std::uint64_t hash(std::uint64_t scope, std::string_view name) {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15;
  const char* const first = name.data();
  const std::size_t size = name.size();
  std::uint64_t head = 0;
  std::uint64_t tail = 0;
  if (size >= 8) {
    head = word_at<std::uint64_t>(first);
    tail = word_at<std::uint64_t>(first + size - 8);
  } else if (size >= 4) {
    head = word_at<std::uint32_t>(first);
    tail = word_at<std::uint32_t>(first + size - 4);
  } else if (size > 0) {
    head = word_at<std::uint8_t>(first);
    tail = word_at<std::uint8_t>(first + size / 2) << 8 |
           word_at<std::uint8_t>(first + size - 1);
  }
  std::uint64_t mix = (head ^ (scope * odd)) * odd;
  mix = (mix ^ (mix >> 32) ^ tail ^ (size << 56)) * odd;
  return mix ^ (mix >> 29);
}

}  // namespace

FactNames::FactNames(const Catalogue& catalogue) : table_(1024) {
  for (std::size_t i = 0; i < catalogue.scalars().size(); ++i) {
    add_path(catalogue.scalars()[i].path, Kind::scalar, static_cast<int>(i));
  }
  for (std::size_t i = 0; i < catalogue.lists().size(); ++i) {
    const FactSpec& list = catalogue.lists()[i];
    add_path(list.path, Kind::list, static_cast<int>(i));
    for (std::size_t k = 0; k < list.fields.size(); ++k) {
      insert(scope_of(Scope::field, static_cast<int>(i)), list.fields[k].path,
             static_cast<std::uint32_t>(k));
    }
  }
  for (std::size_t i = 0; i < catalogue.code_lists().size(); ++i) {
    const CodeList& list = catalogue.code_lists()[i];
    const auto scope = scope_of(Scope::code, static_cast<int>(i));
    for (std::size_t k = 0; k < list.codes.size(); ++k) {
      insert(scope, list.codes[k].code,
             static_cast<std::uint32_t>(k) |
                 (list.codes[k].historic ? historic_bit : 0));
    }
    // A code goes before an alias of the same spelling: insert keeps the first.
    for (const CodeList::Alias& alias : list.aliases) {
      insert(scope, alias.alias,
             static_cast<std::uint32_t>(alias.code) | alias_bit |
                 (alias.historic ? historic_bit : 0));
    }
  }
}

std::uint64_t FactNames::scope_of(Scope scope, int index) {
  return (static_cast<std::uint64_t>(scope) << 32 |
          static_cast<std::uint32_t>(index)) +
         1;
}

const FactNames::Slot* FactNames::lookup(std::uint64_t scope,
                                         std::string_view name) const {
  const std::size_t mask = table_.size() - 1;
  for (std::size_t at = hash(scope, name) & mask;; at = (at + 1) & mask) {
    const Slot& slot = table_[at];
    if (slot.scope == 0) return nullptr;
    if (slot.scope == scope && slot.name == name) return &slot;
  }
}

void FactNames::insert(std::uint64_t scope, std::string_view name,
                       std::uint32_t value) {
  if (lookup(scope, name) != nullptr) return;
  if (2 * (filled_ + 1) > table_.size()) grow();
  const std::size_t mask = table_.size() - 1;
  std::size_t at = hash(scope, name) & mask;
  while (table_[at].scope != 0) at = (at + 1) & mask;
  table_[at] = {std::string(name), scope, value};
  ++filled_;
}

void FactNames::grow() {
  std::vector<Slot> old =
      std::exchange(table_, std::vector<Slot>(2 * table_.size()));
  const std::size_t mask = table_.size() - 1;
  for (Slot& slot : old) {
    if (slot.scope == 0) continue;
    std::size_t at = hash(slot.scope, slot.name) & mask;
    while (table_[at].scope != 0) at = (at + 1) & mask;
    table_[at] = std::move(slot);
  }
}

// Values of the group scope: the kind in the two lowest bits.
void FactNames::add_path(std::string_view path, Kind kind, int slot) {
  int group = top;
  std::size_t start = 0;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos;
       dot = path.find('.', start)) {
    const std::string_view name = path.substr(start, dot - start);
    Target target = find(group, name);
    if (target.kind != Kind::group) {
      target = {Kind::group, groups_++};
      insert(scope_of(Scope::group, group), name,
             static_cast<std::uint32_t>(target.index) << 2 |
                 static_cast<std::uint32_t>(Kind::group));
      paths_.emplace_back(path.substr(0, dot));
    }
    group = target.index;
    start = dot + 1;
  }
  insert(
      scope_of(Scope::group, group), path.substr(start),
      static_cast<std::uint32_t>(slot) << 2 | static_cast<std::uint32_t>(kind));
  paths_.emplace_back(path);
}

FactNames::Target FactNames::find(int group, std::string_view name) const {
  const Slot* slot = lookup(scope_of(Scope::group, group), name);
  if (slot == nullptr) return {};
  return {static_cast<Kind>(slot->value & 3),
          static_cast<int>(slot->value >> 2)};
}

int FactNames::field(int list_slot, std::string_view name) const {
  const Slot* slot = lookup(scope_of(Scope::field, list_slot), name);
  return slot == nullptr ? -1 : static_cast<int>(slot->value);
}

FactNames::Code FactNames::code(int code_list, std::string_view text) const {
  const Slot* slot = lookup(scope_of(Scope::code, code_list), text);
  if (slot == nullptr) return {};
  return {static_cast<int>(slot->value & ~(alias_bit | historic_bit)),
          (slot->value & alias_bit) != 0, (slot->value & historic_bit) != 0};
}

std::string FactNames::nearest(std::string_view path) const {
  std::string near = sendcheck::nearest(path, paths_);
  if (!near.empty()) return near;
  const std::string ending =
      "." + std::string(path.substr(path.rfind('.') + 1));
  for (const std::string& candidate : paths_) {
    if (candidate.ends_with(ending)) return candidate;
  }
  return {};
}

}  // namespace sendcheck
