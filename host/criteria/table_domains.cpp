#include "criteria/table_domains.hpp"

#include <algorithm>

#include "criteria/decisions.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// Unbounded for whatever is worked out.
InputDomain domain_of(const ValueNode& node, const Catalogue& catalogue) {
  InputDomain domain;
  const FactSpec* spec = nullptr;
  if (node.op == ValueOp::fact) spec = &catalogue.scalars()[at(node.slot)];
  if (node.op == ValueOp::item) {
    spec = &catalogue.lists()[at(node.list)].fields[at(node.slot)];
  }
  if (!spec) return domain;
  domain.low = spec->minimum;
  domain.high = spec->maximum;
  if (spec->type != FactType::code) return domain;
  for (const CodeValue& code : catalogue.codes_of(*spec).codes) {
    if (!code.means_unknown) domain.codes.push_back(code.code);
  }
  return domain;
}

// No bound, and no codes: anything.
InputDomain either_of(InputDomain a, const InputDomain& b) {
  if (!a.low || !b.low) {
    a.low.reset();
  } else {
    a.low = std::min(*a.low, *b.low);
  }
  if (!a.high || !b.high) {
    a.high.reset();
  } else {
    a.high = std::max(*a.high, *b.high);
  }
  if (a.codes.empty() || b.codes.empty()) {
    a.codes.clear();
    return a;
  }
  for (const std::string& code : b.codes) {
    if (std::ranges::find(a.codes, code) == a.codes.end()) {
      a.codes.push_back(code);
    }
  }
  return a;
}

}  // namespace

std::map<std::string, InputDomain> input_domains(const Rule& rule,
                                                 const Catalogue& catalogue,
                                                 int parameter) {
  std::map<std::string, InputDomain> domains;
  for (const ValueNode& node : rule.tree.values) {
    if (node.parameter != parameter ||
        (node.op != ValueOp::look_up && !is_decision(node.op))) {
      continue;
    }
    for (std::size_t k = 0; k < node.keys.size(); ++k) {
      const InputDomain domain =
          domain_of(rule.tree.values[at(node.arguments[k])], catalogue);
      const auto known = domains.find(node.keys[k]);
      if (known == domains.end()) {
        domains.emplace(node.keys[k], domain);
      } else {
        known->second = either_of(known->second, domain);
      }
    }
  }
  return domains;
}

}  // namespace sendcheck
