#include "completions.hpp"

#include <algorithm>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// No more entries, one, or two, whatever they are.
std::vector<std::vector<PlainEntry>> further_entries() {
  std::vector<PlainEntry> singles;
  for (Plain kind = 0; kind < 3; ++kind) {
    for (Plain score = 0; score < 3; ++score) {
      for (Plain flag = 0; flag < 2; ++flag) {
        singles.push_back({kind, score, flag});
      }
    }
  }
  std::vector<std::vector<PlainEntry>> all = {{}};
  for (const PlainEntry& entry : singles) all.push_back({entry});
  for (std::size_t i = 0; i < singles.size(); ++i) {
    for (std::size_t j = i; j < singles.size(); ++j) {
      all.push_back({singles[i], singles[j]});
    }
  }
  return all;
}

class Maker {
 public:
  Maker(std::mt19937& random, const SmallWorld& world, const RandomRule& rule)
      : random_(random), world_(world), rule_(rule) {}

  RandomRecord run() {
    made_.record = Record::empty(world_.catalogue);
    made_.base.facts.resize(world_.facts.size());
    made_.base.stated.resize(world_.facts.size());
    made_.base.lists.resize(world_.lists.size());
    // What decides whether a step has begun comes first, and is in no rule.
    state_or_not(world_.fact("started_on"), 2);
    state_or_not(world_.fact("phase"), 2);
    for (std::size_t i = 0; i < world_.facts.size(); ++i) {
      const int fact = static_cast<int>(i);
      if (!rule_.facts.contains(world_.facts[i].path)) continue;
      if (fact == world_.fact("started_on") || fact == world_.fact("phase")) {
        made_.base.stated[i] ? change(fact) : supply(fact);
        continue;
      }
      state_or_not(fact, 2) ? change(fact) : supply(fact);
    }
    for (std::size_t i = 0; i < world_.lists.size(); ++i) {
      if (rule_.facts.contains(world_.lists[i].path)) list(static_cast<int>(i));
    }
    judgements();
    std::stable_partition(made_.open.begin(), made_.open.end(),
                          [](const Open& open) { return !open.stated; });
    made_.missing = static_cast<int>(
        std::count_if(made_.open.begin(), made_.open.end(),
                      [](const Open& open) { return !open.stated; }));
    return std::move(made_);
  }

 private:
  int below(int n) {
    return static_cast<int>(random_() % static_cast<unsigned>(n));
  }
  Plain one_of(const std::vector<Plain>& values) {
    return values[at(below(static_cast<int>(values.size())))];
  }

  bool state_or_not(int fact, int odds) {
    if (below(odds) == 0) return false;
    const SmallFact& of = world_.facts[at(fact)];
    std::vector<Plain> values = of.values;
    if (of.is_wide && of.type == FactType::integer) {
      // What is stated lies well inside.
      values = {values.begin() + 1, values.end() - 1};
    }
    made_.base.facts[at(fact)] = one_of(values);
    made_.base.stated[at(fact)] = 1;
    made_.record.scalars[at(fact)] =
        record_value(of.type, made_.base.facts[at(fact)]);
    return true;
  }

  void supply(int fact) {
    const SmallFact& of = world_.facts[at(fact)];
    Open open;
    open.fact = fact;
    open.path = of.path;
    open.values = of.values;
    const int phase = world_.fact("phase");
    const bool implied = of.implied && made_.base.stated[at(phase)] &&
                         made_.base.facts[at(phase)] == 1;
    if (of.is_step && !implied &&
        made_.base.stated[at(world_.fact("started_on"))]) {
      // It has begun and was not taken: its day is still to come.
      open.is_step = true;
      const Plain today = world_.as_of.days();
      std::erase_if(open.values, [&](Plain day) { return day <= today; });
    }
    made_.open.push_back(open);
  }

  void change(int fact) {
    const SmallFact& of = world_.facts[at(fact)];
    Open open;
    open.fact = fact;
    open.path = of.path;
    open.values = of.values;
    const Plain now = made_.base.facts[at(fact)];
    if (of.open) {
      // So far: only more can be stated.
      std::erase_if(open.values, [&](Plain value) { return value < now; });
      if (open.values.size() > 1) made_.open.push_back(open);
      return;
    }
    if (!of.actionable) return;
    open.stated = true;
    open.now = static_cast<int>(
        std::find(open.values.begin(), open.values.end(), now) -
        open.values.begin());
    made_.open.push_back(open);
  }

