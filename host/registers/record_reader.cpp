#include "registers/record_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "domain/identifiers.hpp"

namespace sendcheck {
namespace {

void append_pointer(std::string& pointer, const Step& at) {
  if (at.above != nullptr) append_pointer(pointer, *at.above);
  pointer += '/';
  if (at.entry >= 0) {
    pointer += std::to_string(at.entry);
    return;
  }
  for (const char c : at.name) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

void append_path(std::string& path, const Step& at) {
  if (at.above != nullptr) append_path(path, *at.above);
  if (at.entry >= 0) {
    path += '[' + std::to_string(at.entry + 1) + ']';
    return;
  }
  if (!path.empty()) path += '.';
  path += sendcheck::quoted(at.name, 100);
}

// A path as the catalogue writes it, without the numbers of entries.
std::string bare_path(const Step& at) {
  std::string path = at.above != nullptr ? bare_path(*at.above) : "";
  if (at.entry >= 0) return path;
  if (!path.empty()) path += '.';
  return path + std::string(at.name);
}

}  // namespace

std::string fact_path(const Step& at) {
  std::string path;
  append_path(path, at);
  return path;
}

std::string_view stated_upn(const json::Value& pupil) {
  const json::Value* upn = pupil.find("upn");
  return upn != nullptr && upn->is(json::Type::string) ? upn->text
                                                       : std::string_view();
}

std::string elsewhere_in_words(const std::vector<std::string>& places) {
  constexpr std::size_t most = 3;
  if (places.size() <= most) return join_in_words(places);
  const std::vector<std::string> first(places.begin(), places.begin() + most);
  return join(first, ", ") + " and " + std::to_string(places.size() - most) +
         " more";
}

RecordReader::RecordReader(const Catalogue& catalogue)
    : catalogue_(catalogue),
      names_(catalogue),
      values_(catalogue_, names_),
      upn_slot_(catalogue.scalar("upn")),
      given_slot_(catalogue.scalar("name.given")),
      family_slot_(catalogue.scalar("name.family")) {}

void RecordReader::begin(RegisterEntry& entry, const Place& place) const {
  if (entry.record.scalars.size() != catalogue_.scalars().size() ||
      entry.record.lists.size() != catalogue_.lists().size()) {
    entry.record = Record::empty(catalogue_);
  } else {
    entry.record.reset();
  }
  entry.warnings.clear();
  entry.rejections.clear();
  entry.source.clear();
  entry.place = place;
  entry.upn.clear();
  entry.name.clear();
}

void RecordReader::report(RegisterEntry& entry, Verdict verdict,
                          const Fault& fault, Place place, std::string fact) {
  std::vector<Finding>& findings =
      verdict == Verdict::wrong ? entry.rejections : entry.warnings;
  findings.push_back({.id = std::string(fault.id),
                      .place = std::move(place),
                      .upn = {},
                      .fact = std::move(fact),
                      .found = fault.found,
                      .expected = fault.expected});
}

void RecordReader::report(RegisterEntry& entry, Verdict verdict,
                          const Step& at) const {
  Place place = entry.place;
  append_pointer(place.pointer, at);
  report(entry, verdict, fault_, std::move(place), fact_path(at));
}

void RecordReader::read_pupil(const json::Value& pupil, RegisterEntry& entry) {
  if (!pupil.is(json::Type::object)) {
    report(entry, Verdict::wrong,
           {"register.entry", found_words(pupil),
            "an object that holds one pupil's facts"},
           entry.place, "");
    return;
  }
  read_group(FactNames::top, pupil, nullptr, entry);
}

void RecordReader::read_group(int group, const json::Value& object,
                              const Step* above, RegisterEntry& entry) {
  for (const json::Member& member : object.members) {
    read_member(group, member, above, entry);
  }
}

void RecordReader::read_member(int group, const json::Member& member,
                               const Step* above, RegisterEntry& entry) {
  const Step at{above, member.key};
  const FactNames::Target target = names_.find(group, member.key);
  const auto slot = static_cast<std::size_t>(target.index);
  switch (target.kind) {
    case FactNames::Kind::scalar: {
      Record& record = entry.record;
      const Verdict verdict =
          values_.from_json(catalogue_.scalars()[slot], member.value,
                            record.texts, record.scalars[slot], fault_);
      if (verdict != Verdict::good) report(entry, verdict, at);
      return;
    }
    case FactNames::Kind::list:
      read_list(target.index, member.value, at, entry);
      return;
    case FactNames::Kind::group:
      if (member.value.is(json::Type::object)) {
        read_group(target.index, member.value, &at, entry);
      } else if (!member.value.is(json::Type::null)) {
        fault_ = {"register.type", found_words(member.value),
                  "an object that holds facts"};
        report(entry, Verdict::wrong, at);
      }
      return;
    case FactNames::Kind::unknown:
      fault_ = {"register.unknown_fact", found_words(member.value),
                names_.nearest(bare_path(at))};
      report(entry, Verdict::doubtful, at);
      return;
  }
}

void RecordReader::read_list(int slot, const json::Value& value, const Step& at,
                             RegisterEntry& entry) {
  if (value.is(json::Type::null)) return;
  if (!value.is(json::Type::array)) {
    fault_ = {"register.type", found_words(value), "a list of objects"};
    report(entry, Verdict::wrong, at);
    return;
  }
  List& list = entry.record.lists[static_cast<std::size_t>(slot)];
  list.stated = true;
  const auto width = static_cast<std::size_t>(list.width);
  list.cells.resize(value.items.size() * width);
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    const Step entry_at{&at, {}, static_cast<int>(i)};
    read_list_entry(slot, value.items[i], entry_at,
                    list.cells.data() + i * width, entry);
  }
}

void RecordReader::read_list_entry(int slot, const json::Value& value,
                                   const Step& at, Value* cells,
                                   RegisterEntry& entry) {
  if (!value.is(json::Type::object)) {
    fault_ = {"register.entry", found_words(value),
              "an object that holds the entry's facts"};
    report(entry, Verdict::wrong, at);
    return;
  }
  const FactSpec& spec = catalogue_.lists()[static_cast<std::size_t>(slot)];
  for (const json::Member& member : value.members) {
    const Step field_at{&at, member.key};
    const int field = names_.field(slot, member.key);
    if (field < 0) {
      std::vector<std::string> fields;
      for (const FactSpec& known : spec.fields) fields.push_back(known.path);
      const std::string near = nearest(member.key, fields);
      fault_ = {"register.unknown_fact", found_words(member.value),
                near.empty() ? near : spec.path + "[]." + near};
      report(entry, Verdict::doubtful, field_at);
      continue;
    }
    const auto position = static_cast<std::size_t>(field);
    const Verdict verdict =
        values_.from_json(spec.fields[position], member.value,
                          entry.record.texts, cells[position], fault_);
    if (verdict != Verdict::good) report(entry, verdict, field_at);
  }
}

void RecordReader::reject_twin(RegisterEntry& entry, std::string_view upn,
                               const std::vector<std::string>& elsewhere) {
  Place place = entry.place;
  report(entry, Verdict::wrong,
         {"register.duplicate_upn", "\"" + sendcheck::quoted(upn) + "\"",
          "a UPN that stands once; it also stands at " +
              elsewhere_in_words(elsewhere)},
         std::move(place), "upn");
}

void RecordReader::finish(RegisterEntry& entry, std::string_view stated_upn,
                          bool needs_upn) const {
  entry.upn = text_of(entry.record, upn_slot_);
  entry.name = name_of(entry.record, catalogue_);
  const bool upn_rejected =
      std::any_of(entry.rejections.begin(), entry.rejections.end(),
                  [](const Finding& finding) {
                    return finding.fact == "upn" || finding.fact.empty();
                  });
  if (needs_upn && entry.upn.empty() && !upn_rejected) {
    report(entry, Verdict::wrong,
           {"register.no_upn", "not stated",
            "the pupil's UPN, by which a pupil is known"},
           entry.place, "upn");
  }
  for (std::vector<Finding>* findings : {&entry.warnings, &entry.rejections}) {
    for (Finding& finding : *findings) {
      finding.upn = sendcheck::quoted(stated_upn);
    }
  }
  if (!entry.rejected()) return;
  for (std::size_t i = 0; i < entry.record.scalars.size(); ++i) {
    const int slot = static_cast<int>(i);
    if (slot != upn_slot_ && slot != given_slot_ && slot != family_slot_) {
      entry.record.scalars[i] = Value();
    }
  }
  for (List& list : entry.record.lists) {
    list.stated = false;
    list.cells.clear();
  }
}

}  // namespace sendcheck
