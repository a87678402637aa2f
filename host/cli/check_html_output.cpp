// One page that stands alone: no script, no font, no picture from anywhere else; it opens from a memory stick and prints a pupil to a page.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "cli/check_digest.hpp"
#include "cli/check_output.hpp"
#include "cli/findings_text.hpp"
#include "cli/html.hpp"
#include "cli/page_style.hpp"
#include "cli/published_text.hpp"

namespace sendcheck::cli {
namespace {

std::string upper_case_result(Truth truth) {
  return truth == Truth::met       ? "met"
         : truth == Truth::not_met ? "not met"
                                   : "not known";
}

void write_reason(Html& html, const Reason& reason) {
  html.open("li");
  html.element("strong", upper_case_result(reason.result));
  html.text(" " + reason.label);
  if (!reason.have.empty() || !reason.need.empty()) {
    std::string found;
    if (!reason.have.empty()) found += "found: " + reason.have;
    if (!reason.need.empty()) {
      found +=
          std::string(found.empty() ? "" : "; ") + "needed: " + reason.need;
    }
    if (!reason.gap.empty()) found += " (" + reason.gap + ")";
    html.text(" ").element("span", found, "class=\"found\"");
  }
  if (!reason.source.empty()) {
    html.text(" ").element("span", "[" + reason.source + "]",
                           "class=\"found\"");
  }
  if (!reason.unconfirmed.empty()) {
    html.text(" ").element("em", "Not confirmed: " + reason.unconfirmed);
  }
  if (!reason.children.empty()) {
    html.open("ul", "class=\"reasons\"");
    for (const Reason& child : reason.children) write_reason(html, child);
    html.close("ul");
  }
  html.close("li");
}

// What needs somebody first.
int weight(const Decision& decision) {
  switch (decision.outcome) {
    case Outcome::error:
      return 0;
    case Outcome::not_met:
      return decision.kind == "statutory" ? 1 : 5;
    case Outcome::met:
      return 2;
    case Outcome::refer:
      return 3;
    case Outcome::needs_evidence:
      return 4;
    case Outcome::not_in_force:
    case Outcome::not_applicable:
      return 6;
  }
  return 6;
}

void write_decision(Html& html, const Decision& decision) {
  html.open("tr").open("td");
  html.element("span", in_words(decision.outcome),
               "class=\"tag " + std::string(name_of(decision.outcome)) + "\"");
  html.close("td").open("td");
  html.element("strong", decision.title);
  html.text(" " + decision.summary);
  if (decision.amount && !decision.amount->working.empty()) {
    html.open("ul");
    for (const WorkingLine& line : decision.amount->working) {
      html.element("li", line.label + ": " +
                             (line.value.empty() ? "not known" : line.value));
    }
    html.close("ul");
  }
  if (!decision.missing.empty() && decision.outcome != Outcome::met) {
    html.element("p", "Still missing:").open("ul");
    for (const MissingItem& item : decision.missing) {
      html.element("li", item.label);
    }
    html.close("ul");
  }
  for (const ActionItem& action : decision.actions) {
    html.element("p", "Next: " + action_in_words(action));
  }
  if (decision.reasons) {
    html.open("details").element("summary", "Why");
    html.open("ul", "class=\"reasons\"");
    for (const Reason& reason : decision.reasons->children) {
      write_reason(html, reason);
    }
    html.close("ul");
    if (!decision.parameters.empty()) {
      html.element("p", "Values in force:").open("ul");
      for (const Decision::Parameter& parameter : decision.parameters) {
        html.element(
            "li",
            parameter.name + ": " + parameter.value + " (" + parameter.origin +
                (parameter.source.empty() ? "" : ", " + parameter.source) +
                (parameter.unconfirmed ? ", not confirmed" : "") + ")");
      }
      html.close("ul");
    }
    html.close("details");
  }
  html.close("td").close("tr");
}

class HtmlOutput final : public CheckOutput {
 public:
  HtmlOutput(std::ostream& out, OutputSetting setting)
      : out_(out), setting_(std::move(setting)) {}

