// Publishing an edition: two people at two times, maybe on two computers. One proposes it, the other approves exactly what was proposed; then it is signed
// with the key of the approver's log, under the body's name, and is in that log.
//
// The order, so that nothing is shown that is not in the log: the files of the revision are laid beside their place; the entry, the note and the rules are
// committed; then the note is written and the folder is moved into its place. Broken off before the commit, nothing was published. Broken off after it,
// the log has all of it, and mend_publication (casework/revision_folder.hpp) puts it in place.
#pragma once

#include <cstdint>
#include <string>

#include "audit/log.hpp"
#include "casework/look_at_edition.hpp"
#include "casework/workspace.hpp"

namespace sendcheck {

struct PublishStep {
  std::uint64_t entry = 0;
  std::string file;         // the note
  std::string checkpoint;   // that covers the entry
  Publication publication;  // of an approval; of a proposal what it has so far
  NoteKey key;              // that signed
};

// The key by which a log signs for a body.
NoteKey publishing_key(const Keys& keys, const std::string& body);

// Writes proposal.note beside the edition. A proposal that was there is replaced; the log has both. Needs that no obstacle was found, and that what was broken off
// was mended.
// Errors: publish.no_person, publish.already, publish.revision (not the next one), editions.published_* and note.* (what was published is not as it
// was), note.key (the body's name is none for a key), publish.changed (the files changed meanwhile), files.*, store.*.
Result<PublishStep> propose_edition(Log& log, const Workspace& workspace,
                                    const LookedAt& looked,
                                    const std::string& by, Moment now);

// Beside those: publish.not_proposed, publish.proposer_key (signed by nobody who is known here), publish.note, publish.changed (not what was proposed),
// publish.same_person, publish.clock (before the proposal).
Result<PublishStep> approve_edition(Log& log, const Workspace& workspace,
                                    const LookedAt& looked,
                                    const std::string& by, Moment now);

}  // namespace sendcheck
