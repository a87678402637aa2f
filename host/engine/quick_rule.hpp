// A rule under one set of editions on one day, laid out for speed: what of it can be decided without estimates.
//
// Evaluation (criteria) is the meaning of a rule; this is a shorter way to the same answer, and no second meaning. A criterion over a few coded
// facts is asked of Evaluation once for every value that they can have, and looked up from then on; one whose facts are not stated, once; a
// comparison with a number that is known is only that comparison. Whatever is left (kind general) is asked of Evaluation each time. Where the two
// could differ, the general way is taken. Tests hold one against the other.
//
// It costs some evaluations to build, so that a checker builds one only for a rule that it has met many times. Belongs to one thread. Everything that
// is read for a pupil stands close together: how fast a register is checked is a question of how little memory that touches.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "criteria/evaluation.hpp"

namespace sendcheck {

// Of a criterion: its truth, and that without what is not confirmed.
struct Truths {
  Truth trusted = Truth::unknown;
  Truth untrusted = Truth::unknown;

  Truth of(bool trust) const { return trust ? trusted : untrusted; }
  bool operator==(const Truths&) const = default;
};

// -1, 0, 1. Needs two numbers, amounts or dates of the same kind.
inline int order_of(const Value& a, const Value& b) {
  switch (a.kind()) {
    case Value::Kind::date:
      return a.date() < b.date() ? -1 : b.date() < a.date() ? 1 : 0;
    case Value::Kind::money:
      return a.money() < b.money() ? -1 : b.money() < a.money() ? 1 : 0;
    default:
      return a.number() < b.number() ? -1 : b.number() < a.number() ? 1 : 0;
  }
}

// Which of the values of a boolean or coded fact it is; 0: not stated.
inline int choice_of(const Value& cell) {
  switch (cell.kind()) {
    case Value::Kind::boolean:
      return cell.boolean() ? 2 : 1;
    case Value::Kind::code:
      return cell.code() + 1;
    default:
      return 0;
  }
}

// How far was looked into a record.
enum class Reach : std::uint8_t {
  classes,  // no further than the classes of its facts (QuickRule::likeness_of)
  entries,  // at entries of lists, through criteria that nothing general is under
  beyond
};

// A stretch of one of QuickRule's lists.
struct Stretch {
  std::uint32_t first = 0;
  std::uint32_t size = 0;
};

// The cells of which none is stated: then the answer is always the same.
struct Blank {
  Stretch scalars;
  int list = -1;  // at most one
};

struct QuickCriterion {
  enum class Kind : std::uint8_t {
    general,
    constant,
    table,  // of the classes of some facts
    all,
    any,
    none,
    any_item,
    order,    // a fact and one or two numbers
    text,     // a fact and texts
    known,    // a fact is stated
    listed,   // a list is stated
    computed  // two values that are both known
  };
  Kind kind = Kind::general;
  CriterionOp op = CriterionOp::all;
  bool is_unconfirmed = false;
  bool is_pure = true;  // nothing under it is general: it cannot go wrong
  bool may_hold_more = false;  // any_item
  Truths
      unstated;  // constant: the truth; order, text, known, listed: when it is not; any_item: of an entry that is not on file
  std::int16_t list =
      -1;  // any_item, listed; order, text, known, table: of a field; -1: a scalar
  std::int16_t slot = -1;   // order, text, known: the scalar or field
  std::int32_t blank = -1;  // all, any, none, any_item, computed, general
  Stretch
      parts;  // children, computed: its two values; table: cells; order: ends; text: texts
  std::uint32_t table = 0;  // table: its first row
};

struct QuickValue {
  enum class Kind : std::uint8_t {
    general,
    constant,
    fact,
    item,
    add,
    subtract,
    multiply,
    sum,
    choose
  };
  Kind kind = Kind::general;
  Value::Kind of = Value::Kind::unknown;
  bool may_hold_more = false;  // sum
  std::int16_t list = -1;
  std::int16_t slot = -1;
  CriterionId where = -1;
  std::int32_t blank = -1;
  Stretch parts;       // of parts()
  Stretch conditions;  // of parts(), one for each of `parts`
  Value constant;
};

// What a rule comes to, without why.
struct Judged {
  Outcome outcome = Outcome::error;
  // Of the rule's payments, the one that the amount is of, though it has none published; -1: the decision states no amount.
  std::int16_t payment = -1;
  bool indicative = false;  // what is stated of the amount
  std::optional<Money> amount;
  std::optional<Date> due;
};

class QuickRule {
 public:
  // `rule` and `binding` must outlive it.
  QuickRule(const Rule& rule, const Binding& binding,
            const Catalogue& catalogue, const BankHolidays& holidays,
            Date as_of);

  bool has_unconfirmed() const { return has_unconfirmed_; }
  const QuickCriterion& criterion(CriterionId id) const {
    return criteria_[static_cast<std::size_t>(id)];
  }
  const QuickValue& value(ValueId id) const {
    return values_[static_cast<std::size_t>(id)];
  }

