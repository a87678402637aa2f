// A text file line by line, through a buffer that holds one line at most.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace sendcheck {

class LineReader {
 public:
  static constexpr std::size_t longest_line = std::size_t{16} << 20;

  // Errors: files.missing, files.unreadable.
  static Result<LineReader> open(const std::string& path);

  // The next line, without its end ("\n" or "\r\n"), valid until the next call;
  // false at the end of the file. Errors: register.line_too_long (over 16 MiB,
  // found without reading on), files.unreadable.
  Result<bool> next(std::string_view& line);

  // The first `most` bytes of the file, or all there are, into `start`. Called
  // before the first next(). Error files.unreadable.
  Result<void> peek(std::size_t most, std::string& start);

  int line() const { return line_; }  // of the line handed out last, from 1
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  Unexpected too_long() const;
  Result<bool> fill();  // false: the file has no more

  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;    // of what is not handed out yet
  std::size_t scanned_ = 0;  // up to where there is no line end
  std::size_t end_ = 0;
  int line_ = 0;
  std::uint64_t bytes_read_ = 0;
};

}  // namespace sendcheck
