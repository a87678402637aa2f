// What is found of one record.
#include <algorithm>

#include "base/text.hpp"
#include "criteria/explain.hpp"
#include "criteria/reasons.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::string distance(const Describer& describer, const ValueType& type,
                     const Estimate& have, const Estimate& need) {
  if (!type.is_numeric() || !have.is_exact() || !need.is_exact()) return {};
  const Number a = number_of(have.value), b = number_of(need.value);
  const auto difference = a < b ? subtract(b, a) : subtract(a, b);
  if (!difference || *difference == Number(0)) return {};
  if (type.kind == Value::Kind::date) {
    return difference->to_string() +
           (*difference == Number(1) ? " day " : " days ") +
           (a < b ? "before" : "after");
  }
  return describer.exact(Value::of(*difference), type) +
         (a < b ? " below" : " above");
}

// What an entry of a list is: "Form 8", "reading speed", or its number.
std::string entry_name(const Evaluation& evaluation, int list, int entry) {
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  const Value* cells = evaluation.record().lists[at(list)].entry(entry);
  for (std::size_t f = 0; f < spec.fields.size(); ++f) {
    if (spec.fields[f].identifies && cells[f].is_known()) {
      return in_words(cells[f], spec.fields[f], evaluation.catalogue());
    }
  }
  return "entry " + std::to_string(entry + 1);
}

// The values of an entry that the criterion reads: "standard score 82, year when assessed year 10".
std::string entry_found(const Evaluation& evaluation, int list, int entry,
                        const std::vector<int>& fields) {
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  const Value* cells = evaluation.record().lists[at(list)].entry(entry);
  std::string found;
  for (int field : fields) {
    if (!cells[field].is_known()) continue;
    if (!found.empty()) found += ", ";
    found += spec.fields[at(field)].label;
    found += ' ';
    found +=
        in_words(cells[field], spec.fields[at(field)], evaluation.catalogue());
  }
  return found;
}

// What was found of a value. Bounds that are only the catalogue's say nothing of this pupil.
std::string found_in_words(const Evaluation& evaluation,
                           const Describer& describer, ValueId value,
                           const Estimate& estimate) {
  const ValueNode& node = evaluation.rule().tree.values[at(value)];
  const bool is_bounded = estimate.state == Estimate::State::bounded;
  if (is_bounded && node.op == ValueOp::fact) {
    if (evaluation.is_not_yet(node.slot)) return "not yet";
    const Value& stated = evaluation.record().scalars[at(node.slot)];
    if (!stated.is_known()) return "not stated";
    return "at least " + describer.exact(stated, node.type) + " so far";
  }
  if (is_bounded && node.op == ValueOp::item) return "not stated";
  if (is_bounded && node.op == ValueOp::count && !estimate.has_high &&
      estimate.low == Number(0) &&
      (evaluation.record().lists[at(node.slot)].stated ||
       evaluation.catalogue().lists()[at(node.slot)].open)) {
    return "none so far";
  }
  return describer.estimate(estimate, node.type);
}

std::string entries_found(Evaluation& evaluation, const CriterionNode& node) {
  const List& list = evaluation.record().lists[at(node.list)];
  const int size = list.size();
  if (size == 0) return list.stated ? "none on file" : "not stated";
  const int certain =
      evaluation.tally(node.list, node.children.front()).certain;
  return (certain == 0 ? std::string("none") : std::to_string(certain)) +
         " of " + std::to_string(size) + " on file";
}

std::string answer_found(Truth truth, const char* when_unknown) {
  return truth == Truth::unknown ? when_unknown
         : truth == Truth::met   ? "yes"
                                 : "no";
}

// Of a comparison. `result` is its truth.
Found::Note comparison_found(Evaluation& evaluation, const Describer& describer,
                             CriterionId criterion, Truth result) {
  const Tree& tree = evaluation.rule().tree;
  const CriterionNode& node = tree.criteria[at(criterion)];
  const ValueId left = node.values[0];
  const Estimate have = evaluation.estimate(left);
  Found::Note note;
  note.have = found_in_words(evaluation, describer, left, have);
  if (node.values.size() != 2) return note;
  const ValueNode& right = tree.values[at(node.values[1])];
  if (right.type.is_list) return note;
  const Estimate need = evaluation.estimate(node.values[1]);
  if (result != Truth::met || node.op != CriterionOp::is) {
    note.gap = distance(describer, tree.values[at(left)].type, have, need);
  }
  // A limit that is worked out is worth more than its formula.
  if (right.op != ValueOp::constant && right.op != ValueOp::parameter &&
      need.is_exact()) {
    note.need = describer.need(criterion) + " (" +
                describer.exact(need.value, right.type) + ")";
  }
  return note;
}

