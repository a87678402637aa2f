// For other programs: JSON, JSON Lines, CSV.
#include <map>
#include <unordered_map>

#include "base/text.hpp"
#include "casework/decision_json.hpp"
#include "casework/decision_lines.hpp"
#include "cli/check_output.hpp"

namespace sendcheck::cli {
namespace {

class JsonOutput final : public CheckOutput {
 public:
  JsonOutput(std::ostream& out, OutputSetting setting)
      : out_(out), setting_(std::move(setting)) {}

  void render(const CheckedPupil& pupil, std::string& out) const override {
    if (pupil.rejected()) return;
    // A separator of our own, so that texts can be put together in any batches.
    out += '\x1e';
    append_pupil_json(pupil, out);
  }

  using CheckConsumer::take;
  void take(std::string_view text) override { pupils_ += text; }

  void finish(const CheckReport& report,
              const std::vector<Error>& load_errors) override {
    std::string pupils;
    pupils.reserve(pupils_.size());
    for (std::size_t i = 0; i < pupils_.size(); ++i) {
      if (pupils_[i] != '\x1e') {
        pupils += pupils_[i];
      } else {
        pupils += i == 0 ? "\n    " : ",\n    ";
      }
    }
    out_ << check_json(report, setting_.version, pupils, load_errors);
  }

 private:
  std::ostream& out_;
  OutputSetting setting_;
  std::string pupils_;
};

class JsonLinesOutput final : public CheckOutput {
 public:
  JsonLinesOutput(std::ostream& out, OutputSetting setting)
      : out_(out), setting_(std::move(setting)) {}

  const DecisionWriter* writer() const override { return &writer_; }

  void render_apart(const CheckedPupil& pupil,
                    RenderedPupils& out) const override {
    append_pupil_line(pupil, out);
  }

  void take_apart(const RenderedPupils& pupils) override {
    // Texts are numbered as they come to be mentioned, in the order of the register, and stand before the first mention.
    lines_.clear();
    mentioned_.clear();
    for (const RenderedPupils::Mention& mention : pupils.mentions) {
      mentioned_.push_back(number_of(*mention.rule));
    }
    std::size_t from = 0;
    for (std::size_t i = 0; i < mentioned_.size(); ++i) {
      const std::size_t at = pupils.mentions[i].at;
      lines_.append(pupils.text, from, at - from);
      lines_ += std::to_string(mentioned_[i]);
      from = at;
    }
    lines_.append(pupils.text, from);
    out_.write(lines_.data(), static_cast<std::streamsize>(lines_.size()));
  }

  void finish(const CheckReport& report,
              const std::vector<Error>& load_errors) override {
    out_ << summary_line(report, setting_.version, load_errors);
  }

 private:
  // Adds the text to the lines where it is new.
  int number_of(const RuleText& text) {
    const auto [known, is_new] = numbers_.try_emplace(&text, 0);
    if (!is_new) return known->second;
    // Another thread may have one with the same words.
    std::string words;
    append_rule_text(text, 0, words);
    const auto [same, is_first] = numbers_by_words_.try_emplace(
        std::move(words), static_cast<int>(numbers_by_words_.size()) + 1);
    known->second = same->second;
    if (is_first) append_rule_text(text, same->second, lines_);
    return same->second;
  }

  std::ostream& out_;
  OutputSetting setting_;
  LineWriter writer_;
  std::string lines_;
  std::vector<int> mentioned_;  // numbers of the texts, one a mention
  std::unordered_map<const RuleText*, int> numbers_;
  std::map<std::string, int> numbers_by_words_;
};

class CsvOutput final : public CheckOutput {
 public:
  explicit CsvOutput(std::ostream& out) : out_(out) {}

  void render(const CheckedPupil& pupil, std::string& out) const override {
    if (pupil.rejected()) {
      std::vector<std::string> faults;
      for (const Finding& finding : pupil.rejections) {
        faults.push_back(finding.message());
      }
      row(out, {pupil.upn, pupil.name, "", "", "rejected", join(faults, " "),
                "", "", "", "", "", "", "", "", "", ""});
      return;
    }
    for (const Decision& decision : pupil.decisions) {
      std::vector<std::string> missing, actions;
      for (const MissingItem& item : decision.missing) {
        missing.push_back(item.label);
      }
      for (const ActionItem& action : decision.actions) {
        actions.push_back(action.text +
                          (action.to.empty() ? "" : ": " + action.to));
      }
      const auto& amount = decision.amount;
      const auto& due = decision.due;
      row(out, {pupil.upn, pupil.name, decision.rule, decision.title,
                std::string(name_of(decision.outcome)), decision.summary,
                amount && amount->value ? amount->value->to_string() : "",
                amount ? std::string(name_of(amount->status)) : "",
                amount ? amount->period : "", due ? due->date.to_string() : "",
                due ? std::string(name_of(due->state)) : "",
                due ? std::to_string(due->days) : "", join(missing, "; "),
                decision.refer_to, join(actions, "; "), decision.edition});
    }
  }

  using CheckConsumer::take;
  void take(std::string_view text) override {
    head();
    out_.write(text.data(), static_cast<std::streamsize>(text.size()));
  }

  void finish(const CheckReport&, const std::vector<Error>&) override {
    head();
  }

 private:
  // Not before there is something to say: a register that cannot be read
  // leaves no half of a table.
  void head() {
    if (headed_) return;
    headed_ = true;
    out_ << "upn,name,rule,title,outcome,summary,amount,amount_status,period,"
            "due,due_state,due_days,missing,refer_to,actions,edition\r\n";
  }

  static void row(std::string& out, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out += ',';
      // A number of days may be negative and is no formula.
      const bool number = i == 11;
      out += number ? cells[i] : csv_field(cells[i]);
    }
    out += "\r\n";
  }

  std::ostream& out_;
  bool headed_ = false;
};

}  // namespace

std::unique_ptr<CheckOutput> make_json_output(std::ostream& out,
                                              const OutputSetting& setting) {
  return std::make_unique<JsonOutput>(out, setting);
}

std::unique_ptr<CheckOutput> make_jsonl_output(std::ostream& out,
                                               const OutputSetting& setting) {
  return std::make_unique<JsonLinesOutput>(out, setting);
}

std::unique_ptr<CheckOutput> make_csv_output(std::ostream& out,
                                             const OutputSetting&) {
  return std::make_unique<CsvOutput>(out);
}

}  // namespace sendcheck::cli
