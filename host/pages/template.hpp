// Fills the templates in pages/templates, which the build puts into the program.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sendcheck::pages {

// What a template is filled with, by the names that it uses. A text that is empty counts as absent where a template asks. A name that is not here is
// looked for in what stands around this: so whatever a template asks of an item that stands in others of its kind is set in each, be it empty.
struct Fields {
  std::map<std::string, std::string> texts;
  std::map<std::string, std::vector<Fields>> lists;
};

enum class Escaping { html, markdown };

// The text of a template or a style sheet ("rule.html", "style.css"); empty when there is none of that name.
std::string_view template_text(std::string_view name);

// A text can say anything: it comes out as a text, never as a mark of the page. Control characters are replaced.
std::string filled(std::string_view name, const Fields& fields,
                   Escaping escaping);

}  // namespace sendcheck::pages
