#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "domain/identifiers.hpp"
#include "registers/csv_folder.hpp"
#include "registers/csv_source.hpp"
#include "registers/formats.hpp"
#include "registers/record_reader.hpp"
#include "registers/upn_index.hpp"

namespace sendcheck {
namespace {

const std::string& cell_of(const CsvTable& table, int row, int column) {
  return table.rows[static_cast<std::size_t>(row)]
      .cells[static_cast<std::size_t>(column)];
}

class CsvRegister : public RegisterReader {
 public:
  explicit CsvRegister(const Catalogue& catalogue) : reader_(catalogue) {}

  Result<void> open(const std::string& path) {
    auto folder = read_csv_folder(path, reader_.catalogue(), reader_.names());
    if (!folder) return unexpected(folder.error());
    folder_ = std::move(*folder);
    if (!folder_.school.columns.empty()) read_school();
    const CsvTable& pupils = folder_.pupils.table;
    for (int row = 0; row < static_cast<int>(pupils.rows.size()); ++row) {
      upns_.add(normal_upn(cell_of(pupils, row, folder_.pupils.upn_column)),
                static_cast<std::uint32_t>(line_of(pupils, row)));
    }
    upns_.close();
    for (std::size_t i = 0; i < folder_.lists.size(); ++i) {
      for (const int row : folder_.lists[i].unmatched) {
        unmatched_.emplace_back(i, row);
      }
    }
    return {};
  }

  Result<bool> next(RegisterEntry& entry) override {
    const std::size_t pupils = folder_.pupils.table.rows.size();
    if (next_ == pupils + unmatched_.size()) return false;
    if (next_ < pupils) {
      read_pupil(static_cast<int>(next_), entry);
    } else {
      const auto& [list, row] = unmatched_[next_ - pupils];
      reject_unmatched(folder_.lists[list], row, entry);
    }
    ++next_;
    return true;
  }

  std::vector<Finding> register_warnings() const override {
    return folder_.warnings;
  }

  int progress_per_mille() const override {
    const std::size_t all =
        folder_.pupils.table.rows.size() + unmatched_.size();
    return all == 0 ? 1000 : static_cast<int>(1000 * next_ / all);
  }

 private:
  static int line_of(const CsvTable& table, int row) {
    return table.rows[static_cast<std::size_t>(row)].line;
  }

  const FactSpec& spec_of(const CsvList& list) const {
    return reader_.catalogue().lists()[static_cast<std::size_t>(list.slot)];
  }

  // The rows of a list that belong to a pupil.
  std::pair<std::vector<std::pair<int, int>>::const_iterator,
            std::vector<std::pair<int, int>>::const_iterator>
  rows_of(const CsvList& list, int pupil) const {
    const int upn = folder_.upn_of[static_cast<std::size_t>(pupil)];
    return {std::lower_bound(list.rows.begin(), list.rows.end(),
                             std::pair(upn, -1)),
            std::lower_bound(list.rows.begin(), list.rows.end(),
                             std::pair(upn + 1, -1))};
  }

  void read_scalar(const CsvFacts& facts, int row, int column,
                   RegisterEntry& entry) {
    const FactRef ref = facts.columns[static_cast<std::size_t>(column)];
    const FactSpec& spec = reader_.catalogue().spec(ref);
    const Verdict verdict = reader_.values().from_cell(
        spec, cell_of(facts.table, row, column), entry.record.texts,
        entry.record.scalars[static_cast<std::size_t>(ref.slot)], fault_);
    if (verdict != Verdict::good) {
      RecordReader::report(entry, verdict, fault_,
                           cell_place(facts.file, facts.table, row, column),
                           spec.path);
    }
  }

  void read_school() {
    reader_.begin(school_.entry, {.file = folder_.school.file});
    const int columns = static_cast<int>(folder_.school.columns.size());
    for (int column = 0; column < columns; ++column) {
      if (folder_.school.columns[static_cast<std::size_t>(column)].slot >= 0) {
        read_scalar(folder_.school, 0, column, school_.entry);
      }
    }
    reader_.finish_school(school_);
    for (Finding& warning : school_.entry.warnings) {
      folder_.warnings.push_back(std::move(warning));
    }
    school_.entry.warnings.clear();
  }

