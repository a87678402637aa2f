#include "casework/sealed_contents.hpp"

#include "audit/payload.hpp"
#include "base/text.hpp"
#include "casework/expand_decisions.hpp"
#include "crypto/encoding.hpp"
#include "domain/identifiers.hpp"

namespace sendcheck {

Result<std::optional<std::string>> sealed_text_of(Log& log,
                                                  const Entry& entry) {
  if (!entry.payload) return std::optional<std::string>();
  auto pupil = log.keys().by_pseudonym(entry.subject);
  if (!pupil) return unexpected(pupil.error());
  if (!*pupil) return std::optional<std::string>();
  auto sealed = log.reader().sealed(entry.number);
  if (!sealed) return unexpected(sealed.error());
  if (!*sealed) return std::optional<std::string>();
  auto text = opened_payload((*pupil)->key, entry.number, entry.kind, **sealed);
  if (!text) return unexpected(text.error());
  return std::optional<std::string>(std::move(*text));
}

Result<std::string> expanded_decision(std::string_view sealed,
                                      std::string_view rule_text) {
  if (rule_text.empty()) return std::string(sealed);
  DecisionExpander expander("the log");
  std::string out;
  if (auto read = expander.add(rule_text, 1, out); !read) {
    return unexpected(read.error());
  }
  constexpr std::string_view before = "{\"decisions\":[";
  constexpr std::string_view after = "]}";
  std::string line(before);
  line += sealed;
  line += after;
  if (auto read = expander.add(line, 2, out); !read) {
    return unexpected(read.error());
  }
  // The line ends with a newline.
  return out.substr(before.size(),
                    out.size() - before.size() - after.size() - 1);
}

Result<std::optional<std::string>> contents_of(Log& log, const Entry& entry) {
  auto text = sealed_text_of(log, entry);
  if (!text || !*text || entry.kind != EntryKind::decision) return text;
  const std::string hash = about_text(entry, "text");
  if (hash.empty()) return text;
  auto rule_text = log.reader().kept(hash);
  if (!rule_text) return unexpected(rule_text.error());
  auto whole = expanded_decision(**text, *rule_text);
  if (!whole) return unexpected(whole.error());
  return std::optional<std::string>(std::move(*whole));
}

Result<std::string> pseudonym_of(Log& log, std::string_view pupil) {
  auto by_upn = log.keys().by_upn(normal_upn(pupil));
  if (!by_upn) return unexpected(by_upn.error());
  if (*by_upn) return (*by_upn)->pseudonym;
  if (pupil.size() == 32 && from_hex(pupil)) {
    auto by_pseudonym = log.keys().by_pseudonym(pupil);
    if (!by_pseudonym) return unexpected(by_pseudonym.error());
    if (*by_pseudonym) return std::string(pupil);
  }
  return unexpected(
      {"log.no_such_pupil",
       "The log knows no pupil \"" + quoted(pupil) +
           "\": expected the UPN of a pupil who was checked, or the pseudonym "
           "that the log has for them. A pupil who was erased is not known any "
           "more.",
       {}});
}

Result<Entry> newest_decision(Log& log, const std::string& pseudonym,
                              const std::string& rule) {
  const std::string subject = "\"subject\":\"" + pseudonym + "\"";
  std::optional<Entry> newest;
  auto walked = log.reader().walk(0, [&](const StoredEntry& stored) {
    if (stored.bytes.find(subject) == stored.bytes.npos)
      return Result<bool>(true);
    auto entry = read_entry(stored.bytes);
    if (!entry) return Result<bool>(unexpected(entry.error()));
    if (entry->kind == EntryKind::decision &&
        about_text(*entry, "rule") == rule) {
      newest = std::move(*entry);
    }
    return Result<bool>(true);
  });
  if (!walked) return unexpected(walked.error());
  if (!newest) {
    return unexpected(
        {"log.no_such_decision",
         "The log holds no decision of the rule \"" + quoted(rule) +
             "\" for this pupil. Check the register first; "
             "\"sendcheck audit log --pupil\" lists what there is.",
         {}});
  }
  return std::move(*newest);
}

}  // namespace sendcheck
