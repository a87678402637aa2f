// What is found of one record.
#include <algorithm>

#include "base/text.hpp"
#include "criteria/decisions.hpp"
#include "criteria/explain.hpp"
#include "criteria/reasons.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Adds to the words of what is found; gives what was added.
class Said {
 public:
  explicit Said(std::string& words) : words_(words), start_(words.size()) {}

  Said& operator<<(std::string_view more) {
    words_ += more;
    return *this;
  }
  Found::Words words() const {
    return {static_cast<std::uint32_t>(start_),
            static_cast<std::uint32_t>(words_.size() - start_)};
  }

 private:
  std::string& words_;
  std::size_t start_;
};

Found::Words distance(std::string& words, const Describer& describer,
                      const ValueType& type, const Estimate& have,
                      const Estimate& need) {
  if (!type.is_numeric() || !have.is_exact() || !need.is_exact()) return {};
  const Number a = number_of(have.value), b = number_of(need.value);
  const auto difference = a < b ? subtract(b, a) : subtract(a, b);
  if (!difference || *difference == Number(0)) return {};
  Said said(words);
  if (type.kind == Value::Kind::date) {
    said << difference->to_string()
         << (*difference == Number(1) ? " day " : " days ")
         << (a < b ? "before" : "after");
  } else {
    said << describer.exact(Value::of(*difference), type)
         << (a < b ? " below" : " above");
  }
  return said.words();
}

// A code's label is not copied on the way.
void say_value(Said& said, const Value& value, const FactSpec& spec,
               const Catalogue& catalogue) {
  if (value.kind() == Value::Kind::code) {
    const CodeValue& code = catalogue.codes_of(spec).codes[at(value.code())];
    if (!code.label.empty()) {
      said << code.label;
      return;
    }
  }
  said << in_words(value, spec, catalogue);
}

// What an entry of a list is: "Form 8", "reading speed", or its number.
Found::Words entry_name(std::string& words, const Evaluation& evaluation,
                        int list, int entry) {
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  const Value* cells = evaluation.record().lists[at(list)].entry(entry);
  Said said(words);
  for (std::size_t f = 0; f < spec.fields.size(); ++f) {
    if (spec.fields[f].identifies && cells[f].is_known()) {
      say_value(said, cells[f], spec.fields[f], evaluation.catalogue());
      return said.words();
    }
  }
  said << "entry " << std::to_string(entry + 1);
  return said.words();
}

// The values of an entry that the criterion reads: "standard score 82, year when assessed year 10".
Found::Words entry_found(std::string& words, const Evaluation& evaluation,
                         int list, int entry, const std::vector<int>& fields) {
  const FactSpec& spec = evaluation.catalogue().lists()[at(list)];
  const Value* cells = evaluation.record().lists[at(list)].entry(entry);
  Said said(words);
  for (int field : fields) {
    if (!cells[field].is_known()) continue;
    if (said.words().size > 0) said << ", ";
    said << spec.fields[at(field)].label << " ";
    say_value(said, cells[field], spec.fields[at(field)],
              evaluation.catalogue());
  }
  return said.words();
}

// What was found of a value. Bounds that are only the catalogue's say nothing of this pupil.
void say_found(Said& said, Evaluation& evaluation, const Describer& describer,
               ValueId value, const Estimate& estimate) {
  const ValueNode& node = evaluation.rule().tree.values[at(value)];
  const bool is_bounded = estimate.state == Estimate::State::bounded;
  if (is_bounded && node.op == ValueOp::fact) {
    if (evaluation.is_not_yet(node.slot)) {
      said << "not yet";
      return;
    }
    const Value& stated = evaluation.record().scalars[at(node.slot)];
    if (!stated.is_known()) {
      said << "not stated";
    } else {
      said << "at least " << describer.exact(stated, node.type) << " so far";
    }
    return;
  }
  if (is_bounded && node.op == ValueOp::item) {
    said << "not stated";
    return;
  }
  if (is_bounded && node.op == ValueOp::count && !estimate.has_high &&
      estimate.low == Number(0) &&
      (evaluation.record().lists[at(node.slot)].stated ||
       evaluation.catalogue().lists()[at(node.slot)].open)) {
    said << "none so far";
    return;
  }
  if (estimate.is_exact() && estimate.value.kind() == Value::Kind::code &&
      node.type.codes >= 0 && estimate.value.code() >= 0) {
    said << evaluation.catalogue()
                .code_lists()[at(node.type.codes)]
                .codes[at(estimate.value.code())]
                .label;
    return;
  }
  said << describer.estimate(estimate, node.type);
  if (is_decision(node.op) && estimate.is_exact()) {
    const std::string rows = rows_that_counted(evaluation, describer, value);
    if (!rows.empty()) said << " (" << rows << ")";
  }
}