  // A list's column of pupils.csv may say "none"; its rows stand in a file of
  // their own.
  void read_marker(int row, int column, RegisterEntry& entry) {
    const CsvFacts& pupils = folder_.pupils;
    const FactRef ref = pupils.columns[static_cast<std::size_t>(column)];
    const std::string& path = reader_.catalogue().spec(ref).path;
    const std::string_view cell = trim(cell_of(pupils.table, row, column));
    if (cell.empty()) return;
    if (to_lower(cell) == "none") {
      entry.record.lists[static_cast<std::size_t>(ref.slot)].stated = true;
      return;
    }
    RecordReader::report(
        entry, Verdict::wrong,
        {"register.type", "\"" + sendcheck::quoted(cell) + "\"",
         "none, or nothing; the rows of a list stand in " + path + ".csv"},
        cell_place(pupils.file, pupils.table, row, column), path);
  }

  void read_list(const CsvList& list, int pupil, RegisterEntry& entry) {
    const auto [first, last] = rows_of(list, pupil);
    if (first == last) return;
    const FactSpec& spec = spec_of(list);
    List& into = entry.record.lists[static_cast<std::size_t>(list.slot)];
    if (into.stated) {
      RecordReader::report(
          entry, Verdict::wrong,
          {"register.duplicate_fact",
           "\"none\" in pupils.csv, with rows in " + spec.path + ".csv",
           "one or the other"},
          {.file = list.file, .line = line_of(list.table, first->second)},
          spec.path);
    }
    into.stated = true;
    const auto width = static_cast<std::size_t>(into.width);
    into.cells.resize(static_cast<std::size_t>(last - first) * width);
    int number = 0;
    for (auto row = first; row != last; ++row, ++number) {
      Value* const cells =
          into.cells.data() + static_cast<std::size_t>(number) * width;
      for (std::size_t column = 1; column < list.columns.size(); ++column) {
        if (list.columns[column] < 0) continue;
        const auto field = static_cast<std::size_t>(list.columns[column]);
        const int at = static_cast<int>(column);
        const Verdict verdict = reader_.values().from_cell(
            spec.fields[field], cell_of(list.table, row->second, at),
            entry.record.texts, cells[field], fault_);
        if (verdict == Verdict::good) continue;
        RecordReader::report(entry, verdict, fault_,
                             cell_place(list.file, list.table, row->second, at),
                             spec.path + "[" + std::to_string(number + 1) +
                                 "]." + spec.fields[field].path);
      }
    }
  }

  void read_pupil(int row, RegisterEntry& entry) {
    const CsvFacts& pupils = folder_.pupils;
    reader_.begin(entry,
                  {.file = pupils.file, .line = line_of(pupils.table, row)});
    const int columns = static_cast<int>(pupils.columns.size());
    for (int column = 0; column < columns; ++column) {
      const FactRef ref = pupils.columns[static_cast<std::size_t>(column)];
      if (ref.slot < 0) continue;
      if (ref.is_list) {
        read_marker(row, column, entry);
      } else {
        read_scalar(pupils, row, column, entry);
      }
    }
    if (folder_.upn_of[static_cast<std::size_t>(row)] >= 0) {
      for (const CsvList& list : folder_.lists) read_list(list, row, entry);
    }
    reader_.apply(school_, entry);
    const std::string& upn = cell_of(pupils.table, row, pupils.upn_column);
    std::vector<std::string> elsewhere;
    for (const std::uint32_t line :
         upns_.others(static_cast<std::uint32_t>(entry.place.line))) {
      elsewhere.push_back("line " + std::to_string(line));
    }
    if (!elsewhere.empty()) {
      RecordReader::reject_twin(entry, upn, elsewhere);
    }
    reader_.finish(entry, trim(upn), true);
    if (entry.rejected()) entry.source = source_of_pupil(row);
  }

