// How pages look: one style sheet for all that are made, for the screen and for paper, with nothing from anywhere else.
#pragma once

#include <string_view>

namespace sendcheck::cli {

std::string_view page_style();

}  // namespace sendcheck::cli
