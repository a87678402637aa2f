#include "casework/audit_sample.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "casework/sealed_contents.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

constexpr std::size_t most_words = 200;
constexpr std::array methods = {
    std::pair(SampleMethod::random, std::string_view("random")),
    std::pair(SampleMethod::every, std::string_view("every")),
    std::pair(SampleMethod::stratified, std::string_view("stratified")),
    std::pair(SampleMethod::departures, std::string_view("departures")),
    std::pair(SampleMethod::near, std::string_view("near"))};
constexpr std::array<std::string_view, 4> groupings = {"outcome", "rule",
                                                       "actor", "edition"};

// What may be drawn.
struct Candidate {
  std::uint64_t number = 0;
  std::string group;
};
using Candidates = std::vector<Candidate>;

std::string in_eight_bytes(std::uint64_t number) {
  std::string bytes(8, '\0');
  for (std::size_t i = bytes.size(); i-- > 0; number >>= 8) {
    bytes[i] = static_cast<char>(number & 0xff);
  }
  return bytes;
}

Digest ticket(const Digest& seed, std::uint64_t number) {
  return sha256_digest({bytes_of(seed), in_eight_bytes(number)});
}

Result<void> check(const SampleRequest& request) {
  if (request.size == 0) {
    return unexpected({"sample.size",
                       "A sample needs a size (--size): how many entries to "
                       "look at.",
                       {}});
  }
  const bool has_control = std::any_of(
      request.words.begin(), request.words.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (trim(request.words).empty() || request.words.size() > most_words ||
      has_control || !is_valid_utf8(request.words)) {
    return unexpected({"sample.words",
                       "A sample needs the auditor's own words (--seed): some, "
                       "at most 200 bytes, on one line. They stand in the log "
                       "for good, so they should name nobody.",
                       {}});
  }
  if (std::find(groupings.begin(), groupings.end(), request.by) ==
      groupings.end()) {
    return unexpected({"sample.by",
                       "A sample is drawn by outcome, rule, actor or edition, "
                       "not by \"" +
                           quoted(request.by) + "\".",
                       {}});
  }
  return {};
}

bool opens_contents(const SampleRequest& request) {
  return request.method == SampleMethod::departures ||
         request.method == SampleMethod::near ||
         (request.method == SampleMethod::stratified &&
          request.by == "outcome");
}

std::string about_sample(const SampleRequest& request, const Sample& sample) {
  std::string about;
  json::Writer json(about);
  json.begin_object();
  if (request.method == SampleMethod::stratified) {
    json.member("by", request.by);
  }
  json.member("method", name_of(request.method));
  json.member("root", in_text(sample.root));
  json.key("root_size").number(static_cast<std::int64_t>(sample.root_size));
  json.key("size").number(static_cast<std::int64_t>(request.size));
  json.member("words", request.words).end_object();
  return about;
}

Result<void> enter(Log& log, const SampleRequest& request, Sample& sample) {
  auto batch = log.begin();
  if (!batch) return unexpected(batch.error());
  sample.root_size = request.root_size == 0 ? batch->next() : request.root_size;
  if (sample.root_size > batch->next()) {
    return unexpected({"sample.root_size",
                       "The log has " + std::to_string(batch->next()) +
                           " entries, and the sample is to be drawn from the "
                           "first " +
                           std::to_string(sample.root_size) +
                           ". Give the size that the entry of the sample "
                           "states.",
                       {}});
  }
  auto root = root_of(sample.root_size, log.reader().roots());
  if (!root) return unexpected(root.error());
  sample.root = *root;
  sample.seed = sha256_digest({bytes_of(*root), request.words});
  auto entered = batch->append(
      {.kind = EntryKind::sampled, .about = about_sample(request, sample)});
  if (!entered) return unexpected(entered.error());
  sample.entry = *entered;
  if (opens_contents(request)) {
    auto viewed = batch->append(
        {.kind = EntryKind::view, .about = R"({"form":"sample"})"});
    if (!viewed) return unexpected(viewed.error());
  }
  if (auto done = batch->commit(); !done) return unexpected(done.error());
  return {};
}

std::string text_of(const json::Value& value, std::string_view key) {
  const json::Value* found = value.find(key);
  return found != nullptr && found->is(json::Type::string)
             ? std::string(found->text)
             : std::string();
}

// What an entry is in the sample's terms; nothing: it cannot be drawn.
Result<std::optional<std::string>> group_of(Log& log, const Entry& entry,
                                            const SampleRequest& request) {
  using Group = std::optional<std::string>;
  const bool departures = request.method == SampleMethod::departures;
  if (entry.kind !=
      (departures ? EntryKind::human_decision : EntryKind::decision)) {
    return Group();
  }
  if (!opens_contents(request)) {
    if (request.method != SampleMethod::stratified) return Group("");
    return Group(request.by == "actor" ? entry.actor
                                       : about_text(entry, request.by));
  }
  auto contents = contents_of(log, entry);
  if (!contents) return unexpected(contents.error());
  if (request.method == SampleMethod::stratified) {
    if (!*contents) return Group("erased");
  } else if (!*contents) {
    return Group();
  }
  json::Document document;
  if (auto read = document.parse(**contents, ""); !read) {
    return unexpected(read.error());
  }
  if (departures) {
    const json::Value* follows = document.root().find("follows");
    if (follows == nullptr || follows->truth) return Group();
    return Group(about_text(entry, "rule"));
  }
  if (request.method == SampleMethod::near) {
    std::string gap = near_miss(**contents);
    return gap.empty() ? Group() : Group(std::move(gap));
  }
  return Group(text_of(document.root(), "outcome"));
}

Result<Candidates> candidates_of(Log& log, const SampleRequest& request,
                                 std::uint64_t root_size) {
  Candidates found;
  auto walked =
      log.reader().walk(0, [&](const StoredEntry& stored) -> Result<bool> {
        if (stored.number >= root_size) return false;
        auto entry = read_entry(stored.bytes);
        if (!entry) return unexpected(entry.error());
        auto group = group_of(log, *entry, request);
        if (!group) return unexpected(group.error());
        if (*group) found.push_back({entry->number, std::move(**group)});
        return true;
      });
  if (!walked) return unexpected(walked.error());
  return found;
}

// The `size` with the lowest tickets, by number.
Candidates by_ticket(Candidates from, const Digest& seed, std::uint64_t size) {
  if (size < from.size()) {
    std::vector<std::pair<Digest, std::size_t>> order;
    for (std::size_t i = 0; i < from.size(); ++i) {
      order.emplace_back(ticket(seed, from[i].number), i);
    }
    std::sort(order.begin(), order.end());
    Candidates drawn;
    for (std::size_t i = 0; i < size; ++i) {
      drawn.push_back(std::move(from[order[i].second]));
    }
    from = std::move(drawn);
  }
  std::sort(from.begin(), from.end(),
            [](const Candidate& a, const Candidate& b) {
              return a.number < b.number;
            });
  return from;
}

// At distances of population / size, from a start in the first of them; where
// the distance is no whole number, every place is as likely still.
Candidates at_even_distances(const Candidates& from, const Digest& seed,
                             std::uint64_t size) {
  if (size >= from.size()) return from;
  std::uint64_t start = 0;
  for (std::size_t i = 0; i < 8; ++i) start = start << 8 | seed[i];
  start %= from.size();
  Candidates drawn;
  for (std::uint64_t i = 0; i < size; ++i) {
    drawn.push_back(from[(start + i * from.size()) / size]);
  }
  return drawn;
}

// How many of each group: one, where the size allows it, and of the rest in
// proportion, by the largest remainders; the name decides between equals.
std::vector<std::uint64_t> shares(const std::vector<std::uint64_t>& sizes,
                                  std::uint64_t all, std::uint64_t wanted) {
  const std::uint64_t least = wanted >= sizes.size() ? 1 : 0;
  std::vector<std::uint64_t> share(sizes.size(), least);
  std::uint64_t left = wanted - least * sizes.size();
  const std::uint64_t over = all - least * sizes.size();
  if (over == 0 || left == 0) return share;
  std::vector<std::pair<std::uint64_t, std::size_t>> remainders;
  const std::uint64_t spread = left;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::uint64_t part = spread * (sizes[i] - least);
    share[i] += part / over;
    left -= part / over;
    remainders.emplace_back(part % over, i);
  }
  std::stable_sort(
      remainders.begin(), remainders.end(),
      [](const auto& a, const auto& b) { return a.first > b.first; });
  for (std::size_t i = 0; i < remainders.size() && left > 0; ++i, --left) {
    ++share[remainders[i].second];
  }
  return share;
}

