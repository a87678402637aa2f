// The record that the Algorithmic Transparency Recording Standard asks of a public body, filled with what is true of this program and of the rules in
// force, with blanks for what only the body knows.
#pragma once

#include <string>

#include "pages/place.hpp"

namespace sendcheck::pages {

// `ending` is ".md" or ".html". The worked cases of the rules are run for it. Errors doc.record_ending; those of run_cases().
Result<std::string> atrs_record(const Workspace& workspace,
                                const PublishedRules& published,
                                const std::string& ending);

}  // namespace sendcheck::pages
