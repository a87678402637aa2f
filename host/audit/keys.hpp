// The secrets of a log, in a folder of their own, which only its owner may look into and which is backed up on a cycle of its own:
//
//   signing.key   the private key that signs checkpoints (the standard's "PRIVATE+KEY+name+hash+..." text)
//   signing.pub   the public keys that have signed, oldest first, a verifier key a line: to be printed and kept elsewhere
//   master.key    the key that wraps the pupils' keys
//   pupils.db     for each pupil a random pseudonym and a random key, wrapped; found by a keyed hash of the UPN, so that the file names nobody
//   witnesses.pub the keys of other parties (audit/parties.hpp)
//   erased.txt    the pseudonyms whose keys were destroyed. Never to be put back from a backup: it is what keeps a restored backup from
//                 bringing a pupil back
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audit/note.hpp"
#include "crypto/sealing.hpp"
#include "store/database.hpp"

namespace sendcheck {

// A pupil's pseudonym and key.
struct PupilKey {
  std::string pseudonym;  // 32 hexadecimal digits
  std::string upn;
  SecretKey key;
};

// One line of erased.txt.
struct Erasure {
  std::string pseudonym;
  std::string actor;
  std::string reason;
};

// Belongs to one thread.
class Keys {
 public:
  // Makes the folder, a signing key that is called `name`, and a master key. Errors: keys.exist, files.unwritable, store.*.
  // `vfs` is SQLite's, for pupils.db; null: the system's.
  static Result<Keys> create(const std::string& folder, const std::string& name,
                             RandomSource& random, const char* vfs = nullptr);
  // With `unfinished`, the log holds nothing yet, and pupils.db is made if it is missing. Errors: keys.missing (a file of the folder is not there), keys.damaged, store.*.
  static Result<Keys> open(const std::string& folder, RandomSource& random,
                           const char* vfs = nullptr, bool unfinished = false);

  const std::string& folder() const { return folder_; }
  NoteKey public_key() const;
  const SigningKey& signing_key() const { return signing_; }
  const std::string& name() const { return name_; }

  // Writes signing.key, signing.pub, master.key, pupils.db and witnesses.pub, as they stand, into a folder that has none of them; never erased.txt. Errors: files.*, store.*.
  Result<void> copy_to(const std::string& folder);

  // Rotation: the new key waits in signing.next until it is taken. Errors: files.unwritable.
  Result<NoteKey> make_next();
  Result<std::optional<NoteKey>> next() const;
  Result<void> take_next();  // and forget the old one
  Result<void> drop_next();

  // The pupil's key, made if there is none. Keys that are made are on the disk once save() returned.
  Result<std::shared_ptr<const PupilKey>> pupil(std::string_view upn);
  Result<void> save();
  void forget_unsaved();
  // The key by pseudonym; null: erased, or never there.
  Result<std::shared_ptr<const PupilKey>> by_pseudonym(
      std::string_view pseudonym);
  // By UPN, without making one; null: there is none.
  Result<std::shared_ptr<const PupilKey>> by_upn(std::string_view upn);
  Result<std::vector<std::string>> pseudonyms();

  // What is to be erased, for good: written before anything is destroyed, so that an erasure that is broken off is completed when the log is next opened.
  Result<void> note_erasure(const Erasure& erasure);
  Result<std::vector<Erasure>> erasures() const;
  // Destroys the key and what found it. Well if it is gone already.
  Result<void> destroy(std::string_view pseudonym);

 private:
  Keys(std::string folder, std::string name, SigningKey signing,
       const SecretKey& master, Database pupils, RandomSource& random);
  Result<std::shared_ptr<const PupilKey>> unwrapped(std::string_view pseudonym,
                                                    std::string_view wrapped);
  Result<std::shared_ptr<const PupilKey>> made(std::string_view upn);

  std::string folder_;
  std::string name_;
  SigningKey signing_;
  SecretKey finder_;   // for the keyed hash of a UPN
  SecretKey wrapper_;  // for the pupils' keys
  Database pupils_;
  std::optional<Transaction> made_;  // keys that save() has yet to write
  RandomSource* random_;
  // Of the pupils met lately.
  std::unordered_map<std::string, std::shared_ptr<const PupilKey>> by_upn_;
};

// The public keys of a keys folder, oldest first. Errors: files.*, note.key.
Result<std::vector<NoteKey>> public_keys(const std::string& folder);

}  // namespace sendcheck
