#include "cli/criteria_page.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace sendcheck::cli {
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

std::string source_of(const CriterionNode& node) {
  return node.source.empty() ? "" : " [" + node.source + "]";
}

}  // namespace

bool CriteriaPage::is_never(CriterionId id) const {
  return id >= 0 && settled_[at(id)] == Truth::not_met;
}

bool CriteriaPage::is_always(CriterionId id) const {
  return id < 0 || settled_[at(id)] == Truth::met;
}

void CriteriaPage::section(std::string_view title, CriterionId criterion) {
  const CriterionNode& node = rule_.tree.criteria[at(criterion)];
  const bool is_group =
      node.op == CriterionOp::all || node.op == CriterionOp::any;
  if (!is_group || has_own_words(node) || !node.source.empty()) {
    lines_.heading(std::string(title) + " this is so");
    write(criterion, PageLines::step);
    return;
  }
  const auto parts = open_parts(node);
  lines_.heading(parts.size() < 2 ? std::string(title) + " this is so"
                 : node.op == CriterionOp::all
                     ? std::string(title) + " all of this is so"
                     : std::string(title) + " any of this is so");
  for (const CriterionId part : parts) write(part, PageLines::step, node.op);
  if (parts.empty())
    lines_.line("it stands so for every pupil", PageLines::step);
}

bool CriteriaPage::has_own_words(const CriterionNode& node) const {
  return !node.because.empty() || !node.label.empty();
}

// A group whose author has said in a sentence what its parts come to.
bool CriteriaPage::is_said_whole(const CriterionNode& node) const {
  if (node.because.empty()) return false;
  return std::all_of(
      node.children.begin(), node.children.end(), [&](CriterionId child) {
        const CriterionNode& part = rule_.tree.criteria[at(child)];
        return !has_own_words(part) && part.source.empty();
      });
}

// What is left to ask of a pupil, of the parts of a group.
std::vector<CriterionId> CriteriaPage::open_parts(
    const CriterionNode& node) const {
  std::vector<CriterionId> open;
  for (const CriterionId child : node.children) {
    if (!settled_[at(child)] || is_worth_a_line(child)) {
      open.push_back(child);
    }
  }
  return open;
}

// Settled, and yet its author gave it a name that a reader will look for.
bool CriteriaPage::is_worth_a_line(CriterionId id) const {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  return !node.children.empty() && node.list < 0 && has_own_words(node);
}

// Of a group that the edition settles: by which of its parts.
std::string CriteriaPage::settled_because(const CriterionNode& node,
                                          Truth truth) const {
  if (node.op == CriterionOp::none) {
    return truth == Truth::met ? "so under this edition"
                               : "not under this edition";
  }
  for (const CriterionId child : node.children) {
    const auto part = settled_[at(child)];
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

void CriteriaPage::write(CriterionId id, std::size_t indent,
                         std::optional<CriterionOp> among) {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  const std::string named = !node.because.empty() ? node.because
                            : node.op == CriterionOp::judgement
                                ? "a named person answers yes: " + node.label
                                : node.label;
  if (settled_[at(id)] && is_worth_a_line(id)) {
    lines_.point(named + ": " + settled_because(node, *settled_[at(id)]) +
                     source_of(node),
                 indent);
    return;
  }
  const bool is_group = !node.children.empty() && node.list < 0;
  if (!is_group || is_said_whole(node) || is_denial(node)) {
    leaf(id, named, indent);
    return;
  }
  const auto parts = open_parts(node);
  const std::string words = words_of(node, parts.size());
  const bool is_among_its_own =
      among == node.op &&
      (node.op == CriterionOp::all || node.op == CriterionOp::any);
  if (named.empty() && (words.empty() || is_among_its_own) &&
      node.source.empty() && node.unconfirmed.empty()) {
    for (const CriterionId part : parts) write(part, indent, node.op);
    return;
  }
  if (!named.empty() && was_said(id)) {
    lines_.point(named + ": as above" + source_of(node), indent);
    return;
  }
  const std::string text = named.empty()   ? words
                           : words.empty() ? named
                                           : named + ": " + words;
  lines_.point(text + source_of(node) + (parts.empty() ? "" : ":"), indent);
  unconfirmed(node, indent + PageLines::step);
  for (const CriterionId part : parts)
    write(part, indent + PageLines::step, node.op);
}

// Whether the same was said under the same name: then its name will do.
bool CriteriaPage::was_said(CriterionId id) {
  return !said_.insert({rule_.tree.alike[at(id)], describer_.label(id)}).second;
}

// "rest breaks alone are not enough", in what is against it.
bool CriteriaPage::is_denial(const CriterionNode& node) const {
  return node.op == CriterionOp::none && !node.because.empty() &&
         std::all_of(node.children.begin(), node.children.end(),
                     [&](CriterionId child) {
                       const CriterionNode& part =
                           rule_.tree.criteria[at(child)];
                       return part.children.empty() || part.list >= 0 ||
                              is_said_whole(part);
                     });
}

std::string CriteriaPage::denied(const CriterionNode& node) {
  std::vector<std::string> parts;
  for (const CriterionId child : node.children) {
    parts.push_back(was_said(child) ? "“" + describer_.label(child) + "”"
                                    : describer_.criterion(child));
  }
  return (parts.size() == 1 ? "not so: " : "none of these is so: ") +
         join(parts, "; ");
}

void CriteriaPage::leaf(CriterionId id, const std::string& named,
                        std::size_t indent) {
  const CriterionNode& node = rule_.tree.criteria[at(id)];
  const bool denial = is_denial(node);
  const bool again = !denial && !named.empty() && was_said(id);
  const std::string exact = denial ? denied(node) : describer_.criterion(id);
  if (named.empty() || named == exact || again ||
      node.op == CriterionOp::judgement || node.op == CriterionOp::test) {
    lines_.point((named.empty() ? exact : named) + source_of(node), indent);
  } else {
    const std::string together = named + " (" + exact + ")" + source_of(node);
    if (indent + PageLines::step + width(together) <= lines_.columns()) {
      lines_.point(together, indent);
    } else {
      lines_.point(named + source_of(node), indent);
      lines_.line("(" + exact + ")", indent + PageLines::step);
    }
  }
  unconfirmed(node, indent + PageLines::step);
}

void CriteriaPage::unconfirmed(const CriterionNode& node, std::size_t indent) {
  if (node.unconfirmed.empty()) return;
  lines_.line("Not confirmed: " + as_point(node.unconfirmed), indent);
}

}  // namespace sendcheck::cli
