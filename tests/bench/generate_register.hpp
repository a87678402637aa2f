// Registers of any size, made up and always the same: what the speed of the
// program is measured on.
//
// The mix is that of ordinary schools: about 15% of the pupils have SEN support
// and 5% an EHC plan, in nurseries, primary, secondary and special schools,
// PRUs and colleges of twenty authorities, among which are all those whose
// editions differ. Now and then a fact is left out. Names are those of plants
// and of things that are plainly made up; establishments are in the nine
// thousands; UPNs have the right check letter.
//
// A pupil depends on nothing but the seed and their number, so that a longer
// register begins with the shorter one. No distribution of the standard library
// is used: those differ from one library to the next.
#pragma once

#include <cstdint>
#include <string>

#include "base/date.hpp"

namespace sendcheck::bench {

// The day for which the registers are made.
inline constexpr int school_year = 2026;
Date register_as_of();  // 2026-11-22

enum class Mix {
  ordinary,
  demanding  // nearly all have needs, most are of an age for examinations or the early years, and half of the schools leave out much
};

// Appends pupil `number` (from 0) as one line of JSON, with its line end.
void append_pupil(std::uint64_t seed, std::uint64_t number, std::string& out,
                  Mix mix = Mix::ordinary);

// Writes a whole register as JSON Lines. False when the file could not be
// written.
bool write_register(const std::string& path, std::uint64_t seed,
                    std::uint64_t pupils, Mix mix = Mix::ordinary);

}  // namespace sendcheck::bench
