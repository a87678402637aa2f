// Which editions were published by their bodies, and whether what lies there is still what was published. Read once, when the rules are loaded.
//
// What is published stands in the edition's folder, a folder a revision:
//   revisions/1/published.note          the signed note (casework/publication.hpp), by the body's key
//   revisions/1/edition.json, tables/   the bytes that it is of
// so that the bytes of an earlier revision are there when a later one is in force. The edition's own files must be those of its revision.
//
// Whose key is whose stands in a file of verifier keys ("publishers.pub"), each named as its body is: a key signs for the body whose name it has, and for
// no other.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audit/note.hpp"
#include "casework/publication.hpp"
#include "rulesets/rulesets.hpp"

namespace sendcheck {

struct PublishedEdition {
  enum class State {
    unpublished,    // and nobody said that it would be
    published,      // signed by the body's key, and the bytes are those
    key_not_known,  // the bytes are those; no key of the body is known here
    // From here on something is wrong; `fault` says what.
    other_key,      // signed by another key than the body's that is known here
    bad_signature,  // a known key's signature does not hold
    unreadable,     // the note cannot be read, or is not in form
    other_edition,  // the note is for another edition
    changed,        // the bytes are not those that were published
    superseded,  // a later revision was published: this is an old one, put back
    correction,  // a revision that nobody approved, of what was published
    missing      // its body's key is known here, and there is no note
  };
  State state = State::unpublished;
  // As it stands in the note of this revision. Where the state is not `published`, nobody vouches for it.
  std::optional<Publication> note;
  std::string
      key;  // fingerprint of the key that signed; empty: none that is known
  std::optional<Error> fault;
  // Plugins that are not as they were when it was published: ids.
  std::vector<std::string> other_plugins;

  bool is_wrong() const { return fault.has_value(); }
  // Wrong in a way that publishing would not put right.
  bool bars_publishing() const;
};
std::string_view name_of(PublishedEdition::State state);  // "key_not_known"

// Where the note of a revision is, beside edition.json.
std::string revision_folder(const std::string& edition_file, int revision);
std::string proposal_file(const std::string& edition_file);
// The numbers of the revisions that have a note, in order.
std::vector<int> published_revisions(const std::string& edition_file);

// One revision as it is kept.
struct KeptRevision {
  int revision = 0;
  std::optional<Publication> note;
  std::string key;
  std::optional<Error> fault;  // also where the kept bytes are not those
};

// Immutable once read.
class PublishedEditions {
 public:
  // `plugins` holds the hash of each plugin by its id. `keys` are the publishers' that are known.
  static PublishedEditions read(
      const std::vector<Edition>& editions,
      const std::map<std::string, std::string>& plugins,
      std::vector<NoteKey> keys);

  // Needs an edition that it was read for, or gives one that is unpublished.
  const PublishedEdition& of(const Edition& edition) const;
  const std::vector<NoteKey>& keys() const { return keys_; }
  // Every published revision of an edition, with its bytes looked at.
  std::vector<KeptRevision> history(const Edition& edition) const;

 private:
  std::map<std::string, PublishedEdition> by_id_;
  std::vector<NoteKey> keys_;
};

}  // namespace sendcheck
