// The forms in which the impact of proposed rules is written.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "casework/impact.hpp"
#include "cli/layout.hpp"

namespace sendcheck::cli {

class ImpactOutput : public ImpactConsumer {
 public:
  // After the last change.
  virtual void finish(const ImpactReport& report) = 0;
  void progress(int per_mille, std::int64_t pupils) override {
    if (on_progress) on_progress(per_mille, pupils);
  }

  std::function<void(int per_mille, std::int64_t pupils)> on_progress;
};

struct ImpactSetting {
  std::string version;
  std::string registers;  // for headings: "kent.jsonl, medway.jsonl"
  std::string proposed;   // the folder
  Style style;
  std::size_t columns = 100;
  bool with_pupils = true;  // each who gains or loses by name, or numbers alone
};

std::unique_ptr<ImpactOutput> make_impact_table(std::ostream& out,
                                                const ImpactSetting& setting);
std::unique_ptr<ImpactOutput> make_impact_html(std::ostream& out,
                                               const ImpactSetting& setting);
std::unique_ptr<ImpactOutput> make_impact_json(std::ostream& out,
                                               const ImpactSetting& setting);
std::unique_ptr<ImpactOutput> make_impact_jsonl(std::ostream& out,
                                                const ImpactSetting& setting);
std::unique_ptr<ImpactOutput> make_impact_csv(std::ostream& out,
                                              const ImpactSetting& setting);

}  // namespace sendcheck::cli
