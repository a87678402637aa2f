// The site that an authority can put on its Local Offer: a page a rule, in plain English.
#pragma once

#include <string>
#include <vector>

#include "base/folder.hpp"
#include "pages/place.hpp"

namespace sendcheck::pages {

// index.html, questions.html, style.css and rules/<id>.html. No script, nothing fetched, no date but those of the rules: the same rules are the
// same bytes.
std::vector<FolderFile> make_site(const PublishedRules& published);

// Puts the site into a folder of its own: a new one, an empty one, or one that holds an earlier site and nothing else (told by the file
// sendcheck-site.txt, which lists what belongs to it). Errors doc.folder_in_use, files.*; then nothing is changed.
Result<void> write_site(const std::string& folder,
                        std::vector<FolderFile> files);

}  // namespace sendcheck::pages