  void render(const CheckedPupil& pupil, std::string& out) const override {
    if (pupil.rejected()) return;
    Html html(out);
    const std::string id = "p-" + pupil.upn;
    html.open("section", "class=\"pupil\" id=\"" + escaped(id) + "\"");
    html.element("h2", (pupil.name.empty() ? pupil.upn : pupil.name));
    html.element("p", "UPN " + pupil.upn +
                          (pupil.nc_year.empty() ? "" : ", " + pupil.nc_year));
    html.open("table", "class=\"decisions\"");
    html.open("thead").open("tr");
    html.element("th", "Outcome", "scope=\"col\"");
    html.element("th", "Rule and recommendation", "scope=\"col\"");
    html.close("tr").close("thead").open("tbody");
    std::vector<std::string> others;
    std::vector<const Decision*> shown;
    for (const Decision& decision : pupil.decisions) {
      if (decision.outcome == Outcome::not_applicable) {
        others.push_back(decision.title);
      } else {
        shown.push_back(&decision);
      }
    }
    std::stable_sort(shown.begin(), shown.end(),
                     [](const Decision* a, const Decision* b) {
                       return weight(*a) < weight(*b);
                     });
    for (const Decision* decision : shown) write_decision(html, *decision);
    html.close("tbody").close("table");
    if (!others.empty()) {
      html.element("p", "Not about this pupil: " + join_in_words(others) + ".");
    }
    html.close("section");
  }

  bool wants_pupils() const override { return true; }
  void take(std::string_view text) override { pages_ += text; }
  void take(CheckedPupil pupil) override {
    if (pupil.rejected()) return;
    digest_.add(pupil);
    Line line{pupil.upn, pupil.name.empty() ? pupil.upn : pupil.name, {}};
    for (const Decision& decision : pupil.decisions) {
      if (decision.outcome == Outcome::met ||
          decision.outcome == Outcome::refer ||
          decision.outcome == Outcome::needs_evidence ||
          (decision.outcome == Outcome::not_met &&
           decision.kind == "statutory")) {
        ++line.counts[decision.outcome];
      }
    }
    if (!line.counts.empty()) lines_.push_back(std::move(line));
  }

  void finish(const CheckReport& report,
              const std::vector<Error>& load_errors) override {
    std::string head;
    Html html(head);
    head +=
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n"
        "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n";
    const std::string title =
        (report.school.empty() ? setting_.register_name : report.school) +
        ", checked for " + report.as_of.in_words();
    html.element("title", title);
    head += "<style>" + std::string(page_style()) + "</style>\n</head>\n";
    html.open("body").open("main");
    html.element("h1", title);
    html.element("p",
                 "These are recommendations. A named person decides, and can "
                 "decide otherwise.",
                 "class=\"note\"");
    html.element(
        "p", counted(report.counts.checked, "pupil", "pupils") + " checked, " +
                 std::to_string(report.counts.rejected) + " rejected, " +
                 counted(report.counts.warnings, "warning", "warnings") + ".");
    not_as_published(html, report);
    overview_of_rules(html);
    overview_of_dates(html);
    overview_of_pupils(html);
    faults(html, report, load_errors);
    out_ << head;
    out_ << pages_;
    std::string foot;
    Html end(foot);
    end.close("main").open("footer");
    std::vector<std::string> editions;
    for (const Edition* edition : report.editions) {
      editions.push_back(edition->id + " (" + edition->hash.substr(0, 19) +
                         ")");
    }
    end.element("p", "sendcheck " + setting_.version +
                         ". Editions: " + join(editions, ", ") + ".");
    if (const std::string words = publication_sentence(report);
        !words.empty()) {
      end.element("p", words);
    }
    if (report.run) {
      end.element("p", "Logged: " + report.run->in_words() + ".");
    } else {
      end.element("p",
                  "Not logged: this page was made with --no-store, and is no "
                  "record of a decision.");
    }
    end.close("footer").close("body").close("html");
    out_ << foot;
  }

 private:
  struct Line {
    std::string upn, name;
    std::map<Outcome, std::size_t> counts;
  };

  static void not_as_published(Html& html, const CheckReport& report) {
    const std::vector<Error> faults = wrong_publications(report);
    if (faults.empty()) return;
    html.element("h2", not_as_published_heading).open("ul");
    for (const Error& error : faults) html.element("li", error.message);
    html.close("ul");
  }

