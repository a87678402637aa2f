#include "casework/kept_rules.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "crypto/hash.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

bool is_read(const std::string& name) {
  const std::string kind = extension(name);
  return kind == ".json" || kind == ".csv" || kind == ".lua";
}

Result<void> add_file(const std::string& path, const std::string& as,
                      KeptRules& kept) {
  auto bytes = read_file(path);
  if (!bytes) return unexpected(bytes.error());
  kept.files.push_back({as, std::move(*bytes)});
  return {};
}

// The notes by which an edition's revisions were published; the bytes that they
// are of are the edition's own, or were in force at another time.
Result<void> add_notes(const std::string& revisions, const std::string& as,
                       KeptRules& kept) {
  auto names = list_folder(revisions);
  if (!names) return unexpected(names.error());
  for (const std::string& name : *names) {
    const std::string note = name + "/published.note";
    if (name.starts_with('.') || !is_file(join_path(revisions, note))) continue;
    auto added = add_file(join_path(revisions, note), as + "/" + note, kept);
    if (!added) return added;
  }
  return {};
}

// Every file below a folder that loading can read.
Result<void> add_folder(const std::string& folder, const std::string& as,
                        KeptRules& kept) {
  auto names = list_folder(folder);
  if (!names) return unexpected(names.error());
  for (const std::string& name : *names) {
    if (name.starts_with('.')) continue;
    const std::string path = join_path(folder, name);
    Result<void> added;
    if (name == "revisions" && is_folder(path)) {
      added = add_notes(path, as + "/" + name, kept);
    } else if (is_folder(path)) {
      added = add_folder(path, as + "/" + name, kept);
    } else if (is_read(name)) {
      added = add_file(path, as + "/" + name, kept);
    }
    if (!added) return added;
  }
  return {};
}

Result<void> add_rules(const std::string& rules, KeptRules& kept) {
  for (const char* name : {"facts.json", "bank-holidays.csv"}) {
    const std::string path = join_path(rules, name);
    if (!is_file(path)) continue;
    if (auto added = add_file(path, "rules/" + std::string(name), kept);
        !added) {
      return added;
    }
  }
  for (const std::string name : {"national", "authorities", "schools"}) {
    const std::string path = join_path(rules, name);
    if (!is_folder(path)) continue;
    if (auto added = add_folder(path, "rules/" + name, kept); !added) {
      return added;
    }
  }
  return {};
}

Result<void> add_plugins(const std::string& plugins, KeptRules& kept) {
  auto names = list_folder(plugins);
  if (!names) return unexpected(names.error());
  for (const std::string& name : *names) {
    const std::string folder = join_path(plugins, name);
    if (name.starts_with('.') || !is_folder(folder)) continue;
    if (name == "shared") {
      if (auto added = add_folder(folder, "plugins/shared", kept); !added) {
        return added;
      }
      continue;
    }
    for (const char* file : {"plugin.json", "rule.lua"}) {
      const std::string path = join_path(folder, file);
      if (!is_file(path)) continue;
      if (auto added = add_file(path, "plugins/" + name + "/" + file, kept);
          !added) {
        return added;
      }
    }
  }
  return {};
}

}  // namespace

std::string KeptRules::manifest() const {
  std::string out;
  json::Writer json(out);
  json.begin_object().key("files").begin_array();
  for (const KeptFile& file : files) {
    json.begin_object()
        .member("hash", sha256(file.bytes))
        .member("path", file.path)
        .end_object();
  }
  json.end_array().key("v").number(1).end_object();
  return out;
}

Result<KeptRules> read_kept_rules(const std::string& rules,
                                  const std::string& plugins) {
  KeptRules kept;
  if (!rules.empty()) {
    if (auto added = add_rules(rules, kept); !added) {
      return unexpected(added.error());
    }
  }
  if (!plugins.empty()) {
    if (auto added = add_plugins(plugins, kept); !added) {
      return unexpected(added.error());
    }
  }
  std::ranges::sort(kept.files, {}, &KeptFile::path);
  return kept;
}

Result<KeptRules> read_kept_folder(const std::string& folder,
                                   const std::string& as) {
  KeptRules kept;
  if (auto added = add_folder(folder, as, kept); !added) {
    return unexpected(added.error());
  }
  std::ranges::sort(kept.files, {}, &KeptFile::path);
  return kept;
}

Result<std::string> keep(const KeptRules& rules, Log::Batch& batch) {
  const std::string manifest = rules.manifest();
  std::string hash = sha256(manifest);
  auto kept = batch.is_kept(hash);
  if (!kept) return unexpected(kept.error());
  if (*kept) return hash;
  for (const KeptFile& file : rules.files) {
    if (auto done = batch.keep(file.bytes); !done) return done;
  }
  return batch.keep(manifest);
}

Result<void> lay_out_kept_rules(LogReader& log, const std::string& manifest,
                                const TemporaryFolder& folder) {
  auto text = log.kept(manifest);
  if (!text) return unexpected(text.error());
  json::Document document;
  if (auto read = document.parse(*text, manifest); !read) return read;
  const json::Value* files = document.root().find("files");
  if (files == nullptr) return {};
  for (const json::Value& file : files->items) {
    const json::Value* path = file.find("path");
    const json::Value* hash = file.find("hash");
    // A manifest that was tampered with does not have its hash, and is not
    // found; yet nothing is written outside the folder on its word.
    if (path == nullptr || hash == nullptr ||
        path->text.find("..") != path->text.npos) {
      continue;
    }
    auto bytes = log.kept(hash->text);
    if (!bytes) return unexpected(bytes.error());
    if (auto written = folder.write(std::string(path->text), *bytes);
        !written) {
      return written;
    }
  }
  return {};
}

}  // namespace sendcheck
