#include "html_reading.hpp"

#include <algorithm>
#include <set>

namespace sendcheck::test {
namespace {

const std::set<std::string_view> without_end = {"meta", "br", "link",
                                                "img",  "hr", "input"};

std::string resolved(std::string_view text, std::vector<std::string>& faults) {
  static const std::map<std::string_view, char> entities = {
      {"&amp;", '&'},  {"&lt;", '<'},    {"&gt;", '>'},
      {"&quot;", '"'}, {"&apos;", '\''}, {"&#39;", '\''}};
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '&') {
      out += text[i];
      continue;
    }
    const std::size_t end = text.find(';', i);
    const auto entity = end == std::string_view::npos
                            ? entities.end()
                            : entities.find(text.substr(i, end - i + 1));
    if (entity == entities.end()) {
      faults.push_back("a bare & in: " + std::string(text.substr(i, 30)));
      out += '&';
    } else {
      out += entity->second;
      i = end;
    }
  }
  return out;
}

class Reading {
 public:
  explicit Reading(std::string_view page) : page_(page) {}

  ReadHtml read() {
    constexpr std::string_view type = "<!DOCTYPE html>";
    if (!page_.starts_with(type)) fault("no document type");
    at_ = type.size();
    while (at_ < page_.size()) {
      if (page_[at_] != '<') {
        const std::size_t end = std::min(page_.find('<', at_), page_.size());
        const std::string_view text = page_.substr(at_, end - at_);
        if (text.find('>') != std::string_view::npos) fault("a bare >");
        read_.text += resolved(text, read_.faults);
        at_ = end;
      } else if (!tag()) {
        break;
      }
    }
    for (const std::string& name : open_) fault("<" + name + "> is not closed");
    return std::move(read_);
  }

 private:
  void fault(const std::string& words) {
    read_.faults.push_back(words + " at byte " + std::to_string(at_));
  }

  bool tag() {
    const bool closes = page_.substr(at_).starts_with("</");
    std::size_t name_at = at_ + (closes ? 2 : 1);
    std::size_t end = name_at;
    const auto is_name = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    };
    while (end < page_.size() && is_name(page_[end])) ++end;
    const std::string name(page_.substr(name_at, end - name_at));
    if (name.empty()) {
      fault("a bare <");
      return false;
    }
    at_ = end;
    if (closes) {
      if (page_.substr(at_, 1) != ">") fault("more than a name in </" + name);
      if (open_.empty() || open_.back() != name) {
        fault("</" + name + "> closes <" +
              (open_.empty() ? "nothing" : open_.back()) + ">");
        return false;
      }
      open_.pop_back();
      ++at_;
      read_.text += ' ';
      return true;
    }
    Tag tag{name, {}};
    if (!attributes(tag)) return false;
    read_.tags.push_back(tag);
    if (name == "style" || name == "script") {
      const std::string close = "</" + name + ">";
      const std::size_t stop = page_.find(close, at_);
      if (stop == std::string_view::npos) {
        fault("<" + name + "> is not closed");
        return false;
      }
      read_.style += page_.substr(at_, stop - at_);
      at_ = stop + close.size();
    } else if (without_end.count(name) == 0) {
      open_.push_back(name);
    }
    return true;
  }

  bool attributes(Tag& tag) {
    while (at_ < page_.size()) {
      while (at_ < page_.size() && page_[at_] == ' ') ++at_;
      if (page_.substr(at_, 1) == ">") {
        ++at_;
        return true;
      }
      const std::size_t equals = page_.find("=\"", at_);
      const std::size_t close = equals == std::string_view::npos
                                    ? equals
                                    : page_.find('"', equals + 2);
      if (close == std::string_view::npos) break;
      const std::string name(page_.substr(at_, equals - at_));
      if (name.find_first_of(" <>'\"/") != std::string::npos) break;
      const std::string_view value =
          page_.substr(equals + 2, close - equals - 2);
      if (value.find('<') != std::string_view::npos) {
        fault("a bare < in an attribute");
      }
      tag.attributes[name] = resolved(value, read_.faults);
      at_ = close + 1;
    }
    fault("attributes of <" + tag.name + "> cannot be read");
    return false;
  }

  std::string_view page_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  ReadHtml read_;
};

}  // namespace

std::vector<Tag> ReadHtml::of(std::string_view name) const {
  std::vector<Tag> found;
  for (const Tag& tag : tags) {
    if (tag.name == name) found.push_back(tag);
  }
  return found;
}

ReadHtml read_html(std::string_view page) { return Reading(page).read(); }

}  // namespace sendcheck::test
