// Begins the next edition of a body, or the first of a new one.
//
// What was in force until now is copied and nothing of it is taken for granted: last year's figures would otherwise pass for this year's. Each value is
// marked unconfirmed, so that decisions refer until somebody has read the source again; the edition as a whole is marked too, until somebody approves
// it; what has still to be written says so. sendcheck rules lint lists all of it.
#pragma once

#include <string>
#include <vector>

#include "casework/workspace.hpp"

namespace sendcheck {

struct NewEditionRequest {
  std::string body;  // "884-herefordshire"; "884" where one body has the code
  std::string date;  // the first day, as it was given
  std::string
      from;  // "2025-04-01" or "884-herefordshire/2025-04-01"; empty: the body's newest
  bool new_body = false;  // there is none of this name yet: begin it
  Date today;
};

struct NewEdition {
  std::string id;    // "884-herefordshire/2027-04-01"
  std::string file;  // of the edition, to be opened in an editor
  std::string from;  // id of the edition that was copied; empty: of none
  bool ended_by_itself = false;     // the edition before had no last day
  std::vector<std::string> tables;  // files that were copied with it
  std::size_t carried_over = 0;     // values
};

// Writes the folder of the edition whole, or nothing. Errors: new.date (no date; not after the body's newest edition; on a day that an edition with a
// last day of its own covers), new.body (there is none of the name, with the nearest; several have the code; with new_body, there is one; or
// the name is none of a body), new.edition (the one to copy is not there, or did not load), files.*.
Result<NewEdition> new_edition(const Workspace& workspace,
                               const NewEditionRequest& request);

// "884-herefordshire" of an authority's code in the catalogue. Error new.authority, with the nearest.
Result<std::string> body_of_authority(const Catalogue& catalogue,
                                      const std::string& code);

}  // namespace sendcheck
