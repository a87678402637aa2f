#include "casework/impact_json.hpp"
#include "cli/impact_output.hpp"
#include "json/writer.hpp"

namespace sendcheck::cli {
namespace {

// Changes are written as they come; none is held.
class JsonImpact final : public ImpactOutput {
 public:
  JsonImpact(std::ostream& out, ImpactSetting setting, bool lines)
      : out_(out), setting_(std::move(setting)), lines_(lines) {}

  void take(const ImpactChange& change) override {
    if (!setting_.with_pupils) return;
    begin();
    std::string text = lines_ ? "{\"change\":" : first_ ? "\n  " : ",\n  ";
    first_ = false;
    append_change_json(change, text);
    if (lines_) text += "}\n";
    out_ << text;
  }

  void finish(const ImpactReport& report) override {
    begin();
    const std::string summary = impact_summary_members(report);
    if (!lines_) {
      out_ << (first_ ? "" : "\n") << "],\n" << summary << "\n}\n";
      return;
    }
    std::string text = "{\"summary\":{\"sendcheck\":";
    json::append_quoted(text, setting_.version);
    text += ",\"proposed\":";
    json::append_quoted(text, setting_.proposed);
    out_ << text << "," << summary << "}}\n";
  }

 private:
  // Not before there is something to say: what cannot be done leaves nothing behind.
  void begin() {
    if (begun_ || lines_) return;
    begun_ = true;
    std::string head = "{\n\"sendcheck\": ";
    json::append_quoted(head, setting_.version);
    head += ",\n\"proposed\": ";
    json::append_quoted(head, setting_.proposed);
    out_ << head << ",\n\"changes\": [";
  }

  std::ostream& out_;
  ImpactSetting setting_;
  bool lines_;
  bool begun_ = false;
  bool first_ = true;
};

class CsvImpact final : public ImpactOutput {
 public:
  CsvImpact(std::ostream& out, ImpactSetting setting)
      : out_(out), setting_(std::move(setting)) {}

  void take(const ImpactChange& change) override {
    if (!setting_.with_pupils) return;
    std::string row = begun_ ? "" : impact_csv_heading();
    begun_ = true;
    append_change_csv(change, row);
    out_ << row;
  }

  void finish(const ImpactReport&) override {
    if (!begun_) out_ << impact_csv_heading();
  }

 private:
  std::ostream& out_;
  ImpactSetting setting_;
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<ImpactOutput> make_impact_json(std::ostream& out,
                                               const ImpactSetting& setting) {
  return std::make_unique<JsonImpact>(out, setting, false);
}

std::unique_ptr<ImpactOutput> make_impact_jsonl(std::ostream& out,
                                                const ImpactSetting& setting) {
  return std::make_unique<JsonImpact>(out, setting, true);
}

std::unique_ptr<ImpactOutput> make_impact_csv(std::ostream& out,
                                              const ImpactSetting& setting) {
  return std::make_unique<CsvImpact>(out, setting);
}

}  // namespace sendcheck::cli
