// The bytes of the rules that a check goes by: kept with the log by their content hash, so that a decision can be made again when the files have changed.
#pragma once

#include <string>
#include <vector>

#include "audit/log.hpp"
#include "base/files.hpp"
#include "base/result.hpp"

namespace sendcheck {

struct KeptFile {
  std::string
      path;  // "rules/national/jcq/2025-09-01/edition.json", "plugins/pupil-premium/rule.lua"
  std::string bytes;
};

struct KeptRules {
  std::vector<KeptFile> files;  // by path

  // Canonical JSON that names each file and its content hash; its own hash stands for the whole.
  std::string manifest() const;
};

// Everything that loading reads of the two folders, and nothing else: no cases, no documentation. A folder that is not named is left out. Errors: files.*.
Result<KeptRules> read_kept_rules(const std::string& rules,
                                  const std::string& plugins);

// The files below a folder that loading can read, as if it were called `as` ("rules/national/dfe/2026-04-01"). Errors: files.*.
Result<KeptRules> read_kept_folder(const std::string& folder,
                                   const std::string& as);

// Keeps what is not kept yet; gives the hash of the manifest. Errors: store.*.
Result<std::string> keep(const KeptRules& rules, Log::Batch& batch);

// What was kept under a manifest's hash, written below `folder` (as rules/ and plugins/). Errors: log.not_kept, payload.damaged, files.unwritable.
Result<void> lay_out_kept_rules(LogReader& log, const std::string& manifest,
                                const TemporaryFolder& folder);

}  // namespace sendcheck