  void list(int index) {
    const SmallList& of = world_.lists[at(index)];
    List& list = made_.record.lists[at(world_.catalogue.find(of.path)->slot)];
    const bool stated = below(4) > 0;
    list.stated = stated;
    const int size = stated ? below(3) : 0;
    std::vector<Plain> kinds;
    for (int entry = 0; entry < size; ++entry) {
      PlainEntry plain{};
      std::array<bool, 3> known{};
      for (std::size_t f = 0; f < 3; ++f) {
        plain[f] = one_of(of.fields[f].values);
        known[f] = below(4) > 0;
        list.cells.push_back(
            known[f] ? record_value(of.fields[f].type, plain[f]) : Value());
      }
      made_.base.lists[at(index)].push_back(plain);
      const auto same = std::count(kinds.begin(), kinds.end(), plain[0]) + 1;
      if (known[0]) kinds.push_back(plain[0]);
      for (std::size_t f = 0; f < 3; ++f) {
        if (known[f] && !of.fields[f].actionable) continue;
        static const std::vector<std::string> letters = {"x", "y", "z"};
        Open open;
        open.kind = Open::Kind::cell;
        open.list = index;
        open.entry = entry;
        open.field = static_cast<int>(f);
        open.stated = known[f];
        open.values = of.fields[f].values;
        open.now = static_cast<int>(plain[f]);
        open.path =
            of.path + "[" +
            (known[0] ? "kind=" + letters[at(static_cast<int>(plain[0]))]
                      : std::to_string(entry + 1)) +
            (known[0] && same > 1 ? "][" + std::to_string(same) : "") + "]." +
            of.fields[f].path;
        made_.open.push_back(open);
      }
    }
    const bool more = of.open || (!stated && !of.absent_is_none);
    if (!more && !of.actionable) return;
    Open open;
    open.kind = Open::Kind::more_entries;
    open.list = index;
    open.path = of.path;
    open.stated = !more;
    open.entries = further_entries();
    made_.open.push_back(open);
  }

  void judgements() {
    List& list = made_.record.lists[at(world_.catalogue.list("judgements"))];
    list.width = 3;
    for (const std::string& question : rule_.questions) {
      bool& answer = made_.base.judgements[question];
      if (below(2) == 0) {
        list.stated = true;
        answer = below(2) == 0;
        list.cells.push_back(Value::text(made_.record.texts.keep(question)));
        list.cells.push_back(Value::of(answer));
        list.cells.push_back(Value::of(world_.as_of));
        continue;
      }
      Open open;
      open.kind = Open::Kind::judgement;
      open.path = "judgements[question=" + question + "]";
      open.values = {0, 1};
      made_.open.push_back(open);
    }
  }

  std::mt19937& random_;
  const SmallWorld& world_;
  const RandomRule& rule_;
  RandomRecord made_;
};

}  // namespace

RandomRecord random_record(std::mt19937& random, const SmallWorld& world,
                           const RandomRule& rule) {
  return Maker(random, world, rule).run();
}

Outcomes::Outcomes(const SmallWorld& world, const RandomRule& rule,
                   const RandomRecord& record)
    : world_(world),
      rule_(rule),
      record_(record),
      oracle_(rule.draft.rule, world, rule.given) {
  for (const DraftCriterion& criterion : rule.draft.rule.criteria) {
    asks_whether_known_ =
        asks_whether_known_ || criterion.op == CriterionOp::is_known;
  }
}

std::size_t Outcomes::combinations(const RandomRecord& record) {
  std::size_t product = 1;
  for (const Open& open : record.open) product *= at(open.size());
  return product;
}

void Outcomes::set(Completion& all, std::size_t index, int choice) const {
  const Open& open = record_.open[index];
  switch (open.kind) {
    case Open::Kind::fact:
      all.facts[at(open.fact)] = open.values[at(choice)];
      break;
    case Open::Kind::cell:
      all.lists[at(open.list)][at(open.entry)][at(open.field)] =
          open.values[at(choice)];
      break;
    case Open::Kind::more_entries: {
      auto& entries = all.lists[at(open.list)];
      entries.resize(record_.base.lists[at(open.list)].size());
      const auto& more = open.entries[at(choice)];
      entries.insert(entries.end(), more.begin(), more.end());
      break;
    }
    case Open::Kind::judgement: {
      const std::size_t first = open.path.find('=') + 1;
      all.judgements[open.path.substr(first, open.path.size() - first - 1)] =
          open.values[at(choice)] != 0;
      break;
    }
  }
}

// The rule's outcome by choice, the first open fact turning fastest.
const std::vector<char>& Outcomes::table(unsigned supplied) {
  if (!asks_whether_known_) supplied = 0;
  std::vector<char>& found = tables_[supplied];
  if (!found.empty()) return found;
  Completion all = record_.base;
  for (std::size_t i = 0; i < record_.open.size(); ++i) {
    if (supplied & (1u << i) && record_.open[i].fact >= 0) {
      all.stated[at(record_.open[i].fact)] = 1;
    }
    set(all, i, 0);
  }
  std::vector<int> choice(record_.open.size(), 0);
  while (true) {
    found.push_back(oracle_.holds(rule_.draft.rule.met_when, all));
    std::size_t i = 0;
    while (i < choice.size() && ++choice[i] == record_.open[i].size()) {
      choice[i] = 0;
      set(all, i, 0);
      ++i;
    }
    if (i == choice.size()) return found;
    set(all, i, choice[i]);
  }
}

