#include "pages/atrs_entries.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace sendcheck::pages {
namespace {

bool is_open(const RulePage& rule) {
  return rule.status != RuleInForce::Status::closed;
}

class Record {
 public:
  Record(const PublishedRules& published, const RecordFigures& figures)
      : published_(published), figures_(figures) {}

  RecordTier overview() const {
    return {"Tier 1: a short overview for the public",
            {{"",
              {{"Name",
                "sendcheck, with the rules in force for " + published_.place +
                    " on " + published_.as_of.in_words(),
                {},
                ""},
               {"What it is, in short",
                "sendcheck reads a school's or setting's record of a pupil "
                "with special educational needs or a disability and compares "
                "it with published rules: " +
                    rules_by_topic() +
                    ". For each rule it says whether the criteria look met, "
                    "are not met, need evidence, or are for a person to "
                    "judge; with the reasons, the source of each value, the "
                    "amount and the date. It recommends. A named person "
                    "decides, and can decide otherwise.",
                {},
                ""},
               {"Why it is used", "", {}, "why, in two or three sentences"},
               {"Where to read more",
                "Every rule stands on a page in plain English, with its "
                "values, their sources and how to question a "
                "recommendation.",
                {},
                "the address of these pages"},
               {"Contact", "", {}, "a team's name and its e-mail address"}}}}};
  }

  RecordTier detail() const {
    return {"Tier 2: in detail",
            {owner(), description(), process(), specification(), risks()}};
  }

 private:
  std::string rules_by_topic() const {
    std::vector<std::string> parts;
    for (const Topic& topic : topics()) {
      const auto number =
          std::count_if(published_.rules.begin(), published_.rules.end(),
                        [&](const RulePage& rule) {
                          return is_open(rule) && rule.kind == topic.kind;
                        });
      if (number > 0) {
        parts.push_back(std::to_string(number) + " on " +
                        to_lower(topic.title));
      }
    }
    return parts.empty() ? "none in force" : join_in_words(parts);
  }

  static RecordSection owner() {
    return {"Owner and responsibility",
            {{"Organisation and team",
              "",
              {},
              "the organisation, the team, and the senior responsible owner"},
             {"Supplier",
              "sendcheck is free software under the MIT licence. It runs on "
              "its user's own machine, needs no network, and sends nothing to "
              "anybody: no supplier takes part in its use.",
              {},
              "who installs and looks after it, and any contract for that"},
             {"Who answers for the rules",
              "Each edition of the rules names who approved it and on which "
              "day; the pages show it beside each value.",
              {},
              "who approves the authority's own editions"}}};
  }

  static RecordSection description() {
    return {"Description and rationale",
            {{"What it does",
              "A rule is a tree of criteria over the facts of the record. "
              "Each criterion is met, not met or not known; a fact that the "
              "record does not state is not known, and never counts as a no. "
              "The values that the criteria compare with come from dated "
              "editions: national, authority, school.",
              {},
              ""},
             {"What it does not do",
              "It makes no decision, ranks nobody, predicts nothing and "
              "learns from no data. There is no model in it: the rules are "
              "written by people and can be read.",
              {},
              ""},
             {"Intended benefit",
              "The same rule for every pupil; the reasons for every outcome, "
              "above all for a no; what is missing, named in time; and a log "
              "that shows later what was recommended, why, and what a person "
              "decided.",
              {},
              "what the authority hopes for, and how it will tell"},
             {"How it was done before, and what else was considered",
              "",
              {},
              "the process before, and the alternatives"}}};
  }

  RecordSection process() const {
    const auto judged =
        std::count_if(published_.rules.begin(), published_.rules.end(),
                      [](const RulePage& rule) {
                        return is_open(rule) && !rule.judgements.empty();
                      });
    return {
        "Decision-making process",
        {{"Its part in the decision",
          "The recommendation and its reasons are given to a person who "
          "decides. What hangs on a value that is not confirmed, lies outside "
          "a table, or belongs to a scheme that has ended is handed to a "
          "person without a recommendation.",
          {},
          "who decides, for each kind of rule"},
         {"What the person sees",
          "Each criterion with what was found, what was needed and by which "
          "clause; what is missing; each value with its source; and the "
          "nearest way to a yes.",
          {},
          ""},
         {"Human decision and review",
          "The person's decision is recorded beside the recommendation: "
          "accepted or departed from, by whom, with reasons in their own "
          "words. " +
              std::to_string(judged) +
              " of the rules rest in part on a question that only a named "
              "person answers.",
          {},
          "how often decisions are looked at again, and by whom"},
         {"Training", "", {}, "what users are taught before they use it"},
         {"How often it is used, and for how many",
          "",
          {},
          "pupils checked and decisions made in a year"},
         {"Appeals and complaints",
          "The pages say how to ask why, put a fact right, ask a person to "
          "look again, and take it further.",
          {},
          "the authority's own routes, with names and times"}}};
  }

