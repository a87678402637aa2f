#include "generate_register.hpp"

#include <array>
#include <fstream>

#include "dice.hpp"
#include "domain/identifiers.hpp"
#include "json/writer.hpp"
#include "pupil_facts.hpp"

namespace sendcheck::bench {
namespace {

constexpr std::uint64_t pupils_of_a_school = 200;

// Those whose editions differ, and others.
constexpr std::array<std::string_view, 20> authorities = {
    "884", "886", "878", "936", "916", "330", "830", "877", "317", "935",
    "938", "801", "383", "352", "925", "926", "931", "850", "370", "205"};

constexpr std::array<std::string_view, 24> given_names = {
    "Alder",   "Briar",   "Cedar",  "Clover", "Fern",     "Hazel",
    "Heath",   "Juniper", "Linden", "Maple",  "Marigold", "Oakley",
    "Poppy",   "Quince",  "Rowan",  "Rue",    "Sorrel",   "Tansy",
    "Thistle", "Umber",   "Vetch",  "Willow", "Yarrow",   "Zinnia"};
constexpr std::array<std::string_view, 16> family_names = {
    "Madeupson",   "Sampleford",  "Testwell",   "Exampleby",
    "Inventon",    "Notreal",     "Mockley",    "Fictionham",
    "Placeholder", "Pretendby",   "Dummyfield", "Specimen",
    "Fabricote",   "Imaginedale", "Trialworth", "Standin"};

constexpr std::array<std::string_view, 20> year_names = {
    "E1", "E2", "N1", "N2", "R",  "1",  "2",  "3",  "4",  "5",
    "6",  "7",  "8",  "9",  "10", "11", "12", "13", "14", "X"};

struct School {
  std::string_view phase, type;
  int first_year, last_year;  // Reception is 0
};
constexpr School nursery = {"early_years", "early_years_setting", -3, -1};
constexpr School childminder = {"early_years", "childminder", -4, -1};
constexpr School primary = {"primary", "mainstream", 0, 6};
constexpr School primary_with_nursery = {"primary", "mainstream", -1, 6};
constexpr School unit = {"primary", "resource_base", 0, 6};
constexpr School secondary = {"secondary", "mainstream", 7, 11};
constexpr School with_sixth_form = {"secondary", "mainstream", 7, 13};
constexpr School special = {"all_through", "special", 0, 14};
constexpr School referral_unit = {"secondary", "pupil_referral_unit", 7, 11};
constexpr School college = {"post_16", "further_education", 12, 14};

const School& school_of(Dice& dice, Mix mix) {
  const int roll = dice.below(100);
  if (mix == Mix::demanding) {
    if (roll < 20) return nursery;
    if (roll < 35) return primary_with_nursery;
    if (roll < 85) return with_sixth_form;
  }
  if (roll < 5) return nursery;
  if (roll < 6) return childminder;
  if (roll < 40) return primary;
  if (roll < 54) return primary_with_nursery;
  if (roll < 56) return unit;
  if (roll < 76) return secondary;
  if (roll < 92) return with_sixth_form;
  if (roll < 95) return special;
  if (roll < 97) return referral_unit;
  return college;
}

std::string digits(std::uint64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return std::string(width - std::min(width, text.size()), '0') + text;
}

// 20 authorities, a thousand made-up establishments each, then the next year of
// issue.
std::string upn_of(std::uint64_t school, std::string_view la,
                   std::uint64_t within) {
  const std::uint64_t establishment = school / authorities.size() % 1000;
  const std::uint64_t issued = school / (authorities.size() * 1000) % 27;
  std::string upn = "A" + std::string(la) + digits(9000 + establishment, 4) +
                    digits(26 - issued, 2) + digits(within + 1, 3);
  const UpnResult checked = check_upn(upn);
  if (checked.check == UpnCheck::wrong_check_letter) {
    upn[0] = checked.expected_letter;
  }
  return upn;
}

Date born(Dice& dice, int year) {
  // Reception: born from 1 September five years before the school year began.
  return *Date::from_civil(school_year - 5 - year, 9, 1) + dice.below(365);
}

Sen sen_of(Dice& dice, const School& school, Mix mix) {
  if (school.type == "special" || school.type == "resource_base") {
    return dice.in_a_hundred(96) ? Sen::plan_final : Sen::plan_draft;
  }
  const int roll = dice.below(1000);
  if (mix == Mix::demanding) {
    return roll < 450   ? Sen::support
           : roll < 550 ? Sen::in_assessment
           : roll < 600 ? Sen::plan_draft
           : roll < 900 ? Sen::plan_final
                        : Sen::none;
  }
  if (roll < 150) return Sen::support;
  if (roll < 157) return Sen::in_assessment;
  if (roll < 161) return Sen::plan_draft;
  if (roll < 190) return Sen::plan_final;
  return Sen::none;
}

void write_school(json::Writer& json, const School& school, std::string_view la,
                  std::uint64_t number) {
  json.key("school").begin_object();
  json.member("urn", digits(900'000 + number % 100'000, 6));
  json.member("name", "Sample School " + std::to_string(number + 1));
  json.member("la", la).member("phase", school.phase);
  json.member("type", school.type);
  write_date(json, "term_from", *Date::from_civil(school_year, 9, 2));
  write_date(json, "term_to", *Date::from_civil(school_year, 12, 18));
  write_date(json, "year_from", *Date::from_civil(school_year, 9, 1));
  write_date(json, "year_to", *Date::from_civil(school_year + 1, 7, 21));
  json.end_object();
}

}  // namespace

Date register_as_of() { return *Date::from_civil(school_year, 11, 22); }

void append_pupil(std::uint64_t seed, std::uint64_t number, std::string& out,
                  Mix mix) {
  const std::uint64_t school_number = number / pupils_of_a_school;
  Dice school_dice(seed * 0x2545F4914F6CDD1Du + school_number);
  const School& school = school_of(school_dice, mix);
  const std::string_view la =
      authorities[static_cast<std::size_t>(school_number % authorities.size())];
  Dice dice(school_dice.roll() ^ (number * 0x9E3779B97F4A7C15u),
            mix == Mix::demanding && school_number % 2 == 1 ? 12 : 0);

  Pupil pupil;
  pupil.phase = school.phase;
  pupil.year = dice.between(school.first_year, school.last_year);
  pupil.sen = sen_of(dice, school, mix);
  pupil.nc_year = year_names[static_cast<std::size_t>(pupil.year + 4)];
  const Date birth = born(dice, pupil.year);
  if (school.type == "special" && dice.in_a_hundred(10)) {
    pupil.nc_year = "X";
    pupil.year = 20;
  }
  const int home = dice.below(100);
  pupil.home_la = home < 94   ? la
                  : home < 99 ? dice.one_of(authorities)
                              : std::string_view();

  json::Writer json(out);
  json.begin_object();
  json.member("upn", upn_of(school_number, la, number % pupils_of_a_school));
  json.key("name").begin_object();
  json.member("given", dice.one_of(given_names));
  json.member("family", dice.one_of(family_names)).end_object();
  if (!dice.left_out(1)) write_date(json, "date_of_birth", birth);
  json.member("sex", dice.in_a_hundred(49) ? "F" : "M");
  json.member("ethnicity", dice.in_a_hundred(70) ? "WBRI" : "OOTH");
  json.member("first_language", dice.in_a_hundred(80) ? "ENG" : "OTH");
  if (!dice.left_out(1)) json.member("nc_year", pupil.nc_year);
  if (!pupil.home_la.empty()) json.member("home_la", pupil.home_la);
  json.member("attends", dice.in_a_hundred(97) ? "full_time" : "part_time");
  write_school(json, school, la, school_number);
  write_sen(json, dice, pupil);
  write_ehcp(json, dice, pupil);
  write_support(json, dice, pupil);
  write_examinations(json, dice, pupil);
  write_evidence(json, dice, pupil);
  write_early_years(json, dice, pupil);
  write_grants(json, dice, pupil);
  write_attendance(json, dice);
  json.end_object();
  out += '\n';
}

bool write_register(const std::string& path, std::uint64_t seed,
                    std::uint64_t pupils, Mix mix) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  std::string lines;
  for (std::uint64_t number = 0; number < pupils && file; ++number) {
    append_pupil(seed, number, lines, mix);
    if (lines.size() < (1u << 20)) continue;
    file << lines;
    lines.clear();
  }
  file << lines;
  return static_cast<bool>(file.flush());
}

}  // namespace sendcheck::bench
