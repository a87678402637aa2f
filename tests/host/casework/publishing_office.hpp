// Herefordshire's matrix with a log of its own, as two officers publish it.
#pragma once

#include <memory>
#include <string>

#include "casework/publish_edition.hpp"
#include "casework/revision_folder.hpp"
#include "support/small_store.hpp"

namespace sendcheck::test {

inline const std::string matrix = "884-herefordshire/2025-04-01";

struct PublishingOffice : SmallStore {
  std::unique_ptr<Workspace> workspace;

  explicit PublishingOffice(const std::string& name = "publishing office")
      : SmallStore(name) {
    namespace fs = std::filesystem;
    const auto copy = [&](const std::string& what) {
      const fs::path to = fs::path(scratch.path(what));
      fs::create_directories(to.parent_path());
      fs::copy(fs::path(source_folder()) / what, to,
               fs::copy_options::recursive);
    };
    for (const char* what :
         {"rules/facts.json", "rules/bank-holidays.csv",
          "rules/authorities/884-herefordshire", "plugins/shared",
          "plugins/herefordshire-high-needs-matrix"}) {
      copy(what);
    }
    load();
    work_as("a.example");
  }

  void load() {
    workspace =
        well(Workspace::open(scratch.path("rules"), scratch.path("plugins")));
  }
  // The log as one who is called so opens it.
  void work_as(const std::string& actor, const char* vfs = nullptr) {
    log.reset();
    log = well(Log::open({scratch.path("log.db"), "", vfs},
                         {actor, "0.1.0", &clock, &random}, true));
  }

  std::string folder() const {
    return scratch.path("rules/authorities/" + matrix);
  }
  std::string file(const std::string& name) const {
    return folder() + "/" + name;
  }
  void change(const std::string& name, const std::string& from,
              const std::string& to) {
    std::string text = content_of(file(name));
    const std::size_t at = text.find(from);
    REQUIRE(at != text.npos);
    text.replace(at, from.size(), to);
    std::ofstream(file(name), std::ios::binary) << text;
    load();
  }
  // Says in the edition what a key is, before its first other one.
  void say(const std::string& member) {
    change("edition.json", "\"body\":", member + ", \"body\":");
  }

  LookedAt looked() { return well(look_at_edition(*workspace, matrix)); }
  Result<PublishStep> propose(const std::string& by = "A. Example, officer") {
    return propose_edition(*log, *workspace, looked(), by, clock.now());
  }
  Result<PublishStep> approve(const std::string& by = "B. Example, head") {
    auto step = approve_edition(*log, *workspace, looked(), by, clock.now());
    load();
    return step;
  }
  // As it should be: one proposes, an hour later another approves.
  PublishStep publish() {
    work_as("a.example");
    well(propose());
    clock.at.seconds += 3600;
    work_as("b.example");
    return well(approve());
  }

  void know(const std::string& keys) {
    scratch.write("rules/publishers.pub", keys);
    load();
  }
  const Edition& edition() const {
    const auto& editions = workspace->rulesets().editions();
    REQUIRE(editions.size() == 1);
    return editions.front();
  }
  const PublishedEdition& published() const {
    return workspace->published().of(edition());
  }
  std::uint64_t entries() { return well(log->reader().size()); }
};

// The id of what a result says, and nothing written by the way.
template <class T>
std::string id_of(const Result<T>& result) {
  return result ? "well" : result.error().id;
}

}  // namespace sendcheck::test
