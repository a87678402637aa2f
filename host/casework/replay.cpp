#include "casework/replay.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/check_log.hpp"
#include "casework/decision_lines.hpp"
#include "casework/kept_rules.hpp"
#include "casework/sealed_contents.hpp"
#include "json/canonical.hpp"
#include "json/value.hpp"
#include "registers/register.hpp"

namespace sendcheck {
namespace {

// Rules as they were kept, loaded from a folder that is thrown away.
struct OldRules {
  TemporaryFolder folder;
  std::unique_ptr<Workspace> workspace;
};

// A check of the log, ready to decide records again.
struct OldCheck {
  const OldRules* rules = nullptr;
  std::vector<SelectedRule> selected;
  std::unique_ptr<Checker> checker;
  std::unique_ptr<PupilReader> reader;
};

class Replayer {
 public:
  explicit Replayer(Log& log) : log_(log) {}

  Result<ReplayedDecision> replay(const Entry& entry) {
    ReplayedDecision replayed;
    replayed.entry = entry.number;
    replayed.rule = about_text(entry, "rule");
    replayed.program = entry.program;
    auto was = sealed_text_of(log_, entry);
    if (!was) return impossible(std::move(replayed), was.error());
    if (!*was) {
      replayed.result = Replayed::erased;
      return replayed;
    }
    auto now = again(entry, replayed.rule);
    if (!now) return impossible(std::move(replayed), now.error());
    if ((*now)->sealed != **was ||
        (*now)->text_hash != about_text(entry, "text")) {
      auto where = difference_in_full(entry, **now);
      if (!where) return impossible(std::move(replayed), where.error());
      replayed.result = Replayed::different;
      replayed.where = std::move(*where);
    }
    return replayed;
  }

 private:
  // What cannot be read says so of this decision; the others go on.
  static Result<ReplayedDecision> impossible(ReplayedDecision replayed,
                                             const Error& error) {
    if (error.id.starts_with("store.") || error.id == "files.unwritable") {
      return unexpected(error);
    }
    replayed.result = Replayed::impossible;
    replayed.where = error.to_string();
    return replayed;
  }

  // A decision as it comes out now.
  struct Again {
    std::string sealed;
    std::string text;  // of its rule, as it would be kept
    std::string text_hash;
  };

  // Both put together with what their rules' texts say.
  Result<std::string> difference_in_full(const Entry& entry, const Again& now) {
    auto was = contents_of(log_, entry);
    if (!was) return unexpected(was.error());
    if (now.sealed.empty()) return first_difference(**was, "");
    auto is = expanded_decision(now.sealed, now.text);
    if (!is) return unexpected(is.error());
    return first_difference(**was, *is);
  }

  Result<const Again*> again(const Entry& entry, const std::string& rule) {
    const auto record = about_number(entry, "record");
    const auto check = about_number(entry, "check");
    if (!record || !check) {
      return unexpected({"entry.malformed",
                         "the entry does not name its check and record",
                         {}});
    }
    if (*record != record_) {
      if (auto done = decide(static_cast<std::uint64_t>(*record),
                             static_cast<std::uint64_t>(*check));
          !done) {
        return unexpected(done.error());
      }
      record_ = *record;
    }
    static const Again none;
    const auto found = decisions_.find(rule);
    return found == decisions_.end() ? &none : &found->second;
  }

  // All decisions of a record, as they come out now.
  Result<void> decide(std::uint64_t record, std::uint64_t check) {
    record_ = -1;
    decisions_.clear();
    auto entry = log_.reader().entry(record);
    if (!entry) return unexpected(entry.error());
    auto text = contents_of(log_, *entry);
    if (!text) return unexpected(text.error());
    if (!*text) {
      return unexpected({"log.no_entry", "the record is not there", {}});
    }
    auto old = check_of(check);
    if (!old) return unexpected(old.error());
    auto read = (*old)->reader->read(**text, "record");
    if (!read) return unexpected(read.error());
    std::vector<WrittenDecision> written;
    (*old)->checker->write(read->record, writer_, written);
    for (const WrittenDecision& decision : written) {
      Again& now = decisions_
          [(*old)->selected[static_cast<std::size_t>(decision.rule)].id];
      now.sealed = sealed_decision(*(*old)->rules->workspace, decision);
      if (decision.text == nullptr) continue;
      now.text = kept_rule_text(*decision.text);
      now.text_hash = text_hash(now.text);
    }
    return {};
  }

  // Of few texts, each of many decisions.
  const std::string& text_hash(const std::string& text) {
    std::string& hash = text_hashes_[text];
    if (hash.empty()) hash = sha256(text);
    return hash;
  }

  Result<OldCheck*> check_of(std::uint64_t number) {
    if (const auto found = checks_.find(number); found != checks_.end()) {
      return &found->second;
    }
    // One check after another is replayed; older ones are not needed again.
    checks_.clear();
    auto entry = log_.reader().entry(number);
    if (!entry) return unexpected(entry.error());
    auto rules = rules_of(about_text(*entry, "rules"));
    if (!rules) return unexpected(rules.error());
    const auto as_of = Date::parse(about_text(*entry, "as_of"));
    json::Document about;
    if (auto read = about.parse(entry->about, ""); !read) {
      return unexpected(read.error());
    }
    const json::Value* named = about.root().find("rules_named");
    if (!as_of || named == nullptr) {
      return unexpected({"entry.malformed",
                         "the entry of the check does not say its date and "
                         "rules",
                         {}});
    }
    RuleSelection selection;
    selection.kind = about_text(*entry, "of_kind");
    for (const json::Value& id : named->items) {
      selection.ids.emplace_back(id.text);
    }
    OldCheck& check = checks_[number];
    check.rules = *rules;
    const Engine& engine = (*rules)->workspace->engine();
    auto selected = engine.select(selection);
    if (!selected) return unexpected(selected.error());
    check.selected = std::move(*selected);
    check.checker = std::make_unique<Checker>(engine, check.selected, *as_of,
                                              !selection.ids.empty());
    check.reader = std::make_unique<PupilReader>(engine.catalogue());
    return &check;
  }

