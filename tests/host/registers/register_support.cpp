#include "register_support.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "domain/identifiers.hpp"

namespace sendcheck::test {
namespace {

CodeList codes(std::string name, std::vector<std::string> all) {
  CodeList list;
  list.name = std::move(name);
  for (std::string& code : all) list.codes.push_back({code, code + " label"});
  return list;
}

FactSpec spec(std::string path, FactType type, int code_list = -1) {
  FactSpec fact;
  fact.path = std::move(path);
  fact.type = type;
  fact.label = fact.path;
  fact.codes = code_list;
  return fact;
}

FactSpec at_least_zero(FactSpec fact) {
  fact.minimum = Number(0);
  return fact;
}

Catalogue made() {
  Catalogue catalogue;
  const auto add_codes = [&](CodeList list) {
    REQUIRE(catalogue.add_codes(std::move(list)));
    return static_cast<int>(catalogue.code_lists().size()) - 1;
  };
  const auto add = [&](FactSpec fact) {
    REQUIRE(catalogue.add_fact(std::move(fact)));
  };
  CodeList status =
      codes("sen_status", {"none", "support", "in_assessment", "plan_final"});
  status.open = true;
  status.aliases = {{"K", 1, false}, {"E", 3, false}, {"S", 3, true}};
  const int status_list = add_codes(std::move(status));
  CodeList type = codes("sen_type", {"SPLD", "MLD", "ASD", "SEMH", "BESD"});
  type.codes.back().historic = true;
  const int type_list = add_codes(std::move(type));
  CodeList authority = codes("authority", {"884", "885", "330"});
  authority.unknown_is_warning = true;
  const int authority_list = add_codes(std::move(authority));
  CodeList year = codes("nc_year", {"R", "1", "2", "3", "4", "5", "6", "7", "8",
                                    "9", "10", "11", "12", "13", "X"});
  year.ordered = true;
  year.codes.back().outside_order = true;
  const int year_list = add_codes(std::move(year));
  CodeList language = codes("language", {"ENG", "POL", "OTH", "REF"});
  language.unknown_is_warning = true;
  language.unlisted_is = 2;
  language.codes.back().means_unknown = true;
  const int language_list = add_codes(std::move(language));
  const int sex_list = add_codes(codes("sex", {"F", "M"}));
  const int kind_list = add_codes(
      codes("school_type", {"mainstream", "special", "pupil_referral_unit"}));

  FactSpec upn = spec("upn", FactType::text);
  upn.check = "upn";
  add(upn);
  upn.path = "former_upn";
  add(upn);
  FactSpec uln = spec("uln", FactType::text);
  uln.check = "uln";
  add(uln);
  add(spec("name.given", FactType::text));
  add(spec("name.family", FactType::text));
  add(spec("date_of_birth", FactType::date));
  add(spec("sex", FactType::code, sex_list));
  add(spec("first_language", FactType::code, language_list));
  add(spec("nc_year", FactType::code, year_list));
  add(spec("home_la", FactType::code, authority_list));
  add(spec("school.name", FactType::text));
  add(spec("school.urn", FactType::text));
  add(spec("school.la", FactType::code, authority_list));
  add(spec("school.type", FactType::code, kind_list));
  add(spec("school.term_from", FactType::date));
  add(spec("sen.status", FactType::code, status_list));
  FactSpec needs = spec("sen.needs", FactType::list);
  needs.fields = {spec("type", FactType::code, type_list),
                  at_least_zero(spec("rank", FactType::integer))};
  add(needs);
  FactSpec provision = spec("provision", FactType::list);
  provision.fields = {
      spec("name", FactType::text),
      at_least_zero(spec("minutes_per_week", FactType::decimal)),
      at_least_zero(spec("weeks", FactType::integer)),
      at_least_zero(spec("hourly_rate", FactType::money)),
      spec("additional", FactType::boolean),
      spec("from", FactType::date)};
  provision.fields[2].maximum = Number(53);
  add(provision);
  add(at_least_zero(spec("provision_cost", FactType::money)));
  add(at_least_zero(spec("attendance.possible", FactType::integer)));
  FactSpec hours = at_least_zero(
      spec("early_years.funded_hours_per_week", FactType::decimal));
  hours.maximum = Number(168);
  add(hours);
  add(spec("service_child", FactType::boolean));
  FactSpec suspensions = spec("suspensions", FactType::list);
  suspensions.fields = {spec("from", FactType::date),
                        spec("school_days", FactType::decimal)};
  add(suspensions);
  add(spec("balance", FactType::money));
  return catalogue;
}

std::string value_text(const Value& value, const FactSpec& fact) {
  return to_text(value, fact, small_catalogue());
}

}  // namespace

const Catalogue& small_catalogue() {
  static const Catalogue catalogue = made();
  return catalogue;
}

Scratch::Scratch() {
  static int number = 0;
  folder_ =
      std::string(SENDCHECK_SCRATCH) + "/registers-" + std::to_string(number++);
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
}

Scratch::~Scratch() { std::filesystem::remove_all(folder_); }

std::string Scratch::path(std::string_view name) const {
  return folder_ + "/" + std::string(name);
}

std::string Scratch::write(std::string_view name,
                           std::string_view content) const {
  std::ofstream(path(name), std::ios::binary) << content;
  return path(name);
}

Read read_all(const std::string& path, const Catalogue& catalogue) {
  auto reader = open_register(path, catalogue);
  if (!reader) FAIL(reader.error().to_string());
  Read read;
  read.warnings = (*reader)->register_warnings();
  int progress = 0;
  // The same entry each time, as a caller would: what is left over shows.
  RegisterEntry entry;
  for (;;) {
    const auto more = (*reader)->next(entry);
    if (!more) FAIL(more.error().to_string());
    CHECK((*reader)->progress_per_mille() >= progress);
    progress = (*reader)->progress_per_mille();
    if (!*more) break;
    RegisterEntry kept;
    kept.warnings = entry.warnings;
    kept.rejections = entry.rejections;
    kept.source = entry.source;
    kept.place = entry.place;
    kept.upn = entry.upn;
    kept.name = entry.name;
    kept.record = Record::empty(catalogue);
    const auto own = [&](const Value& value) {
      return value.kind() == Value::Kind::text
                 ? Value::text(kept.record.texts.keep(value.text()))
                 : value;
    };
    for (std::size_t i = 0; i < entry.record.scalars.size(); ++i) {
      kept.record.scalars[i] = own(entry.record.scalars[i]);
    }
    for (std::size_t i = 0; i < entry.record.lists.size(); ++i) {
      kept.record.lists[i].stated = entry.record.lists[i].stated;
      for (const Value& cell : entry.record.lists[i].cells) {
        kept.record.lists[i].cells.push_back(own(cell));
      }
    }
    read.entries.push_back(std::move(kept));
  }
  CHECK(progress == 1000);
  return read;
}

Error refusal(const std::string& path) {
  const auto reader = open_register(path, small_catalogue());
  REQUIRE_FALSE(reader.has_value());
  return reader.error();
}

std::string upn(int number) {
  const std::string digits = std::to_string(100000000000 + number);
  const UpnResult checked = check_upn("A" + digits);
  return checked.expected_letter == 0 ? "A" + digits
                                      : checked.expected_letter + digits;
}

const Finding& only(const std::vector<Finding>& findings, std::string_view id) {
  const Finding* found = nullptr;
  int count = 0;
  std::string all;
  for (const Finding& finding : findings) {
    all += finding.message() + "\n";
    if (finding.id != id) continue;
    found = &finding;
    ++count;
  }
  INFO(all);
  INFO(id);
  REQUIRE(count == 1);
  return *found;
}

std::string fact(const RegisterEntry& entry, std::string_view path) {
  const int slot = small_catalogue().scalar(path);
  REQUIRE(slot >= 0);
  const auto at = static_cast<std::size_t>(slot);
  return value_text(entry.record.scalars[at], small_catalogue().scalars()[at]);
}

std::string list(const RegisterEntry& entry, std::string_view path) {
  const int slot = small_catalogue().list(path);
  REQUIRE(slot >= 0);
  const auto at = static_cast<std::size_t>(slot);
  const List& stated = entry.record.lists[at];
  if (!stated.stated) return "-";
  const FactSpec& spec = small_catalogue().lists()[at];
  std::string text;
  for (int i = 0; i < stated.size(); ++i) {
    if (i > 0) text += "; ";
    bool first = true;
    for (std::size_t k = 0; k < spec.fields.size(); ++k) {
      const Value& value = stated.entry(i)[k];
      if (!value.is_known()) continue;
      text += (first ? "" : " ") + spec.fields[k].path + "=" +
              value_text(value, spec.fields[k]);
      first = false;
    }
  }
  return text;
}

}  // namespace sendcheck::test
