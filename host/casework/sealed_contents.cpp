#include "casework/sealed_contents.hpp"

#include "audit/payload.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"
#include "domain/identifiers.hpp"

namespace sendcheck {

Result<std::optional<std::string>> contents_of(Log& log, const Entry& entry) {
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
