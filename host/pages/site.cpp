#include "pages/site.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "pages/template.hpp"

namespace sendcheck::pages {
namespace {

using List = std::vector<Fields>;

// A list that a template may also ask whether it is there at all.
void set_list(Fields& fields, const std::string& name, List items) {
  fields.texts["has_" + name] = items.empty() ? "" : "yes";
  fields.lists[name] = std::move(items);
}

List texts(const std::vector<std::string>& lines) {
  List list;
  for (const std::string& line : lines) list.push_back({{{"text", line}}, {}});
  return list;
}

Fields criterion(const CriterionInWords& words) {
  Fields fields{{{"text", words.text},
                 {"group", words.group},
                 {"exactly", words.exactly},
                 {"source", words.source},
                 {"unconfirmed", words.unconfirmed}},
                {}};
  List parts;
  for (const CriterionInWords& part : words.parts) {
    parts.push_back(criterion(part));
  }
  set_list(fields, "parts", std::move(parts));
  return fields;
}

// "All of these:" above a list of its parts; a criterion of one piece alone.
Fields criteria(const CriterionInWords& whole, std::string lead) {
  Fields fields;
  if (!whole.group.empty()) {
    lead = lead.empty() ? capitalised(whole.group) : lead + ", " + whole.group;
  }
  for (const CriterionInWords& part : whole.parts) {
    fields.lists["criteria"].push_back(criterion(part));
  }
  if (!lead.empty()) lead += ":";
  fields.texts["lead"] = std::move(lead);
  return fields;
}

List actions(const std::vector<ActionInWords>& all) {
  List list;
  for (const ActionInWords& action : all) {
    std::string text = action.text;
    if (!text.ends_with('.')) text += ".";
    list.push_back({{{"text", text},
                     {"to", action.to},
                     {"by", action.by},
                     {"when", capitalised(action.when)}},
                    {}});
  }
  return list;
}

Fields table(const ValueInWords& value) {
  Fields fields{{{"name", value.name}, {"caption", capitalised(value.label)}},
                {}};
  List& columns = fields.lists["columns"];
  for (const TableInWords::Column& column : value.table->columns) {
    columns.push_back({{{"heading", column.heading},
                        {"number", column.is_number ? "yes" : ""}},
                       {}});
  }
  List& rows = fields.lists["rows"];
  for (const auto& row : value.table->rows) {
    Fields& cells = rows.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) {
      cells.lists["cells"].push_back(
          {{{"text", row[c]},
            {"first", c == 0 ? "yes" : ""},
            {"number", value.table->columns[c].is_number ? "yes" : ""}},
           {}});
    }
  }
  return fields;
}

void set_source(Fields& fields, const std::string& source,
                const std::string& title, const std::string& url) {
  const std::size_t mark = source.find('#');
  fields.texts["source_title"] = title.empty() ? source : title;
  fields.texts["href"] = url;
  fields.texts["clause"] =
      mark == std::string::npos ? "" : source.substr(mark + 1);
}

Fields value_fields(const ValueInWords& value, bool table_elsewhere) {
  Fields fields{{{"name", value.name},
                 {"label", capitalised(value.label)},
                 {"missing", value.given ? "" : "yes"},
                 {"given", value.given ? "yes" : ""},
                 {"value", value.value},
                 {"elsewhere", table_elsewhere ? "yes" : ""},
                 {"unconfirmed", value.unconfirmed},
                 {"edition", value.origin.edition},
                 {"since", value.since ? value.since->in_words() : ""},
                 {"approved_by", value.origin.approved_by},
                 {"note", value.note},
                 {"replaced", value.replaced}},
                {{"tables", {}}}};
  set_source(fields, value.origin.source, value.origin.source_title,
             value.origin.source_url);
  const auto approved = Date::parse(value.origin.approved_on);
  fields.texts["approved_on"] = approved ? approved->in_words() : "";
  List readings;
  for (const EffectiveParameter::Reading& reading : value.readings) {
    Fields& other = readings.emplace_back();
    other.texts["value"] = reading.value;
    set_source(other, reading.source, reading.source_title, reading.source_url);
  }
  set_list(fields, "readings", std::move(readings));
  if (value.table && !table_elsewhere) {
    fields.lists["tables"].push_back(table(value));
  }
  return fields;
}

class Site {
 public:
  explicit Site(const PublishedRules& published)
      : published_(published),
        site_title_("SEND support in " + published.place +
                    ": the rules in plain English") {}

  std::vector<FolderFile> files() const {
    std::vector<FolderFile> files;
    files.push_back({"index.html", index()});
    files.push_back({"questions.html", questions()});
    files.push_back({"style.css", std::string(template_text("style.css"))});
    for (const RulePage& rule : published_.rules) {
      files.push_back({"rules/" + file_of(rule.id), page(rule)});
    }
    return files;
  }

