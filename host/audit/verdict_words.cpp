#include "audit/verdict_words.hpp"

#include "crypto/encoding.hpp"

namespace sendcheck {
namespace {

std::string entries(std::uint64_t number) {
  return grouped(number) + (number == 1 ? " entry" : " entries");
}

std::string headline(const Verdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::anchored:
      return "Verified: all " + entries(verdict.entries) +
             ", and vouched for to the last one by " + verdict.anchored_by +
             ".";
    case VerdictKind::not_anchored:
      if (verdict.anchored_by.empty()) {
        return "Verified, but not anchored: all " + entries(verdict.entries) +
               " fit the signed checkpoints in the file itself, and nothing "
               "outside it vouches for them.";
      }
      return "Verified: all " + entries(verdict.entries) +
             ", vouched for up to entry " + grouped(verdict.anchored_to - 1) +
             " by " + verdict.anchored_by + "; not anchored after that (" +
             entries(verdict.entries - verdict.anchored_to) + ").";
    case VerdictKind::broken:
      return verdict.of_pack ? "BROKEN: the pack is not as it was written."
                             : "BROKEN: the log is not as it was written.";
    case VerdictKind::contradicts:
      return "CONTRADICTED: the log is not the one that was seen elsewhere.";
    case VerdictKind::wrong_key:
      return "WRONG KEY: the signatures are not those of the log's own key.";
  }
  return {};
}

std::string advice(const Verdict& verdict) {
  switch (verdict.kind) {
    case VerdictKind::anchored:
      return {};
    case VerdictKind::not_anchored:
      if (!verdict.anchored_by.empty()) {
        return "The entries after that were made since, or left unvouched "
               "for: a newer checkpoint that was kept elsewhere anchors them "
               "too.\n";
      }
      return "To anchor it, give a checkpoint that was kept elsewhere: "
             "--checkpoint FILE, from \"sendcheck audit checkpoint\", a "
             "page's footer, or the other party's cosignature.\n";
    case VerdictKind::broken:
      if (verdict.of_pack) {
        return "Keep this folder as it is, and ask for another copy.\n";
      }
      return "Keep this file as it is. Compare it with a backup: \"sendcheck "
             "audit diff\" says where the two part.\n";
    case VerdictKind::contradicts:
      return "Keep the file and the checkpoint, both as evidence, and tell "
             "whoever answers for the log.\n";
    case VerdictKind::wrong_key:
      return "Compare the fingerprint with the one that was printed when the "
             "log was begun.\n";
  }
  return {};
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string in_words(const Verdict& verdict) {
  std::string words = headline(verdict) + "\n";
  if (verdict.fault) {
    words += "  " + verdict.fault->message;
    words += " (" + verdict.fault->id + ")\n";
    const Place& place = verdict.fault->place;
    if (!place.file.empty()) {
      words += "  in           " + place.file;
      if (place.line > 0) words += ", line " + std::to_string(place.line);
      if (!place.pointer.empty()) words += ", " + place.pointer;
      words += "\n";
    }
    if (verdict.at_entry) {
      words += "  the first that is wrong: entry " +
               grouped(*verdict.at_entry) + "\n";
    }
  }
  if (!verdict.origin.empty())
    words += "  log          " + verdict.origin + "\n";
  for (std::size_t i = 0; i < verdict.keys.size(); ++i) {
    words += "  key          " + fingerprint(verdict.keys[i]);
    words += verdict.keys_from_outside ? "\n"
             : i == 0 ? ", by the log's own word: compare it with the one that "
                        "was printed when the log was begun\n"
                      : "\n";
  }
  if (!verdict.fault) {
    words += "  root         " + hex(bytes_of(verdict.root)).substr(0, 16) +
             "... of " + entries(verdict.entries) + "\n";
    words += "  contents     ";
    if (!verdict.of_pack) {
      words += grouped(verdict.payloads) + " sealed and as they were written";
    } else if (verdict.payloads == 0) {
      words += "sealed, and not in the pack";
    } else {
      words +=
          grouped(verdict.payloads) + " opened, each what its entry had sealed";
    }
    if (verdict.erased_pupils > 0) {
      words += "; " + grouped(verdict.erased) + " erased with " +
               grouped(verdict.erased_pupils) +
               (verdict.erased_pupils == 1 ? " pupil" : " pupils");
    }
    words += "\n";
    if (verdict.unfinished_checks > 0) {
      words +=
          "  not finished " + grouped(verdict.unfinished_checks) +
          (verdict.unfinished_checks == 1 ? " check was" : " checks were") +
          " broken off: what they had decided until then is there\n";
    }
  }
  return words + advice(verdict);
}

}  // namespace sendcheck