  void reject_unmatched(const CsvList& list, int row, RegisterEntry& entry) {
    reader_.begin(entry, {.file = list.file, .line = line_of(list.table, row)});
    const std::string& upn = cell_of(list.table, row, 0);
    const std::string_view bare = trim(upn);
    RecordReader::report(
        entry, Verdict::wrong,
        {"register.unmatched",
         bare.empty() ? "not stated" : "\"" + sendcheck::quoted(bare) + "\"",
         "the UPN of a pupil in pupils.csv"},
        entry.place, "upn");
    reader_.finish(entry, bare, true);
    entry.upn = normal_upn(bare);
    SourceFact rows{spec_of(list).path, &spec_of(list), {}, true, {}};
    rows.rows.push_back(source_row(list, row));
    std::vector<SourceFact> facts;
    facts.push_back({"upn", nullptr, upn, false, {}});
    facts.push_back(std::move(rows));
    entry.source = source_json(std::move(facts));
  }

  SourceFact::Row source_row(const CsvList& list, int row) const {
    SourceFact::Row source;
    for (std::size_t column = 1; column < list.columns.size(); ++column) {
      const std::string& cell =
          cell_of(list.table, row, static_cast<int>(column));
      if (trim(cell).empty()) continue;
      const int field = list.columns[column];
      source.fields.push_back(
          {list.table.headings[column],
           field < 0 ? nullptr
                     : &spec_of(list).fields[static_cast<std::size_t>(field)],
           cell,
           false,
           {}});
    }
    return source;
  }

  // The school of school.csv goes with the record, so that it stands by itself;
  // what the pupil states wins.
  void add_school(std::vector<SourceFact>& facts) const {
    const CsvFacts& school = folder_.school;
    for (std::size_t column = 0; column < school.columns.size(); ++column) {
      const std::string& cell =
          cell_of(school.table, 0, static_cast<int>(column));
      if (trim(cell).empty() || school.columns[column].slot < 0) continue;
      const FactSpec& fact = reader_.catalogue().spec(school.columns[column]);
      const bool stated = std::any_of(
          facts.begin(), facts.end(),
          [&](const SourceFact& own) { return own.path == fact.path; });
      if (!stated) facts.push_back({fact.path, &fact, cell, false, {}});
    }
  }

  std::string source_of_pupil(int row) const {
    const CsvFacts& pupils = folder_.pupils;
    const Catalogue& catalogue = reader_.catalogue();
    std::vector<SourceFact> facts;
    std::vector<int> stated_lists;
    if (folder_.upn_of[static_cast<std::size_t>(row)] >= 0) {
      for (const CsvList& list : folder_.lists) {
        const auto [first, last] = rows_of(list, row);
        if (first == last) continue;
        SourceFact fact{spec_of(list).path, &spec_of(list), {}, true, {}};
        for (auto at = first; at != last; ++at) {
          fact.rows.push_back(source_row(list, at->second));
        }
        facts.push_back(std::move(fact));
        stated_lists.push_back(list.slot);
      }
    }
    for (std::size_t column = 0; column < pupils.columns.size(); ++column) {
      const std::string& cell =
          cell_of(pupils.table, row, static_cast<int>(column));
      if (trim(cell).empty()) continue;
      const FactRef ref = pupils.columns[column];
      const std::string& heading = pupils.table.headings[column];
      if (ref.slot < 0) {
        const bool is_group =
            reader_.names().find(FactNames::top, heading).kind ==
            FactNames::Kind::group;
        if (!is_group) facts.push_back({heading, nullptr, cell, false, {}});
        continue;
      }
      const bool has_rows =
          ref.is_list && std::find(stated_lists.begin(), stated_lists.end(),
                                   ref.slot) != stated_lists.end();
      if (has_rows) continue;
      const bool none = ref.is_list && to_lower(trim(cell)) == "none";
      facts.push_back({heading, &catalogue.spec(ref), cell, none, {}});
    }
    add_school(facts);
    return source_json(std::move(facts));
  }

  RecordReader reader_;
  CsvFolder folder_;
  RegisterSchool school_;
  UpnIndex upns_;
  std::vector<std::pair<std::size_t, int>> unmatched_;  // list, row
  Fault fault_;
  std::size_t next_ = 0;
};

}  // namespace

Result<std::unique_ptr<RegisterReader>> open_csv_register(
    const std::string& folder, const Catalogue& catalogue) {
  auto reader = std::make_unique<CsvRegister>(catalogue);
  if (auto opened = reader->open(folder); !opened) {
    return unexpected(opened.error());
  }
  return std::unique_ptr<RegisterReader>(std::move(reader));
}

}  // namespace sendcheck