Candidates stratified(const Candidates& from, const Digest& seed,
                      std::uint64_t size) {
  if (size >= from.size()) return from;
  std::map<std::string, Candidates> groups;
  for (const Candidate& one : from) groups[one.group].push_back(one);
  std::vector<std::uint64_t> sizes;
  for (const auto& [name, members] : groups) sizes.push_back(members.size());
  const auto share = shares(sizes, from.size(), size);
  Candidates drawn;
  std::size_t i = 0;
  for (const auto& [name, members] : groups) {
    for (Candidate& one : by_ticket(members, seed, share[i])) {
      drawn.push_back(std::move(one));
    }
    ++i;
  }
  return by_ticket(std::move(drawn), seed, size);
}

// What stands between a criterion that is not met and its being met.
struct Obstacles {
  int count = 0;
  std::string gap;  // of the one comparison that states how far
};

Obstacles obstacles(const json::Value& reason) {
  if (text_of(reason, "result") == "met") return {};
  const std::string kind = text_of(reason, "kind");
  const json::Value* children = reason.find("children");
  if (kind == "comparison") {
    const std::string gap = text_of(reason, "gap");
    if (text_of(reason, "result") != "not_met" || gap.empty()) return {1, {}};
    return {1, text_of(reason, "label") + ": " + gap};
  }
  if (children == nullptr || children->items.empty() ||
      (kind != "all" && kind != "any" && kind != "at_least_of")) {
    return {1, {}};
  }
  Obstacles sum, nearest{-1, {}};
  for (const json::Value& child : children->items) {
    Obstacles found = obstacles(child);
    sum.count += found.count;
    if (!found.gap.empty()) sum.gap = found.gap;
    const bool nearer =
        found.count > 0 && (nearest.count < 0 || found.count < nearest.count ||
                            (found.count == nearest.count &&
                             nearest.gap.empty() && !found.gap.empty()));
    if (nearer) nearest = std::move(found);
  }
  return kind == "any" && nearest.count > 0 ? nearest : sum;
}

}  // namespace