  Result<const OldRules*> rules_of(const std::string& manifest) {
    if (const auto found = rules_.find(manifest); found != rules_.end()) {
      return found->second.get();
    }
    auto folder = TemporaryFolder::make();
    if (!folder) return unexpected(folder.error());
    if (auto laid = lay_out_kept_rules(log_.reader(), manifest, *folder);
        !laid) {
      return unexpected(laid.error());
    }
    auto workspace = Workspace::open(join_path(folder->path(), "rules"),
                                     join_path(folder->path(), "plugins"));
    if (!workspace) return unexpected(workspace.error());
    auto& rules = rules_[manifest];
    rules = std::make_unique<OldRules>(
        OldRules{std::move(*folder), std::move(*workspace)});
    return rules.get();
  }

  Log& log_;
  std::map<std::string, std::unique_ptr<OldRules>> rules_;  // by manifest
  std::map<std::uint64_t, OldCheck> checks_;
  std::int64_t record_ = -1;                // whose decisions these are
  std::map<std::string, Again> decisions_;  // by rule
  LineWriter writer_;
  std::unordered_map<std::string, std::string> text_hashes_;
};

void count(ReplayReport& report, ReplayedDecision&& replayed) {
  ++report.decisions;
  if (replayed.result == Replayed::same) {
    ++report.same;
  } else if (replayed.result == Replayed::erased) {
    ++report.erased;
  } else {
    report.others.push_back(std::move(replayed));
  }
}

std::string difference(const json::Value* was, const json::Value* is,
                       const std::string& at) {
  const auto said = [](const json::Value* value) {
    return value == nullptr ? std::string("not there")
                            : quoted(json::canonical(*value), 120);
  };
  if (was != nullptr && is != nullptr && was->type == is->type) {
    if (was->is(json::Type::object)) {
      for (const json::Member& member : was->members) {
        const std::string inner =
            difference(&member.value, is->find(member.key),
                       at + "/" + std::string(member.key));
        if (!inner.empty()) return inner;
      }
      for (const json::Member& member : is->members) {
        if (was->find(member.key) == nullptr) {
          return at + "/" + std::string(member.key) +
                 ": it was not there, it is now " + said(&member.value);
        }
      }
      return {};
    }
    if (was->is(json::Type::array)) {
      const std::size_t most = std::max(was->items.size(), is->items.size());
      for (std::size_t i = 0; i < most; ++i) {
        const std::string inner =
            difference(i < was->items.size() ? &was->items[i] : nullptr,
                       i < is->items.size() ? &is->items[i] : nullptr,
                       at + "/" + std::to_string(i));
        if (!inner.empty()) return inner;
      }
      return {};
    }
    if (was->text == is->text && was->truth == is->truth) return {};
  }
  if (was == nullptr && is == nullptr) return {};
  return (at.empty() ? "/" : at) + ": it was " + said(was) + ", it is now " +
         said(is);
}

}  // namespace

std::string first_difference(std::string_view was, std::string_view is) {
  json::Document before, after;
  if (!before.parse(was, "")) return "what was decided cannot be read";
  if (is.empty()) return "/: the rule is not among the kept rules any more";
  if (!after.parse(is, "")) return "what is decided now cannot be read";
  const std::string found = difference(&before.root(), &after.root(), "");
  return found.empty() && was != is ? "the order or spacing of the JSON"
                                    : found;
}

Result<ReplayReport> replay(
    Log& log, const std::vector<std::uint64_t>& entries,
    const std::function<void(std::uint64_t done)>& progress) {
  ReplayReport report;
  Replayer replayer(log);
  const auto one = [&](const Entry& entry) -> Result<void> {
    auto replayed = replayer.replay(entry);
    if (!replayed) return unexpected(replayed.error());
    count(report, std::move(*replayed));
    if (progress && report.decisions % 256 == 0) progress(report.decisions);
    return {};
  };
  if (!entries.empty()) {
    for (const std::uint64_t number : entries) {
      auto entry = log.reader().entry(number);
      if (!entry) return unexpected(entry.error());
      if (entry->kind != EntryKind::decision) {
        return unexpected(
            {"replay.not_a_decision",
             "Entry " + std::to_string(number) + " is of the kind \"" +
                 std::string(name_of(entry->kind)) +
                 "\": only decisions of rules can be replayed. \"sendcheck "
                 "audit log --kind decision\" lists them.",
             {}});
      }
      if (auto done = one(*entry); !done) return unexpected(done.error());
    }
    return report;
  }
  auto walked =
      log.reader().walk(0, [&](const StoredEntry& stored) -> Result<bool> {
        auto entry = read_entry(stored.bytes);
        if (!entry) return unexpected(entry.error());
        if (entry->kind != EntryKind::decision) return true;
        if (auto done = one(*entry); !done) return unexpected(done.error());
        return true;
      });
  if (!walked) return unexpected(walked.error());
  return report;
}

}  // namespace sendcheck
