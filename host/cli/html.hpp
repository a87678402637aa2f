// HTML that cannot be broken by what it says: every text is escaped on its way in.
#pragma once

#include <string>
#include <string_view>

namespace sendcheck::cli {

std::string escaped(std::string_view text);

class Html {
 public:
  explicit Html(std::string& out) : out_(out) {}

  // <tag attributes>; `attributes` is ours, never a person's text.
  Html& open(std::string_view tag, std::string_view attributes = {});
  Html& close(std::string_view tag);
  Html& text(std::string_view text);
  // <tag attributes>text</tag>
  Html& element(std::string_view tag, std::string_view text,
                std::string_view attributes = {});

 private:
  std::string& out_;
};

}  // namespace sendcheck::cli
