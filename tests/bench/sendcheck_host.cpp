#include "sendcheck_host.hpp"

#include <fstream>

#include "base/files.hpp"
#include "cli/check_output.hpp"
#include "domain/catalogue.hpp"
#include "generate_register.hpp"
#include "outcome_line.hpp"
#include "registers/register.hpp"

namespace sendcheck::bench {
namespace {

void write_line(const std::vector<SelectedRule>& rules, std::string_view upn,
                const std::vector<Brief>& briefs, std::string& out) {
  OutcomeLine line(out, upn);
  for (const Brief& brief : briefs) {
    line.decision(rules[static_cast<std::size_t>(brief.rule)].id,
                  name_of(brief.outcome));
    if (brief.amount) {
      line.amount(brief.amount->pence());
    } else {
      line.no_amount();
    }
    if (brief.due) {
      line.due(brief.due->year(), brief.due->month(), brief.due->day());
    } else {
      line.no_due();
    }
  }
  line.end();
}

}  // namespace

std::unique_ptr<SendcheckHost> SendcheckHost::open(const std::string& project,
                                                   std::string& error) {
  auto workspace = Workspace::open(join_path(project, "rules"),
                                   join_path(project, "plugins"));
  if (!workspace) {
    error = workspace.error().to_string();
    return nullptr;
  }
  for (const Error& fault : (*workspace)->load_errors()) {
    error = fault.to_string();
    return nullptr;
  }
  std::unique_ptr<SendcheckHost> host(new SendcheckHost);
  host->workspace_ = std::move(*workspace);
  host->rules_ = *host->workspace_->engine().select({});
  return host;
}

bool SendcheckHost::keep(const std::string& register_path, std::string& error) {
  auto reader = open_register(register_path, workspace_->catalogue());
  if (!reader) {
    error = reader.error().to_string();
    return false;
  }
  for (;;) {
    RegisterEntry entry;
    const auto more = (*reader)->next(entry);
    if (!more) {
      error = more.error().to_string();
      return false;
    }
    if (!*more) return true;
    if (entry.rejected()) {
      error = entry.rejections.front().message();
      return false;
    }
    records_.push_back(std::move(entry.record));
  }
}

std::size_t SendcheckHost::check_kept() {
  Checker checker(workspace_->engine(), rules_, register_as_of(), false);
  std::vector<Brief> briefs;
  std::size_t decisions = 0;
  for (const Record& record : records_) {
    checker.brief(record, briefs);
    decisions += briefs.size();
  }
  return decisions;
}

bool SendcheckHost::write_outcomes(const std::string& register_path,
                                   const std::string& to, std::string& error) {
  auto reader = open_register(register_path, workspace_->catalogue());
  if (!reader) {
    error = reader.error().to_string();
    return false;
  }
  std::ofstream file(to, std::ios::binary | std::ios::trunc);
  Checker checker(workspace_->engine(), rules_, register_as_of(), false);
  std::vector<Brief> briefs;
  RegisterEntry entry;
  std::string lines;
  for (;;) {
    const auto more = (*reader)->next(entry);
    if (!more) {
      error = more.error().to_string();
      return false;
    }
    if (!*more) break;
    checker.brief(entry.record, briefs);
    write_line(rules_, entry.upn, briefs, lines);
    if (lines.size() < (1u << 16)) continue;
    file << lines;
    lines.clear();
  }
  file << lines;
  return static_cast<bool>(file.flush());
}

bool SendcheckHost::write_explained(const std::string& register_path,
                                    const std::string& to, std::string& error) {
  std::ofstream file(to, std::ios::binary | std::ios::trunc);
  cli::OutputSetting setting;
  setting.version = "bench";
  auto output = cli::make_jsonl_output(file, setting);
  CheckOptions options;
  options.register_path = register_path;
  options.as_of = register_as_of();
  options.keep_warnings = false;
  auto report = check_register(*workspace_, options, *output);
  if (!report) {
    error = report.error().to_string();
    return false;
  }
  output->finish(*report, {});
  return static_cast<bool>(file.flush());
}

}  // namespace sendcheck::bench
