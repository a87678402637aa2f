// The folder of a published revision: how it is made, so that it is there whole or not at all, and how it comes back from the log.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/log.hpp"
#include "casework/kept_rules.hpp"
#include "casework/workspace.hpp"

namespace sendcheck {

// The files that an edition's hash is of, by their names in its folder ("edition.json", "tables/bands.csv"), out of all that are kept. Error publish.changed: they are no
// longer those that were loaded.
Result<KeptRules> files_of(const Workspace& workspace, const Edition& edition,
                           const KeptRules& rules);

// A revision's folder while it is made: beside its place, under a name that nobody takes for a revision. Gone when this is destroyed before it was put in place.
class RevisionFolder {
 public:
  RevisionFolder(const std::string& edition_file, int revision);
  ~RevisionFolder();
  RevisionFolder(const RevisionFolder&) = delete;
  RevisionFolder& operator=(const RevisionFolder&) = delete;

  // Errors: files.unwritable.
  Result<void> write(const KeptRules& files);
  Result<void> put_in_place(std::string_view note);
  const std::string& note_file() const { return note_file_; }

 private:
  std::string place_;
  std::string made_;
  std::string note_file_;
  bool in_place_ = false;
};

// Entries of a kind about an edition, oldest first. Errors: store.*, entry.malformed.
Result<std::vector<Entry>> entries_about(LogReader& reader, EntryKind kind,
                                         const std::string& edition);
int revision_of(const Entry& entry);

// Puts right what was broken off: revisions that the log has published and the folder has not are put in place, from the log. The entry of the last; nothing: there was none.
// Errors: store.*, log.*, payload.*, files.unwritable.
Result<std::optional<std::uint64_t>> mend_publication(Log& log,
                                                      const Edition& edition);

}  // namespace sendcheck