  static void head_row(Html& html, const char* first,
                       const std::vector<const char*>& numbers) {
    html.open("thead").open("tr").element("th", first, "scope=\"col\"");
    for (const char* column : numbers) {
      html.element("th", column, "scope=\"col\" class=\"number\"");
    }
    html.close("tr").close("thead").open("tbody");
  }

  static void number(Html& html, std::size_t n) {
    html.element("td", n == 0 ? "" : std::to_string(n), "class=\"number\"");
  }

  void overview_of_rules(Html& html) const {
    html.open("table").element("caption", "How each rule came out");
    head_row(html, "Rule",
             {"Met", "Needs evidence", "A person decides", "Not met",
              "Not about", "Not answered"});
    for (const DigestRule* rule : digest_.rules()) {
      html.open("tr").element("th", rule->title, "scope=\"row\"");
      for (Outcome outcome : {Outcome::met, Outcome::needs_evidence,
                              Outcome::refer, Outcome::not_met}) {
        number(html, rule->count(outcome));
      }
      number(html, rule->count(Outcome::not_applicable) +
                       rule->count(Outcome::not_in_force));
      number(html, rule->count(Outcome::error));
      html.close("tr");
    }
    html.close("tbody").close("table");
  }

  void overview_of_dates(Html& html) const {
    const std::vector<DigestDate> dates = digest_.dates();
    if (dates.empty()) return;
    html.open("table").element(
        "caption",
        "Dates: overdue, and within " + std::to_string(soon_days) + " days");
    html.open("thead").open("tr");
    for (const char* column : {"Date", "Pupil", "Duty"}) {
      html.element("th", column, "scope=\"col\"");
    }
    html.close("tr").close("thead").open("tbody");
    for (const DigestDate& date : dates) {
      html.open("tr").element("td", date.when(),
                              date.overdue() ? "class=\"error\"" : "");
      html.open("td")
          .open("a", "href=\"#p-" + escaped(date.upn) + "\"")
          .text(date.who)
          .close("a")
          .close("td");
      html.element("td", date.title).close("tr");
    }
    html.close("tbody").close("table");
  }

  void overview_of_pupils(Html& html) const {
    html.open("nav", "aria-label=\"Pupils\"").open("table");
    html.element("caption", "Pupils with something to look at");
    head_row(
        html, "Pupil",
        {"Limit passed", "Needs evidence", "A person decides", "Looks met"});
    for (const Line& line : lines_) {
      html.open("tr").open("th", "scope=\"row\"");
      html.open("a", "href=\"#p-" + escaped(line.upn) + "\"")
          .text(line.name)
          .close("a")
          .close("th");
      for (Outcome outcome : {Outcome::not_met, Outcome::needs_evidence,
                              Outcome::refer, Outcome::met}) {
        const auto found = line.counts.find(outcome);
        number(html, found == line.counts.end() ? 0 : found->second);
      }
      html.close("tr");
    }
    html.close("tbody").close("table").close("nav");
  }

  static void faults(Html& html, const CheckReport& report,
                     const std::vector<Error>& load_errors) {
    const auto list = [&](const char* heading,
                          const std::vector<std::string>& lines) {
      if (lines.empty()) return;
      html.element("h2", heading).open("ul");
      for (const std::string& line : lines) html.element("li", line);
      html.close("ul");
    };
    std::vector<std::string> rejected, warnings, errors;
    for (const RejectedPupil& pupil : report.rejected) {
      for (const Finding& finding : pupil.findings) {
        rejected.push_back(finding_line(finding, pupil.name));
      }
    }
    for (const Finding& finding : report.register_warnings) {
      warnings.push_back(finding_line(finding, ""));
    }
    for (const Finding& finding : report.warnings) {
      warnings.push_back(finding_line(finding, ""));
    }
    for (const Error& error : load_errors) errors.push_back(error.to_string());
    list("Did not load: nothing that hangs on these is answered", errors);
    list("Rejected: not checked until they are put right", rejected);
    list("Warnings: checked, but worth a look", warnings);
  }

  std::ostream& out_;
  OutputSetting setting_;
  CheckDigest digest_;
  std::string pages_;
  std::vector<Line> lines_;
};

}  // namespace

std::unique_ptr<CheckOutput> make_html_output(std::ostream& out,
                                              const OutputSetting& setting) {
  return std::make_unique<HtmlOutput>(out, setting);
}

}  // namespace sendcheck::cli