 private:
  // An id holds lower-case letters, digits and hyphens; what else a plugin may have put into one shall not lead out of the folder.
  static std::string file_of(const std::string& id) {
    constexpr const char* digits = "0123456789abcdef";
    std::string name;
    for (const char c : id) {
      const auto byte = static_cast<unsigned char>(c);
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
        name += c;
      } else {
        name += '_';
        name += digits[byte / 16];
        name += digits[byte % 16];
      }
    }
    return name + ".html";
  }

  Fields begun(const std::string& title, const char* root) const {
    Fields fields;
    fields.texts = {{"root", root},
                    {"site_title", site_title_},
                    {"page_title",
                     title.empty() ? site_title_ : title + " - " + site_title_},
                    {"place", published_.place},
                    {"as_of", published_.as_of.in_words()},
                    {"version", published_.version},
                    {"protected_words", protected_words()}};
    return fields;
  }

  static Fields edition_fields(const Edition& edition) {
    return {{{"id", edition.id}, {"hash", edition.hash}}, {}};
  }

  std::string protected_words() const {
    return published_.protected_unread.empty()
               ? ""
               : "No rule here reads a pupil's " +
                     join_in_words(published_.protected_unread, " or ") + ".";
  }

  std::string index() const {
    Fields fields = begun("", "");
    std::size_t open = 0;
    List groups, ended;
    for (const Topic& topic : topics()) {
      Fields group{
          {{"id", topic.id}, {"title", topic.title}, {"about", topic.about}},
          {}};
      List& rules = group.lists["rules"];
      for (const RulePage& rule : published_.rules) {
        if (rule.kind != topic.kind) continue;
        if (rule.status == RuleInForce::Status::closed) continue;
        rules.push_back({{{"file", file_of(rule.id)},
                          {"title", rule.title},
                          {"whose", whose(rule)},
                          {"doubt", rule.has_unconfirmed() ? "yes" : ""},
                          {"summary", rule.summary}},
                         {}});
      }
      std::stable_sort(rules.begin(), rules.end(),
                       [](const Fields& a, const Fields& b) {
                         return a.texts.at("title") < b.texts.at("title");
                       });
      group.texts["number"] = std::to_string(rules.size());
      open += rules.size();
      if (!rules.empty()) groups.push_back(std::move(group));
    }
    for (const RulePage& rule : published_.rules) {
      if (rule.status != RuleInForce::Status::closed) continue;
      ended.push_back({{{"file", file_of(rule.id)},
                        {"title", rule.title},
                        {"refer_to", rule.closed_refer_to}},
                       {}});
    }
    fields.texts["count"] =
        std::to_string(open) + (open == 1 ? " rule" : " rules");
    fields.texts["no_own"] = published_.has_own_editions() ? "" : "yes";
    set_list(fields, "groups", std::move(groups));
    set_list(fields, "ended", std::move(ended));
    List editions;
    for (const Edition* edition : published_.editions) {
      editions.push_back(edition_fields(*edition));
    }
    set_list(fields, "editions", std::move(editions));
    return filled("index.html", fields, Escaping::html);
  }

  std::string questions() const {
    Fields fields = begun("How to question a recommendation", "");
    set_list(fields, "editions", {});
    return filled("questions.html", fields, Escaping::html);
  }

  std::string whose(const RulePage& rule) const {
    if (rule.is_local) return "(" + published_.place + ")";
    return std::any_of(rule.editions.begin(), rule.editions.end(),
                       [](const Edition* edition) {
                         return edition->layer != Layer::national;
                       })
               ? "(national, with values of " + published_.place + ")"
               : "(national)";
  }

  std::string whose_at_length(const RulePage& rule) const {
    std::string words =
        rule.is_local ? published_.place + "'s own." : "A national rule.";
    if (rule.authority != Authority::national) {
      words += " What counts is the authority where the ";
      words += rule.authority == Authority::home ? "pupil lives."
                                                 : "school or setting is.";
    }
    return words;
  }

  std::string in_force(const RulePage& rule) const {
    std::string words;
    for (const Edition* edition : rule.editions) {
      if (!words.empty()) words += " ";
      words += edition->title + ": from " + edition->from.in_words();
      if (edition->last_day) {
        words += " to " + edition->last_day->in_words();
      } else if (!edition->runs_on_because.empty()) {
        words += ", with no end so far. " + edition->runs_on_because;
      }
      if (!words.ends_with('.')) words += ".";
    }
    return words;
  }

