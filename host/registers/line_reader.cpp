#include "registers/line_reader.hpp"

#include <algorithm>
#include <cstring>

#include "base/files.hpp"

namespace sendcheck {
namespace {

constexpr std::size_t first_buffer = std::size_t{1} << 20;

}  // namespace

Result<LineReader> LineReader::open(const std::string& path) {
  LineReader reader;
  reader.path_ = path;
  reader.file_.reset(std::fopen(path.c_str(), "rb"));
  if (!reader.file_ || !is_file(path)) {
    return unexpected({is_file(path) ? "files.unreadable" : "files.missing",
                       "The file cannot be opened. Check its name and who may "
                       "read it.",
                       {.file = path}});
  }
  reader.buffer_.resize(first_buffer);
  return reader;
}

Result<bool> LineReader::fill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    scanned_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  const std::size_t read =
      std::fread(buffer_.data() + end_, 1, buffer_.size() - end_, file_.get());
  end_ += read;
  bytes_read_ += read;
  if (read == 0 && std::ferror(file_.get()) != 0) {
    return unexpected({"files.unreadable",
                       "Reading stopped in the middle of the file. Check the "
                       "disk and try again.",
                       {.file = path_, .line = line_ + 1}});
  }
  return read > 0;
}

Result<void> LineReader::peek(std::size_t most, std::string& start) {
  while (end_ < most) {
    const auto more = fill();
    if (!more) return unexpected(more.error());
    if (!*more) break;
  }
  start.assign(buffer_.data(), std::min(most, end_));
  return {};
}

Unexpected LineReader::too_long() const {
  return unexpected({"register.line_too_long",
                     "The line is longer than 16 MiB, expected one pupil a "
                     "line. Is this a JSON Lines file?",
                     {.file = path_, .line = line_ + 1}});
}

Result<bool> LineReader::next(std::string_view& line) {
  scanned_ = begin_;
  for (;;) {
    const char* const from = buffer_.data() + scanned_;
    const auto* const found =
        static_cast<const char*>(std::memchr(from, '\n', end_ - scanned_));
    const std::size_t stop =
        found == nullptr ? end_
                         : static_cast<std::size_t>(found - buffer_.data());
    // A "\r" that ends the line may be one byte more.
    if (stop - begin_ > longest_line + 1) return too_long();
    if (found == nullptr) {
      scanned_ = end_;
      const auto more = fill();
      if (!more) return more;
      if (*more) continue;
      if (begin_ == end_) return false;
    }
    const std::size_t at_end = found == nullptr ? end_ : stop;
    line = {buffer_.data() + begin_, at_end - begin_};
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.size() > longest_line) return too_long();
    begin_ = found == nullptr ? end_ : stop + 1;
    ++line_;
    return true;
  }
}

}  // namespace sendcheck
