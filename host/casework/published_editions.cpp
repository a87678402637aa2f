#include "casework/published_editions.hpp"

#include <algorithm>
#include <charconv>

#include "base/files.hpp"
#include "base/text.hpp"
#include "rulesets/edition_file.hpp"

namespace sendcheck {
namespace {

using State = PublishedEdition::State;

// A note is a screen of text; an edition's files are at most this long.
constexpr std::size_t longest_note = std::size_t{1} << 16;
constexpr std::size_t longest_file = std::size_t{8} << 20;

std::string folder_of(const std::string& edition_file) {
  return edition_file.substr(0, edition_file.rfind('/'));
}

std::string note_file(const std::string& edition_file, int revision) {
  return join_path(revision_folder(edition_file, revision), "published.note");
}

std::optional<int> revision_named(const std::string& name) {
  int number = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, fault] = std::from_chars(name.data(), end, number);
  if (fault != std::errc() || stop != end || number < 1 || name[0] == '0') {
    return std::nullopt;
  }
  return number;
}

// A note as it was found, and by whom it is signed.
struct FoundNote {
  std::optional<Publication> claims;
  std::string key;                 // that signed and is the body's
  bool body_is_known = false;      // some key of the body is
  std::string signed_for;          // a known key of another name that signed
  std::optional<Error> fault;      // of the file itself
  State state = State::published;  // what the fault comes to
};

FoundNote read_note(const std::string& file, const std::string& body,
                    const std::vector<NoteKey>& keys) {
  FoundNote found;
  found.body_is_known = std::ranges::any_of(
      keys, [&](const NoteKey& key) { return key.name == body; });
  const auto fail = [&](Error error, State state) {
    if (error.place.file.empty()) error.place.file = file;
    found.fault = std::move(error);
    found.state = state;
  };
  const auto bytes = read_file(file, longest_note);
  if (!bytes) {
    fail(bytes.error(), State::unreadable);
    return found;
  }
  const auto claims = Publication::parse(
      std::string_view(*bytes).substr(0, bytes->rfind("\n\n") + 1));
  if (claims) found.claims = *claims;
  const auto note = open_note(*bytes, keys);
  if (!note && note.error().id != "note.unsigned") {
    fail(note.error(), note.error().id == "note.bad_signature"
                           ? State::bad_signature
                           : State::unreadable);
  } else if (!claims) {
    fail(claims.error(), State::unreadable);
  } else if (note) {
    for (const NoteSignature& signature : note->signatures) {
      if (signature.key.kind != NoteKey::Kind::ed25519) continue;
      if (signature.key.name == body) {
        found.key = fingerprint(signature.key);
      } else {
        found.signed_for = signature.key.name;
      }
    }
  }
  return found;
}

class Reader {
 public:
  Reader(const Edition& edition,
         const std::map<std::string, std::string>& plugins,
         const std::vector<NoteKey>& keys)
      : edition_(edition), plugins_(plugins), keys_(keys) {}

  PublishedEdition read() {
    const std::vector<int> revisions = published_revisions(edition_.file);
    if (revisions.empty()) {
      if (std::ranges::any_of(keys_, [&](const NoteKey& key) {
            return key.name == edition_.body;
          })) {
        wrong(State::missing, "editions.published_missing",
              edition_.id +
                  " has no note of its publication, although a key "
                  "of " +
                  edition_.body +
                  " is known here: its body publishes what it puts in force. "
                  "Ask it for the edition's folder with \"revisions\" in it.");
      }
      return std::move(result_);
    }
    if (std::ranges::find(revisions, edition_.revision) == revisions.end()) {
      without_a_note(revisions.back());
      return std::move(result_);
    }
    look_at(read_note(note_file(edition_.file, edition_.revision),
                      edition_.body, keys_),
            revisions.back());
    return std::move(result_);
  }

 private:
  void wrong(State state, const char* id, std::string message) {
    result_.state = state;
    result_.fault = Error{id, std::move(message), {.file = edition_.file}};
  }

  void without_a_note(int last) {
    if (last > edition_.revision) {
      wrong(State::superseded, "editions.published_superseded",
            edition_.id + " stands here as revision " +
                std::to_string(edition_.revision) + ", and revision " +
                std::to_string(last) +
                " was published since. Put back the text in revisions/" +
                std::to_string(last) + ".");
      return;
    }
    wrong(
        State::correction, "editions.published_correction",
        edition_.id + " was published as revision " + std::to_string(last) +
            ", and what stands here is a revision " +
            std::to_string(edition_.revision) +
            " that nobody has approved. Publish it (sendcheck rules publish " +
            edition_.id + "), or put back the text in revisions/" +
            std::to_string(last) + ".");
  }

