#include "audit/entry.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "audit/canonical_scan.hpp"
#include "base/text.hpp"
#include "crypto/encoding.hpp"
#include "json/canonical.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

constexpr std::array kinds = {
    std::pair(EntryKind::log_started, std::string_view("log_started")),
    std::pair(EntryKind::key_rotated, std::string_view("key_rotated")),
    std::pair(EntryKind::clock_set_back, std::string_view("clock_set_back")),
    std::pair(EntryKind::check_started, std::string_view("check_started")),
    std::pair(EntryKind::record, std::string_view("record")),
    std::pair(EntryKind::decision, std::string_view("decision")),
    std::pair(EntryKind::check_finished, std::string_view("check_finished")),
    std::pair(EntryKind::impact_started, std::string_view("impact_started")),
    std::pair(EntryKind::impact_finished, std::string_view("impact_finished")),
    std::pair(EntryKind::human_decision, std::string_view("human_decision")),
    std::pair(EntryKind::view, std::string_view("view")),
    std::pair(EntryKind::printed, std::string_view("printed")),
    std::pair(EntryKind::exported, std::string_view("exported")),
    std::pair(EntryKind::imported, std::string_view("imported")),
    std::pair(EntryKind::sampled, std::string_view("sampled")),
    std::pair(EntryKind::rules_proposed, std::string_view("rules_proposed")),
    std::pair(EntryKind::rules_published, std::string_view("rules_published")),
    std::pair(EntryKind::sign_in, std::string_view("sign_in")),
    std::pair(EntryKind::verified, std::string_view("verified")),
    std::pair(EntryKind::erased, std::string_view("erased")),
    std::pair(EntryKind::erasure_refused, std::string_view("erasure_refused")),
    std::pair(EntryKind::cosigned, std::string_view("cosigned")),
    std::pair(EntryKind::backed_up, std::string_view("backed_up")),
    std::pair(EntryKind::restored, std::string_view("restored")),
};

constexpr std::string_view hash_prefix = "sha256:";

std::optional<Digest> digest_of(std::string_view text) {
  if (!text.starts_with(hash_prefix)) return std::nullopt;
  const auto bytes = from_hex(text.substr(hash_prefix.size()));
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}

