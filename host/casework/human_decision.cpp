#include "casework/human_decision.hpp"

#include "audit/payload.hpp"
#include "base/text.hpp"
#include "casework/sealed_contents.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

// The outcome and summary of a recommendation, as it was sealed.
struct Recommended {
  std::string outcome;
  std::string summary;
};

Result<Recommended> recommended(Log& log, const Entry& entry) {
  auto text = contents_of(log, entry);
  if (!text) return unexpected(text.error());
  if (!*text) return Recommended{};
  json::Document document;
  if (auto read = document.parse(**text, ""); !read) {
    return unexpected(read.error());
  }
  Recommended found;
  if (const json::Value* outcome = document.root().find("outcome")) {
    found.outcome = outcome->text;
  }
  if (const json::Value* summary = document.root().find("summary")) {
    found.summary = summary->text;
  }
  return found;
}

Result<void> check_words(const HumanDecision& decision,
                         const Recommended& recommendation) {
  if (trim(decision.decided_by).empty()) {
    return unexpected({"decide.no_person",
                       "A decision is a named person's: say who decided, with "
                       "their role (--by).",
                       {}});
  }
  const std::string_view reasons = trim(decision.reasons);
  if (reasons.empty() || reasons == trim(recommendation.summary)) {
    return unexpected(
        {"decide.no_reasons",
         "A decision needs the person's own reasons (--reason): what was "
         "considered and why it led to this. The words of the recommendation "
         "are not reasons.",
         {}});
  }
  for (const EvidenceWeighed& evidence : decision.evidence) {
    if (!evidence.relied_on && trim(evidence.because).empty()) {
      return unexpected({"decide.no_because",
                         "The evidence \"" + quoted(evidence.what) +
                             "\" was not relied on: say why.",
                         {}});
    }
  }
  return {};
}

std::string sealed_text(const HumanDecision& decision,
                        const Recommended& recommendation) {
  std::string text;
  json::Writer json(text);
  json.begin_object().member("decided_by", trim(decision.decided_by));
  json.key("evidence").begin_array();
  for (const EvidenceWeighed& evidence : decision.evidence) {
    json.begin_object().member("because", evidence.because);
    json.key("relied_on").boolean(evidence.relied_on);
    json.member("what", evidence.what).end_object();
  }
  json.end_array().key("follows").boolean(decision.follows);
  json.member("reasons", decision.reasons);
  json.member("recommended", recommendation.outcome).end_object();
  return text;
}

}  // namespace

Result<HumanDecisionEntered> enter_decision(Log& log, std::string_view pupil,
                                            const std::string& rule,
                                            const HumanDecision& decision) {
  auto pseudonym = pseudonym_of(log, pupil);
  if (!pseudonym) return unexpected(pseudonym.error());
  auto entry = newest_decision(log, *pseudonym, rule);
  if (!entry) return unexpected(entry.error());
  auto recommendation = recommended(log, *entry);
  if (!recommendation) return unexpected(recommendation.error());
  if (auto said = check_words(decision, *recommendation); !said) {
    return unexpected(said.error());
  }
  auto key = log.keys().by_pseudonym(*pseudonym);
  if (!key) return unexpected(key.error());
  std::string about;
  json::Writer(about)
      .begin_object()
      .key("recommendation")
      .number(static_cast<std::int64_t>(entry->number))
      .member("rule", rule)
      .end_object();
  Packer packer;
  const std::string packed =
      packer.packed(sealed_text(decision, *recommendation));
  auto batch = log.begin();
  if (!batch) return unexpected(batch.error());
  auto number = batch->append({.kind = EntryKind::human_decision,
                               .about = about,
                               .pupil = key->get(),
                               .packed = packed});
  if (!number) return unexpected(number.error());
  auto checkpoint = batch->commit();
  if (!checkpoint) return unexpected(checkpoint.error());
  return HumanDecisionEntered{*number, entry->number,
                              std::move(recommendation->outcome),
                              std::move(*checkpoint)};
}

}  // namespace sendcheck
