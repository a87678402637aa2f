// Rules as somebody proposes them, loaded so that they can be held against those that stand.
//
// A proposal is a folder of any of these forms, told by what stands in it:
//   rules/ (and plugins/)           a project
//   facts.json, national/ ...       a folder of rule sets (and plugins/)
//   edition.json                    one edition
//   plugin.json                     one plugin
// One that holds a fact catalogue is whole: what is not in it is not proposed. Any other is laid over the rules that stand: an edition takes the place of
// the one of the same body and first day, or stands beside the others; a plugin takes the place of the one of the same id.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "casework/workspace.hpp"

namespace sendcheck {

class ProposedRules {
 public:
  // `rules` and `plugins` are the folders that it is laid over; a whole proposal without plugins goes by `plugins`.
  // Errors: proposal.nothing (the folder holds nothing of the above), proposal.no_body (an edition.json by itself that does not say whose it is and from when); files.* (also
  // where there is no such folder), and those of Workspace::open. What of it does not load stands in workspace().load_errors().
  static Result<ProposedRules> open(const std::string& folder,
                                    const std::string& rules,
                                    const std::string& plugins);

  const Workspace& workspace() const { return *workspace_; }
  bool is_whole() const { return is_whole_; }
  // What was laid over, as "rules/authorities/884-herefordshire/2027-04-01", "plugins/element-3-top-up"; empty for a whole one.
  const std::vector<std::string>& laid_over() const { return laid_over_; }

  // A text, or a place, that names files of the workspace, with the names under which a person finds them.
  std::string in_its_place(std::string text) const;
  Error in_its_place(Error error) const;

 private:
  ProposedRules() = default;

  // Before the workspace, which reads of it.
  std::optional<TemporaryFolder> laid_out_;
  std::unique_ptr<Workspace> workspace_;
  bool is_whole_ = false;
  std::vector<std::string> laid_over_;
  // What stands at the beginning of a path, and what to say instead; the longest first.
  std::vector<std::pair<std::string, std::string>> places_;
};

// The plugins that go with a folder of rule sets: those beside it (rules/ and plugins/ in one folder), or in it; else `otherwise`.
std::string plugins_beside(const std::string& rules,
                           const std::string& otherwise);

}  // namespace sendcheck
