// sendcheck-verify: whether a log of decisions, or what an auditor took away of one, is whole and untouched. Knows no rules, runs no scripts.
#include <clocale>
#include <iostream>
#include <string>
#include <vector>

#include "audit/key_words.hpp"
#include "audit/verdict_words.hpp"
#include "audit/verify.hpp"
#include "audit/verify_pack.hpp"
#include "base/files.hpp"
#include "base/text.hpp"

namespace {

using namespace sendcheck;

constexpr const char* help =
    R"(sendcheck-verify LOG [--key FILE|KEY]... [--witness KEY]... [--checkpoint FILE]...
    [--printed SIZE:ROOT]...

Says whether a log of decisions is whole and untouched, and how far outside evidence
reaches. LOG is a store ("sendcheck.db"), or the folder of an audit pack.

  --key FILE|KEY     a public key of the log that was learnt elsewhere: a verifier key,
                     or a file of them such as signing.pub
  --witness KEY      a verifier key of another party, whose cosignatures count
  --checkpoint FILE  a checkpoint of the log that was kept elsewhere
  --printed SIZE:ROOT  the checkpoint in the foot of a page, such as 633:09ff405396c0d1a5

Examples:
  sendcheck-verify sendcheck.db --key signing.pub --checkpoint last-term.checkpoint
  sendcheck-verify audit-pack --key signing.pub

Exit status: 0 verified and anchored; 3 verified, not anchored to the end; 10 broken;
11 contradicts a checkpoint from outside; 12 wrong or unknown key; 2 wrong usage;
5 cannot be read.
)";

constexpr int wrong_usage = 2;
constexpr int unreadable = 5;

int fail(const Error& error) {
  std::cerr << "sendcheck-verify: " << error.to_string() << '\n';
  return unreadable;
}

}  // namespace

int main(int argc, char** argv) {
  std::setlocale(LC_ALL, "C");
  const std::vector<std::string> words(argv + 1, argv + argc);
  std::string log;
  Evidence evidence;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--help" || word == "-h") {
      std::cout << help;
      return 0;
    }
    if (!word.starts_with("--")) {
      if (!log.empty()) {
        std::cerr << "sendcheck-verify: one log at a time: \"" << quoted(word)
                  << "\" is a second\n";
        return wrong_usage;
      }
      log = word;
      continue;
    }
    if (word != "--key" && word != "--witness" && word != "--checkpoint" &&
        word != "--printed") {
      std::cerr << "sendcheck-verify: there is no option \"" << quoted(word)
                << "\"; expected --key, --witness, --checkpoint or --printed\n";
      return wrong_usage;
    }
    if (++i == words.size()) {
      std::cerr << "sendcheck-verify: " << word << " needs a word after it\n";
      return wrong_usage;
    }
    if (word == "--checkpoint") {
      auto note = read_file(words[i], 1 << 20);
      if (!note) return fail(note.error());
      evidence.checkpoints.push_back({words[i], std::move(*note)});
      continue;
    }
    if (word == "--printed") {
      auto page = PrintedCheckpoint::parse(words[i]);
      if (!page) return fail(page.error());
      evidence.printed.push_back(*page);
      continue;
    }
    auto keys = keys_in({words[i]});
    if (!keys) return fail(keys.error());
    auto& known = word == "--key" ? evidence.log_keys : evidence.witnesses;
    known.insert(known.end(), keys->begin(), keys->end());
  }
  if (log.empty()) {
    std::cerr << help;
    return wrong_usage;
  }
  if (is_folder(log)) {
    auto verdict = verify_pack(log, evidence);
    if (!verdict) return fail(verdict.error());
    std::cout << in_words(*verdict);
    return exit_status(verdict->kind);
  }
  auto database = Database::open(log, log_schema(), Database::Open::read_only);
  if (!database) return fail(database.error());
  auto verdict = verify_log(*database, evidence);
  if (!verdict) return fail(verdict.error());
  std::cout << in_words(*verdict);
  return exit_status(verdict->kind);
}
