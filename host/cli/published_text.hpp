// Which editions are published, and whether they are still what was published, in words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casework/check_register.hpp"
#include "cli/layout.hpp"

namespace sendcheck::cli {

inline constexpr std::string_view not_as_published_heading =
    "Look at this first: rules that are not as their body published them";

// What is wrong with editions that a check used; empty: nothing.
std::vector<Error> wrong_publications(const CheckReport& report);
// The same of those that a decision names.
std::vector<Error> wrong_publications(const Workspace& workspace,
                                      const Decision& decision);

// How many of the editions used are signed by their bodies, and how many are not; what is wrong is for wrong_publications to say. Empty: none was used.
std::string publication_sentence(const CheckReport& report);

// Every edition that is published or should be, a few lines each; the others counted.
std::string published_list(const Workspace& workspace, const Style& style,
                           std::size_t columns);
// One edition: every revision, with its hash, and by whom.
std::string published_shown(const Workspace& workspace, const Edition& edition,
                            const Style& style, std::size_t columns);

}  // namespace sendcheck::cli
