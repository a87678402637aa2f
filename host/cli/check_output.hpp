// The forms in which a check is written: each gathers the pupils of a check, in order, and writes its page.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "casework/check_register.hpp"
#include "cli/layout.hpp"

namespace sendcheck::cli {

class CheckOutput : public CheckConsumer {
 public:
  // After the last pupil.
  virtual void finish(const CheckReport& report,
                      const std::vector<Error>& load_errors) = 0;
  void progress(int per_mille, std::int64_t pupils) override {
    if (on_progress) on_progress(per_mille, pupils);
  }

  std::function<void(int per_mille, std::int64_t pupils)> on_progress;
};

struct OutputSetting {
  std::string version;
  std::string register_name;  // for headings
  Style style;
  std::size_t columns = 100;
};

std::unique_ptr<CheckOutput> make_json_output(std::ostream& out,
                                              const OutputSetting& setting);
std::unique_ptr<CheckOutput> make_jsonl_output(std::ostream& out,
                                               const OutputSetting& setting);
std::unique_ptr<CheckOutput> make_csv_output(std::ostream& out,
                                             const OutputSetting& setting);
std::unique_ptr<CheckOutput> make_table_output(std::ostream& out,
                                               const OutputSetting& setting);
std::unique_ptr<CheckOutput> make_html_output(std::ostream& out,
                                              const OutputSetting& setting);

}  // namespace sendcheck::cli
