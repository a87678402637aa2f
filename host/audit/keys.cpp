#include "audit/keys.hpp"

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"
#include "store/copy.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view private_prefix = "PRIVATE+KEY+";
constexpr std::size_t most_remembered = 4096;

constexpr const char* schema_steps[] = {
    "CREATE TABLE pupils ("
    "  finder BLOB PRIMARY KEY,"  // keyed hash of the UPN
    "  pseudonym BLOB NOT NULL UNIQUE,"
    "  wrapped BLOB NOT NULL"  // key and UPN, sealed
    ") STRICT, WITHOUT ROWID;"};
constexpr Schema schema{.application = 0x534b4559,  // "SKEY"
                        .version = 1,
                        .steps = schema_steps,
                        .what = "file of pupils' keys"};

std::string signing_file(const std::string& folder) {
  return join_path(folder, "signing.key");
}
std::string next_file(const std::string& folder) {
  return join_path(folder, "signing.next");
}
std::string public_file(const std::string& folder) {
  return join_path(folder, "signing.pub");
}
std::string master_file(const std::string& folder) {
  return join_path(folder, "master.key");
}
std::string pupils_file(const std::string& folder) {
  return join_path(folder, "pupils.db");
}
std::string erased_file(const std::string& folder) {
  return join_path(folder, "erased.txt");
}

Unexpected damaged(const std::string& path, const std::string& what) {
  return unexpected({"keys.damaged",
                     "The key file \"" + quoted(file_name(path), 200) +
                         "\" is not as it was written: " + what +
                         ". Put it back from a backup.",
                     {.file = path}});
}

Result<std::string> key_line(const std::string& path) {
  if (!is_file(path)) {
    return unexpected({"keys.missing",
                       "There is no key file \"" + quoted(path, 200) +
                           "\". The log cannot be written without it: put it "
                           "back from a backup, or say with --keys where the "
                           "keys are.",
                       {.file = path}});
  }
  auto content = read_file(path, 65536);
  if (!content) return unexpected(content.error());
  return std::string(trim(*content));
}

std::string private_text(const std::string& name, const SigningKey& key) {
  const NoteKey known{name, NoteKey::Kind::ed25519, key.public_key()};
  return std::string(private_prefix) + name + "+" + fingerprint(known) + "+" +
         base64("\x01" + key.seed()) + "\n";
}

struct Named {
  std::string name;
  SigningKey key;
};

Result<Named> read_private(const std::string& path) {
  auto line = key_line(path);
  if (!line) return unexpected(line.error());
  std::string_view rest = *line;
  if (!rest.starts_with(private_prefix)) {
    return damaged(path, "it does not begin with PRIVATE+KEY+");
  }
  rest.remove_prefix(private_prefix.size());
  const std::size_t first = rest.find('+');
  const std::size_t second =
      first == rest.npos ? rest.npos : rest.find('+', first + 1);
  if (second == rest.npos) return damaged(path, "it is cut off");
  const auto bytes = from_base64(rest.substr(second + 1));
  if (!bytes || bytes->empty() || bytes->front() != '\x01') {
    return damaged(path, "its last part is no Ed25519 key in base64");
  }
  auto key = SigningKey::from_seed(std::string_view(*bytes).substr(1));
  if (!key) return damaged(path, "its key has not 32 bytes");
  std::string name(rest.substr(0, first));
  const NoteKey known{name, NoteKey::Kind::ed25519, key->public_key()};
  if (rest.substr(first + 1, second - first - 1) != fingerprint(known)) {
    return damaged(path, "its fingerprint is not that of its key");
  }
  return Named{std::move(name), std::move(*key)};
}

std::string bound_to(std::string_view pseudonym) {
  return "sendcheck pupil key 1 " + std::string(pseudonym);
}

}  // namespace

Keys::Keys(std::string folder, std::string name, SigningKey signing,
           const SecretKey& master, Database pupils, RandomSource& random)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      signing_(std::move(signing)),
      finder_(master.derived("find a pupil by UPN")),
      wrapper_(master.derived("wrap pupils' keys")),
      pupils_(std::move(pupils)),
      random_(&random) {}

Result<Keys> Keys::create(const std::string& folder, const std::string& name,
                          RandomSource& random, const char* vfs) {
  if (is_file(signing_file(folder)) || is_file(master_file(folder)) ||
      is_file(pupils_file(folder))) {
    return unexpected(
        {"keys.exist",
         "The folder \"" + quoted(folder, 200) +
             "\" holds the keys of a log already. Open that log, or name "
             "another folder with --keys.",
         {.file = folder}});
  }
  if (auto made = make_private_folder(folder); !made) {
    return unexpected(made.error());
  }
  SigningKey signing = SigningKey::made(random);
  SecretKey master = SecretKey::made(random);
  const NoteKey known{name, NoteKey::Kind::ed25519, signing.public_key()};
  for (const auto& [path, text] :
       {std::pair(master_file(folder), base64(master.bytes()) + "\n"),
        std::pair(public_file(folder), known.text() + "\n"),
        std::pair(signing_file(folder), private_text(name, signing))}) {
    if (auto written = write_private_file(path, text); !written) {
      return unexpected(written.error());
    }
  }
  auto pupils =
      Database::open(pupils_file(folder), schema, Database::Open::create, vfs);
  if (!pupils) return unexpected(pupils.error());
  return Keys(folder, name, std::move(signing), master, std::move(*pupils),
              random);
}

