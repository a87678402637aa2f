// An audit pack that is small enough to turn over each of its bytes.
#pragma once

#include <string>

#include "audit/pack.hpp"
#include "audit/tiles.hpp"
#include "support/small_store.hpp"

namespace sendcheck::test {

// The pack of a store, with the contents opened; gives its folder.
inline std::string small_pack(SmallStore& store,
                              const std::string& name = "pack") {
  LogReader& reader = store.log->reader();
  const std::string note = well(store.log->checkpoint());
  const Checkpoint head =
      well(Checkpoint::parse(note.substr(0, note.find("\n\n") + 1)));
  const std::string folder = store.scratch.path(name);
  PackWriter writer = well(PackWriter::begin(folder));
  well(writer.add("README.txt", "A small pack.\n"));
  well(write_tiles(
      folder + "/log", head.size, reader.roots(),
      [&](std::uint64_t number) { return reader.bytes(number); }, note));
  well(writer.add_folder("log"));
  std::string keys;
  for (const auto& from : well(reader.signing_keys())) {
    keys += from.key.text() + "\n";
  }
  well(writer.add("keys/log.pub", keys));
  int number = 0;
  for (const std::string& cosigned : well(reader.cosigned())) {
    well(writer.add("cosigned/" + std::to_string(++number) + ".checkpoint",
                    cosigned));
  }
  for (const std::string& hash : well(reader.kept_hashes())) {
    well(writer.add("rules/sha256/" + hash.substr(7), well(reader.kept(hash))));
  }
  std::string lines;
  for (std::uint64_t i = 0; i < head.size; ++i) {
    const Entry entry = well(reader.entry(i));
    const auto sealed = well(reader.sealed(i));
    if (!sealed) continue;
    auto pupil = well(store.log->keys().by_pseudonym(entry.subject));
    const SecretKey key = entry_key(pupil->key, i);
    lines +=
        contents_line(i, key, *sealed,
                      well(opened_with_entry_key(key, i, entry.kind, *sealed)));
  }
  well(writer.add("contents.jsonl", lines));
  well(writer.finish({head, "2026-11-24T09:02:03Z", "A. Example", "audit"},
                     store.log->keys().name(),
                     store.log->keys().signing_key()));
  return folder;
}

}  // namespace sendcheck::test