  RecordSection specification() const {
    RecordSection section{"Tool specification and data", {}};
    auto& entries = section.entries;
    entries.push_back(
        {"The tool",
         "sendcheck " + published_.version +
             ": a program on the user's machine. Rules are plugins that run "
             "in a sandbox without files, network or another pupil's data. "
             "The same record, rules and day give the same result, and a "
             "decision can be made again from what was kept.",
         {},
         "where it runs, and since when"});
    RecordEntry rules{"The rules", "", {}, ""};
    for (const RulePage& rule : published_.rules) {
      rules.items.push_back(
          rule.title + " (" + rule.id + " " + rule.plugin_version + ", " +
          (rule.editions.empty() ? "" : rule.editions.back()->id + ", ") +
          (!is_open(rule)           ? "ended"
           : rule.has_unconfirmed() ? "in force, not all confirmed"
                                    : "in force") +
          ")");
    }
    entries.push_back(std::move(rules));
    RecordEntry editions{"The editions that give their values", "", {}, ""};
    for (const Edition* edition : published_.editions) {
      editions.items.push_back(edition->title + " (" + edition->id + ", " +
                               edition->hash + ")");
    }
    entries.push_back(std::move(editions));
    entries.push_back({"Sources of the values", "", sources(), ""});
    entries.push_back({"Data that the rules read",
                       std::to_string(figures_.facts.size()) +
                           " kinds of facts from the pupil's record: " +
                           join_in_words(figures_.facts) + ".",
                       {},
                       "which system the records come from"});
    entries.push_back(
        {"Special-category data among them",
         figures_.special_category.empty()
             ? "None."
             : capitalised(join_in_words(figures_.special_category)) + ".",
         {},
         "the lawful basis and the condition"});
    entries.push_back({"Protected characteristics", protected_words(), {}, ""});
    entries.push_back(
        {"Storage and retention",
         "Records and decisions are kept on the user's machine, encrypted "
         "under a key for each pupil. Erasing a pupil destroys the key; the "
         "log stays whole.",
         {},
         "how long, and who has access"});
    entries.push_back(
        {"Tests",
         std::to_string(figures_.cases) +
             " worked cases of these rules, each a sentence with facts and "
             "what must come out, were run when this record was made: " +
             std::to_string(figures_.cases_as_expected) +
             " came out as they should.",
         {},
         ""});
    return section;
  }

  std::vector<std::string> sources() const {
    std::map<std::string, std::string> urls;  // by title
    for (const RulePage& rule : published_.rules) {
      for (const ValueInWords& value : rule.values) {
        if (!value.origin.source_title.empty()) {
          urls.try_emplace(value.origin.source_title, value.origin.source_url);
        }
      }
    }
    std::vector<std::string> items;
    for (const auto& [title, url] : urls) {
      items.push_back(url.empty() ? title : title + ": " + url);
    }
    return items;
  }

  std::string protected_words() const {
    std::string words;
    if (!published_.protected_unread.empty()) {
      words = "No rule reads a pupil's " +
              join_in_words(published_.protected_unread, " or ") +
              ". They are for equality monitoring alone.";
    }
    for (const RulePage& rule : published_.rules) {
      for (const auto& [label, why] : rule.reads_protected) {
        words += (words.empty() ? "" : " ") + std::string("\"") + rule.title +
                 "\" reads " + label + ": " + why;
        if (!words.ends_with('.')) words += '.';
      }
    }
    return words;
  }

  RecordSection risks() const {
    const auto doubtful =
        std::count_if(published_.rules.begin(), published_.rules.end(),
                      [](const RulePage& rule) {
                        return is_open(rule) && rule.has_unconfirmed();
                      });
    return {
        "Risks and impact assessments",
        {{"Data protection impact assessment",
          "",
          {},
          "its reference, its date and where to read it"},
         {"Equality impact assessment",
          "",
          {},
          "its reference, its date, and how outcomes are watched across "
          "groups"},
         {"Risks that are known, and what is done",
          "",
          {"A source is wrong, out of date or contradicts another: each value "
           "names its source and both readings are shown; " +
               std::to_string(doubtful) +
               " of the rules hold something that is not confirmed, and what "
               "hangs on that goes to a person.",
           "A local threshold takes the place of the legal test: the pages "
           "say that it does not, and the person decides on the whole case.",
           "A fact is missing: it counts as not known, is named, and can be "
           "supplied.",
           "People follow the recommendation without thinking: the reasons of "
           "a decision are the person's own, and departures are on record.",
           "A decision is changed afterwards: the log is a signed hash tree, "
           "and a change shows against a checkpoint kept elsewhere."},
          "risks of the authority's own, and what it does about them"}}};
  }

  const PublishedRules& published_;
  const RecordFigures& figures_;
};

}  // namespace

std::vector<RecordTier> record_tiers(const PublishedRules& published,
                                     const RecordFigures& figures) {
  const Record record(published, figures);
  return {record.overview(), record.detail()};
}

}  // namespace sendcheck::pages
