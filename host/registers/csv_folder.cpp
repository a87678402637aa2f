#include "registers/csv_folder.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/files.hpp"
#include "base/text.hpp"
#include "domain/identifiers.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view pupils_file = "pupils.csv";
constexpr std::string_view school_file = "school.csv";
constexpr std::string_view school_prefix = "school.";

using UpnNumbers = std::unordered_map<std::string, int>;

class FolderReader {
 public:
  FolderReader(std::string folder, const Catalogue& catalogue,
               const FactNames& names)
      : folder_(std::move(folder)), catalogue_(catalogue), names_(names) {}

  Result<CsvFolder> read() {
    const auto files = list_folder(folder_);
    if (!files) return unexpected(files.error());
    if (std::find(files->begin(), files->end(), pupils_file) == files->end()) {
      return unexpected(
          {"register.no_pupils_file",
           "The folder has no pupils.csv, expected one with a row a pupil "
           "and a column upn.",
           {.file = folder_}});
    }
    if (auto read = read_pupils(); !read) return unexpected(read.error());
    for (const std::string& name : *files) {
      if (auto read = read_other(name); !read) return unexpected(read.error());
    }
    return std::move(out_);
  }

 private:
  static Unexpected wrong_format(const std::string& file,
                                 const std::string& message) {
    return unexpected({"register.format", message, {.file = file, .line = 1}});
  }

  Result<CsvTable> read_table(const std::string& file) const {
    const auto text = read_file(file);
    if (!text) return unexpected(text.error());
    return parse_csv(*text, file);
  }

  void warn_of_heading(const std::string& file, const std::string& heading,
                       const std::string& near) {
    out_.warnings.push_back(
        {.id = "register.unknown_fact",
         .place = {.file = file, .line = 1, .pointer = "column " + heading},
         .upn = {},
         .fact = sendcheck::quoted(heading, 100),
         .found = "a column",
         .expected = near});
  }

  // A field of a list as a heading of pupils.csv: its rows belong elsewhere.
  std::string near_heading(const std::string& heading) const {
    const std::string list = heading.substr(0, heading.rfind('.'));
    if (catalogue_.list(list) >= 0) return "a row of " + list + ".csv";
    return names_.nearest(heading);
  }

  Result<void> read_pupils() {
    CsvFacts& pupils = out_.pupils;
    pupils.file = join_path(folder_, pupils_file);
    auto table = read_table(pupils.file);
    if (!table) return unexpected(table.error());
    pupils.table = std::move(*table);
    for (const std::string& heading : pupils.table.headings) {
      const auto fact = catalogue_.find(heading);
      if (heading == "upn") {
        pupils.upn_column = static_cast<int>(pupils.columns.size());
      }
      if (!fact) warn_of_heading(pupils.file, heading, near_heading(heading));
      pupils.columns.push_back(fact.value_or(FactRef{}));
    }
    if (pupils.upn_column < 0) {
      return wrong_format(pupils.file,
                          "pupils.csv has no column upn, expected one: it "
                          "says which pupil a row is.");
    }
    for (const CsvRow& row : pupils.table.rows) {
      const std::string upn =
          normal_upn(row.cells[static_cast<std::size_t>(pupils.upn_column)]);
      out_.upn_of.push_back(
          upn.empty() ? -1
                      : numbers_.emplace(upn, static_cast<int>(numbers_.size()))
                            .first->second);
    }
    return {};
  }

  Result<void> read_other(const std::string& name) {
    if (name == pupils_file || extension(name) != ".csv") return {};
    if (name == school_file) return read_school();
    const std::string path = name.substr(0, name.size() - 4);
    const int slot = catalogue_.list(path);
    if (slot >= 0) return read_list(name, slot);
    std::vector<std::string> known = {std::string(pupils_file),
                                      std::string(school_file)};
    for (const FactSpec& list : catalogue_.lists()) {
      known.push_back(list.path + ".csv");
    }
    out_.warnings.push_back({.id = "register.unknown_fact",
                             .place = {.file = join_path(folder_, name)},
                             .upn = {},
                             .fact = sendcheck::quoted(name, 100),
                             .found = "a file",
                             .expected = nearest(name, known)});
    return {};
  }

  Result<void> read_school() {
    CsvFacts& school = out_.school;
    school.file = join_path(folder_, school_file);
    auto table = read_table(school.file);
    if (!table) return unexpected(table.error());
    school.table = std::move(*table);
    if (school.table.rows.size() != 1) {
      return wrong_format(school.file,
                          "school.csv has " +
                              std::to_string(school.table.rows.size()) +
                              " rows below its headings, expected one.");
    }
    for (const std::string& heading : school.table.headings) {
      std::string path = heading;
      if (!path.starts_with(school_prefix)) {
        path.insert(0, school_prefix);
      }
      const int slot = catalogue_.scalar(path);
      const FactRef fact{false, slot};
      if (slot < 0) {
        warn_of_heading(school.file, heading, names_.nearest(path));
      } else if (std::find(school.columns.begin(), school.columns.end(),
                           fact) != school.columns.end()) {
        return wrong_format(school.file, "school.csv states " + path +
                                             " in two columns, expected "
                                             "one.");
      }
      school.columns.push_back(fact);
    }
    return {};
  }

  Result<void> read_list(const std::string& name, int slot) {
    CsvList list;
    list.slot = slot;
    list.file = join_path(folder_, name);
    auto table = read_table(list.file);
    if (!table) return unexpected(table.error());
    list.table = std::move(*table);
    if (list.table.headings.front() != "upn") {
      return wrong_format(list.file,
                          "The first column is " +
                              sendcheck::quoted(list.table.headings.front()) +
                              ", expected upn: it says whose row it is.");
    }
    const FactSpec& spec = catalogue_.lists()[static_cast<std::size_t>(slot)];
    list.columns.push_back(-1);
    for (std::size_t i = 1; i < list.table.headings.size(); ++i) {
      const std::string& heading = list.table.headings[i];
      list.columns.push_back(spec.field(heading));
      if (list.columns.back() >= 0) continue;
      std::vector<std::string> fields;
      for (const FactSpec& field : spec.fields) fields.push_back(field.path);
      warn_of_heading(list.file, heading, nearest(heading, fields));
    }
    for (std::size_t i = 0; i < list.table.rows.size(); ++i) {
      const int row = static_cast<int>(i);
      const auto number =
          numbers_.find(normal_upn(list.table.rows[i].cells.front()));
      if (number == numbers_.end()) {
        list.unmatched.push_back(row);
      } else {
        list.rows.emplace_back(number->second, row);
      }
    }
    std::sort(list.rows.begin(), list.rows.end());
    out_.lists.push_back(std::move(list));
    return {};
  }

  std::string folder_;
  const Catalogue& catalogue_;
  const FactNames& names_;
  UpnNumbers numbers_;
  CsvFolder out_;
};

}  // namespace

Result<CsvFolder> read_csv_folder(const std::string& folder,
                                  const Catalogue& catalogue,
                                  const FactNames& names) {
  return FolderReader(folder, catalogue, names).read();
}

Place cell_place(const std::string& file, const CsvTable& table, int row,
                 int column) {
  return {
      .file = file,
      .line = table.rows[static_cast<std::size_t>(row)].line,
      .pointer = "column " + table.headings[static_cast<std::size_t>(column)]};
}

}  // namespace sendcheck
