// Just enough reading of HTML to hold a page to its promises: every tag closed in turn, nothing fetched, every text escaped.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sendcheck::test {

struct Tag {
  std::string name;
  std::map<std::string, std::string> attributes;
};

struct ReadHtml {
  std::vector<std::string> faults;  // not well formed
  std::vector<Tag> tags;            // as they open
  std::string text;                 // what a reader sees, entities resolved
  std::string style;                // what stands in <style>

  std::vector<Tag> of(std::string_view name) const;
};

ReadHtml read_html(std::string_view page);

}  // namespace sendcheck::test
