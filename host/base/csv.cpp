#include "base/csv.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.hpp"

namespace sendcheck {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// A cell and where it begins.
struct Cell {
  std::string text;
  std::size_t at = 0;
};

class Reader {
 public:
  Reader(std::string_view text, const std::string& file, CsvForm form)
      : text_(text),
        file_(file),
        form_(form),
        ends_of_bare_{form.separator, '"', '\r', '\n'} {}

  Result<CsvTable> read() {
    if (auto failure = encoding_failure()) return unexpected(*failure);
    if (text_.starts_with(byte_order_mark)) {
      line_begin_ = at_ = byte_order_mark.size();
    }
    CsvTable table;
    std::vector<Cell> cells;
    while (at_ < text_.size()) {
      const int line = line_;
      const std::size_t row_line_begin = line_begin_;
      if (auto failure = read_row(cells)) return unexpected(*failure);
      if (is_blank(cells)) continue;
      if (form_.from_spreadsheet) drop_empty_ends(cells, table);
      if (table.headings.empty()) {
        auto failure = take_headings(cells, line, row_line_begin, table);
        if (failure) return unexpected(*failure);
      } else if (cells.size() != table.headings.size()) {
        return unexpected(
            width_failure(cells.size(), table.headings.size(), line));
      } else {
        table.rows.push_back({line, {}});
        for (Cell& cell : cells) {
          table.rows.back().cells.push_back(std::move(cell.text));
        }
      }
    }
    if (table.headings.empty()) {
      return unexpected(
          {"csv.headings",
           "The file is empty. Its first row must name the columns.",
           {.file = file_, .line = 1, .column = 1}});
    }
    return table;
  }

 private:
  // Columns that a spreadsheet takes for used, and that hold nothing.
  static void drop_empty_ends(std::vector<Cell>& cells, const CsvTable& table) {
    const std::size_t least = table.headings.size();
    while (cells.size() > std::max<std::size_t>(least, 1) &&
           cells.back().text.empty()) {
      cells.pop_back();
    }
  }

  static bool is_blank(const std::vector<Cell>& cells) {
    return std::all_of(cells.begin(), cells.end(),
                       [](const Cell& cell) { return cell.text.empty(); });
  }

  // Lines and columns of a place deep in the file are counted only when a
  // message needs them.
  int column_of(std::size_t at, std::size_t line_begin) const {
    return static_cast<int>(width(text_.substr(line_begin, at - line_begin))) +
           1;
  }

  std::optional<Error> encoding_failure() const {
    // Text in UTF-16 is full of zero bytes where it is not invalid at once.
    const std::size_t at = std::min(text_.find('\0'), valid_utf8_length(text_));
    if (at == text_.size()) return {};
    const std::string_view before = text_.substr(0, at);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t last_end = before.rfind('\n');
    const std::size_t begin =
        last_end == std::string_view::npos ? 0 : last_end + 1;
    return Error{"csv.encoding",
                 "The file is not UTF-8 text from here on. Save it from the "
                 "spreadsheet as \"CSV UTF-8\".",
                 {.file = file_,
                  .line = static_cast<int>(lines) + 1,
                  .column = column_of(at, begin)}};
  }

  // Takes a line end off, if one stands here.
  bool take_line_end() {
    if (text_[at_] == '\r') {
      ++at_;
      if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    } else if (text_[at_] == '\n') {
      ++at_;
    } else {
      return false;
    }
    ++line_;
    line_begin_ = at_;
    return true;
  }

  std::optional<Error> read_row(std::vector<Cell>& cells) {
    cells.clear();
    for (;;) {
      Cell& cell = cells.emplace_back();
      cell.at = at_;
      const bool is_quoted = at_ < text_.size() && text_[at_] == '"';
      auto failure = is_quoted ? read_quoted(cell.text) : read_bare(cell.text);
      if (failure) return failure;
      if (cell.text.starts_with('\'') && needs_formula_guard(cell.text)) {
        cell.text.erase(0, 1);
      }
      if (form_.from_spreadsheet) cell.text = trim_all(cell.text);
      if (at_ == text_.size() || take_line_end()) return {};
      ++at_;  // the separator
    }
  }

  std::optional<Error> read_bare(std::string& cell) {
    const std::size_t end =
        std::min(text_.find_first_of(ends_of_bare_, at_), text_.size());
    cell = text_.substr(at_, end - at_);
    at_ = end;
    if (at_ == text_.size() || text_[at_] != '"') return {};
    return Error{
        "csv.quote",
        "A quotation mark stands inside a cell that does not begin "
        "with one. Put the whole cell in quotation marks and write "
        "each one inside it twice.",
        {.file = file_, .line = line_, .column = column_of(at_, line_begin_)}};
  }

  std::optional<Error> read_quoted(std::string& cell) {
    const Place opened = {
        .file = file_, .line = line_, .column = column_of(at_, line_begin_)};
    ++at_;
    while (at_ < text_.size()) {
      if (text_[at_] == '"') {
        ++at_;
        if (at_ == text_.size() || text_[at_] == form_.separator ||
            text_[at_] == '\r' || text_[at_] == '\n') {
          return {};
        }
        if (text_[at_] != '"') {
          return Error{"csv.quote",
                       "Text follows the closing quotation mark of a cell: "
                       "expected a comma or the end of the line. Write a "
                       "quotation mark inside the cell twice.",
                       {.file = file_,
                        .line = line_,
                        .column = column_of(at_, line_begin_)}};
        }
        cell += '"';
        ++at_;
        continue;
      }
      const std::size_t before = at_;
      if (!take_line_end()) {
        at_ = std::min(text_.find_first_of("\"\r\n", at_), text_.size());
      }
      cell += text_.substr(before, at_ - before);
    }
    return Error{"csv.quote",
                 "The cell that begins here with a quotation mark is never "
                 "closed. Add the closing quotation mark.",
                 opened};
  }

  std::optional<Error> take_headings(const std::vector<Cell>& cells, int line,
                                     std::size_t line_begin,
                                     CsvTable& table) const {
    std::set<std::string> seen;
    for (const Cell& cell : cells) {
      std::string heading(trim(cell.text));
      const Place place = {.file = file_,
                           .line = line,
                           .column = column_of(cell.at, line_begin)};
      if (heading.empty()) {
        return Error{"csv.headings",
                     "Column " + std::to_string(table.headings.size() + 1) +
                         " has no heading. Name it, or take the column out.",
                     place};
      }
      if (!seen.insert(heading).second) {
        return Error{"csv.headings",
                     "The heading \"" + quoted(heading) +
                         "\" stands twice. Each column needs a name of its "
                         "own.",
                     place};
      }
      table.headings.push_back(std::move(heading));
    }
    return {};
  }

  Error width_failure(std::size_t found, std::size_t expected, int line) const {
    const auto cells = [](std::size_t count) {
      return std::to_string(count) + (count == 1 ? " cell" : " cells");
    };
    return {"csv.width",
            "The row has " + cells(found) + " but the headings have " +
                std::to_string(expected) +
                ". A cell that holds a comma must stand in quotation marks.",
            {.file = file_, .line = line, .column = 1}};
  }

  std::string_view text_;
  const std::string& file_;
  CsvForm form_;
  std::string ends_of_bare_;
  std::size_t at_ = 0;
  std::size_t line_begin_ = 0;
  int line_ = 1;
};

}  // namespace

Result<CsvTable> parse_csv(std::string_view text, const std::string& file,
                           CsvForm form) {
  return Reader(text, file, form).read();
}

}  // namespace sendcheck
