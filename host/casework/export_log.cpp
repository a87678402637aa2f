#include "casework/export_log.hpp"

#include "audit/verify.hpp"
#include "base/text.hpp"
#include "casework/opening_reasons.hpp"
#include "casework/sealed_contents.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

constexpr std::size_t piece = std::size_t{1}
                              << 16;  // bytes handed over at once

struct Entered {
  Entry entry;
  std::string checkpoint;  // "633:09ff405396c0d1a5"
};

Result<Entered> enter(Log& log, const ExportOptions& options) {
  std::string about;
  json::Writer json(about);
  json.begin_object().key("contents").boolean(options.with_contents);
  json.member("form", options.format);
  if (!options.reason.empty()) json.member("reason", options.reason);
  json.end_object();
  auto batch = log.begin();
  if (!batch) return unexpected(batch.error());
  auto number =
      batch->append({.kind = EntryKind::exported, .about = std::move(about)});
  if (!number) return unexpected(number.error());
  auto note = batch->commit();
  if (!note) return unexpected(note.error());
  auto entry = log.reader().entry(*number);
  if (!entry) return unexpected(entry.error());
  auto head = Checkpoint::parse(note->substr(0, note->find("\n\n") + 1));
  if (!head) return unexpected(head.error());
  return Entered{std::move(*entry), printed(*head)};
}

class Exporter {
 public:
  Exporter(Log& log, const ExportOptions& options, const Entered& entered)
      : log_(log), options_(options), entered_(entered) {}

  void begin(std::string& out) const {
    if (options_.format == "csv") {
      out +=
          "entry,at,kind,actor,program,pupil,rule,edition,about,sealed_bytes,"
          "sealed_hash,erased,contents,note\r\n,,,,,,,,,,,,," +
          csv_field(in_words()) + "\r\n";
      return;
    }
    json::Writer json(out);
    json.begin_object().key("export").begin_object();
    json.member("at", entered_.entry.at.text());
    json.member("by", entered_.entry.actor);
    json.member("checkpoint", entered_.checkpoint);
    json.key("contents").boolean(options_.with_contents);
    json.key("entry").number(static_cast<std::int64_t>(entered_.entry.number));
    json.member("log", log_.origin());
    json.member_or_null("reason", options_.reason);
    json.end_object().end_object();
    out += '\n';
  }

  Result<void> add(const StoredEntry& stored, std::string& out) {
    auto entry = read_entry(stored.bytes);
    if (!entry) return unexpected(entry.error());
    const bool erased = entry->payload && !stored.has_sealed;
    std::optional<std::string> contents;
    if (options_.with_contents) {
      auto opened = contents_of(log_, *entry);
      if (!opened) return unexpected(opened.error());
      contents = std::move(*opened);
    }
    if (options_.format == "csv") {
      add_row(*entry, erased, contents, out);
      return {};
    }
    out += "{";
    if (contents) {
      out += "\"contents\":" + *contents + ",";
    }
    out += "\"entry\":" + std::string(stored.bytes);
    if (erased) out += ",\"erased\":true";
    out += "}\n";
    return {};
  }

 private:
  std::string in_words() const {
    return "Exported by " + entered_.entry.actor + " at " +
           entered_.entry.at.text() + ", " +
           (options_.reason.empty() ? "reason not stated"
                                    : "reason " + options_.reason) +
           ", " +
           (options_.with_contents ? "contents opened: PERSONAL DATA"
                                   : "contents sealed") +
           "; entry " + std::to_string(entered_.entry.number) + " of " +
           log_.origin() + "; checkpoint " + entered_.checkpoint;
  }

  static void add_row(const Entry& entry, bool erased,
                      const std::optional<std::string>& contents,
                      std::string& out) {
    out += std::to_string(entry.number) + "," + entry.at.text();
    for (const std::string& cell :
         {std::string(name_of(entry.kind)), entry.actor, entry.program,
          entry.subject, about_text(entry, "rule"),
          about_text(entry, "edition"), entry.about}) {
      out += "," + csv_field(cell);
    }
    out += entry.payload ? "," + std::to_string(entry.payload->bytes) + "," +
                               in_text(entry.payload->hash)
                         : ",,";
    out += erased ? ",yes," : ",,";
    if (contents) out += csv_field(*contents);
    out += ",\r\n";
  }

  Log& log_;
  const ExportOptions& options_;
  const Entered& entered_;
};

}  // namespace

Result<std::uint64_t> export_log(
    Log& log, const ExportOptions& options,
    const std::function<void(std::string_view)>& write) {
  if (options.format != "jsonl" && options.format != "csv") {
    return unexpected({"export.format",
                       "Found the format \"" + quoted(options.format) +
                           "\", expected jsonl or csv.",
                       {}});
  }
  if (options.with_contents || !options.reason.empty()) {
    if (auto well = check_opening_reason(options.reason); !well) {
      return unexpected(well.error());
    }
  }
  auto entered = enter(log, options);
  if (!entered) return unexpected(entered.error());
  Exporter exporter(log, options, *entered);
  std::string out;
  exporter.begin(out);
  auto walked =
      log.reader().walk(0, [&](const StoredEntry& stored) -> Result<bool> {
        if (stored.number > entered->entry.number) return false;
        if (auto added = exporter.add(stored, out); !added) {
          return unexpected(added.error());
        }
        if (out.size() >= piece) {
          write(out);
          out.clear();
        }
        return true;
      });
  if (!walked) return unexpected(walked.error());
  write(out);
  return entered->entry.number;
}

}  // namespace sendcheck
