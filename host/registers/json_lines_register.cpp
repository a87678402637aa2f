#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "domain/identifiers.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
#include "registers/formats.hpp"
#include "registers/line_reader.hpp"
#include "registers/record_reader.hpp"
#include "registers/upn_index.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(std::string_view line) {
  if (line.starts_with(byte_order_mark)) line.remove_prefix(3);
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

class JsonLinesRegister : public RegisterReader {
 public:
  JsonLinesRegister(const std::string& path, const Catalogue& catalogue,
                    LineReader lines)
      : path_(path), reader_(catalogue), lines_(std::move(lines)) {}

  // The first reading: every line must be JSON, and UPNs are collected.
  Result<void> look_through(LineReader lines) {
    bool empty = true;
    std::string_view line;
    for (;;) {
      const auto more = lines.next(line);
      if (!more) return unexpected(more.error());
      if (!*more) break;
      if (is_blank(line)) continue;
      empty = false;
      if (auto read = document_.parse(line, path_, lines.line()); !read) {
        return read;
      }
      upns_.add(normal_upn(stated_upn(document_.root())),
                static_cast<std::uint32_t>(lines.line()));
    }
    if (empty) {
      return unexpected({"register.empty",
                         "The file holds nothing, expected one pupil a line.",
                         {.file = path_}});
    }
    size_ = lines.bytes_read();
    upns_.close();
    return {};
  }

  Result<bool> next(RegisterEntry& entry) override {
    std::string_view line;
    do {
      const auto more = lines_.next(line);
      if (!more || !*more) return more;
    } while (is_blank(line));
    if (auto read = document_.parse(line, path_, lines_.line()); !read) {
      return unexpected(read.error());
    }
    const json::Value& pupil = document_.root();
    place_.line = lines_.line();
    reader_.begin(entry, place_);
    reader_.read_pupil(pupil, entry);
    const std::string_view upn = stated_upn(pupil);
    std::vector<std::string> elsewhere;
    for (const std::uint32_t other :
         upns_.others(static_cast<std::uint32_t>(place_.line))) {
      elsewhere.push_back("line " + std::to_string(other));
    }
    if (!elsewhere.empty()) {
      RecordReader::reject_twin(entry, upn, elsewhere);
    }
    reader_.finish(entry, upn, true);
    if (entry.rejected()) json::Writer(entry.source).value(pupil);
    return true;
  }

  int progress_per_mille() const override {
    if (size_ == 0) return 1000;
    return static_cast<int>(
        std::min<std::uint64_t>(1000, 1000 * lines_.bytes_read() / size_));
  }

 private:
  std::string path_;
  RecordReader reader_;
  LineReader lines_;
  json::Document document_;
  UpnIndex upns_;
  Place place_ = {.file = path_};
  std::uint64_t size_ = 0;
};

}  // namespace

Result<std::unique_ptr<RegisterReader>> open_json_lines_register(
    const std::string& path, const Catalogue& catalogue) {
  auto first = LineReader::open(path);
  if (!first) return unexpected(first.error());
  auto second = LineReader::open(path);
  if (!second) return unexpected(second.error());
  auto reader =
      std::make_unique<JsonLinesRegister>(path, catalogue, std::move(*second));
  if (auto looked = reader->look_through(std::move(*first)); !looked) {
    return unexpected(looked.error());
  }
  return std::unique_ptr<RegisterReader>(std::move(reader));
}

}  // namespace sendcheck
