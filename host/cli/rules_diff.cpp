#include "cli/rules_diff.hpp"

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/proposed_rules.hpp"
#include "cli/layout.hpp"
#include "json/writer.hpp"

namespace sendcheck::cli {
namespace {

constexpr const char* footer =
    R"(Examples:
  sendcheck rules diff 935-suffolk/2025-01-01 935-suffolk/2025-04-01
      two editions, by their ids (rules list names them)
  sendcheck rules diff 317-redbridge/2025-04-01
      an edition, and what it changes of the national rules that it stands on
  sendcheck rules diff rules build/my-rules/rules
      two folders of rules, with the plugins beside them
  sendcheck rules diff build/proposal
      a proposal (what changes, or the whole), and the current rules

First what differs in words; after each part, in the same order, where it stands.
Exit status: 0 whether or not anything differs; 2 an edition that is not there, or an
edition against a folder; 4 rules of either side that do not load.)";

void write_place(json::Writer& json, std::string_view name,
                 const Place& place) {
  json.key(name);
  if (place.file.empty()) {
    json.null();
    return;
  }
  json.begin_object().member("file", place.file);
  json.member_or_null("pointer", place.pointer).end_object();
}

std::string as_json(const std::string& a, const std::string& b,
                    const std::vector<DifferenceSection>& sections) {
  std::string out;
  json::Writer json(out, 2);
  json.begin_object().member("a", a).member_or_null("b", b);
  json.key("differ").boolean(!sections.empty()).key("sections").begin_array();
  for (const DifferenceSection& section : sections) {
    json.begin_object().member("title", section.title);
    json.member("about", section.is_plugin ? "plugin" : "edition");
    json.member_or_null("before", section.before);
    json.member_or_null("after", section.after);
    json.key("differences").begin_array();
    for (const Difference& difference : section.differences) {
      json.begin_object().member("what", name_of(difference.what));
      json.member_or_null("rule", difference.rule);
      json.member_or_null("parameter", difference.parameter);
      json.member("words", difference.words);
      json.member_or_null("before", difference.before);
      json.member_or_null("after", difference.after);
      json.key("places").begin_object();
      write_place(json, "before", difference.place_before);
      write_place(json, "after", difference.place_after);
      json.end_object().end_object();
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return out + "\n";
}

std::string in_words(const Place& place) {
  return place.file +
         (place.pointer.empty() ? std::string() : " " + place.pointer);
}

std::string places_in_words(const Difference& difference) {
  const std::string before = in_words(difference.place_before);
  const std::string after = in_words(difference.place_after);
  if (before.empty() || before == after) return after;
  if (after.empty()) return before;
  // The same place of another file is said once.
  if (difference.place_before.pointer == difference.place_after.pointer) {
    return difference.place_before.file + " → " + after;
  }
  return before + " → " + after;
}

}  // namespace

void RulesDiff::add(CLI::App& rules) {
  CLI::App* command = rules.add_subcommand(
      "diff",
      "What differs between two editions, two folders of rules, or an edition "
      "and what it stands on");
  command->footer(footer);
  command
      ->add_option("a", a_,
                   "an edition such as 884-herefordshire/2025-04-01, or a "
                   "folder of rules")
      ->required()
      ->check(stated());
  command->add_option("b", b_,
                      "another; without it: what the edition stands on, or the "
                      "current rules");
  desk_.add_rules_options(*command);
  command->add_option("--format", format_, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  command->callback([this] {
    desk_.status = desk_.with_rules(
        [this](const Workspace& current, Date) { return diff(current); });
  });
}

int RulesDiff::diff(const Workspace& current) {
  const bool a_is_folder = is_folder(a_);
  const bool b_is_folder = b_.empty() ? a_is_folder : is_folder(b_);
  if (a_is_folder && b_is_folder) return diff_folders(current);
  if (a_is_folder || (b_is_folder && find_edition(current, a_))) {
    const std::string& edition = a_is_folder ? b_ : a_;
    if (auto found = find_edition(current, edition); !found) {
      return desk_.fail(found.error());
    }
    return desk_.fail(
        {"diff.unlike",
         "One is a folder and the other an edition. Give two editions, or two "
         "folders; an edition of another folder is found with --rules.",
         {}});
  }
  return diff_editions(current);
}

int RulesDiff::diff_editions(const Workspace& current) {
  const auto a = find_edition(current, a_);
  if (!a) return desk_.fail(a.error());
  if (b_.empty()) {
    show(a_, {compare_with_layers_above(current, **a)});
    return done;
  }
  const auto b = find_edition(current, b_);
  if (!b) return desk_.fail(b.error());
  show(a_ + " → " + b_, {compare_editions(current, **a, current, **b)});
  return done;
}

int RulesDiff::diff_folders(const Workspace& current) {
  const auto open = [&](const std::string& folder) {
    return ProposedRules::open(folder, current.rules_folder(),
                               current.plugins_folder());
  };
  auto a = open(a_);
  if (!a) {
    desk_.fail(a.error());
    return not_loaded;
  }
  std::optional<ProposedRules> b;
  if (!b_.empty()) {
    auto opened = open(b_);
    if (!opened) {
      desk_.fail(opened.error());
      return not_loaded;
    }
    b.emplace(std::move(*opened));
  }
  // With one folder, the current rules come first: it is what is to come.
  const Workspace& before = b ? a->workspace() : current;
  const ProposedRules& later = b ? *b : *a;
  bool well = true;
  for (const Error& error : before.load_errors()) {
    *desk_.at.err << "sendcheck: "
                  << (b ? a->in_its_place(error) : error).to_string() << '\n';
    well = false;
  }
  for (const Error& error : later.workspace().load_errors()) {
    *desk_.at.err << "sendcheck: " << later.in_its_place(error).to_string()
                  << '\n';
    well = false;
  }
  if (!well) return not_loaded;
  std::vector<DifferenceSection> sections =
      compare_rules(before, later.workspace());
  for (DifferenceSection& section : sections) {
    for (Difference& difference : section.differences) {
      for (Place* place : {&difference.place_before, &difference.place_after}) {
        place->file = later.in_its_place(std::move(place->file));
        if (b) place->file = a->in_its_place(std::move(place->file));
      }
    }
  }
  show(b ? a_ + " → " + b_ : "the current rules → " + a_, sections);
  return done;
}

void RulesDiff::show(const std::string& title,
                     const std::vector<DifferenceSection>& sections) const {
  std::ostream& out = *desk_.at.out;
  std::vector<DifferenceSection> differing;
  for (const DifferenceSection& section : sections) {
    if (!section.differences.empty()) differing.push_back(section);
  }
  if (format_ == "json") {
    out << as_json(a_, b_, differing);
    return;
  }
  const auto line = [&](const std::string& text, std::size_t indent) {
    out << std::string(indent, ' ')
        << wrapped(text, desk_.at.columns, indent + 2) << '\n';
  };
  if (differing.empty()) {
    line(title + ": the same.", 0);
    return;
  }
  bool first = true;
  for (const DifferenceSection& section : differing) {
    if (!first) out << '\n';
    first = false;
    out << desk_.style.bold(section.title) << '\n';
    std::string rule;
    std::size_t number = 0;
    for (const Difference& difference : section.differences) {
      if (difference.rule != rule && !section.is_plugin) {
        rule = difference.rule;
        out << "  " << rule << '\n';
      }
      line(std::to_string(++number) + ". " + difference.words,
           difference.rule.empty() || section.is_plugin ? 2 : 4);
    }
    out << "  Where it stands:\n";
    // Rows of one table stand in one place: it is said once.
    const auto& all = section.differences;
    for (std::size_t from = 0; from < all.size();) {
      const std::string place = places_in_words(all[from]);
      std::size_t to = from + 1;
      while (to < all.size() && places_in_words(all[to]) == place) ++to;
      std::string numbers = std::to_string(from + 1);
      if (to - from > 1) numbers += " to " + std::to_string(to);
      line(desk_.style.faint(numbers + ". " + place), 4);
      from = to;
    }
  }
}

}  // namespace sendcheck::cli