// Of any criterion. `result` is its truth.
Found::Note found_of(Evaluation& evaluation, const Describer& describer,
                     CriterionId criterion, Truth result) {
  const CriterionNode& node = evaluation.rule().tree.criteria[at(criterion)];
  Found::Note note;
  switch (node.op) {
    case CriterionOp::all:
    case CriterionOp::any:
    case CriterionOp::none:
      return note;
    case CriterionOp::at_least_of: {
      const auto met = std::count_if(
          node.children.begin(), node.children.end(), [&](CriterionId child) {
            return evaluation.truth(child) == Truth::met;
          });
      note.have = std::to_string(met) + " met";
      return note;
    }
    case CriterionOp::any_item:
    case CriterionOp::every_item:
      note.have = entries_found(evaluation, node);
      return note;
    case CriterionOp::judgement:
      note.have = answer_found(result, "not answered");
      return note;
    case CriterionOp::test:
      note.have = answer_found(result, "not known");
      return note;
    default:
      return comparison_found(evaluation, describer, criterion, result);
  }
}

}  // namespace

Found::Note note_of(Evaluation& evaluation, const Describer& describer,
                    CriterionId criterion) {
  return found_of(evaluation, describer, criterion,
                  evaluation.truth(criterion));
}

class ReasonsFinder {
 public:
  ReasonsFinder(const Reasons& reasons, Evaluation& evaluation,
                const Describer& describer)
      : reasons_(reasons), evaluation_(evaluation), describer_(describer) {}

  // Adds what is found of a line, and of all below it, to `found`.
  Truth find(int id, Found& found) {
    const ReasonLine& text = reasons_.lines_[at(id)];
    const Reasons::Source& source = reasons_.sources_[at(id)];
    const std::size_t place = found.results.size();
    found.results.push_back(Truth::unknown);
    Truth result = Truth::unknown;
    if (!is_combination(text.kind)) {
      result = evaluation_.truth(source.criterion);
      add_note(id, found_of(evaluation_, describer_, source.criterion, result),
               found);
    }
    // What is below a combination decides it; below anything else, it says more.
    const std::size_t notes = found.notes.size();
    Below below;
    for (const ReasonLine::Part& part : text.parts) {
      if (part.is_entries) {
        find_entries(part.line, found);
        continue;
      }
      const Truth of_part = find(part.line, found);
      if (source.criterion < 0 && below.size == source.deciding) continue;
      below.add(of_part);
    }
    if (is_combination(text.kind)) {
      result = combined(text.kind, source.criterion, below);
    }
    if (text.kind == Reason::Kind::at_least_of) {
      Found::Note note{id, std::to_string(below.met) + " met", {}, {}};
      if (note.have != text.have) {
        found.notes.insert(
            found.notes.begin() + static_cast<std::ptrdiff_t>(notes),
            std::move(note));
      }
    }
    found.results[place] = result;
    return result;
  }

 private:
  struct Below {
    std::size_t size = 0;
    int met = 0, unknown = 0;
    Truth least = Truth::met, most = Truth::not_met;
    void add(Truth truth) {
      ++size;
      met += truth == Truth::met;
      unknown += truth == Truth::unknown;
      least = std::min(least, truth);
      most = std::max(most, truth);
    }
  };

  static bool is_combination(Reason::Kind kind) {
    return kind == Reason::Kind::all || kind == Reason::Kind::any ||
           kind == Reason::Kind::none || kind == Reason::Kind::at_least_of ||
           kind == Reason::Kind::entry;
  }

  Truth combined(Reason::Kind kind, CriterionId criterion,
                 const Below& below) const {
    switch (kind) {
      case Reason::Kind::any:
        return below.most;
      case Reason::Kind::none:
        return negate(below.most);
      case Reason::Kind::at_least_of: {
        const int n = evaluation_.rule().tree.criteria[at(criterion)].n;
        if (below.met >= n) return Truth::met;
        return below.met + below.unknown < n ? Truth::not_met : Truth::unknown;
      }
      default:
        // Of a closed scheme nothing decides.
        return criterion < 0 && below.size == 0 ? Truth::unknown : below.least;
    }
  }

  void add_note(int id, Found::Note note, Found& found) const {
    const ReasonLine& text = reasons_.lines_[at(id)];
    if (note.have == text.have && note.gap.empty() &&
        (note.need.empty() || note.need == text.need)) {
      return;
    }
    note.line = id;
    found.notes.push_back(std::move(note));
  }

  void find_entries(int line, Found& found) {
    const Reasons::Source& source = reasons_.sources_[at(line)];
    const int size = evaluation_.record().lists[at(source.list)].size();
    for (int entry = 0; entry < size; ++entry) {
      const Evaluation::InEntry in(evaluation_, source.list, entry);
      Found::Entry one;
      one.line = line;
      one.label = entry_name(evaluation_, source.list, entry);
      one.have = entry_found(evaluation_, source.list, entry, source.fields);
      find(line, one.found);
      found.entries.push_back(std::move(one));
    }
  }

  const Reasons& reasons_;
  Evaluation& evaluation_;
  const Describer& describer_;
};

Found Reasons::find(Evaluation& evaluation, const Describer& describer) const {
  Found found;
  if (!lines_.empty())
    ReasonsFinder(*this, evaluation, describer).find(0, found);
  return found;
}

Reason explain(Evaluation& evaluation, const Describer& describer,
               CriterionId criterion) {
  const Record empty = Record::empty(evaluation.catalogue());
  Evaluation blank = evaluation.of_another(empty);
  const Reasons reasons = Reasons::of_criterion(blank, describer, criterion);
  return expand(reasons.lines(), 0, reasons.find(evaluation, describer));
}

}  // namespace sendcheck
