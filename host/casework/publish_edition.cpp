#include "casework/publish_edition.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/kept_rules.hpp"
#include "casework/revision_folder.hpp"
#include "crypto/hash.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

using State = PublishedEdition::State;

Error fault(const char* id, std::string message, const std::string& file = {}) {
  return {id, std::move(message), {.file = file}};
}

std::string in_words(const EditionVersion& version) {
  return version.edition + ", revision " + std::to_string(version.revision);
}

// What an entry says of the edition; bytes by the hashes they are kept under.
struct KeptWithEntry {
  std::string rules;  // all, by their manifest
  std::string files;  // those of the edition
  std::string note;
};

Result<KeptWithEntry> keep_all(const KeptRules& rules, const KeptRules& files,
                               const std::string& note, Log::Batch& batch) {
  auto all = keep(rules, batch);
  if (!all) return unexpected(all.error());
  auto own = keep(files, batch);
  if (!own) return unexpected(own.error());
  auto signed_text = batch.keep(note);
  if (!signed_text) return unexpected(signed_text.error());
  return KeptWithEntry{std::move(*all), std::move(*own),
                       std::move(*signed_text)};
}

std::string about_of(const KeptWithEntry& kept, const Publication& said) {
  const EditionVersion& version = said.version;
  std::string about;
  json::Writer json(about);
  json.begin_object();
  if (!said.approved_by.empty()) json.member("approved_by", said.approved_by);
  json.key("cases").number(said.cases);
  json.member("edition", version.edition).member("files", kept.files);
  json.member("hash", version.hash).member("note", kept.note);
  json.member("proposed_by", said.proposed_by);
  json.key("revision").number(version.revision);
  json.member("rules", kept.rules).end_object();
  return about;
}

// What the log says of a revision that has no note in the folder: it was
// published, and its note is gone with what it was of.
std::optional<Error> said_otherwise(const std::vector<Entry>& published,
                                    const Edition& edition) {
  for (const Entry& entry : published) {
    if (revision_of(entry) < edition.revision) continue;
    return fault("editions.published_changed",
                 edition.id + " was published as revision " +
                     std::to_string(revision_of(entry)) + " (entry " +
                     std::to_string(entry.number) +
                     " of the log), with other bytes than what stands here. A "
                     "change is published as revision " +
                     std::to_string(revision_of(published.back()) + 1) + ".",
                 edition.file);
  }
  return std::nullopt;
}

// Whether this revision is the one that comes next.
Result<void> check_turn(Log& log, const Workspace& workspace,
                        const LookedAt& looked) {
  const Edition& edition = *looked.edition;
  const PublishedEdition& before = workspace.published().of(edition);
  if (before.bars_publishing()) return unexpected(*before.fault);
  if (before.state == State::published ||
      before.state == State::key_not_known ||
      before.state == State::other_key) {
    return unexpected(
        fault("publish.already",
              in_words(looked.version) +
                  " is published as it stands here. Change nothing in it: a "
                  "correction is revision " +
                  std::to_string(edition.revision + 1) +
                  ", new figures from another day on are another edition.",
              edition.file));
  }
  auto published =
      entries_about(log.reader(), EntryKind::rules_published, edition.id);
  if (!published) return unexpected(published.error());
  if (auto other = said_otherwise(*published, edition)) {
    return unexpected(std::move(*other));
  }
  const std::vector<int> revisions = published_revisions(edition.file);
  int last = revisions.empty() ? 0 : revisions.back();
  if (!published->empty()) {
    last = std::max(last, revision_of(published->back()));
  }
  if (edition.revision == last + 1) return {};
  return unexpected(
      fault("publish.revision",
            edition.id + " says that it is revision " +
                std::to_string(edition.revision) +
                (last == 0 ? ", and none was published before: the first is 1."
                           : ", and the last that was published is " +
                                 std::to_string(last) + ": the next is " +
                                 std::to_string(last + 1) + "."),
            edition.file));
}

// Everything that propose and approve ask alike.
Result<void> check_step(Log& log, const Workspace& workspace,
                        const LookedAt& looked, const std::string& by) {
  if (auto named = check_person(by); !named) return named;
  if (looked.edition != nullptr) {
    auto turn = check_turn(log, workspace, looked);
    if (!turn) return turn;
  }
  if (auto why = obstacle(looked)) return unexpected(std::move(*why));
  const std::string key =
      publishing_key(log.keys(), looked.version.body).text();
  if (auto read = NoteKey::parse(key); !read) return unexpected(read.error());
  return {};
}

