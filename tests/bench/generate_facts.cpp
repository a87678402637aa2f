#include <array>

#include "generate_register.hpp"
#include "pupil_facts.hpp"

namespace sendcheck::bench {
namespace {

constexpr std::array<std::string_view, 9> needs = {
    "SPLD", "MLD", "SEMH", "SLCN", "ASD", "HI", "VI", "PD", "OTH"};
constexpr std::array<std::string_view, 6> herefordshire_areas = {
    "communication", "cognition", "social and emotional",
    "sensory",       "physical",  "medical"};
constexpr std::array<std::string_view, 8> provisions = {
    "reading catch-up",     "speech and language group", "one-to-one support",
    "nurture group",        "precision teaching",        "lunch club",
    "occupational therapy", "small-group mathematics"};
constexpr std::array<std::string_view, 11> areas = {
    "reading_speed",     "writing_speed",         "reading_accuracy",
    "spelling_accuracy", "reading_comprehension", "phonological_processing",
    "rapid_naming",      "working_memory",        "processing_speed",
    "visual_processing", "other_processing"};
constexpr std::array<std::string_view, 6> tests = {
    "sample test A", "sample test B", "sample test C",
    "sample test D", "sample test E", "sample test F"};
constexpr std::array<std::string_view, 9> arrangements = {
    "reader",         "computer_reader",     "scribe",
    "word_processor", "rest_breaks",         "alternative_rooming",
    "prompter",       "practical_assistant", "extra_time_over_25"};
constexpr std::array<std::string_view, 6> difficulty_kinds = {
    "learning_difficulty", "sensory", "physical", "medical",
    "communication",       "semh"};
constexpr std::array<std::string_view, 5> years_assessed = {"7", "8", "9", "10",
                                                            "11"};
constexpr std::array<std::string_view, 3> bodies = {"aqa", "pearson", "ocr"};

std::string pounds(int whole, int pence = 0) {
  std::string text = std::to_string(whole) + ".";
  if (pence < 10) text += '0';
  return text + std::to_string(pence);
}

// Left out as often as schools leave out such things.
void write_answer(json::Writer& json, Dice& dice, std::string_view name,
                  int yes_in_a_hundred) {
  if (dice.left_out(6)) return;
  json.key(name).boolean(dice.in_a_hundred(yes_in_a_hundred));
}

std::string_view status_name(Sen sen) {
  switch (sen) {
    case Sen::none:
      return "none";
    case Sen::support:
      return "support";
    case Sen::in_assessment:
      return "in_assessment";
    case Sen::plan_draft:
      return "plan_draft";
    case Sen::plan_final:
      return "plan_final";
  }
  return {};
}

void write_provision_line(json::Writer& json, Dice& dice, const Pupil& pupil) {
  const int minutes = 15 * dice.between(1, 20);
  const int rate = dice.between(14, 22);
  const int weeks = 38;
  const int share = dice.in_a_hundred(40) ? 1 : dice.between(2, 6);
  json.begin_object();
  json.member("name", dice.one_of(provisions));
  json.member("staff", dice.in_a_hundred(70) ? "teaching assistant"
                                             : "specialist teacher");
  json.key("minutes_per_week").number(minutes);
  json.key("group_size").number(share);
  json.key("weeks").number(weeks);
  json.member("hourly_rate", pounds(rate, 50));
  if (!dice.left_out(8)) {
    const int pence = minutes * weeks * (rate * 100 + 50) / 60 / share;
    json.member("annual_cost", pounds(pence / 100, pence % 100));
  }
  write_answer(json, dice, "additional", pupil.sen == Sen::support ? 80 : 92);
  write_date(json, "from", recent(dice, 500));
  json.end_object();
}

void write_assessment(json::Writer& json, Dice& dice) {
  json.begin_object();
  json.member("area", dice.one_of(areas)).member("test", dice.one_of(tests));
  if (!dice.left_out(3)) json.key("score").number(dice.between(68, 118));
  write_date(json, "on", recent(dice, 900));
  if (!dice.left_out(5)) {
    json.member("nc_year", dice.one_of(years_assessed));
  }
  write_answer(json, dice, "assessor_qualified", 93);
  if (!dice.left_out(4)) {
    json.member("form", dice.in_a_hundred(80) ? "form_8" : "other");
  }
  json.end_object();
}

void write_arrangement(json::Writer& json, Dice& dice, std::string_view name) {
  json.begin_object().member("arrangement", name);
  write_answer(json, dice, "normal_way_of_working", 85);
  if (dice.in_a_hundred(55)) {
    write_date(json, "approved_on", recent(dice, 1000));
  }
  if (name == "rest_breaks") {
    write_answer(json, dice, "trialled", 70);
    write_answer(json, dice, "sufficient", 40);
  }
  if (name == "extra_time_25") {
    write_answer(json, dice, "samples_on_file", 75);
    write_answer(json, dice, "teacher_comments_on_file", 70);
  }
  json.end_object();
}

void write_document(json::Writer& json, Dice& dice, std::string_view type,
                    std::string_view author) {
  json.begin_object().member("type", type);
  write_date(json, "on", recent(dice, 700));
  json.member("author_role", author);
  write_answer(json, dice, "reviewed", 75);
  write_answer(json, dice, "signed", 85);
  json.end_object();
}

bool sits_examinations(const Pupil& pupil) {
  return pupil.year >= 10 && pupil.year <= 14;
}

}  // namespace

void write_date(json::Writer& json, std::string_view name, Date date) {
  json.member(name, date.to_string());
}

Date recent(Dice& dice, int days) {
  return register_as_of() - dice.below(days);
}

void write_sen(json::Writer& json, Dice& dice, const Pupil& pupil) {
  if (pupil.sen == Sen::none && dice.left_out(2)) return;
  json.key("sen").begin_object();
  json.member("status", status_name(pupil.sen));
  if (pupil.has_needs()) {
    write_date(json, "status_from", recent(dice, 1200));
    json.key("needs").begin_array();
    const int ranks = dice.between(1, 2);
    for (int rank = 1; rank <= ranks; ++rank) {
      json.begin_object().member("type", dice.one_of(needs));
      json.key("rank").number(rank).end_object();
    }
    json.end_array();
    if (pupil.home_la == "884" && !dice.left_out(15)) {
      json.key("levels").begin_array();
      const int scored = dice.between(1, 4);
      for (int area = 0; area < scored; ++area) {
        json.begin_object().member("scheme", "herefordshire");
        json.member("area", dice.one_of(herefordshire_areas));
        if (!dice.left_out(4)) json.key("points").number(dice.below(36));
        json.end_object();
      }
      json.end_array();
    }
    json.key("parent_meetings_this_year").number(dice.below(4));
  }
  json.end_object();
}

void write_ehcp(json::Writer& json, Dice& dice, const Pupil& pupil) {
  if (pupil.sen == Sen::none || pupil.sen == Sen::support) return;
  const Date as_of = register_as_of();
  json.key("ehcp").begin_object();
  if (pupil.sen != Sen::plan_final) {
    const Date requested = recent(dice, 150);
    write_date(json, "requested_on", requested);
    if (as_of - requested > 42) {
      write_date(json, "assess_decision_on", requested + dice.between(20, 42));
    }
    json.end_object();
    return;
  }
  const Date issued = recent(dice, 1800);
  write_date(json, "requested_on", issued - dice.between(120, 220));
  if (!dice.left_out(3)) write_date(json, "issued_on", issued);
  if (as_of - issued > 330) {
    write_date(
        json, "last_review_on",
        std::max(issued, recent(dice, dice.in_a_hundred(85) ? 360 : 500)));
  }
  if (dice.in_a_hundred(30)) {
    write_date(json, "review_meeting_on", recent(dice, 60));
  }
  std::string_view move = "none";
  if (pupil.year == -1) move = "school";
  if (pupil.year == 2 && dice.in_a_hundred(20)) move = "junior";
  if (pupil.year == 6) move = "secondary";
  if (pupil.year == 11) move = "post_16";
  if (pupil.year == 13) move = "other_post_16";
  if (!dice.left_out(5)) json.member("next_phase", move);
  if (move != "none") {
    const bool this_year = dice.in_a_hundred(20);
    const int year = this_year ? school_year : school_year + 1;
    if (!dice.left_out(5)) {
      write_date(json, "transfer_on", *Date::from_civil(year, 9, 2));
    }
    if (this_year || dice.in_a_hundred(10)) {
      write_date(json, "phase_transfer_final_on",
                 *Date::from_civil(year, 1, 20) + dice.below(60));
    }
  }
  json.end_object();
}

void write_support(json::Writer& json, Dice& dice, const Pupil& pupil) {
  if (!pupil.has_needs()) return;
  const bool plan = pupil.sen == Sen::plan_final;
  json.key("plan_cycles").begin_array();
  const int cycles = dice.below(4);
  for (int cycle = 0; cycle < cycles; ++cycle) {
    const Date started = recent(dice, 400);
    json.begin_object();
    write_date(json, "started_on", started);
    if (dice.in_a_hundred(80)) write_date(json, "reviewed_on", started + 80);
    json.end_object();
  }
  json.end_array();
  if (dice.in_a_hundred(85)) {
    json.key("provision").begin_array();
    const int lines = plan ? dice.between(2, 6) : dice.between(0, 3);
    for (int line = 0; line < lines; ++line) {
      write_provision_line(json, dice, pupil);
    }
    json.end_array();
  } else if (dice.in_a_hundred(70)) {
    json.member("provision_cost",
                pounds(dice.between(500, plan ? 18000 : 7000)));
  }
  if ((pupil.home_la == "317" || pupil.home_la == "935") &&
      dice.in_a_hundred(75)) {
    json.member("provision_total_cost",
                pounds(dice.between(4500, plan ? 24000 : 11000), 50));
  }
}

void write_examinations(json::Writer& json, Dice& dice, const Pupil& pupil) {
  if (pupil.has_needs() && pupil.year >= 7) {
    json.key("difficulties").begin_array();
    const int number = dice.between(0, 2);
    for (int i = 0; i < number; ++i) {
      json.begin_object().member("kind", dice.one_of(difficulty_kinds));
      write_answer(json, dice, "established", 85);
      write_answer(json, dice, "specialist_evidence", 50);
      json.end_object();
    }
    json.end_array();
  }
  if (pupil.has_needs() && pupil.year >= 9) {
    if (dice.in_a_hundred(80)) {
      json.key("assessments").begin_array();
      const int number = dice.between(0, 5);
      for (int i = 0; i < number; ++i) write_assessment(json, dice);
      json.end_array();
    }
  }
  if (pupil.year >= 10 && pupil.year != 20 &&
      (pupil.has_needs() || dice.in_a_hundred(5))) {
    json.key("arrangements").begin_array();
    if (dice.in_a_hundred(60)) write_arrangement(json, dice, "extra_time_25");
    const int others = dice.between(0, 2);
    for (int i = 0; i < others; ++i) {
      write_arrangement(json, dice, dice.one_of(arrangements));
    }
    json.end_array();
  }
  std::string_view qualification;
  if (pupil.year == 6) qualification = "key_stage_2";
  if (pupil.year == 10 || pupil.year == 11) qualification = "gcse";
  if (pupil.year >= 12 && pupil.year <= 14) {
    qualification = dice.in_a_hundred(60) ? "a_level" : "vocational";
  }
  // A school says of the others that they sit nothing, or nothing at all.
  if (qualification.empty() || dice.left_out(3)) return;
  json.key("exams").begin_object().member("qualification", qualification);
  if (sits_examinations(pupil)) {
    const bool next_summer = pupil.year != 10 && pupil.year != 12;
    const int year = next_summer ? school_year + 1 : school_year + 2;
    json.member("awarding_body", dice.one_of(bodies));
    json.member("series", std::to_string(year) + "-06");
    if (!dice.left_out(5)) {
      write_date(json, "first_exam_on",
                 *Date::from_civil(year, 5, 6) + dice.below(20));
    }
  }
  json.end_object();
}

void write_evidence(json::Writer& json, Dice& dice, const Pupil& pupil) {
  const bool early = pupil.year < 0;
  if (!pupil.has_needs() && !early) return;
  json.key("evidence").begin_array();
  if (pupil.has_needs()) {
    if (dice.in_a_hundred(70)) {
      write_document(json, dice, "support_plan", "senco");
    }
    if (dice.in_a_hundred(40)) {
      write_document(json, dice, "specialist_report",
                     "educational_psychologist");
    }
    if (pupil.sen == Sen::plan_final) {
      write_document(json, dice, "ehc_plan", "local_authority");
    }
    if (dice.in_a_hundred(25)) {
      write_document(json, dice, "specialist_letter", "health");
    }
    if (sits_examinations(pupil)) {
      if (dice.in_a_hundred(45)) {
        write_document(json, dice, "form_8", "assessor");
        write_document(json, dice, "form_8_part_1", "senco");
      }
      if (dice.in_a_hundred(25)) {
        write_document(json, dice, "form_9", "senco");
      }
    }
  }
  if (early && dice.in_a_hundred(pupil.has_needs() ? 50 : 3)) {
    write_document(json, dice, "dla_award", "parent");
  }
  if (early && dice.in_a_hundred(50)) {
    write_document(json, dice, "parental_declaration", "parent");
  }
  json.end_array();
}

void write_early_years(json::Writer& json, Dice& dice, const Pupil& pupil) {
  if (pupil.year >= 0) return;
  json.key("early_years").begin_object();
  if (!dice.left_out(4)) {
    json.key("funded_hours_per_week");
    const int roll = dice.below(100);
    json.number_text(roll < 50   ? "15"
                     : roll < 85 ? "30"
                     : roll < 95 ? "22.5"
                                 : "0");
  }
  json.key("weeks").number(14);
  write_answer(json, dice, "daf_nominated", 92);
  json.end_object();
  json.key("benefits").begin_object();
  write_answer(json, dice, "dla_child", pupil.has_needs() ? 60 : 4);
  json.end_object();
  json.key("awards").begin_array();
  if (dice.in_a_hundred(10)) {
    json.begin_object().member("fund", "disability-access-fund");
    if (!dice.left_out(5)) write_date(json, "on", recent(dice, 600));
    json.member("amount", pounds(938)).end_object();
  }
  json.end_array();
}

void write_grants(json::Writer& json, Dice& dice, const Pupil& pupil) {
  json.key("fsm").begin_object();
  const bool meals = dice.in_a_hundred(25);
  json.key("meal_entitled").boolean(meals);
  if (meals || dice.in_a_hundred(90)) {
    json.key("recorded").begin_array();
    const int periods = meals ? dice.between(1, 2) : 0;
    for (int i = 0; i < periods; ++i) {
      const Date from = recent(dice, 3000);
      json.begin_object();
      write_date(json, "from", from);
      if (dice.in_a_hundred(40)) {
        write_date(json, "to", from + dice.between(90, 900));
      }
      json.end_object();
    }
    json.end_array();
  }
  json.end_object();
  json.key("care").begin_object();
  if (!dice.left_out(2)) {
    json.key("looked_after").boolean(dice.in_a_thousand(9));
  }
  if (!dice.left_out(3)) {
    json.key("previously_looked_after").boolean(dice.in_a_thousand(12));
  }
  json.end_object();
  json.key("service_child").boolean(dice.in_a_hundred(1));
  json.key("census").begin_object();
  if (!dice.left_out(1)) {
    json.key("on_roll_october").boolean(dice.in_a_hundred(96));
  }
  if (dice.in_a_hundred(85)) {
    const bool in_order = pupil.year >= 1 && pupil.year <= 14;
    // The census of the year before.
    json.member("nc_year", pupil.year == 1 ? std::string("R")
                           : in_order      ? std::to_string(pupil.year - 1)
                                           : std::string(pupil.nc_year));
  }
  json.end_object();
}

void write_attendance(json::Writer& json, Dice& dice) {
  if (dice.left_out(2)) return;
  json.key("attendance").begin_object();
  const int possible =
      dice.in_a_hundred(97) ? 2 * dice.between(53, 55) : dice.below(60);
  json.key("possible").number(possible);
  const bool often = dice.in_a_hundred(18);
  json.key("authorised").number(std::min(possible, dice.below(often ? 30 : 8)));
  if (!dice.left_out(2)) {
    json.key("unauthorised")
        .number(std::min(possible, dice.below(often ? 20 : 3)));
  }
  json.end_object();
  if (!dice.in_a_hundred(3)) return;
  json.key("suspensions").begin_array().begin_object();
  write_date(json, "from", recent(dice, 60));
  json.key("school_days").number(dice.between(1, 5)).end_object().end_array();
}

}  // namespace sendcheck::bench