void say_entries(Said& said, Evaluation& evaluation,
                 const CriterionNode& node) {
  const List& list = evaluation.record().lists[at(node.list)];
  const int size = list.size();
  if (size == 0) {
    said << (list.stated ? "none on file" : "not stated");
    return;
  }
  const int certain =
      evaluation.tally(node.list, node.children.front()).certain;
  said << (certain == 0 ? std::string("none") : std::to_string(certain))
       << " of " << std::to_string(size) << " on file";
}

// Of a comparison. `result` is its truth, `needed` what its text says that it needs.
void find_comparison(Evaluation& evaluation, const Describer& describer,
                     CriterionId criterion, Truth result,
                     std::string_view needed, std::string& words,
                     Found::Note& note) {
  const Tree& tree = evaluation.rule().tree;
  const CriterionNode& node = tree.criteria[at(criterion)];
  const ValueId left = node.values[0];
  const Estimate have = evaluation.estimate(left);
  Said said(words);
  say_found(said, evaluation, describer, left, have);
  note.have = said.words();
  if (node.values.size() != 2) return;
  const ValueNode& right = tree.values[at(node.values[1])];
  const ValueType& type = tree.values[at(left)].type;
  if (right.type.is_list) return;
  const bool is_worked_out =
      right.op != ValueOp::constant && right.op != ValueOp::parameter;
  if (!is_worked_out && !type.is_numeric()) return;
  const Estimate need = evaluation.estimate(node.values[1]);
  if (result != Truth::met || node.op != CriterionOp::is) {
    note.gap = distance(words, describer, type, have, need);
  }
  // A limit that is worked out is worth more than its formula.
  if (is_worked_out && need.is_exact()) {
    Said limit(words);
    limit << needed << " (" << describer.exact(need.value, right.type) << ")";
    note.need = limit.words();
  }
}

// Of any criterion but all, any, none.
void find_note(Evaluation& evaluation, const Describer& describer,
               CriterionId criterion, Truth result, std::string_view needed,
               std::string& words, Found::Note& note) {
  const CriterionNode& node = evaluation.rule().tree.criteria[at(criterion)];
  Said said(words);
  switch (node.op) {
    case CriterionOp::all:
    case CriterionOp::any:
    case CriterionOp::none:
      return;
    case CriterionOp::at_least_of:
      said << std::to_string(
                  std::count_if(node.children.begin(), node.children.end(),
                                [&](CriterionId child) {
                                  return evaluation.truth(child) == Truth::met;
                                }))
           << " met";
      break;
    case CriterionOp::any_item:
    case CriterionOp::every_item:
      say_entries(said, evaluation, node);
      break;
    case CriterionOp::judgement:
    case CriterionOp::test:
      said << (result == Truth::met                ? "yes"
               : result == Truth::not_met          ? "no"
               : node.op == CriterionOp::judgement ? "not answered"
                                                   : "not known");
      break;
    default:
      find_comparison(evaluation, describer, criterion, result, needed, words,
                      note);
      return;
  }
  note.have = said.words();
}

}  // namespace

FoundAt found_at(Evaluation& evaluation, const Describer& describer,
                 CriterionId criterion) {
  Found found;
  Found::Note note;
  const std::string needed = describer.need(criterion);
  find_note(evaluation, describer, criterion, evaluation.truth(criterion),
            needed, found.words, note);
  return {std::string(found.of(note.have)),
          note.need.size > 0 ? std::string(found.of(note.need)) : needed};
}

class ReasonsFinder {
 public:
  ReasonsFinder(const Reasons& reasons, Evaluation& evaluation,
                const Describer& describer, Found& found)
      : reasons_(reasons),
        evaluation_(evaluation),
        describer_(describer),
        found_(found) {}

