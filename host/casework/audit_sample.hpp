// A sample of the log for an auditor, that nobody can pick and anybody can draw again.
//
// The seed is SHA-256(root of the first `root_size` entries || the auditor's words): the words are chosen by one party, the root by all that was logged. An entry's
// ticket is SHA-256(seed || its number in 8 bytes, high byte first); of what may be drawn, the lowest tickets are. That it was drawn is entered, with all that
// is needed to draw it again; who draws until they like it leaves an entry for each time.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/log.hpp"

namespace sendcheck {

enum class SampleMethod {
  random,      // decisions by ticket
  every,       // decisions at even distances, from a start that the seed gives
  stratified,  // from each group in proportion to its size, and one at least
  departures,  // human decisions that departed from what was recommended
  near         // decisions that failed by one comparison alone (near_miss)
};
std::string_view name_of(SampleMethod method);
std::optional<SampleMethod> sample_method(std::string_view name);

struct SampleRequest {
  std::uint64_t size = 0;
  std::string words;
  SampleMethod method = SampleMethod::random;
  std::string by = "rule";      // stratified: outcome, rule, actor, edition
  std::uint64_t root_size = 0;  // entries to draw from; 0: those there are
};

struct SampledEntry {
  Entry entry;
  std::string group;  // stratified: which; near: how near; departures: the rule
};

struct Sample {
  std::uint64_t entry = 0;  // that says that it was drawn
  std::uint64_t root_size = 0;
  Digest root{};
  Digest seed{};
  std::uint64_t population = 0;
  std::map<std::string, std::uint64_t> groups;  // stratified: how many of each
  std::vector<SampledEntry> chosen;             // by number
};

// Enters what is asked for, and that contents are opened where the method needs them, before anything is opened. Contents that were erased are a group of their own
// ("erased"), and neither near nor a departure: after an erasure these methods may give another list.
// Errors: sample.size (0), sample.words (blank, over 200 bytes, or with control characters), sample.by, sample.root_size (more than there are), store.*, crypto.*.
Result<Sample> draw_sample(Log& log, const SampleRequest& request);

// Of a decision as JSON: how far it was from being met where that is all that it failed by: the outcome is not_met, and the shortest way to met in its reasons is one
// comparison that states a gap ("£250.00 below"). Of "all of these" everything else is met; of "any of these" the nearest counts; what is below "none of these",
// a list, a judgement or a test is no such comparison. Empty: it is not near.
std::string near_miss(std::string_view decision);

// The list to read, and the work paper: CSV with columns to be filled in by hand. `log` names the log.
std::string sample_in_words(const Sample& sample, const SampleRequest& request,
                            std::string_view log);
std::string sample_work_paper(const Sample& sample,
                              const SampleRequest& request,
                              std::string_view log);

}  // namespace sendcheck
