#include "casework/erase_pupil.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "casework/sealed_contents.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

constexpr std::array to_erase = {
    ErasureReason{"retention_ended", "the time for which it is kept has ended"},
    ErasureReason{"asked_by_person",
                  "the person, or who speaks for them, asked for it"},
    ErasureReason{"entered_by_mistake", "it was entered by mistake"},
    ErasureReason{"unlawful", "it was held without a lawful basis"},
    ErasureReason{"court_or_regulator",
                  "a court or the regulator required it"}};
constexpr std::array to_refuse = {
    ErasureReason{"legal_claim", "it is needed for a legal claim"},
    ErasureReason{"public_task",
                  "it is needed for a task in the public interest"},
    ErasureReason{"legal_obligation", "the law requires that it is kept"},
    ErasureReason{"legal_hold", "a hold stands on it"}};

Result<ErasureReason> find(std::span<const ErasureReason> reasons,
                           std::string_view code) {
  for (const ErasureReason& reason : reasons) {
    if (reason.code == code) return reason;
  }
  std::vector<std::string> codes;
  for (const ErasureReason& reason : reasons) codes.emplace_back(reason.code);
  return unexpected(
      {"erase.reason",
       "\"" + quoted(code) + "\" is none of the reasons " +
           join_in_words(codes, " or ") +
           ". The reason stands in the log for good, so it is one of these "
           "and no sentence that could name somebody.",
       {}});
}

}  // namespace

std::span<const ErasureReason> erasure_reasons() { return to_erase; }
std::span<const ErasureReason> refusal_reasons() { return to_refuse; }

std::string DisposalCertificate::text() const {
  return "Certificate of disposal\n\n"
         "The records and decisions of one pupil in the log " +
         origin + " were destroyed on\n" + at + " by " + actor + ", because " +
         reason +
         ".\n\n"
         "  pupil        " +
         pseudonym +
         " (the pseudonym that the log had)\n"
         "  destroyed    the pupil's key, the name it was found by, and " +
         std::to_string(destroyed) +
         " sealed records\n"
         "  entry        " +
         std::to_string(entry) +
         ", which says so in the log\n\n"
         "Every proof of the log still holds. Backups of the keys that were "
         "made "
         "before lose the\npupil when they are put back.\n\n" +
         checkpoint;
}

Result<DisposalCertificate> erase_pupil(Log& log, std::string_view pupil,
                                        std::string_view reason) {
  auto why = find(erasure_reasons(), reason);
  if (!why) return unexpected(why.error());
  auto pseudonym = pseudonym_of(log, pupil);
  if (!pseudonym) return unexpected(pseudonym.error());
  auto done = log.erase(*pseudonym, std::string(why->code));
  if (!done) return unexpected(done.error());
  auto entry = log.reader().entry(done->entry);
  if (!entry) return unexpected(entry.error());
  auto checkpoint = log.checkpoint();
  if (!checkpoint) return unexpected(checkpoint.error());
  return DisposalCertificate{
      *pseudonym,  std::string(why->words), entry->actor, entry->at.text(),
      done->entry, done->destroyed,         *checkpoint,  log.origin()};
}

Result<std::uint64_t> refuse_erasure(Log& log, std::string_view pupil,
                                     std::string_view reason) {
  auto why = find(refusal_reasons(), reason);
  if (!why) return unexpected(why.error());
  auto pseudonym = pseudonym_of(log, pupil);
  if (!pseudonym) return unexpected(pseudonym.error());
  auto key = log.keys().by_pseudonym(*pseudonym);
  if (!key) return unexpected(key.error());
  std::string about;
  json::Writer(about).begin_object().member("reason", why->code).end_object();
  return log.append({.kind = EntryKind::erasure_refused,
                     .about = std::move(about),
                     .pupil = key->get()});
}

}  // namespace sendcheck
