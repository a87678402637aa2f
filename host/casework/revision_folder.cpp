#include "casework/revision_folder.hpp"

#include <algorithm>
#include <map>

#include "base/files.hpp"
#include "json/value.hpp"
#include "rulesets/edition_file.hpp"

namespace sendcheck {
namespace {

// What was kept under a manifest's hash.
Result<KeptRules> kept_files(LogReader& reader, const std::string& hash) {
  auto manifest = reader.kept(hash);
  if (!manifest) return unexpected(manifest.error());
  json::Document document;
  if (auto read = document.parse(*manifest, hash); !read) {
    return unexpected(read.error());
  }
  KeptRules kept;
  const json::Value* files = document.root().find("files");
  if (files == nullptr) return kept;
  for (const json::Value& file : files->items) {
    const json::Value* path = file.find("path");
    const json::Value* content = file.find("hash");
    // Nothing is written outside the folder on a manifest's word.
    if (path == nullptr || content == nullptr ||
        path->text.find("..") != path->text.npos) {
      continue;
    }
    auto bytes = reader.kept(content->text);
    if (!bytes) return unexpected(bytes.error());
    kept.files.push_back({std::string(path->text), std::move(*bytes)});
  }
  return kept;
}

}  // namespace

Result<KeptRules> files_of(const Workspace& workspace, const Edition& edition,
                           const KeptRules& rules) {
  const std::string path = workspace.without_folders(edition.file);
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  KeptRules files;
  std::map<std::string, std::string> tables;
  std::string text;
  for (const KeptFile& file : rules.files) {
    if (!file.path.starts_with(folder)) continue;
    const std::string name = file.path.substr(folder.size());
    if (file.path == path) {
      text = file.bytes;
    } else if (std::ranges::find(edition.tables, name) !=
               edition.tables.end()) {
      tables[name] = file.bytes;
    } else {
      continue;
    }
    files.files.push_back({name, file.bytes});
  }
  // It was loaded, and its cases ran, before it was read again here.
  if (edition_hash(text, tables) != edition.hash) {
    return unexpected({"publish.changed",
                       edition.id +
                           " was changed while it was looked at. Wait "
                           "until nobody works on it, and begin again.",
                       {.file = edition.file}});
  }
  return files;
}

RevisionFolder::RevisionFolder(const std::string& edition_file, int revision)
    : place_(revision_folder(edition_file, revision)),
      made_(place_ + ".part"),
      note_file_(join_path(place_, "published.note")) {}

RevisionFolder::~RevisionFolder() {
  if (!in_place_) static_cast<void>(remove_all(made_));
}

Result<void> RevisionFolder::write(const KeptRules& files) {
  if (auto gone = remove_all(made_); !gone) return gone;
  for (const KeptFile& file : files.files) {
    const std::string path = join_path(made_, file.path);
    if (auto folder = make_folder(path.substr(0, path.rfind('/'))); !folder) {
      return folder;
    }
    if (auto written = write_file(path, file.bytes); !written) return written;
  }
  return {};
}

Result<void> RevisionFolder::put_in_place(std::string_view note) {
  auto written = write_file(join_path(made_, file_name(note_file_)), note);
  if (!written) return written;
  auto moved = rename_file(made_, place_);
  in_place_ = moved.has_value();
  return moved;
}

Result<std::vector<Entry>> entries_about(LogReader& reader, EntryKind kind,
                                         const std::string& edition) {
  std::vector<Entry> found;
  const std::string mark = "\"" + std::string(name_of(kind)) + "\"";
  auto walked = reader.walk(0, [&](const StoredEntry& stored) -> Result<bool> {
    // Most of a log are records and decisions: they need not be read.
    if (stored.bytes.find(mark) == stored.bytes.npos) return true;
    auto entry = read_entry(stored.bytes);
    if (!entry) return unexpected(entry.error());
    if (entry->kind == kind && about_text(*entry, "edition") == edition) {
      found.push_back(std::move(*entry));
    }
    return true;
  });
  if (!walked) return unexpected(walked.error());
  return found;
}

int revision_of(const Entry& entry) {
  return static_cast<int>(about_number(entry, "revision").value_or(0));
}

Result<std::optional<std::uint64_t>> mend_publication(Log& log,
                                                      const Edition& edition) {
  auto published =
      entries_about(log.reader(), EntryKind::rules_published, edition.id);
  if (!published) return unexpected(published.error());
  std::optional<std::uint64_t> mended;
  for (const Entry& entry : *published) {
    const int revision = revision_of(entry);
    if (is_file(join_path(revision_folder(edition.file, revision),
                          "published.note"))) {
      continue;
    }
    auto note = log.reader().kept(about_text(entry, "note"));
    if (!note) return unexpected(note.error());
    auto files = kept_files(log.reader(), about_text(entry, "files"));
    if (!files) return unexpected(files.error());
    RevisionFolder folder(edition.file, revision);
    if (auto written = folder.write(*files); !written) {
      return unexpected(written.error());
    }
    if (auto placed = folder.put_in_place(*note); !placed) {
      return unexpected(placed.error());
    }
    mended = entry.number;
  }
  // What is approved is no longer proposed.
  if (mended) {
    auto gone = remove_all(proposal_file(edition.file));
    if (!gone) return unexpected(gone.error());
  }
  return mended;
}

}  // namespace sendcheck