  void find_block(Found::Block block) {
    const std::size_t index = found_.blocks.size();
    const std::size_t size = reasons_.sources_[at(block.line)].size;
    block.results = static_cast<std::uint32_t>(found_.results.size());
    block.notes = static_cast<std::uint32_t>(found_.notes.size());
    found_.results.resize(block.results + size);
    found_.blocks.push_back(block);
    results_ = block.results - at(block.line);
    find_line(block.line);
    found_.blocks[index].notes_end =
        static_cast<std::uint32_t>(found_.notes.size());
    // Entries come after the lines among which they stand.
    if (has_entries(block.line, size)) {
      for (std::size_t i = 0; i < size; ++i) {
        for (const ReasonLine::Part& part :
             reasons_.lines_[at(block.line) + i].parts) {
          if (part.is_entries) find_entries(part.line);
        }
      }
    }
    found_.blocks[index].end = static_cast<std::uint32_t>(found_.blocks.size());
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

  // Finds a line and all below it in its block.
  Truth find_line(int id) {
    const ReasonLine& text = reasons_.lines_[at(id)];
    const Reasons::Source& source = reasons_.sources_[at(id)];
    Truth result = Truth::unknown;
    if (!is_combination(text.kind)) {
      result = evaluation_.truth(source.criterion);
      add_note(id, text, source.criterion, result);
    } else if (text.kind == Reason::Kind::at_least_of) {
      add_note(id, text, source.criterion, result);
    }
    // What is below a combination decides it; below anything else, it says more.
    Below below;
    for (const ReasonLine::Part& part : text.parts) {
      if (part.is_entries) continue;
      const Truth of_part = find_line(part.line);
      if (source.criterion < 0 && below.size == source.deciding) continue;
      below.add(of_part);
    }
    if (is_combination(text.kind)) {
      result = combined(text.kind, source.criterion, below);
    }
    found_.results[results_ + at(id)] = result;
    return result;
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

  void add_note(int id, const ReasonLine& text, CriterionId criterion,
                Truth result) {
    const std::size_t before = found_.words.size();
    Found::Note note;
    note.line = id;
    find_note(evaluation_, describer_, criterion, result, text.need,
              found_.words, note);
    if (note.gap.size == 0 && note.need.size == 0 &&
        found_.of(note.have) == text.have) {
      found_.words.resize(before);
    } else {
      found_.notes.push_back(note);
    }
  }

  bool has_entries(int line, std::size_t size) const {
    return at(line) + size < reasons_.lines_.size();
  }

  // What was found of entries is found of them again where the same is asked.
  bool repeat_entries(int line, int same_as) {
    const int further = line - same_as;
    const std::size_t known = found_.blocks.size();
    bool is_repeated = false;
    for (std::size_t i = 1; i < known; ++i) {
      Found::Block block = found_.blocks[i];
      if (block.line != same_as) continue;
      is_repeated = true;
      const std::size_t results = block.results, notes = block.notes,
                        notes_end = block.notes_end;
      const std::size_t size = reasons_.sources_[at(line)].size;
      block.line = line;
      block.results = static_cast<std::uint32_t>(found_.results.size());
      for (std::size_t k = 0; k < size; ++k) {
        found_.results.push_back(found_.results[results + k]);
      }
      block.notes = static_cast<std::uint32_t>(found_.notes.size());
      for (std::size_t k = notes; k < notes_end; ++k) {
        Found::Note note = found_.notes[k];
        note.line += further;
        found_.notes.push_back(note);
      }
      block.notes_end = static_cast<std::uint32_t>(found_.notes.size());
      block.end = static_cast<std::uint32_t>(found_.blocks.size()) + 1;
      found_.blocks.push_back(block);
    }
    return is_repeated;
  }

  void find_entries(int line) {
    const Reasons::Source& source = reasons_.sources_[at(line)];
    if (source.same_as >= 0 && repeat_entries(line, source.same_as)) return;
    const int size = evaluation_.record().lists[at(source.list)].size();
    for (int entry = 0; entry < size; ++entry) {
      const Evaluation::InEntry in(evaluation_, source.list, entry);
      Found::Block block;
      block.line = line;
      block.label = entry_name(found_.words, evaluation_, source.list, entry);
      block.have = entry_found(found_.words, evaluation_, source.list, entry,
                               source.fields);
      find_block(block);
    }
  }

  const Reasons& reasons_;
  Evaluation& evaluation_;
  const Describer& describer_;
  Found& found_;
  std::size_t results_ = 0;  // where the result of line 0 would stand
};

void Reasons::find(Evaluation& evaluation, const Describer& describer,
                   Found& found) const {
  found.clear();
  Found::Block block;
  block.line = 0;
  ReasonsFinder(*this, evaluation, describer, found).find_block(block);
}

Reason explain(Evaluation& evaluation, const Describer& describer,
               CriterionId criterion) {
  const Record empty = Record::empty(evaluation.catalogue());
  Evaluation blank = evaluation.of_another(empty);
  const Reasons reasons = Reasons::of_criterion(blank, describer, criterion);
  Found found;
  reasons.find(evaluation, describer, found);
  return expand(reasons.lines(), found);
}

}  // namespace sendcheck
