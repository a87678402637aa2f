#include <cstdint>
#include <utility>
#include <vector>

#include "base/files.hpp"
#include "base/text.hpp"
#include "domain/identifiers.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
#include "registers/formats.hpp"
#include "registers/record_reader.hpp"
#include "registers/upn_index.hpp"

namespace sendcheck {
namespace {

std::string pointer_to(std::size_t pupil) {
  return "/pupils/" + std::to_string(pupil);
}

class JsonRegister : public RegisterReader {
 public:
  JsonRegister(const std::string& path, const Catalogue& catalogue)
      : path_(path), reader_(catalogue) {}

  Result<void> open() {
    {
      auto text = read_file(path_);
      if (!text) return unexpected(text.error());
      if (auto read = document_.parse(*text, path_); !read) return read;
    }
    const json::Value& root = document_.root();
    if (!root.is(json::Type::object)) {
      return wrong_format("", "The file holds " + found_words(root));
    }
    if (auto checked = check_format(root); !checked) return checked;
    const json::Value* pupils = root.find("pupils");
    if (pupils == nullptr || !pupils->is(json::Type::array)) {
      return wrong_format("/pupils",
                          pupils == nullptr
                              ? "\"pupils\" is not stated"
                              : "\"pupils\" is " + found_words(*pupils));
    }
    pupils_ = pupils->items;
    if (auto read = read_school(root); !read) return read;
    warn_of_unknown_names(root);
    index_upns();
    return {};
  }

  Result<bool> next(RegisterEntry& entry) override {
    if (next_ == pupils_.size()) return false;
    const std::size_t at = next_++;
    const json::Value& pupil = pupils_[at];
    place_.pointer = pointer_to(at);
    reader_.begin(entry, place_);
    reader_.read_pupil(pupil, entry);
    reader_.apply(school_, entry);
    const std::string_view upn = stated_upn(pupil);
    std::vector<std::string> elsewhere;
    for (const std::uint32_t other :
         upns_.others(static_cast<std::uint32_t>(at))) {
      elsewhere.push_back(pointer_to(other));
    }
    if (!elsewhere.empty()) {
      RecordReader::reject_twin(entry, upn, elsewhere);
    }
    reader_.finish(entry, upn, true);
    if (entry.rejected()) write_source(pupil, entry.source);
    return true;
  }

  std::vector<Finding> register_warnings() const override { return warnings_; }

  int progress_per_mille() const override {
    return pupils_.empty() ? 1000
                           : static_cast<int>(1000 * next_ / pupils_.size());
  }

 private:
  Unexpected wrong_format(const std::string& pointer,
                          const std::string& found) const {
    return unexpected({"register.format",
                       found + ", expected {\"format\": \"" +
                           std::string(register_format) +
                           "\", \"school\": {...}, \"pupils\": [...]}.",
                       {.file = path_, .pointer = pointer}});
  }

  // With the register's school, so that the record stands by itself.
  void write_source(const json::Value& pupil, std::string& out) const {
    json::Writer writer(out);
    if (!pupil.is(json::Type::object) || stated_school_ == nullptr) {
      writer.value(pupil);
      return;
    }
    const json::Value* own = pupil.find("school");
    writer.begin_object();
    for (const json::Member& member : pupil.members) {
      writer.key(member.key);
      if (&member.value == own) {
        write_school(writer, *own);
      } else {
        writer.value(member.value);
      }
    }
    if (own == nullptr) writer.key("school").value(*stated_school_);
    writer.end_object();
  }

  // What the pupil states of the school wins.
  void write_school(json::Writer& writer, const json::Value& own) const {
    if (!own.is(json::Type::object)) {
      writer.value(own.is(json::Type::null) ? *stated_school_ : own);
      return;
    }
    writer.begin_object();
    for (const json::Member& member : own.members) {
      if (!member.value.is(json::Type::null)) {
        writer.key(member.key).value(member.value);
      }
    }
    for (const json::Member& member : stated_school_->members) {
      const json::Value* stated = own.find(member.key);
      if (stated == nullptr || stated->is(json::Type::null)) {
        writer.key(member.key).value(member.value);
      }
    }
    writer.end_object();
  }

  Result<void> check_format(const json::Value& root) const {
    const json::Value* format = root.find("format");
    if (format == nullptr) {
      return wrong_format("", root.find("upn") != nullptr
                                  ? "The file holds one pupil over several "
                                    "lines"
                                  : "\"format\" is not stated");
    }
    if (!format->is(json::Type::string) || format->text != register_format) {
      return wrong_format("/format", "\"format\" is " + found_words(*format));
    }
    return {};
  }

  Result<void> read_school(const json::Value& root) {
    const json::Value* school = root.find("school");
    if (school == nullptr || school->is(json::Type::null)) return {};
    if (!school->is(json::Type::object)) {
      return wrong_format("/school", "\"school\" is " + found_words(*school));
    }
    stated_school_ = school;
    school_ = reader_.read_school(*school, {.file = path_});
    warnings_ = std::exchange(school_.entry.warnings, {});
    return {};
  }

  void warn_of_unknown_names(const json::Value& root) {
    for (const json::Member& member : root.members) {
      if (member.key == "format" || member.key == "school" ||
          member.key == "pupils") {
        continue;
      }
      warnings_.push_back(
          {.id = "register.unknown_fact",
           .place = {.file = path_, .pointer = "/" + std::string(member.key)},
           .upn = {},
           .fact = sendcheck::quoted(member.key, 100),
           .found = found_words(member.value),
           .expected = nearest(member.key, {"format", "school", "pupils"})});
    }
  }

  void index_upns() {
    for (std::size_t i = 0; i < pupils_.size(); ++i) {
      upns_.add(normal_upn(stated_upn(pupils_[i])),
                static_cast<std::uint32_t>(i));
    }
    upns_.close();
  }

  std::string path_;
  RecordReader reader_;
  json::Document document_;
  std::span<const json::Value> pupils_;
  const json::Value* stated_school_ = nullptr;  // in document_
  RegisterSchool school_;
  UpnIndex upns_;
  std::vector<Finding> warnings_;
  Place place_ = {.file = path_};
  std::size_t next_ = 0;
};

}  // namespace

Result<std::unique_ptr<RegisterReader>> open_json_register(
    const std::string& path, const Catalogue& catalogue) {
  auto reader = std::make_unique<JsonRegister>(path, catalogue);
  if (auto opened = reader->open(); !opened) {
    return unexpected(opened.error());
  }
  return std::unique_ptr<RegisterReader>(std::move(reader));
}

}  // namespace sendcheck
