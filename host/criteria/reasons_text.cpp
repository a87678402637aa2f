// The text of the reasons: what is the same for every pupil.
#include <algorithm>

#include "criteria/reasons.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Marks the fields of a list that a criterion reads.
void fields_read(const Tree& tree, CriterionId criterion, int list,
                 std::vector<bool>& read);

void fields_read_by(const Tree& tree, ValueId value, int list,
                    std::vector<bool>& read) {
  const ValueNode& node = tree.values[at(value)];
  if (node.op == ValueOp::item && node.list == list) read[at(node.slot)] = true;
  for (ValueId argument : node.arguments) {
    fields_read_by(tree, argument, list, read);
  }
  for (CriterionId condition : node.conditions) {
    if (condition >= 0) fields_read(tree, condition, list, read);
  }
}

void fields_read(const Tree& tree, CriterionId criterion, int list,
                 std::vector<bool>& read) {
  const CriterionNode& node = tree.criteria[at(criterion)];
  for (ValueId value : node.values) fields_read_by(tree, value, list, read);
  for (CriterionId child : node.children) {
    fields_read(tree, child, list, read);
  }
}

Reason::Kind kind_of(CriterionOp op) {
  switch (op) {
    case CriterionOp::all:
      return Reason::Kind::all;
    case CriterionOp::any:
      return Reason::Kind::any;
    case CriterionOp::none:
      return Reason::Kind::none;
    case CriterionOp::at_least_of:
      return Reason::Kind::at_least_of;
    case CriterionOp::any_item:
    case CriterionOp::every_item:
      return Reason::Kind::list;
    case CriterionOp::judgement:
      return Reason::Kind::judgement;
    case CriterionOp::test:
      return Reason::Kind::test;
    default:
      return Reason::Kind::comparison;
  }
}

// A combination without words of its own is not said by those of all its parts: they stand below it.
std::string own_label(const CriterionNode& node, const Describer& describer,
                      CriterionId criterion) {
  if (node.because.empty() && node.label.empty()) {
    switch (node.op) {
      case CriterionOp::all:
        return "all of these";
      case CriterionOp::any:
        return "any of these";
      case CriterionOp::none:
        return "none of these";
      case CriterionOp::at_least_of:
        return "at least " + std::to_string(node.n) + " of these";
      default:
        break;
    }
  }
  return describer.label(criterion);
}

std::string unconfirmed_reason(const Evaluation& evaluation,
                               CriterionId criterion) {
  const Rule& rule = evaluation.rule();
  const CriterionNode& node = rule.tree.criteria[at(criterion)];
  if (!node.unconfirmed.empty()) return node.unconfirmed;
  const int by = evaluation.binding().unconfirmed_by[at(criterion)];
  if (by < 0) return {};
  const std::string& because =
      evaluation.binding().parameters[at(by)]->unconfirmed_because;
  return because.empty() ? rule.parameters[at(by)].label + " is not confirmed"
                         : because;
}

// What is needed of a criterion, where that is the same for every pupil.
std::string need_of(const CriterionNode& node, const Describer& describer,
                    CriterionId criterion) {
  switch (node.op) {
    case CriterionOp::all:
    case CriterionOp::any:
    case CriterionOp::none:
      return {};
    case CriterionOp::at_least_of:
      return "at least " + std::to_string(node.n);
    case CriterionOp::any_item:
      return "at least 1";
    case CriterionOp::every_item:
      return "all";
    case CriterionOp::judgement:
      return "a named person's yes";
    case CriterionOp::test:
      return "yes";
    default:
      return describer.need(criterion);
  }
}

}  // namespace

class ReasonsBuilder {
 public:
  ReasonsBuilder(Evaluation& blank, const Describer& describer)
      : blank_(blank), describer_(describer) {}

