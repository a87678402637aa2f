// Who a made-up pupil is, and the groups of facts that follow from it.
#pragma once

#include <string_view>

#include "base/date.hpp"
#include "dice.hpp"
#include "json/writer.hpp"

namespace sendcheck::bench {

enum class Sen { none, support, in_assessment, plan_draft, plan_final };

struct Pupil {
  std::string_view nc_year;
  int year = 0;  // in numbers: Reception is 0, nursery below; 20 is no year
  std::string_view home_la;
  std::string_view phase;
  Sen sen = Sen::none;
  bool has_needs() const { return sen != Sen::none; }
};

// Each writes its members of the pupil's object.
void write_sen(json::Writer& json, Dice& dice, const Pupil& pupil);
void write_ehcp(json::Writer& json, Dice& dice, const Pupil& pupil);
void write_support(json::Writer& json, Dice& dice, const Pupil& pupil);
void write_examinations(json::Writer& json, Dice& dice, const Pupil& pupil);
void write_evidence(json::Writer& json, Dice& dice, const Pupil& pupil);
void write_early_years(json::Writer& json, Dice& dice, const Pupil& pupil);
void write_grants(json::Writer& json, Dice& dice, const Pupil& pupil);
void write_attendance(json::Writer& json, Dice& dice);

void write_date(json::Writer& json, std::string_view name, Date date);
// A day of the last so many days before the as-of date.
Date recent(Dice& dice, int days);

}  // namespace sendcheck::bench