Result<Keys> Keys::open(const std::string& folder, RandomSource& random,
                        const char* vfs, bool unfinished) {
  auto signing = read_private(signing_file(folder));
  if (!signing) return unexpected(signing.error());
  auto master_line = key_line(master_file(folder));
  if (!master_line) return unexpected(master_line.error());
  const auto master_bytes = from_base64(*master_line);
  if (!master_bytes) {
    return damaged(master_file(folder), "it is no key in base64");
  }
  auto master = SecretKey::from_bytes(*master_bytes);
  if (!master) return damaged(master_file(folder), "it has not 32 bytes");
  auto pupils = Database::open(
      pupils_file(folder), schema,
      unfinished ? Database::Open::create : Database::Open::existing, vfs);
  if (!pupils) return unexpected(pupils.error());
  return Keys(folder, std::move(signing->name), std::move(signing->key),
              *master, std::move(*pupils), random);
}

NoteKey Keys::public_key() const {
  return {name_, NoteKey::Kind::ed25519, signing_.public_key()};
}

Result<void> Keys::copy_to(const std::string& folder) {
  if (auto made = make_private_folder(folder); !made) return made;
  for (const char* name :
       {"signing.key", "signing.pub", "master.key", "witnesses.pub"}) {
    const std::string path = join_path(folder_, name);
    if (!is_file(path)) continue;
    auto content = read_file(path, 1 << 20);
    if (!content) return unexpected(content.error());
    if (auto written = write_private_file(join_path(folder, name), *content);
        !written) {
      return written;
    }
  }
  return copy_database(pupils_, pupils_file(folder));
}

Result<NoteKey> Keys::make_next() {
  SigningKey next = SigningKey::made(*random_);
  if (auto dropped = drop_next(); !dropped) return unexpected(dropped.error());
  if (auto written =
          write_private_file(next_file(folder_), private_text(name_, next));
      !written) {
    return unexpected(written.error());
  }
  return NoteKey{name_, NoteKey::Kind::ed25519, next.public_key()};
}

Result<std::optional<NoteKey>> Keys::next() const {
  if (!is_file(next_file(folder_))) return std::optional<NoteKey>();
  auto next = read_private(next_file(folder_));
  if (!next) return unexpected(next.error());
  return std::optional<NoteKey>(
      {next->name, NoteKey::Kind::ed25519, next->key.public_key()});
}

Result<void> Keys::take_next() {
  auto next = read_private(next_file(folder_));
  if (!next) return unexpected(next.error());
  const NoteKey known{name_, NoteKey::Kind::ed25519, next->key.public_key()};
  auto keys = public_keys(folder_);
  if (!keys) return unexpected(keys.error());
  if (std::find(keys->begin(), keys->end(), known) == keys->end()) {
    if (auto added =
            append_private_file(public_file(folder_), known.text() + "\n");
        !added) {
      return added;
    }
  }
  if (auto moved = rename_file(next_file(folder_), signing_file(folder_));
      !moved) {
    return moved;
  }
  signing_ = std::move(next->key);
  return {};
}

Result<void> Keys::drop_next() { return remove_all(next_file(folder_)); }

Result<std::shared_ptr<const PupilKey>> Keys::unwrapped(
    std::string_view pseudonym, std::string_view wrapped) {
  auto bytes = opened(wrapper_, wrapped, bound_to(pseudonym));
  if (!bytes || bytes->size() < SecretKey::size) {
    return unexpected(
        {"keys.wrong_master",
         "A pupil's key cannot be unwrapped: \"master.key\" is not the key "
         "that this log's pupils' keys were wrapped with, or \"pupils.db\" was "
         "changed. Put both back from the same backup.",
         {.file = pupils_file(folder_)}});
  }
  auto key = SecretKey::from_bytes(
      std::string_view(*bytes).substr(0, SecretKey::size));
  if (!key) return unexpected(key.error());
  std::string upn = bytes->substr(SecretKey::size);
  if (by_upn_.size() >= most_remembered) by_upn_.clear();
  auto pupil = std::make_shared<const PupilKey>(
      PupilKey{std::string(pseudonym), upn, std::move(*key)});
  by_upn_[upn] = pupil;
  return std::shared_ptr<const PupilKey>(pupil);
}

