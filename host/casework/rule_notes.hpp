// What the author of a rule wrote of it for people: the README.md beside it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/catalogue.hpp"
#include "plugins/plugin.hpp"

namespace sendcheck {

// The points under the heading "## `section`" of a page of Markdown, each as one line of plain text: a bullet or a paragraph a point; marks of
// emphasis and code are taken away, and a fact's path is said by its label ("the phase of the school"). Tables are passed over. Empty when there is
// no such section.
std::vector<std::string> points_of(std::string_view page,
                                   std::string_view section,
                                   const Catalogue& catalogue);

// The same of the README.md in the plugin's folder; empty when it cannot be read.
std::vector<std::string> points_of(const Plugin& plugin,
                                   std::string_view section,
                                   const Catalogue& catalogue);

}  // namespace sendcheck