std::string_view name_of(SampleMethod method) {
  for (const auto& [value, name] : methods) {
    if (value == method) return name;
  }
  return "";
}

std::optional<SampleMethod> sample_method(std::string_view name) {
  for (const auto& [value, known] : methods) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string near_miss(std::string_view decision) {
  json::Document document;
  if (!document.parse(decision, "")) return {};
  const json::Value* reasons = document.root().find("reasons");
  if (text_of(document.root(), "outcome") != "not_met" || reasons == nullptr ||
      !reasons->is(json::Type::object)) {
    return {};
  }
  Obstacles found = obstacles(*reasons);
  return found.count == 1 ? std::move(found.gap) : std::string();
}

Result<Sample> draw_sample(Log& log, const SampleRequest& request) {
  if (auto well = check(request); !well) return unexpected(well.error());
  Sample sample;
  if (auto entered = enter(log, request, sample); !entered) {
    return unexpected(entered.error());
  }
  auto candidates = candidates_of(log, request, sample.root_size);
  if (!candidates) return unexpected(candidates.error());
  sample.population = candidates->size();
  if (request.method == SampleMethod::stratified) {
    for (const Candidate& one : *candidates) ++sample.groups[one.group];
  }
  const Candidates drawn =
      request.method == SampleMethod::every
          ? at_even_distances(*candidates, sample.seed, request.size)
      : request.method == SampleMethod::stratified
          ? stratified(*candidates, sample.seed, request.size)
          : by_ticket(std::move(*candidates), sample.seed, request.size);
  for (const Candidate& one : drawn) {
    auto entry = log.reader().entry(one.number);
    if (!entry) return unexpected(entry.error());
    sample.chosen.push_back({std::move(*entry), one.group});
  }
  return sample;
}

}  // namespace sendcheck
