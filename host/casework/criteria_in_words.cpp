#include "casework/criteria_in_words.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::string words_of(const CriterionNode& node, std::size_t parts) {
  switch (node.op) {
    case CriterionOp::any:
      return parts == 1 ? "" : "any of these";
    case CriterionOp::none:
      return parts == 1 ? "this is not so" : "none of these";
    case CriterionOp::at_least_of:
      return "at least " + std::to_string(node.n) + " of these";
    default:
      return parts == 1 ? "" : "all of these";
  }
}

bool has_own_words(const CriterionNode& node) {
  return !node.because.empty() || !node.label.empty();
}

}  // namespace

std::optional<Truth> CriteriaInWords::settled(CriterionId id) const {
  return settled_.empty() ? std::nullopt : settled_[at(id)];
}

bool CriteriaInWords::is_never(CriterionId id) const {
  return id >= 0 && settled(id) == Truth::not_met;
}

bool CriteriaInWords::is_always(CriterionId id) const {
  return id < 0 || settled(id) == Truth::met;
}

CriterionInWords CriteriaInWords::whole(CriterionId criterion) {
  CriterionInWords root;
  const CriterionNode& node = rule_.tree.criteria[at(criterion)];
  const bool is_group =
      node.op == CriterionOp::all || node.op == CriterionOp::any;
  if (!is_group || has_own_words(node) || !node.source.empty()) {
    say(criterion, {}, root.parts);
    return root;
  }
  const auto parts = open_parts(node);
  root.group = words_of(node, parts.size());
  for (const CriterionId part : parts) say(part, node.op, root.parts);
  if (parts.empty())
    root.parts.emplace_back().text = "it stands so for every pupil";
  return root;
}

// A group whose author has said in a sentence what its parts come to.
bool CriteriaInWords::is_said_whole(const CriterionNode& node) const {
  if (node.because.empty()) return false;
  return std::all_of(
      node.children.begin(), node.children.end(), [&](CriterionId child) {
        const CriterionNode& part = rule_.tree.criteria[at(child)];
        return !has_own_words(part) && part.source.empty();
      });
}

// What is left to ask of a pupil, of the parts of a group.
std::vector<CriterionId> CriteriaInWords::open_parts(
    const CriterionNode& node) const {
  std::vector<CriterionId> open;
  for (const CriterionId child : node.children) {
    if (!settled(child) || is_worth_a_line(child)) {
      open.push_back(child);
    }
  }
  return open;
}

// Settled, and yet its author gave it a name that a reader will look for.
bool CriteriaInWords::is_worth_a_line(CriterionId id) const {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  return !node.children.empty() && node.list < 0 && has_own_words(node);
}

// Of a group that the edition settles: by which of its parts.
std::string CriteriaInWords::settled_because(const CriterionNode& node,
                                             Truth truth) const {
  if (node.op == CriterionOp::none) {
    return truth == Truth::met ? "so under this edition"
                               : "not under this edition";
  }
  for (const CriterionId child : node.children) {
    const auto part = settled(child);
    if (!part) continue;
    if (*part != truth) continue;
    const CriterionNode& deciding = rule_.tree.criteria[at(child)];
    const std::string words = describer_.label(child);
    if (truth == Truth::met) return words;
    return "not under this edition" +
           (deciding.because.empty() ? ""
                                     : " (it is not so that " + words + ")");
  }
  return truth == Truth::met ? "so for every pupil" : "not under this edition";
}

void CriteriaInWords::say(CriterionId id, std::optional<CriterionOp> among,
                          std::vector<CriterionInWords>& into) {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  const std::string named = !node.because.empty() ? node.because
                            : node.op == CriterionOp::judgement
                                ? "a named person answers yes: " + node.label
                                : node.label;
  if (settled(id) && is_worth_a_line(id)) {
    CriterionInWords& words = into.emplace_back();
    words.text = named + ": " + settled_because(node, *settled(id));
    words.source = node.source;
    return;
  }
  const bool is_group = !node.children.empty() && node.list < 0;
  if (!is_group || is_said_whole(node) || is_denial(node)) {
    into.push_back(leaf(id, named));
    return;
  }
  const auto parts = open_parts(node);
  const std::string group = words_of(node, parts.size());
  const bool is_among_its_own =
      among == node.op &&
      (node.op == CriterionOp::all || node.op == CriterionOp::any);
  if (named.empty() && (group.empty() || is_among_its_own) &&
      node.source.empty() && node.unconfirmed.empty()) {
    for (const CriterionId part : parts) say(part, node.op, into);
    return;
  }
  CriterionInWords words;
  words.text = named;
  words.source = node.source;
  if (!named.empty() && was_said(id)) {
    words.text += ": as above";
  } else {
    words.group = group;
    words.unconfirmed = unconfirmed(id);
    for (const CriterionId part : parts) say(part, node.op, words.parts);
  }
  into.push_back(std::move(words));
}

// Whether the same was said under the same name: then its name will do.
bool CriteriaInWords::was_said(CriterionId id) {
  return !said_.insert({rule_.tree.alike[at(id)], describer_.label(id)}).second;
}

// "rest breaks alone are not enough", in what is against it.
bool CriteriaInWords::is_denial(const CriterionNode& node) const {
  return node.op == CriterionOp::none && !node.because.empty() &&
         std::all_of(node.children.begin(), node.children.end(),
                     [&](CriterionId child) {
                       const CriterionNode& part =
                           rule_.tree.criteria[at(child)];
                       return part.children.empty() || part.list >= 0 ||
                              is_said_whole(part);
                     });
}

std::string CriteriaInWords::denied(const CriterionNode& node) {
  std::vector<std::string> parts;
  for (const CriterionId child : node.children) {
    parts.push_back(was_said(child) ? "“" + describer_.label(child) + "”"
                                    : describer_.criterion(child));
  }
  return (parts.size() == 1 ? "not so: " : "none of these is so: ") +
         join(parts, "; ");
}

CriterionInWords CriteriaInWords::leaf(CriterionId id,
                                       const std::string& named) {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  const bool denial = is_denial(node);
  const bool again = !denial && !named.empty() && was_said(id);
  const std::string exact = denial ? denied(node) : describer_.criterion(id);
  CriterionInWords words;
  words.text = named.empty() ? exact : named;
  words.source = node.source;
  words.unconfirmed = unconfirmed(id);
  if (!named.empty() && named != exact && !again &&
      node.op != CriterionOp::judgement && node.op != CriterionOp::test) {
    words.exactly = exact;
  }
  return words;
}

std::string CriteriaInWords::unconfirmed(CriterionId id) const {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  if (!node.unconfirmed.empty() || binding_ == nullptr ||
      at(id) >= binding_->unconfirmed_by.size() ||
      binding_->unconfirmed_by[at(id)] < 0) {
    return node.unconfirmed;
  }
  const EffectiveParameter* value =
      binding_->parameters[at(binding_->unconfirmed_by[at(id)])];
  return value != nullptr ? value->unconfirmed_because : std::string();
}

}  // namespace sendcheck