std::optional<std::int64_t> whole(const json::Value* value) {
  if (value == nullptr || !value->is(json::Type::number)) return std::nullopt;
  std::int64_t number = 0;
  const char* const end = value->text.data() + value->text.size();
  const auto [stop, fault] = std::from_chars(value->text.data(), end, number);
  if (fault != std::errc() || stop != end) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> natural(const json::Value* value) {
  const auto number = whole(value);
  if (!number || *number < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

const std::string_view* text(const json::Value* value) {
  return value != nullptr && value->is(json::Type::string) ? &value->text
                                                           : nullptr;
}

bool is_pseudonym(std::string_view text) {
  return text.size() == 32 &&
         text.find_first_not_of("0123456789abcdef") == text.npos;
}

// Whole and written in the one way that a whole number has: no fraction, no
// exponent, no "-0".
bool is_whole(std::string_view number) {
  if (number.starts_with('-')) {
    number.remove_prefix(1);
    if (number.starts_with('0')) return false;
  }
  return number.find_first_not_of("0123456789") == number.npos;
}

bool has_whole_numbers_only(const json::Value& value) {
  if (value.is(json::Type::number)) return is_whole(value.text);
  return std::all_of(value.items.begin(), value.items.end(),
                     has_whole_numbers_only) &&
         std::all_of(value.members.begin(), value.members.end(),
                     [](const json::Member& member) {
                       return has_whole_numbers_only(member.value);
                     });
}

Unexpected malformed(const std::string& what) {
  return unexpected(
      {"entry.malformed",
       "an entry of the log is not in the form that sendcheck writes: " + what +
           "; it was changed, or written by another program",
       {}});
}

}  // namespace

std::string_view name_of(EntryKind kind) {
  for (const auto& [value, name] : kinds) {
    if (value == kind) return name;
  }
  return "";
}

std::optional<EntryKind> entry_kind(std::string_view name) {
  for (const auto& [value, known] : kinds) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string canonical_bytes(const Entry& entry) {
  std::string out;
  out.reserve(512);
  json::Writer writer(out);
  writer.begin_object();
  writer.key("about").raw(entry.about);
  writer.member("actor", entry.actor);
  writer.member("at", entry.at.text());
  writer.member("kind", name_of(entry.kind));
  writer.key("number").number(static_cast<std::int64_t>(entry.number));
  if (entry.payload) {
    writer.key("payload").begin_object();
    writer.key("bytes").number(static_cast<std::int64_t>(entry.payload->bytes));
    writer.member("hash", in_text(entry.payload->hash));
    writer.end_object();
  }
  writer.member("program", entry.program);
  if (!entry.subject.empty()) writer.member("subject", entry.subject);
  writer.key("v").number(1);
  writer.end_object();
  return out;
}

namespace {

// What canonical_bytes gives for nearly every entry, read in one go. Nothing:
// not of that plain kind, and the careful reader has to say what it is.
std::optional<Entry> read_plain(std::string_view bytes) {
  if (!is_valid_utf8(bytes)) return std::nullopt;
  CanonicalScan scan(bytes);
  Entry entry;
  if (!scan.literal(R"({"about":)") || !scan.next_is("{")) return std::nullopt;
  const auto about = scan.value();
  if (!about || !scan.literal(R"(,"actor":)")) return std::nullopt;
  const auto actor = scan.text();
  if (!actor || !scan.literal(R"(,"at":)")) return std::nullopt;
  const auto at = scan.text();
  if (!at || !scan.literal(R"(,"kind":)")) return std::nullopt;
  const auto kind = scan.text();
  if (!kind || !scan.literal(R"(,"number":)")) return std::nullopt;
  const auto number = scan.natural();
  if (!number) return std::nullopt;
  if (scan.literal(R"(,"payload":{"bytes":)")) {
    const auto size = scan.natural();
    if (!size || !scan.literal(R"(,"hash":)")) return std::nullopt;
    const auto hash = scan.text();
    const auto digest = hash ? digest_of(*hash) : std::nullopt;
    if (!digest || !scan.literal("}")) return std::nullopt;
    entry.payload = {*size, *digest};
  }
  if (!scan.literal(R"(,"program":)")) return std::nullopt;
  const auto program = scan.text();
  if (!program) return std::nullopt;
  if (scan.literal(R"(,"subject":)")) {
    const auto subject = scan.text();
    if (!subject || !is_pseudonym(*subject)) return std::nullopt;
    entry.subject = *subject;
  }
  if (!scan.literal(R"(,"v":1})") || !scan.is_done()) return std::nullopt;
  const auto moment = Moment::parse(*at);
  const auto known = entry_kind(*kind);
  if (!moment || !known) return std::nullopt;
  entry.number = *number;
  entry.at = *moment;
  entry.kind = *known;
  entry.actor = *actor;
  entry.program = *program;
  entry.about = *about;
  return entry;
}

Result<Entry> read_carefully(std::string_view bytes) {
  json::Document document;
  if (auto read = document.parse(bytes, ""); !read) {
    return malformed(read.error().message);
  }
  const json::Value& root = document.root();
  const auto number = natural(root.find("number"));
  const auto version = natural(root.find("v"));
  const auto* at = text(root.find("at"));
  const auto* kind = text(root.find("kind"));
  const auto* actor = text(root.find("actor"));
  const auto* program = text(root.find("program"));
  const json::Value* about = root.find("about");
  if (!version || *version != 1) {
    return malformed("\"v\" is not 1");
  }
  if (!number || at == nullptr || kind == nullptr || actor == nullptr ||
      program == nullptr || about == nullptr ||
      !about->is(json::Type::object)) {
    return malformed("a member is missing or of the wrong type");
  }
  Entry entry;
  entry.number = *number;
  const auto moment = Moment::parse(*at);
  const auto known = entry_kind(*kind);
  if (!moment) return malformed("\"at\" is no time");
  if (!known) return malformed("\"kind\" is not known");
  entry.at = *moment;
  entry.kind = *known;
  entry.actor = *actor;
  entry.program = *program;
  if (const json::Value* subject = root.find("subject")) {
    const auto* pseudonym = text(subject);
    if (pseudonym == nullptr || !is_pseudonym(*pseudonym)) {
      return malformed("\"subject\" is no pseudonym");
    }
    entry.subject = *pseudonym;
  }
  if (const json::Value* payload = root.find("payload")) {
    const auto size = natural(payload->find("bytes"));
    const auto* hash = text(payload->find("hash"));
    const auto digest = hash == nullptr ? std::nullopt : digest_of(*hash);
    if (!size || !digest) return malformed("\"payload\" is no mark");
    entry.payload = {*size, *digest};
  }
  if (!has_whole_numbers_only(*about)) {
    return malformed("\"about\" holds a number that is not whole");
  }
  entry.about = json::canonical(*about);
  // What was read says all that there was, in the only form there is.
  if (canonical_bytes(entry) != bytes) {
    return malformed("it is not canonical JSON of the known members");
  }
  return entry;
}

}  // namespace

Result<Entry> read_entry(std::string_view bytes) {
  if (auto plain = read_plain(bytes)) return std::move(*plain);
  return read_carefully(bytes);
}

std::string about_text(const Entry& entry, std::string_view name) {
  json::Document document;
  if (!document.parse(entry.about, "")) return {};
  const auto* found = text(document.root().find(name));
  return found == nullptr ? std::string() : std::string(*found);
}

std::optional<std::int64_t> about_number(const Entry& entry,
                                         std::string_view name) {
  json::Document document;
  if (!document.parse(entry.about, "")) return std::nullopt;
  return whole(document.root().find(name));
}

}  // namespace sendcheck