// What of two versions differs first, in words.
std::string difference(const EditionVersion& was, const EditionVersion& is) {
  if (was.edition != is.edition || was.body != is.body) {
    return "the proposal is for " + quoted(was.edition);
  }
  if (was.revision != is.revision) {
    return "the proposal is for revision " + std::to_string(was.revision);
  }
  if (was.hash != is.hash) {
    return "edition.json or a table was changed since";
  }
  for (const EditionVersion::Plugin& plugin : is.plugins) {
    if (std::ranges::find(was.plugins, plugin) == was.plugins.end()) {
      return "its cases ran with another version of the plugin " + plugin.id;
    }
  }
  return "its cases ran with other plugins";
}

struct FoundProposal {
  Proposal proposal;
  std::string note;  // the bytes
};

Result<FoundProposal> find_proposal(Log& log, const Workspace& workspace,
                                    const LookedAt& looked) {
  const Edition& edition = *looked.edition;
  const std::string file = proposal_file(edition.file);
  const auto not_proposed = [&](const std::string& why) {
    return unexpected(fault("publish.not_proposed",
                            in_words(looked.version) + " " + why +
                                " The first person proposes it: sendcheck "
                                "rules publish " +
                                edition.id + " --propose --by NAME.",
                            edition.file));
  };
  if (!is_file(file)) return not_proposed("is not proposed.");
  auto bytes = read_file(file, 1 << 16);
  if (!bytes) return unexpected(bytes.error());
  const auto placed = [&](Error error) {
    if (error.place.file.empty()) error.place.file = file;
    return unexpected(std::move(error));
  };
  std::vector<NoteKey> keys = {publishing_key(log.keys(), looked.version.body)};
  for (const NoteKey& key : workspace.published().keys()) {
    if (key.name == edition.body && key.kind == NoteKey::Kind::ed25519) {
      keys.push_back(key);
    }
  }
  auto note = open_note(*bytes, keys);
  if (!note && note.error().id == "note.unsigned") {
    return placed(fault(
        "publish.proposer_key",
        "The proposal is signed neither by this log nor by a key of " +
            edition.body +
            " that is known here. Where it comes from another computer, put "
            "that log's key into the file of publishers' keys, once you have "
            "compared its fingerprint by telephone."));
  }
  if (!note) return placed(note.error());
  auto proposal = Proposal::parse(note->text);
  if (!proposal) return placed(proposal.error());
  if (proposal->version != looked.version) {
    return placed(fault("publish.changed",
                        in_words(looked.version) +
                            " is not what was proposed: " +
                            difference(proposal->version, looked.version) +
                            ". Look at it again, and let it be proposed again "
                            "as it stands here."));
  }
  // This log's key could sign a proposal by the way; its entry could not be
  // written by the way.
  if (proposal->log == log.origin()) {
    auto entries =
        entries_about(log.reader(), EntryKind::rules_proposed, edition.id);
    if (!entries) return unexpected(entries.error());
    if (entries->empty() ||
        about_text(entries->back(), "note") != sha256(*bytes)) {
      return not_proposed(
          "has a proposal beside it which is not the last that this log "
          "knows.");
    }
  }
  return FoundProposal{std::move(*proposal), std::move(*bytes)};
}

Result<void> check_people(const Log& log, const Edition& edition,
                          const Proposal& proposal, const std::string& by,
                          const std::string& actor, Moment now) {
  if (now < proposal.proposed_at) {
    return unexpected(fault(
        "publish.clock",
        "The clock of this computer says " + now.text() +
            ", and the proposal was made at " + proposal.proposed_at.text() +
            ". Put right whichever clock is wrong; where it was that of "
            "the proposal, propose again.",
        proposal_file(edition.file)));
  }
  if (!edition.two_people) return {};
  if (same_person(by, proposal.proposed_by)) {
    return unexpected(
        fault("publish.same_person",
              quoted(proposal.proposed_by) + " proposed it and " + quoted(by) +
                  " is to approve it: by name that is one person, and "
                  "two are needed. Let another person look at it and approve "
                  "it.",
              edition.file));
  }
  if (proposal.log == log.origin() && proposal.actor == actor) {
    return unexpected(
        fault("publish.same_person",
              "It was proposed, and is to be approved, from the account " +
                  quoted(actor) +
                  ": for this log that is one person, and two are needed. The "
                  "second works under their own account, or says who they are "
                  "with --actor.",
              edition.file));
  }
  return {};
}

// The log enters that its clock went back, and then what was to be entered:
// not under the number that the note names.
Error set_back(Moment now) {
  return fault("publish.clock",
               "The clock of this computer says " + now.text() +
                   ", which is before the last entry of the log. Put it right. "
                   "If it is right now, run \"sendcheck audit verify\" once, "
                   "which enters that it was set back, and then this again.");
}

// The entry was committed and its file is not there yet.
Error after_commit(Error error, std::uint64_t entry) {
  error.message += " It is in the log (entry " + std::to_string(entry) +
                   "): run the same command again, and it is put in place.";
  return error;
}

}  // namespace

NoteKey publishing_key(const Keys& keys, const std::string& body) {
  return {body, NoteKey::Kind::ed25519, keys.public_key().key};
}

