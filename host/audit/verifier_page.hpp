// The page that checks an audit pack in a browser, offline: the text of verifier_page.html, which the build puts into the program.
#pragma once

#include <string_view>

namespace sendcheck {

std::string_view verifier_page();

}  // namespace sendcheck
