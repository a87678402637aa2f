// The errors of this layer: their ids and their words. For its sources.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace sendcheck::store {

// A result code of SQLite, extended, and what is needed to put it into words.
struct Fault {
  int code = 0;
  std::string path = {};
  // Whether the connection may write: a file that cannot be opened then is the journal.
  bool writable = false;
  std::string sqlite = {};  // SQLite's own words
  std::string system = {};  // the system's reason; empty when there is none
  std::chrono::milliseconds patience{0};
};
Error error_of(const Fault& fault);

// `"decisions.db" cannot be read: <found>. <what to do>`, and so on.
Unexpected missing(const std::string& path, std::string_view wanted);
Unexpected not_a_store(const std::string& path, std::string_view wanted,
                       std::string_view found);
Unexpected newer(const std::string& path, std::string_view wanted, int found,
                 int known);
Unexpected old(const std::string& path, std::string_view wanted, int found,
               int known);
Unexpected damaged(const std::string& path, std::string_view found);
Unexpected unreadable(const std::string& path, std::string_view found,
                      std::string_view to_do);
Unexpected unwritable(const std::string& path, std::string_view found,
                      std::string_view to_do);
Unexpected interrupted(const std::string& path);
Unexpected failed(const std::string& path, std::string_view found);

}  // namespace sendcheck::store
