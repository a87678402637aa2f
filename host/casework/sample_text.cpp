#include <algorithm>

#include "audit/verdict_words.hpp"
#include "base/text.hpp"
#include "casework/audit_sample.hpp"
#include "crypto/encoding.hpp"

namespace sendcheck {
namespace {

std::string of_what(SampleMethod method) {
  switch (method) {
    case SampleMethod::departures:
      return "human decisions that departed from what was recommended";
    case SampleMethod::near:
      return "decisions that failed by one comparison alone";
    default:
      return "decisions";
  }
}

std::string how(const SampleRequest& request) {
  std::string words = "method " + std::string(name_of(request.method));
  if (request.method == SampleMethod::stratified) words += " by " + request.by;
  return words;
}

// As a shell takes it for one word, whatever stands in it.
std::string in_shell_quotes(const std::string& words) {
  std::string out = "'";
  for (const char c : words) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

// The words that draw it again.
std::string again(const Sample& sample, const SampleRequest& request) {
  std::string command = "sendcheck audit sample --size " +
                        std::to_string(request.size) + " --seed " +
                        in_shell_quotes(request.words) + " --method " +
                        std::string(name_of(request.method));
  if (request.method == SampleMethod::stratified) {
    command += " --by " + request.by;
  }
  return command + " --root-size " + std::to_string(sample.root_size);
}

std::string head(const Sample& sample, const SampleRequest& request,
                 std::string_view log) {
  return std::to_string(sample.chosen.size()) + " of " +
         grouped(sample.population) + " " + of_what(request.method) +
         " among the first " + grouped(sample.root_size) + " entries of " +
         std::string(log) + ", drawn by " + how(request) + "; entry " +
         std::to_string(sample.entry) + " of the log says so";
}

}  // namespace

std::string sample_in_words(const Sample& sample, const SampleRequest& request,
                            std::string_view log) {
  std::string words = head(sample, request, log) + ".\n";
  words += "Seed " + hex(bytes_of(sample.seed)).substr(0, 16) +
           "...: SHA-256 of the root " +
           hex(bytes_of(sample.root)).substr(0, 16) + "... and \"" +
           request.words +
           "\".\nAnyone draws the same with: " + again(sample, request) + "\n";
  for (const auto& [group, number] : sample.groups) {
    words += "  " + grouped(number) + " of " + group + "\n";
  }
  words += "\n";
  for (const SampledEntry& one : sample.chosen) {
    const std::string number = std::to_string(one.entry.number);
    words += std::string(8 - std::min<std::size_t>(8, number.size()), ' ') +
             number + "  " + one.entry.at.text() + "  " +
             one.entry.subject.substr(0, 8) + "  " +
             about_text(one.entry, "rule");
    const std::string edition = about_text(one.entry, "edition");
    if (!edition.empty()) words += " under " + edition;
    // The rule and edition stand there already.
    const bool says_more = request.method == SampleMethod::near ||
                           (request.method == SampleMethod::stratified &&
                            (request.by == "outcome" || request.by == "actor"));
    if (says_more) words += "  " + one.group;
    words += "\n";
  }
  return words;
}

std::string sample_work_paper(const Sample& sample,
                              const SampleRequest& request,
                              std::string_view log) {
  std::string csv =
      "item,entry,at,pupil,rule,edition,actor,group,evidence_seen,agrees,"
      "finding,action,checked_by,checked_on,note\r\n";
  // What it is stands in its first row, so that the file can be read by itself.
  csv +=
      "0,,,,,,,,,,,,,," +
      csv_field(head(sample, request, log) + "; seed words \"" + request.words +
                "\"; root " + hex(bytes_of(sample.root)).substr(0, 16) +
                "; again: " + again(sample, request)) +
      "\r\n";
  std::size_t item = 0;
  for (const SampledEntry& one : sample.chosen) {
    csv += std::to_string(++item) + "," + std::to_string(one.entry.number) +
           "," + one.entry.at.text() + "," + csv_field(one.entry.subject) +
           "," + csv_field(about_text(one.entry, "rule")) + "," +
           csv_field(about_text(one.entry, "edition")) + "," +
           csv_field(one.entry.actor) + "," + csv_field(one.group) +
           ",,,,,,,\r\n";
  }
  return csv;
}

}  // namespace sendcheck
