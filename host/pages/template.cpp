#include "pages/template.hpp"

#include <kainjow/mustache.hpp>

namespace sendcheck::pages {
namespace {

namespace mustache = kainjow::mustache;

// A page with a control character in it is not valid.
std::string printable(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_control = (byte < 0x20 && c != '\n') || byte == 0x7F;
    if (is_control) {
      out += "\xEF\xBF\xBD";
    } else {
      out += c;
    }
  }
  return out;
}

std::string markdown_escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '\n':
        out += ' ';
        break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '>':
      case '#':
      case '|':
      case '~':
        out += '\\';
        [[fallthrough]];
      default:
        out += c;
    }
  }
  return out;
}

// A part that is left out leaves its blank lines behind; Markdown needs one.
std::string with_single_blank_lines(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n' && out.ends_with("\n\n")) continue;
    out += c;
  }
  return out;
}

mustache::data data_of(const Fields& fields) {
  mustache::data data;
  for (const auto& [name, text] : fields.texts) {
    if (text.empty()) {
      data.set(name, mustache::data(false));
    } else {
      data.set(name, mustache::data(printable(text)));
    }
  }
  for (const auto& [name, items] : fields.lists) {
    mustache::data list(mustache::data::type::list);
    for (const Fields& item : items) list.push_back(data_of(item));
    data.set(name, std::move(list));
  }
  return data;
}

}  // namespace

std::string filled(std::string_view name, const Fields& fields,
                   Escaping escaping) {
  mustache::data data = data_of(fields);
  // Names that no field has: the library would take a field's text for a part.
  for (const char* part : {"head", "foot", "criterion", "action", "table"}) {
    data.set(
        std::string("part-") + part, mustache::data(mustache::partial([part] {
          return std::string(template_text(std::string(part) + ".part.html"));
        })));
  }
  mustache::mustache page{std::string(template_text(name))};
  if (escaping == Escaping::markdown) {
    page.set_custom_escape(markdown_escaped);
  }
  const std::string text = page.render(data);
  return escaping == Escaping::markdown ? with_single_blank_lines(text) : text;
}

}  // namespace sendcheck::pages