  // Children (CriterionId), values (ValueId).
  std::span<const int> parts(Stretch stretch) const {
    return {parts_.data() + stretch.first, stretch.size};
  }
  std::span<const Value> ends(Stretch stretch) const {
    return {ends_.data() + stretch.first, stretch.size};
  }
  std::span<const std::string_view> texts(Stretch stretch) const {
    return {texts_.data() + stretch.first, stretch.size};
  }
  // A cell by the class of what it states.
  struct Cell {
    std::int32_t slot = -1;
    enum class By : std::uint8_t {
      code,   // a boolean or a code: each for itself
      ends,   // on which side of each end
      stated  // or not
    } by = By::stated;
    std::uint32_t classes = 2;
    std::uint32_t stride = 1;  // table: what one more class adds to the row
    Stretch ends;              // ascending, of one kind
  };
  std::span<const Cell> cells(Stretch stretch) const {
    return {cells_.data() + stretch.first, stretch.size};
  }
  // 0: not stated.
  std::uint32_t class_of(const Cell& cell, const Value& stated) const {
    switch (cell.by) {
      case Cell::By::code:
        return static_cast<std::uint32_t>(choice_of(stated));
      case Cell::By::stated:
        return stated.is_known() ? 1 : 0;
      case Cell::By::ends:
        break;
    }
    if (!stated.is_known()) return 0;
    std::uint32_t side = 1;
    for (const Value& end : ends(cell.ends)) {
      const int order = order_of(stated, end);
      side += order > 0 ? 2 : order == 0 ? 1 : 0;
    }
    return side;
  }
  Truths row(std::size_t index) const { return rows_[index]; }

  // --- Pupils who are alike --------------------------------------------------

  // Most pupils are alike in all that a rule asks of them: none has a plan, none is in the early years. A likeness sums up the facts that the rule
  // reads, each by the class of what it states: a code, on which side of each number that it is compared with, stated or not. Two records of one
  // likeness come to the same, unless something looked further: into a list with entries, or at a number itself. Where it was entries only, what the
  // criteria over them come to makes the likeness complete (Assessment::likeness_with_entries).
  //
  // 0: likenesses are of no use for this rule.
  std::uint64_t likeness_of(const Record& record) const;
  std::span<const CriterionId> entry_criteria() const {
    return entry_criteria_;
  }
  struct Alike {
    std::uint64_t likeness = 0;
    Reach reach = Reach::classes;  // that the judging of one such record had
    Judged judged;
  };
  // What is known of a likeness; null: nothing.
  const Alike* alike(std::uint64_t likeness) const {
    const Alike& known = alike_[place_of(likeness)];
    return known.likeness == likeness ? &known : nullptr;
  }
  void remember(const Alike& alike) {
    alike_[place_of(alike.likeness)] = alike;
  }
  // A rule that almost always looks beyond need not be asked for likenesses any longer.
  void found_alike(bool found) {
    ++(found ? found_ : not_found_);
    if (not_found_ > 2000) is_of_no_use_ = found_ < not_found_ / 4;
  }

  // The child at `index` settled its parent: from now on it is asked one place earlier, as far as the order makes no difference to the answer.
  void asked_too_late(Stretch children, std::size_t index) {
    if (index == 0 || lessons_left_ == 0) return;
    int* const at = parts_.data() + children.first + index;
    if (!criterion(at[0]).is_pure || !criterion(at[-1]).is_pure) return;
    std::swap(at[0], at[-1]);
    --lessons_left_;
  }

  // What a criterion (a value) comes to when nothing that it reads is stated; null when something is, or when that alone does not settle it.
  const Truths* truths_when_blank(const QuickCriterion& criterion,
                                  const Record& record) const {
    const int state = blank_state(criterion.blank, record);
    return state < 0 ? nullptr
                     : &blank_truths_[static_cast<std::size_t>(
                           2 * criterion.blank + state)];
  }
  const Estimate* estimate_when_blank(const QuickValue& value,
                                      const Record& record) const {
    const int state = blank_state(value.blank, record);
    return state < 0 ? nullptr
                     : &blank_estimates_[static_cast<std::size_t>(
                           2 * value.blank + state)];
  }

 private:
  friend class QuickRuleBuilder;

  // 0: none is stated, and the list is absent; 1: the list is stated and empty; -1: something is stated.
  int blank_state(int index, const Record& record) const {
    if (index < 0) return -1;
    const Blank& blank = blanks_[static_cast<std::size_t>(index)];
    for (int slot : parts(blank.scalars)) {
      if (record.scalars[static_cast<std::size_t>(slot)].is_known()) return -1;
    }
    if (blank.list < 0) return 0;
    const List& list = record.lists[static_cast<std::size_t>(blank.list)];
    if (!list.cells.empty()) return -1;
    return list.stated ? 1 : 0;
  }

  std::vector<QuickCriterion> criteria_;  // by CriterionId
  std::vector<QuickValue> values_;        // by ValueId
  std::vector<int> parts_;
  std::vector<Cell> cells_;
  std::vector<Truths> rows_;
  std::vector<Value> ends_;
  std::vector<std::string_view> texts_;
  std::vector<Blank> blanks_;
  std::vector<Truths> blank_truths_;  // two a blank
  std::vector<Estimate> blank_estimates_;
  int lessons_left_ = 2000;
  bool has_unconfirmed_ = false;

  static constexpr int likeness_bits = 9;
  static std::size_t place_of(std::uint64_t likeness) {
    return likeness * 0x9E3779B97F4A7C15u >> (64 - likeness_bits);
  }
  bool is_of_no_use_ = true;
  std::int64_t found_ = 0;
  std::int64_t not_found_ = 0;
  std::vector<Cell> classed_;
  std::vector<int> lists_;
  std::vector<CriterionId> entry_criteria_;
  std::vector<Alike> alike_;
};

}  // namespace sendcheck