// Each outcome where the stated facts are as they are, but for the chosen; with a number that tells the choices of the chosen apart.
template <class Visit>
void Outcomes::each(unsigned chosen, Visit visit) {
  const std::vector<char>& outcomes = table(chosen);
  std::vector<int> choice(record_.open.size(), 0);
  for (const char outcome : outcomes) {
    bool is_so = true;
    std::size_t key = 0;
    for (std::size_t i = 0; i < choice.size(); ++i) {
      const Open& open = record_.open[i];
      if (chosen & (1u << i)) {
        key = key * at(open.size()) + at(choice[i]);
      } else if (open.stated && choice[i] != open.now) {
        is_so = false;
      }
    }
    if (is_so) visit(key, outcome != 0);
    for (std::size_t i = 0; i < choice.size(); ++i) {
      if (++choice[i] < record_.open[i].size()) break;
      choice[i] = 0;
    }
  }
}

Outcomes::Seen Outcomes::seen() {
  Seen seen;
  each(0,
       [&](std::size_t, bool met) { (met ? seen.met : seen.not_met) = true; });
  return seen;
}

bool Outcomes::turns_on(std::size_t index) {
  // Choices of all other missing facts, told apart; does any see both?
  const std::vector<char>& outcomes = table(0);
  std::size_t stride = 1;
  for (std::size_t i = 0; i < index; ++i) stride *= at(record_.open[i].size());
  const std::size_t size = at(record_.open[index].size());
  std::vector<int> choice(record_.open.size(), 0);
  for (std::size_t n = 0; n < outcomes.size(); ++n) {
    bool is_so = choice[index] == 0;
    for (std::size_t i = 0; i < choice.size(); ++i) {
      const Open& open = record_.open[i];
      is_so = is_so && (!open.stated || choice[i] == open.now);
    }
    for (std::size_t k = 1; is_so && k < size; ++k) {
      if (outcomes[n + k * stride] != outcomes[n]) return true;
    }
    for (std::size_t i = 0; i < choice.size(); ++i) {
      if (++choice[i] < record_.open[i].size()) break;
      choice[i] = 0;
    }
  }
  return false;
}

bool Outcomes::ends_decide(CriterionId id) {
  const DraftCriterion& node = rule_.draft.rule.criteria[at(id)];
  const auto op = node.op;
  if (node.values.size() < 2) return true;
  const DraftValue& left_node = rule_.draft.rule.values[at(node.values[0])];
  const bool is_code =
      left_node.op == ValueOp::fact &&
      (left_node.name.rfind("ordered", 0) == 0 ||
       left_node.name.rfind("code", 0) == 0 || left_node.name == "text" ||
       left_node.name.rfind("bool", 0) == 0);
  bool met = false, not_met = false, varies = false;
  std::optional<std::optional<Plain>> first;
  struct Sides {
    bool below = true, above = true, same = true;
  };
  std::vector<Sides> sides(node.values.size());
  bool ends_wrong = true;
  Completion all = record_.base;
  for (std::size_t i = 0; i < record_.open.size(); ++i) {
    const Open& open = record_.open[i];
    if (!open.stated) set(all, i, 0);
  }
  std::vector<int> choice(record_.open.size(), 0);
  while (true) {
    (oracle_.holds(id, all) ? met : not_met) = true;
    if (met && not_met) return true;
    const auto left = oracle_.value(node.values[0], all);
    if (!first) first = left;
    varies = varies || *first != left;
    for (std::size_t i = 1; i < node.values.size() && left; ++i) {
      if (op == CriterionOp::is_one_of && is_code) break;
      const auto right = oracle_.value(node.values[i], all);
      if (!right) continue;
      sides[i].below = sides[i].below && *left < *right;
      sides[i].above = sides[i].above && *left > *right;
      sides[i].same = sides[i].same && *left == *right;
      if (op == CriterionOp::between && i == 2) {
        ends_wrong = ends_wrong && *right < *oracle_.value(node.values[1], all);
      }
    }
    std::size_t i = 0;
    for (; i < choice.size(); ++i) {
      if (record_.open[i].stated) continue;
      if (++choice[i] < record_.open[i].size()) break;
      choice[i] = 0;
      set(all, i, 0);
    }
    if (i == choice.size()) break;
    set(all, i, choice[i]);
  }
  if (is_code) return !varies;
  const auto one_sided = [](const Sides& of) {
    return of.below || of.above || of.same;
  };
  switch (op) {
    case CriterionOp::is:
    case CriterionOp::is_not:
      return one_sided(sides[1]);
    case CriterionOp::is_one_of:
      return met ? !varies
                 : std::all_of(sides.begin() + 1, sides.end(), one_sided);
    case CriterionOp::between:
      return met || sides[1].below || sides[2].above || ends_wrong;
    default:
      return true;
  }
}

bool Outcomes::forced_by(unsigned chosen) {
  std::map<std::size_t, bool> all_met;
  each(chosen, [&](std::size_t key, bool met) {
    const auto [found, is_new] = all_met.emplace(key, met);
    if (!is_new) found->second = found->second && met;
  });
  return std::any_of(all_met.begin(), all_met.end(),
                     [](const auto& entry) { return entry.second; });
}

bool Outcomes::met_by(unsigned chosen) {
  bool found = false;
  each(chosen, [&](std::size_t, bool met) { found = found || met; });
  return found;
}

}  // namespace sendcheck