  int add_criterion(CriterionId criterion) {
    const CriterionNode& node = tree().criteria[at(criterion)];
    const int line = add_line(criterion, kind_of(node.op));
    {
      ReasonLine& text = at_line(line);
      text.label = own_label(node, describer_, criterion);
      text.source = node.source;
      text.unconfirmed = unconfirmed_reason(blank_, criterion);
      text.need = need_of(node, describer_, criterion);
    }
    if (node.list >= 0 && !node.children.empty()) {
      add_entries(line, node.list, node.children.front());
      return line;
    }
    for (CriterionId child : node.children) add_part(line, child);
    for (ValueId value : node.values) add_lists_of(line, value);
    return line;
  }

  int add_rule(bool closed) {
    const Rule& rule = blank_.rule();
    const int root = add_line(-1, Reason::Kind::all);
    at_line(root).label = rule.title;
    at_line(root).source = rule.source;
    const auto add = [&](CriterionId criterion, const char* before) {
      if (criterion < 0) return;
      const int part = add_part(root, criterion);
      at_line(part).label.insert(0, before);
    };
    add(rule.applies_when, "The rule is about this pupil: ");
    if (closed) return root;
    add(rule.met_when, "");
    made_.sources_[at(root)].deciding = at_line(root).parts.size();
    add(rule.refer_when, "A person decides: ");
    return root;
  }

  // The lines of entries, one list after another, once those above them stand.
  Reasons made() {
    made_.sources_[0].size = made_.lines_.size();
    for (std::size_t i = 0; i < awaited_.size(); ++i) {
      const Awaited awaited = awaited_[i];
      const int first = add_entry(awaited);
      made_.sources_[at(first)].size = made_.lines_.size() - at(first);
      if (at(awaited.above) < made_.sources_[0].size) entries_.push_back(first);
      at_line(awaited.above).parts[awaited.part] = {first, true};
    }
    fill_in_blanks();
    look_through_blocks();
    return std::move(made_);
  }

 private:
  struct Awaited {
    int above;
    std::size_t part;
    int list;
    CriterionId where;
  };

  const Tree& tree() const { return blank_.rule().tree; }
  ReasonLine& at_line(int line) { return made_.lines_[at(line)]; }

  int add_line(CriterionId criterion, Reason::Kind kind) {
    made_.lines_.emplace_back().kind = kind;
    made_.sources_.emplace_back().criterion = criterion;
    return static_cast<int>(made_.lines_.size()) - 1;
  }

  int add_part(int above, CriterionId criterion) {
    const int line = add_criterion(criterion);
    at_line(above).parts.push_back({line, false});
    return line;
  }

  void add_entries(int above, int list, CriterionId where) {
    if (where < 0) return;
    awaited_.push_back({above, at_line(above).parts.size(), list, where});
    at_line(above).parts.emplace_back();
  }

  void add_lists_of(int above, ValueId value) {
    const ValueNode& node = tree().values[at(value)];
    if (node.where >= 0) add_entries(above, node.slot, node.where);
    for (ValueId argument : node.arguments) {
      if (node.op != ValueOp::sum) add_lists_of(above, argument);
    }
    for (CriterionId condition : node.conditions) {
      if (condition >= 0) add_part(above, condition);
    }
  }

  // What is asked of an entry stands below it: each part of several, or the one thing.
  int add_entry(const Awaited& awaited) {
    const CriterionNode& node = tree().criteria[at(awaited.where)];
    const int line = add_line(awaited.where, Reason::Kind::entry);
    const FactSpec& spec = blank_.catalogue().lists()[at(awaited.list)];
    std::vector<bool> read(spec.fields.size(), false);
    fields_read(tree(), awaited.where, awaited.list, read);
    Reasons::Source& source = made_.sources_[at(line)];
    source.list = awaited.list;
    for (std::size_t field = 0; field < read.size(); ++field) {
      if (read[field] && !spec.fields[field].identifies) {
        source.fields.push_back(static_cast<int>(field));
      }
    }
    if (node.op == CriterionOp::all) {
      at_line(line).unconfirmed = unconfirmed_reason(blank_, awaited.where);
      for (CriterionId child : node.children) add_part(line, child);
    } else {
      add_part(line, awaited.where);
    }
    return line;
  }