  std::string page(const RulePage& rule) const {
    const bool is_closed = rule.status == RuleInForce::Status::closed;
    Fields fields = begun(rule.title, "../");
    auto& text = fields.texts;
    text["title"] = rule.title;
    text["summary"] = rule.summary;
    text["kind"] = kind_in_words(rule.kind);
    text["whose_long"] = whose_at_length(rule);
    text["in_force"] = in_force(rule);
    text["decides"] = capitalised(rule.on_met_refer_to);
    text["goes_to"] = capitalised(rule.refer_to);
    text["closed"] = is_closed ? rule.closed_refer_to : "";
    text["doubt"] = rule.has_unconfirmed() ? "yes" : "";
    text["dates_doubt"] =
        rule.dates_unconfirmed ? rule.dates_unconfirmed_because : "";
    text["everybody"] = rule.about ? "" : "yes";
    text["source"] = rule.source;
    fields.lists["about"] =
        rule.about ? List{criteria(*rule.about, "")} : List{};
    fields.lists["met"] = {criteria(rule.met_when, "")};
    set_list(fields, "documents", texts(rule.documents));
    set_list(fields, "facts", texts(rule.facts));
    set_list(fields, "evidence_actions", actions(rule.if_evidence));
    set_list(fields, "met_actions", actions(rule.if_met));
    set_list(fields, "refer_actions", actions(rule.if_referred));
    set_list(fields, "payments", payments(rule));
    text["deadline"] = rule.deadline;
    text["deadline_basis"] = rule.deadline_basis;
    person_decides(rule, fields);
    set_list(fields, "limits", texts(rule.limits));
    if (!rule.reads_protected.empty()) {
      std::string words = "It reads ";
      for (const auto& [label, why] : rule.reads_protected) {
        words += label + " (" + why + ") ";
      }
      text["protected_words"] = words + "and no other such characteristic.";
    }
    values(rule, fields);
    text["before"] = rule.changes.empty() ? "" : rule.before;
    text["before_in_words"] = rule.before_in_words;
    set_list(fields, "changes", texts(rule.changes));
    List editions;
    for (const Edition* edition : rule.editions) {
      editions.push_back(edition_fields(*edition));
    }
    editions.push_back(
        {{{"id", "the rule itself, " + rule.id + " " + rule.plugin_version},
          {"hash", rule.plugin_hash}},
         {}});
    set_list(fields, "editions", std::move(editions));
    fields.lists["sections"] = sections(fields);
    return filled("rule.html", fields, Escaping::html);
  }

  static List payments(const RulePage& rule) {
    List list;
    for (const PaymentInWords& payment : rule.payments) {
      list.push_back({{{"when", capitalised(payment.when)},
                       {"amount", payment.amount},
                       {"period", payment.period},
                       {"because", payment.because}},
                      {}});
    }
    return list;
  }

  static void person_decides(const RulePage& rule, Fields& fields) {
    std::vector<std::string> handed;
    if (!rule.on_met_refer_to.empty()) {
      handed.push_back("Where the criteria look met: " + rule.on_met_refer_to +
                       " decides.");
    }
    if (rule.status == RuleInForce::Status::closed) {
      handed.push_back("Every pupil, since the scheme has ended.");
    }
    if (rule.looks_up) {
      handed.push_back(
          "What is looked up lies outside its table. Nothing is worked out "
          "from the rows beside it.");
    }
    handed.push_back(
        "The outcome hangs on something whose source is not confirmed.");
    fields.lists["handed"] = texts(handed);
    fields.lists["refer"] =
        rule.refer_when
            ? List{criteria(*rule.refer_when,
                            "And where it is not met, but this is so")}
            : List{};
    set_list(fields, "judgements", texts(rule.judgements));
  }

  // Each table once: where the money or the date is, else beside its source.
  static void values(const RulePage& rule, Fields& fields) {
    std::vector<std::string> of_payments;
    for (const PaymentInWords& payment : rule.payments) {
      of_payments.insert(of_payments.end(), payment.tables.begin(),
                         payment.tables.end());
    }
    const auto names = [](const std::vector<std::string>& all,
                          const std::string& name) {
      return std::find(all.begin(), all.end(), name) != all.end();
    };
    List list, pay_tables, date_tables;
    for (const ValueInWords& value : rule.values) {
      const bool pays = value.table && names(of_payments, value.name);
      const bool dates = value.table && names(rule.deadline_tables, value.name);
      if (pays) {
        pay_tables.push_back(table(value));
      } else if (dates) {
        date_tables.push_back(table(value));
      }
      list.push_back(value_fields(value, pays || dates));
    }
    set_list(fields, "values", std::move(list));
    fields.lists["pay_tables"] = std::move(pay_tables);
    fields.lists["date_tables"] = std::move(date_tables);
  }

  // What stands on the page, for its list of contents.
  static List sections(const Fields& fields) {
    struct Section {
      const char *id, *title, *list;
    };
    List list;
    for (const Section& section : std::initializer_list<Section>{
             {"who", "Who it is for", nullptr},
             {"asked", "What is asked", nullptr},
             {"evidence", "The evidence to give", nullptr},
             {"pays", "What it pays", "payments"},
             {"dates", "Dates and deadlines", nullptr},
             {"next", "What to do when it looks met", "met_actions"},
             {"person", "When a person decides", nullptr},
             {"limits", "What it does not look at", nullptr},
             {"values", "Where each value comes from", "values"},
             {"changed", "What changed", nullptr},
             {"rights", "How to question a recommendation", nullptr}}) {
      if (section.list && fields.lists.at(section.list).empty()) continue;
      list.push_back({{{"id", section.id}, {"title", section.title}}, {}});
    }
    return list;
  }

  const PublishedRules& published_;
  std::string site_title_;
};

}  // namespace

std::vector<FolderFile> make_site(const PublishedRules& published) {
  return Site(published).files();
}

}  // namespace sendcheck::pages
