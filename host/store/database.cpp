#include "store/database.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>

#include "store/connection.hpp"
#include "store/faults.hpp"
#include "store/file_look.hpp"

namespace sendcheck {
namespace {

using Open = Database::Open;
using store::FileLook;

// Refuses, before SQLite has seen the file, what must not be touched.
Result<void> check_look(const FileLook& look, const std::string& path,
                        const Schema& schema, Open how) {
  switch (look.kind) {
    case FileLook::Kind::missing:
      if (how != Open::create) return store::missing(path, schema.what);
      return {};
    case FileLook::Kind::empty:
      if (how != Open::create) {
        return store::not_a_store(path, schema.what, "it is empty");
      }
      return {};
    case FileLook::Kind::torn:
      if (how == Open::read_only) return store::interrupted(path);
      return {};
    case FileLook::Kind::other:
      return store::not_a_store(path, schema.what, look.what);
    case FileLook::Kind::stamped:
      break;
  }
  if (look.application != schema.application) {
    return store::not_a_store(path, schema.what,
                              "it belongs to another program");
  }
  if (look.version > schema.version) {
    return store::newer(path, schema.what, look.version, schema.version);
  }
  if (how == Open::read_only && look.write_ahead) {
    // Reading such a file makes two others beside it.
    return store::unreadable(path,
                             "another program has switched it to write-ahead "
                             "logging",
                             "Open it for writing once, which switches it "
                             "back.");
  }
  return {};
}

// The file as only its owner can read it, before SQLite, which gives its journal
// the same permissions, opens it. Not by open(): closing the file could drop a
// lock that another thread has taken on it meanwhile.
Result<void> make_file(const std::string& path, const FileLook& look) {
  constexpr mode_t owner_only = S_IRUSR | S_IWUSR;
  const bool made =
      look.kind == FileLook::Kind::missing
          ? mknod(path.c_str(), S_IFREG | owner_only, 0) == 0 || errno == EEXIST
          : chmod(path.c_str(), owner_only) == 0;
  if (made) return {};
  return store::unwritable(path, std::strerror(errno),
                           "Check the folder, the free space and who may write "
                           "there.");
}

// SQLite would notice only when it makes its journal: at the first change.
Result<void> check_folder(const std::string& path, const FileLook& look) {
  const std::string folder =
      look.full_path.substr(0, look.full_path.rfind('/') + 1);
  if (folder.empty() ||
      faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0) {
    return {};
  }
  return store::unwritable(path,
                           "nothing can be made in its folder (" +
                               std::string(std::strerror(errno)) + ")",
                           "The journal must stand beside it: check who may "
                           "write in that folder.");
}

// What the connection is like whatever the file is like.
void configure(sqlite3* handle, std::chrono::milliseconds patience) {
  sqlite3_busy_timeout(handle, static_cast<int>(patience.count()));
  for (const auto& [option, value] :
       {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1},
        std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        std::pair{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        std::pair{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
        std::pair{SQLITE_DBCONFIG_DQS_DDL, 0},
        std::pair{SQLITE_DBCONFIG_DQS_DML, 0}}) {
    // Cannot fail for an option that this SQLite knows.
    sqlite3_db_config(handle, option, value, static_cast<int*>(nullptr));
  }
}

// The second line holds for new files only. Memory for what is temporary:
// otherwise a sort could put what is erased later into a file elsewhere.
constexpr const char* settings =
    "PRAGMA mmap_size = 0;"
    "PRAGMA page_size = 16384; PRAGMA encoding = 'UTF-8';"
    "PRAGMA auto_vacuum = NONE;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA synchronous = EXTRA;";

Result<std::int64_t> number_of(Database& database, const char* sql) {
  auto statement = database.prepare(sql);
  if (!statement) return unexpected(statement.error());
  auto row = statement->step();
  if (!row) return unexpected(row.error());
  return *row ? statement->number(0) : 0;
}

struct Stamp {
  std::int64_t application = 0;
  std::int64_t version = 0;
  bool empty = false;
};

Result<Stamp> read_stamp(Database& database) {
  Stamp stamp;
  const auto application = number_of(database, "PRAGMA application_id");
  if (!application) return unexpected(application.error());
  stamp.application = *application;
  const auto version = number_of(database, "PRAGMA user_version");
  if (!version) return unexpected(version.error());
  stamp.version = *version;
  const auto names = number_of(database, "SELECT count(*) FROM sqlite_schema");
  if (!names) return unexpected(names.error());
  stamp.empty = *application == 0 && *version == 0 && *names == 0;
  return stamp;
}

// Whether the schema is as it should be; false where steps are to be taken.
Result<bool> is_current(const Stamp& stamp, const std::string& path,
                        const Schema& schema, Open how) {
  if (stamp.empty && how == Open::create) return false;
  if (stamp.empty) return store::not_a_store(path, schema.what, "it is empty");
  if (stamp.application != schema.application) {
    return store::not_a_store(path, schema.what,
                              "it belongs to another program");
  }
  const int version = static_cast<int>(stamp.version);
  if (version > schema.version) {
    return store::newer(path, schema.what, version, schema.version);
  }
  if (version < 1) {
    return store::damaged(path, "it calls itself version " +
                                    std::to_string(version) +
                                    "; the first is 1");
  }
  if (version == schema.version) return true;
  if (how == Open::read_only) {
    return store::old(path, schema.what, version, schema.version);
  }
  return false;
}

Result<void> check_schema(const std::string& path, const Schema& schema) {
  if (schema.application == 0 || schema.version < 1 ||
      schema.steps == nullptr) {
    return store::failed(path,
                         "its schema has no application, version or steps");
  }
  return {};
}

}  // namespace

Database::Database(std::shared_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::string& path, const Schema& schema,
                                Open how, const char* vfs,
                                std::chrono::milliseconds patience) {
  if (auto right = check_schema(path, schema); !right) {
    return unexpected(right.error());
  }
  const auto look = store::look_at(path, vfs);
  if (!look) return unexpected(look.error());
  if (auto fit = check_look(*look, path, schema, how); !fit) {
    return unexpected(fit.error());
  }
  const bool writable = how != Open::read_only;
  int flags = writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  if (how == Open::create && vfs != nullptr) flags |= SQLITE_OPEN_CREATE;
  if (vfs == nullptr && writable) {
    const bool there = look->kind != FileLook::Kind::missing;
    if (there) {
      if (auto fit = check_folder(path, *look); !fit) {
        return unexpected(fit.error());
      }
    }
    if (!there || look->kind == FileLook::Kind::empty) {
      if (auto made = make_file(path, *look); !made) {
        return unexpected(made.error());
      }
    }
  }

  auto state = std::make_shared<State>();
  state->path = path;
  state->patience = patience;
  state->writable = writable;
  // The full path, which begins with a slash: a shorter one could be a name
  // that means something else to SQLite (":memory:", "file:...").
  const std::string& name = look->full_path.empty() ? path : look->full_path;
  const int code =
      sqlite3_open_v2(name.c_str(), &state->handle,
                      flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX |
                          SQLITE_OPEN_PRIVATECACHE,
                      vfs);
  if (code != SQLITE_OK) return unexpected(state->error_of(code));
  // SQLite opens for reading what it may not write, and says nothing.
  if (writable && sqlite3_db_readonly(state->handle, "main") == 1) {
    return store::unwritable(path, "it is read-only",
                             "Check who may write it, and how the disk is "
                             "mounted.");
  }
  configure(state->handle, patience);

  Database database(std::move(state));
  if (auto updated = database.bring_up_to_date(schema, how); !updated) {
    return unexpected(updated.error());
  }
  return database;
}

Result<void> Database::bring_up_to_date(const Schema& schema, Open how) {
  state_->opening = true;
  if (auto set = run(settings); !set) return set;
  if (how != Open::read_only) {
    // A file in WAL mode is turned back by this; answered is the mode that it
    // has come to.
    auto mode = prepare("PRAGMA journal_mode = DELETE");
    if (!mode) return unexpected(mode.error());
    auto row = mode->step();
    if (!row) return unexpected(row.error());
    if (mode->bytes(0) != "delete") {
      return unexpected(state_->error_of(SQLITE_BUSY));
    }
  }

  // In one look: between two, another process could make the store, and half
  // of the old would be seen with half of the new.
  if (auto begun = run("BEGIN"); !begun) return begun;
  auto stamp = read_stamp(*this);
  const auto ended = run(stamp ? "COMMIT" : "ROLLBACK");
  if (!stamp) return unexpected(stamp.error());
  if (!ended) return ended;
  auto current = is_current(*stamp, path(), schema, how);
  if (!current) return unexpected(current.error());
  if (*current) {
    state_->opening = false;
    return {};
  }

  auto transaction = Transaction::begin(*this);
  if (!transaction) return unexpected(transaction.error());
  // Again, now that nobody else can write: another process may have done it.
  stamp = read_stamp(*this);
  if (!stamp) return unexpected(stamp.error());
  current = is_current(*stamp, path(), schema, how);
  if (!current) return unexpected(current.error());
  state_->opening = false;
  if (*current) return {};
  // The stamp goes first, so that no page reaches the disk without it.
  const std::string stamps =
      "PRAGMA application_id = " + std::to_string(schema.application) +
      "; PRAGMA user_version = " + std::to_string(schema.version);
  if (auto set = run(stamps.c_str()); !set) return set;
  for (auto step = stamp->version; step < schema.version; ++step) {
    if (auto done = run(schema.steps[step]); !done) return done;
  }
  return transaction->commit();
}

Result<void> Database::run(const char* sql) { return state_->execute(sql); }

Result<Statement> Database::prepare(std::string_view sql) {
  if (sql.size() > std::size_t{std::numeric_limits<int>::max()}) {
    return unexpected(state_->error_of(SQLITE_TOOBIG));
  }
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(
      state_->handle, sql.data(), static_cast<int>(sql.size()),
      SQLITE_PREPARE_PERSISTENT, &statement, &rest);
  if (code != SQLITE_OK) return unexpected(state_->error_of(code));
  Statement prepared(state_, statement);
  const auto used = static_cast<std::size_t>(rest - sql.data());
  if (statement == nullptr ||
      sql.find_first_not_of(" \t\r\n;", used) != std::string_view::npos) {
    return store::failed(path(),
                         "one statement was to be prepared, not none "
                         "and not several");
  }
  return prepared;
}

const std::string& Database::path() const { return state_->path; }

Result<void> Database::check() const {
  constexpr int most_said = 5;
  Database self(state_);
  auto found =
      self.prepare("PRAGMA integrity_check(" + std::to_string(most_said) + ")");
  if (!found) return unexpected(found.error());
  std::string faults;
  for (;;) {
    auto row = found->step();
    if (!row) return unexpected(row.error());
    if (!*row) break;
    const std::string_view said = found->bytes(0);
    if (said == "ok") continue;
    if (!faults.empty()) faults += "; ";
    faults += said;
  }
  if (faults.empty()) return {};
  return store::damaged(path(), faults);
}

}  // namespace sendcheck