  void fill_in_blanks() {
    for (std::size_t line = 0; line < made_.lines_.size(); ++line) {
      ReasonLine& text = made_.lines_[line];
      const CriterionId criterion = made_.sources_[line].criterion;
      if (criterion < 0 || text.kind == Reason::Kind::entry) continue;
      text.have = found_at(blank_, describer_, criterion).have;
    }
  }

  void look_through_blocks() {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (!are_same(entries_[j], entries_[i])) continue;
        made_.sources_[at(entries_[i])].same_as = entries_[j];
        break;
      }
    }
    for (std::size_t first = 0; first < made_.lines_.size();
         first += made_.sources_[first].size) {
      const std::size_t end = first + made_.sources_[first].size;
      find_same_lines(first, end);
      list_entries(first, end);
    }
  }

  void list_entries(std::size_t first, std::size_t end) {
    for (std::size_t line = first; line < end; ++line) {
      for (const ReasonLine::Part& part : made_.lines_[line].parts) {
        if (part.is_entries) made_.sources_[first].entries.push_back(part.line);
      }
    }
  }

  // A rule often says a thing in several places.
  void find_same_lines(std::size_t first, std::size_t end) {
    const std::vector<CriterionId>& alike = tree().alike;
    for (std::size_t i = first + 1; i < end; ++i) {
      const ReasonLine& line = made_.lines_[i];
      if (is_combination(line.kind)) continue;
      for (std::size_t j = first; j < i; ++j) {
        const ReasonLine& other = made_.lines_[j];
        if (is_combination(other.kind) || line.have != other.have ||
            line.need != other.need ||
            alike[at(made_.sources_[i].criterion)] !=
                alike[at(made_.sources_[j].criterion)]) {
          continue;
        }
        made_.sources_[i].same_as = static_cast<int>(j);
        break;
      }
    }
  }

  // Entries that stand in entries are found each for itself.
  bool are_same(int first, int second) const {
    const Reasons::Source& a = made_.sources_[at(first)];
    const Reasons::Source& b = made_.sources_[at(second)];
    const std::vector<CriterionId>& alike = tree().alike;
    if (a.list != b.list || a.size != b.size ||
        alike[at(a.criterion)] != alike[at(b.criterion)]) {
      return false;
    }
    for (std::size_t i = 0; i < a.size; ++i) {
      const ReasonLine& x = made_.lines_[at(first) + i];
      const ReasonLine& y = made_.lines_[at(second) + i];
      if (x.have != y.have || x.need != y.need || has_entries(x) ||
          has_entries(y)) {
        return false;
      }
    }
    return true;
  }

  static bool is_combination(Reason::Kind kind) {
    return kind == Reason::Kind::all || kind == Reason::Kind::any ||
           kind == Reason::Kind::none || kind == Reason::Kind::entry;
  }

  static bool has_entries(const ReasonLine& line) {
    return std::any_of(
        line.parts.begin(), line.parts.end(),
        [](const ReasonLine::Part& part) { return part.is_entries; });
  }

  Evaluation& blank_;
  const Describer& describer_;
  std::vector<int> entries_;  // first lines, of lists of the rule's own lines
  Reasons made_;
  std::vector<Awaited> awaited_;
};

Reasons Reasons::of_criterion(Evaluation& blank, const Describer& describer,
                              CriterionId criterion) {
  ReasonsBuilder builder(blank, describer);
  builder.add_criterion(criterion);
  return builder.made();
}

Reasons Reasons::of_rule(Evaluation& blank, const Describer& describer,
                         bool closed) {
  ReasonsBuilder builder(blank, describer);
  builder.add_rule(closed);
  return builder.made();
}

}  // namespace sendcheck