  void look_at(FoundNote found, int last) {
    result_.note = found.claims;
    result_.key = found.key;
    if (found.fault) {
      result_.state = found.state;
      result_.fault = std::move(found.fault);
      return;
    }
    const EditionVersion& said = found.claims->version;
    if (said.edition != edition_.id || said.body != edition_.body ||
        said.revision != edition_.revision) {
      wrong(State::other_edition, "editions.published_other",
            "The note in revisions/" + std::to_string(edition_.revision) +
                " of " + edition_.id + " is for revision " +
                std::to_string(said.revision) + " of " + quoted(said.edition) +
                ". Ask the body for the note of this edition.");
      return;
    }
    if (said.hash != edition_.hash) {
      wrong(State::changed, "editions.published_changed",
            edition_.id + " is not what was published as revision " +
                std::to_string(edition_.revision) +
                ": edition.json or a table was changed since. Put back what "
                "stands in revisions/" +
                std::to_string(edition_.revision) +
                ", or publish the change as revision " +
                std::to_string(last + 1) + ".");
      return;
    }
    if (last > edition_.revision) {
      without_a_note(last);
      return;
    }
    if (found.key.empty() && found.body_is_known) {
      wrong(State::other_key, "editions.published_key",
            edition_.id + " is signed " +
                (found.signed_for.empty() ? "by a key that is not known here"
                                          : "for " + quoted(found.signed_for)) +
                ", and not by a key of " + edition_.body +
                " that is. Ask the body, by telephone, whether it has a new "
                "key.");
      return;
    }
    result_.state = found.key.empty() ? State::key_not_known : State::published;
    for (const EditionVersion::Plugin& plugin : said.plugins) {
      const auto here = plugins_.find(plugin.id);
      if (here == plugins_.end() || here->second != plugin.hash) {
        result_.other_plugins.push_back(plugin.id);
      }
    }
  }

  const Edition& edition_;
  const std::map<std::string, std::string>& plugins_;
  const std::vector<NoteKey>& keys_;
  PublishedEdition result_;
};

// Every file of a kept revision but its note, by its name below the folder.
void add_files(const std::string& folder, const std::string& below,
               std::map<std::string, std::string>& files) {
  const auto names = list_folder(folder);
  if (!names) return;
  for (const std::string& name : *names) {
    const std::string path = join_path(folder, name);
    if (is_folder(path)) {
      add_files(path, below + name + "/", files);
    } else if (name != "published.note") {
      if (auto bytes = read_file(path, longest_file)) {
        files.emplace(below + name, std::move(*bytes));
      }
    }
  }
}

}  // namespace

bool PublishedEdition::bars_publishing() const {
  return is_wrong() && state != State::missing && state != State::correction &&
         state != State::other_key;
}

std::string_view name_of(State state) {
  switch (state) {
    case State::unpublished:
      return "unpublished";
    case State::published:
      return "published";
    case State::key_not_known:
      return "key_not_known";
    case State::other_key:
      return "other_key";
    case State::bad_signature:
      return "bad_signature";
    case State::unreadable:
      return "unreadable";
    case State::other_edition:
      return "other_edition";
    case State::changed:
      return "changed";
    case State::superseded:
      return "superseded";
    case State::correction:
      return "correction";
    case State::missing:
      return "missing";
  }
  return {};
}

std::string revision_folder(const std::string& edition_file, int revision) {
  return join_path(join_path(folder_of(edition_file), "revisions"),
                   std::to_string(revision));
}

std::string proposal_file(const std::string& edition_file) {
  return join_path(folder_of(edition_file), "proposal.note");
}

std::vector<int> published_revisions(const std::string& edition_file) {
  std::vector<int> found;
  const std::string folder = join_path(folder_of(edition_file), "revisions");
  if (!is_folder(folder)) return found;
  const auto names = list_folder(folder);
  if (!names) return found;
  for (const std::string& name : *names) {
    const auto revision = revision_named(name);
    if (revision && is_file(note_file(edition_file, *revision))) {
      found.push_back(*revision);
    }
  }
  std::ranges::sort(found);
  return found;
}

PublishedEditions PublishedEditions::read(
    const std::vector<Edition>& editions,
    const std::map<std::string, std::string>& plugins,
    std::vector<NoteKey> keys) {
  PublishedEditions all;
  all.keys_ = std::move(keys);
  for (const Edition& edition : editions) {
    all.by_id_.emplace(edition.id, Reader(edition, plugins, all.keys_).read());
  }
  return all;
}

const PublishedEdition& PublishedEditions::of(const Edition& edition) const {
  static const PublishedEdition none;
  const auto found = by_id_.find(edition.id);
  return found == by_id_.end() ? none : found->second;
}

std::vector<KeptRevision> PublishedEditions::history(
    const Edition& edition) const {
  std::vector<KeptRevision> kept;
  for (const int revision : published_revisions(edition.file)) {
    const std::string file = note_file(edition.file, revision);
    FoundNote found = read_note(file, edition.body, keys_);
    KeptRevision& one = kept.emplace_back(KeptRevision{
        revision, found.claims, found.key, std::move(found.fault)});
    if (one.fault || !one.note) continue;
    std::map<std::string, std::string> files;
    add_files(revision_folder(edition.file, revision), "", files);
    const std::string text = files["edition.json"];
    files.erase("edition.json");
    if (one.note->version.edition != edition.id ||
        one.note->version.revision != revision) {
      one.fault = Error{"editions.published_other",
                        "The note is for revision " +
                            std::to_string(one.note->version.revision) +
                            " of " + quoted(one.note->version.edition) +
                            ". Ask the body for the note of this revision.",
                        {.file = file}};
    } else if (edition_hash(text, files) != one.note->version.hash) {
      one.fault = Error{"editions.published_changed",
                        "The files that are kept in revisions/" +
                            std::to_string(revision) +
                            " are not those that were published. Ask the body "
                            "for its folder.",
                        {.file = file}};
    } else if (one.key.empty() && found.body_is_known) {
      one.fault = Error{"editions.published_key",
                        "Revision " + std::to_string(revision) +
                            " is not signed by a key of " + edition.body +
                            " that is known here. Ask the body, by telephone, "
                            "whether it has another key.",
                        {.file = file}};
    }
  }
  return kept;
}

}  // namespace sendcheck