Result<std::shared_ptr<const PupilKey>> Keys::by_upn(std::string_view upn) {
  if (const auto found = by_upn_.find(std::string(upn));
      found != by_upn_.end()) {
    return std::shared_ptr<const PupilKey>(found->second);
  }
  auto select = pupils_.prepare(
      "SELECT pseudonym, wrapped FROM pupils WHERE finder = ?1");
  if (!select) return unexpected(select.error());
  const Digest finder = finder_.keyed_hash(upn);
  auto row = select->bind_blob(1, bytes_of(finder)).step();
  if (!row) return unexpected(row.error());
  if (!*row) return std::shared_ptr<const PupilKey>();
  return unwrapped(hex(select->bytes(0)), select->bytes(1));
}

Result<std::shared_ptr<const PupilKey>> Keys::by_pseudonym(
    std::string_view pseudonym) {
  auto select =
      pupils_.prepare("SELECT wrapped FROM pupils WHERE pseudonym = ?1");
  if (!select) return unexpected(select.error());
  const auto bytes = from_hex(pseudonym);
  if (!bytes) return std::shared_ptr<const PupilKey>();
  auto row = select->bind_blob(1, *bytes).step();
  if (!row) return unexpected(row.error());
  if (!*row) return std::shared_ptr<const PupilKey>();
  return unwrapped(pseudonym, select->bytes(0));
}

Result<std::shared_ptr<const PupilKey>> Keys::pupil(std::string_view upn) {
  auto found = by_upn(upn);
  if (!found || *found) return found;
  return made(upn);
}

Result<std::shared_ptr<const PupilKey>> Keys::made(std::string_view upn) {
  if (!made_) {
    auto transaction = Transaction::begin(pupils_);
    if (!transaction) return unexpected(transaction.error());
    made_.emplace(std::move(*transaction));
    // Another program may have made it meanwhile.
    auto found = by_upn(upn);
    if (!found || *found) return found;
  }
  const std::string pseudonym = random_->bytes(16);
  const SecretKey key = SecretKey::made(*random_);
  const std::string wrapped =
      sealed(wrapper_, std::string(key.bytes()) + std::string(upn),
             bound_to(hex(pseudonym)), *random_);
  auto insert = pupils_.prepare(
      "INSERT INTO pupils (finder, pseudonym, wrapped) VALUES (?1, ?2, ?3)");
  if (!insert) return unexpected(insert.error());
  const Digest finder = finder_.keyed_hash(upn);
  if (auto done = insert->bind_blob(1, bytes_of(finder))
                      .bind_blob(2, pseudonym)
                      .bind_blob(3, wrapped)
                      .run();
      !done) {
    return unexpected(done.error());
  }
  return unwrapped(hex(pseudonym), wrapped);
}

Result<void> Keys::save() {
  if (!made_) return {};
  auto saved = made_->commit();
  made_.reset();
  if (!saved) by_upn_.clear();
  return saved;
}

void Keys::forget_unsaved() {
  if (!made_) return;
  made_.reset();
  by_upn_.clear();
}

Result<std::vector<std::string>> Keys::pseudonyms() {
  auto select =
      pupils_.prepare("SELECT pseudonym FROM pupils ORDER BY pseudonym");
  if (!select) return unexpected(select.error());
  std::vector<std::string> found;
  for (;;) {
    auto row = select->step();
    if (!row) return unexpected(row.error());
    if (!*row) return found;
    found.push_back(hex(select->bytes(0)));
  }
}

Result<void> Keys::note_erasure(const Erasure& erasure) {
  // The reason stands in base64: it may be of any kind of text.
  return append_private_file(erased_file(folder_),
                             erasure.pseudonym + " " + base64(erasure.actor) +
                                 " " + base64(erasure.reason) + "\n");
}

Result<std::vector<Erasure>> Keys::erasures() const {
  std::vector<Erasure> found;
  if (!is_file(erased_file(folder_))) return found;
  auto content = read_file(erased_file(folder_));
  if (!content) return unexpected(content.error());
  for (const std::string_view line : split(*content, '\n')) {
    // A last line that was cut off by a power cut was not acknowledged.
    const auto parts = split(line, ' ');
    if (parts.size() != 3 || parts[0].size() != 32) continue;
    const auto actor = from_base64(parts[1]);
    const auto reason = from_base64(parts[2]);
    if (!from_hex(parts[0]) || !actor || !reason) continue;
    found.push_back({std::string(parts[0]), *actor, *reason});
  }
  return found;
}

Result<void> Keys::destroy(std::string_view pseudonym) {
  const auto bytes = from_hex(pseudonym);
  if (!bytes) return {};
  by_upn_.clear();
  auto transaction = Transaction::begin(pupils_);
  if (!transaction) return unexpected(transaction.error());
  {
    auto remove = pupils_.prepare("DELETE FROM pupils WHERE pseudonym = ?1");
    if (!remove) return unexpected(remove.error());
    if (auto done = remove->bind_blob(1, *bytes).run(); !done) return done;
  }
  return transaction->commit();
}

Result<std::vector<NoteKey>> public_keys(const std::string& folder) {
  auto content = read_file(public_file(folder), 1 << 20);
  if (!content) return unexpected(content.error());
  return parse_keys(*content);
}

}  // namespace sendcheck
