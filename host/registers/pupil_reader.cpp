#include <utility>

#include "json/writer.hpp"
#include "registers/record_reader.hpp"
#include "registers/register.hpp"

namespace sendcheck {

struct PupilReader::Impl {
  explicit Impl(const Catalogue& catalogue) : reader(catalogue) {}

  RecordReader reader;
  json::Document document;
};

PupilReader::PupilReader(const Catalogue& catalogue)
    : impl_(std::make_unique<Impl>(catalogue)) {}
PupilReader::~PupilReader() = default;
PupilReader::PupilReader(PupilReader&&) noexcept = default;
PupilReader& PupilReader::operator=(PupilReader&&) noexcept = default;

Result<RegisterEntry> PupilReader::read(std::string_view json,
                                        const std::string& file) {
  if (auto read = impl_->document.parse(json, file); !read) {
    return unexpected(read.error());
  }
  RegisterEntry entry;
  read(impl_->document.root(), {.file = file}, entry);
  return entry;
}

void PupilReader::read(const json::Value& pupil, const Place& place,
                       RegisterEntry& entry) {
  impl_->reader.begin(entry, place);
  impl_->reader.read_pupil(pupil, entry);
  impl_->reader.finish(entry, stated_upn(pupil), false);
  if (entry.rejected()) json::Writer(entry.source).value(pupil);
}

Result<RegisterEntry> read_pupil(std::string_view json,
                                 const Catalogue& catalogue,
                                 const std::string& file) {
  return PupilReader(catalogue).read(json, file);
}

}  // namespace sendcheck
