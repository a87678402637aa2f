#include "cli/not_in_force_page.hpp"

#include "base/text.hpp"
#include "cli/rule_page.hpp"

namespace sendcheck::cli {
namespace {

using Status = RuleInForce::Status;

class NotInForce {
 public:
  NotInForce(const Workspace& workspace, const std::string& rule,
             const RuleInForce& in_force, const PlaceAndDate& where,
             PageLines& lines)
      : workspace_(workspace),
        rule_(rule),
        in_force_(in_force),
        where_(where),
        lines_(lines) {}

  void write() {
    const std::string day = where_.as_of.in_words();
    switch (in_force_.status) {
      case Status::closed:
        closed();
        return;
      case Status::removed:
        lines_.line("It does not apply here: " + in_force_.removed->reason, 0);
        source(in_force_.removed->source, in_force_.removed->source_title,
               in_force_.removed->source_url);
        return;
      case Status::broken:
        lines_.line("It does not load: " + in_force_.error->message, 0);
        return;
      case Status::elsewhere:
        elsewhere();
        return;
      case Status::no_edition: {
        const bool is_told = !in_force_.nearest_in_words.empty();
        lines_.line("Not in force on " + day +
                        (is_told ? ": " + in_force_.nearest_in_words : "") +
                        ".",
                    0);
        another_day();
        return;
      }
      case Status::in_force:
        return;
    }
  }

 private:
  std::string asked_for(Date day) const {
    return "sendcheck rules show " + rule_ + " --as-of " + day.to_string() +
           (where_.la.empty() ? "" : " --la " + where_.la) +
           (where_.urn.empty() ? "" : " --school " + where_.urn);
  }

  RuleInForce in_force_on(Date day) const {
    return workspace_.rulesets().in_force(rule_, where_.la, where_.urn, day);
  }

  void source(const std::string& key, const std::string& title,
              const std::string& url) {
    if (key.empty()) return;
    lines_.line("Source: " + as_point(title.empty() ? key : title), 0);
    if (!url.empty()) lines_.line(url, 0);
  }

  void closed() {
    Date since = where_.as_of;
    std::optional<Date> last;
    // Editions after the one that closed it say so again.
    for (RuleInForce before = in_force_;
         before.status == Status::closed && before.edition();) {
      since = before.edition()->from;
      before = in_force_on(since + -1);
      if (before.status == Status::in_force) last = since + -1;
    }
    lines_.add(lines_.style().bold("Closed since " + since.in_words() + ".") +
               "\n");
    lines_.line("Go to: " + as_point(in_force_.closed->refer_to), 0);
    source(in_force_.closed->source, in_force_.closed->source_title,
           in_force_.closed->source_url);
    if (in_force_.unconfirmed) {
      lines_.line("Not confirmed: " + in_force_.unconfirmed_because, 0);
    }
    if (last) {
      lines_.add("\n");
      lines_.line("As it last was, on " + last->in_words() + ":", 0);
      lines_.line(asked_for(*last), PageLines::step);
    }
  }

  void elsewhere() {
    std::vector<std::string> names;
    const auto las = workspace_.rulesets().authorities_of(rule_);
    for (const std::string& la : las) {
      names.push_back(authority_in_words(la, workspace_.catalogue()));
    }
    lines_.line(where_.la.empty()
                    ? "It is a rule of single authorities: name one with --la."
                    : authority_in_words(where_.la, workspace_.catalogue()) +
                          " has no such rule.",
                0);
    if (!names.empty())
      lines_.line("It is one of " + join_in_words(names) + ".", 0);
  }

  // Which date to ask for, to read the rule as it was or will be.
  void another_day() {
    for (const std::string& id : in_force_.nearest) {
      for (const Edition& edition : workspace_.rulesets().editions()) {
        if (edition.id != id) continue;
        const bool is_past =
            edition.last_day && *edition.last_day < where_.as_of;
        lines_.line(
            is_past ? "To read it as it was:" : "To read it as it will be:", 0);
        lines_.line(asked_for(is_past ? *edition.last_day : edition.from),
                    PageLines::step);
      }
    }
  }

  const Workspace& workspace_;
  const std::string& rule_;
  const RuleInForce& in_force_;
  const PlaceAndDate& where_;
  PageLines& lines_;
};

}  // namespace

void write_not_in_force(const Workspace& workspace, const std::string& rule,
                        const RuleInForce& in_force, const PlaceAndDate& where,
                        PageLines& lines) {
  NotInForce(workspace, rule, in_force, where, lines).write();
}

}  // namespace sendcheck::cli
