// What a register says once of the school of all its pupils.
#include <algorithm>
#include <utility>

#include "registers/record_reader.hpp"

namespace sendcheck {
namespace {

// The fact that a finding's path names: "school.la", or the list of
// "school.x[2].y".
std::string_view without_entry(std::string_view path) {
  return path.substr(0, path.find('['));
}

bool is_stated(const Record& record, FactRef fact) {
  const auto slot = static_cast<std::size_t>(fact.slot);
  return fact.is_list ? record.lists[slot].stated
                      : record.scalars[slot].is_known();
}

}  // namespace

RegisterSchool RecordReader::read_school(const json::Value& school,
                                         const Place& place) {
  RegisterSchool read;
  begin(read.entry, place);
  const FactNames::Target target = names_.find(FactNames::top, "school");
  // The pointer to "school" stands in `place` already.
  const Step named{nullptr, "school"};
  Place above = place;
  above.pointer.clear();
  read.entry.place = above;
  if (target.kind == FactNames::Kind::group) {
    read_group(target.index, school, &named, read.entry);
  }
  finish_school(read);
  return read;
}

void RecordReader::finish_school(RegisterSchool& school) const {
  for (Finding& finding : school.entry.rejections) {
    if (const auto fact = catalogue_.find(without_entry(finding.fact))) {
      school.wrong.push_back({*fact, std::move(finding)});
    }
  }
  school.entry.rejections.clear();
  const auto note_stated = [&](bool is_list, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const FactRef fact{is_list, static_cast<int>(i)};
      if (is_stated(school.entry.record, fact)) school.stated.push_back(fact);
    }
  };
  note_stated(false, catalogue_.scalars().size());
  note_stated(true, catalogue_.lists().size());
}

void RecordReader::apply(const RegisterSchool& school,
                         RegisterEntry& entry) const {
  for (const RegisterSchool::Wrong& wrong : school.wrong) {
    if (!is_stated(entry.record, wrong.fact)) {
      entry.rejections.push_back(wrong.finding);
    }
  }
  for (const FactRef fact : school.stated) {
    if (is_stated(entry.record, fact)) continue;
    const auto slot = static_cast<std::size_t>(fact.slot);
    // The school's texts live as long as its reader, the entry's record may
    // live longer: its texts are its own.
    const auto owned = [&](const Value& value) {
      return value.kind() == Value::Kind::text
                 ? Value::text(entry.record.texts.keep(value.text()))
                 : value;
    };
    const Record& stated = school.entry.record;
    if (fact.is_list) {
      List& list = entry.record.lists[slot];
      list.stated = true;
      for (const Value& cell : stated.lists[slot].cells) {
        list.cells.push_back(owned(cell));
      }
    } else {
      entry.record.scalars[slot] = owned(stated.scalars[slot]);
    }
  }
}

}  // namespace sendcheck
