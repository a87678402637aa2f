#include "registers/csv_source.hpp"

#include <algorithm>
#include <optional>

#include "base/number.hpp"
#include "base/text.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

void write_cell(json::Writer& writer, const FactSpec* fact,
                std::string_view cell) {
  if (fact != nullptr && fact->type == FactType::boolean) {
    const std::string word = to_lower(trim(cell));
    if (word == "true" || word == "yes") {
      writer.boolean(true);
      return;
    }
    if (word == "false" || word == "no") {
      writer.boolean(false);
      return;
    }
  }
  if (fact != nullptr &&
      (fact->type == FactType::integer || fact->type == FactType::decimal)) {
    if (const auto number = Number::parse(trim(cell))) {
      writer.number_text(number->to_string());
      return;
    }
  }
  writer.string(cell);
}

void write_rows(json::Writer& writer, const SourceFact& list) {
  writer.begin_array();
  for (const SourceFact::Row& row : list.rows) {
    writer.begin_object();
    for (const SourceFact& field : row.fields) {
      writer.key(field.path);
      write_cell(writer, field.fact, field.cell);
    }
    writer.end_object();
  }
  writer.end_array();
}

// The groups of a path, then its last name. An unknown path is one name.
std::vector<std::string_view> names_of(const SourceFact& fact) {
  if (fact.fact == nullptr && !fact.is_list) return {fact.path};
  return split(fact.path, '.');
}

}  // namespace

std::string source_json(std::vector<SourceFact> facts) {
  // Facts of one group stand together, each group in one object.
  std::sort(facts.begin(), facts.end(),
            [](const SourceFact& a, const SourceFact& b) {
              return names_of(a) < names_of(b);
            });
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  std::vector<std::string_view> open;
  for (const SourceFact& fact : facts) {
    const std::vector<std::string_view> names = names_of(fact);
    const std::size_t groups = names.size() - 1;
    std::size_t shared = 0;
    while (shared < open.size() && shared < groups &&
           open[shared] == names[shared]) {
      ++shared;
    }
    for (; open.size() > shared; open.pop_back()) writer.end_object();
    for (; open.size() < groups; open.push_back(names[open.size()])) {
      writer.key(names[open.size()]).begin_object();
    }
    writer.key(names.back());
    if (fact.is_list) {
      write_rows(writer, fact);
    } else {
      write_cell(writer, fact.fact, fact.cell);
    }
  }
  for (; !open.empty(); open.pop_back()) writer.end_object();
  writer.end_object();
  return out;
}

}  // namespace sendcheck