Result<PublishStep> propose_edition(Log& log, const Workspace& workspace,
                                    const LookedAt& looked,
                                    const std::string& by, Moment now) {
  if (auto checked = check_step(log, workspace, looked, by); !checked) {
    return unexpected(checked.error());
  }
  const Edition& edition = *looked.edition;
  auto rules =
      read_kept_rules(workspace.rules_folder(), workspace.plugins_folder());
  if (!rules) return unexpected(rules.error());
  auto files = files_of(workspace, edition, *rules);
  if (!files) return unexpected(files.error());
  const Proposal proposal{looked.version, by, now, log.actor(), log.origin()};
  const std::string note =
      signed_note(proposal.text(), edition.body, log.keys().signing_key());
  PublishStep step;
  step.file = proposal_file(edition.file);
  step.key = publishing_key(log.keys(), edition.body);
  step.publication.version = looked.version;
  step.publication.cases = looked.cases;
  step.publication.proposed_by = by;
  step.publication.proposed_at = now;

  const std::string beside = step.file + ".part";
  if (auto written = write_file(beside, note); !written) {
    return unexpected(written.error());
  }
  const auto entered = [&]() -> Result<void> {
    auto batch = log.begin();
    if (!batch) return unexpected(batch.error());
    auto kept = keep_all(*rules, *files, note, *batch);
    if (!kept) return unexpected(kept.error());
    auto entry = batch->append({.kind = EntryKind::rules_proposed,
                                .about = about_of(*kept, step.publication)});
    if (!entry) return unexpected(entry.error());
    auto checkpoint = batch->commit();
    if (!checkpoint) return unexpected(checkpoint.error());
    step.entry = *entry;
    step.checkpoint = std::move(*checkpoint);
    return {};
  }();
  if (!entered) {
    static_cast<void>(remove_all(beside));
    return unexpected(entered.error());
  }
  if (auto moved = rename_file(beside, step.file); !moved) {
    return unexpected(after_commit(moved.error(), step.entry));
  }
  return step;
}

Result<PublishStep> approve_edition(Log& log, const Workspace& workspace,
                                    const LookedAt& looked,
                                    const std::string& by, Moment now) {
  if (auto checked = check_step(log, workspace, looked, by); !checked) {
    return unexpected(checked.error());
  }
  const Edition& edition = *looked.edition;
  auto found = find_proposal(log, workspace, looked);
  if (!found) return unexpected(found.error());
  if (auto people =
          check_people(log, edition, found->proposal, by, log.actor(), now);
      !people) {
    return unexpected(people.error());
  }
  auto rules =
      read_kept_rules(workspace.rules_folder(), workspace.plugins_folder());
  if (!rules) return unexpected(rules.error());
  auto files = files_of(workspace, edition, *rules);
  if (!files) return unexpected(files.error());
  RevisionFolder folder(edition.file, edition.revision);
  if (auto written = folder.write(*files); !written) {
    return unexpected(written.error());
  }

  PublishStep step;
  step.file = folder.note_file();
  step.key = publishing_key(log.keys(), edition.body);
  Publication& said = step.publication;
  said.version = looked.version;
  said.cases = looked.cases;
  said.proposed_by = found->proposal.proposed_by;
  said.proposed_at = found->proposal.proposed_at;
  said.approved_by = by;
  said.approved_at = now;
  said.two_people = edition.two_people;
  said.log = log.origin();
  std::string note;
  {
    auto batch = log.begin();
    if (!batch) return unexpected(batch.error());
    // Another may have approved it while this one waited.
    auto turn = check_turn(log, workspace, looked);
    if (!turn) return unexpected(turn.error());
    auto proposal = batch->keep(found->note);
    if (!proposal) return unexpected(proposal.error());
    said.proposal = *proposal;
    // Note and entry name each other. Others wait: the number stays ours.
    step.entry = batch->next();
    said.entry = static_cast<std::int64_t>(step.entry);
    note = signed_note(said.text(), edition.body, log.keys().signing_key());
    auto kept = keep_all(*rules, *files, note, *batch);
    if (!kept) return unexpected(kept.error());
    auto entry = batch->append(
        {.kind = EntryKind::rules_published, .about = about_of(*kept, said)});
    if (!entry) return unexpected(entry.error());
    if (*entry != step.entry) return unexpected(set_back(now));
    auto checkpoint = batch->commit();
    if (!checkpoint) return unexpected(checkpoint.error());
    step.checkpoint = std::move(*checkpoint);
  }
  if (auto placed = folder.put_in_place(note); !placed) {
    return unexpected(after_commit(placed.error(), step.entry));
  }
  if (auto gone = remove_all(proposal_file(edition.file)); !gone) {
    return unexpected(gone.error());
  }
  return step;
}

}  // namespace sendcheck
