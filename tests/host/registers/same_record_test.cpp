// One record, three formats; and registers damaged byte by byte.
#include <filesystem>
#include <random>
#include <set>

#include "base/text.hpp"
#include "json/writer.hpp"
#include "register_support.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

// A random value of a fact as text; empty for unknown.
class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::size_t pick(std::size_t n) { return random_() % n; }

  std::string text() {
    static const std::string letters[] = {"a", "Z", "é", "😀",  "\"", ",",
                                          "'", "=", "-", "\n", " ",  "\\",
                                          "@", "+", "ö", "\t"};
    std::string made;
    for (std::size_t n = 1 + pick(9); n > 0; --n) made += letters[pick(16)];
    return trim(made).empty() ? "x" : made;
  }

  std::string value(const FactSpec& spec) {
    switch (spec.type) {
      case FactType::boolean:
        return pick(2) == 0 ? "true" : "false";
      case FactType::integer:
        return std::to_string(pick(54));
      case FactType::decimal:
        return Number::fraction(static_cast<std::int64_t>(pick(16000)), 1000)
            ->to_string();
      case FactType::money:
        return Money::from_pence(static_cast<std::int64_t>(pick(1000000)))
            .to_string();
      case FactType::date:
        return Date::from_days(static_cast<std::int32_t>(pick(25000)))
            .to_string();
      case FactType::code: {
        const auto& codes = small_catalogue().codes_of(spec).codes;
        return codes[pick(codes.size())].code;
      }
      case FactType::text:
      case FactType::list:
        break;
    }
    return text();
  }

 private:
  std::mt19937 random_;
};

struct Row {
  std::vector<std::string> cells;  // by field; empty: unknown
};
struct Pupil {
  std::vector<std::string> scalars;     // by slot
  std::vector<int> state;               // by list: 0 unknown, 1 stated
  std::vector<std::vector<Row>> lists;  // by slot
};

Pupil random_pupil(int number, Maker& maker) {
  const Catalogue& catalogue = small_catalogue();
  Pupil pupil;
  for (const FactSpec& spec : catalogue.scalars()) {
    pupil.scalars.push_back(maker.pick(3) == 0 ? "" : maker.value(spec));
  }
  pupil.scalars[static_cast<std::size_t>(catalogue.scalar("upn"))] =
      upn(number);
  for (const FactSpec& spec : catalogue.lists()) {
    pupil.state.push_back(static_cast<int>(maker.pick(2)));
    pupil.lists.emplace_back();
    if (pupil.state.back() == 0) continue;
    for (std::size_t n = maker.pick(4); n > 0; --n) {
      Row row;
      for (const FactSpec& field : spec.fields) {
        row.cells.push_back(maker.pick(4) == 0 ? "" : maker.value(field));
      }
      pupil.lists.back().push_back(row);
    }
  }
  return pupil;
}

void write_value(json::Writer& writer, const FactSpec& spec,
                 const std::string& text) {
  if (text.empty()) {
    writer.null();
  } else if (spec.type == FactType::boolean || spec.type == FactType::integer ||
             spec.type == FactType::decimal) {
    writer.raw(text);
  } else {
    writer.string(text);
  }
}

// The catalogue's groups are one level deep.
void write_json(json::Writer& writer, const Pupil& pupil) {
  const Catalogue& catalogue = small_catalogue();
  writer.begin_object();
  std::set<std::string> groups;
  const auto write_all = [&](const std::string& prefix) {
    const auto name = [&](const std::string& path) -> std::string {
      if (!path.starts_with(prefix)) return "";
      const std::string rest = path.substr(prefix.size());
      if (rest.find('.') == std::string::npos) return rest;
      groups.insert(rest.substr(0, rest.find('.')));
      return "";
    };
    for (std::size_t i = 0; i < catalogue.scalars().size(); ++i) {
      const FactSpec& spec = catalogue.scalars()[i];
      const std::string key = name(spec.path);
      if (key.empty()) continue;
      writer.key(key);
      write_value(writer, spec, pupil.scalars[i]);
    }
    for (std::size_t i = 0; i < catalogue.lists().size(); ++i) {
      const FactSpec& spec = catalogue.lists()[i];
      const std::string key = name(spec.path);
      if (key.empty() || pupil.state[i] == 0) continue;
      writer.key(key).begin_array();
      for (const Row& row : pupil.lists[i]) {
        writer.begin_object();
        for (std::size_t k = 0; k < spec.fields.size(); ++k) {
          if (row.cells[k].empty()) continue;
          writer.key(spec.fields[k].path);
          write_value(writer, spec.fields[k], row.cells[k]);
        }
        writer.end_object();
      }
      writer.end_array();
    }
  };
  write_all("");
  for (const std::string& group : std::set<std::string>(groups)) {
    writer.key(group).begin_object();
    write_all(group + ".");
    writer.end_object();
  }
  writer.end_object();
}

void write_csv(const Scratch& scratch, const std::string& folder,
               const std::vector<Pupil>& pupils) {
  const Catalogue& catalogue = small_catalogue();
  std::filesystem::create_directories(scratch.path(folder));
  std::string table;
  for (const FactSpec& spec : catalogue.scalars()) table += spec.path + ",";
  for (const FactSpec& spec : catalogue.lists()) table += spec.path + ",";
  table.back() = '\n';
  const auto upn_slot = static_cast<std::size_t>(catalogue.scalar("upn"));
  for (const Pupil& pupil : pupils) {
    for (const std::string& cell : pupil.scalars) {
      table += csv_field(cell) + ",";
    }
    for (std::size_t i = 0; i < pupil.lists.size(); ++i) {
      const bool none = pupil.state[i] == 1 && pupil.lists[i].empty();
      table += none ? "none," : ",";
    }
    table.back() = '\n';
  }
  scratch.write(folder + "/pupils.csv", table);
  for (std::size_t i = 0; i < catalogue.lists().size(); ++i) {
    const FactSpec& spec = catalogue.lists()[i];
    std::string rows = "upn";
    for (const FactSpec& field : spec.fields) rows += "," + field.path;
    rows += "\r\n";
    for (const Pupil& pupil : pupils) {
      for (const Row& row : pupil.lists[i]) {
        rows += pupil.scalars[upn_slot];
        for (const std::string& cell : row.cells) {
          rows += "," + csv_field(cell);
        }
        rows += "\r\n";
      }
    }
    scratch.write(folder + "/" + spec.path + ".csv", rows);
  }
}

// Everything that a record states, as text.
std::string told(const RegisterEntry& entry) {
  const Catalogue& catalogue = small_catalogue();
  std::string text;
  for (const FactSpec& spec : catalogue.scalars()) {
    text += spec.path + "=" + fact(entry, spec.path) + "\n";
  }
  for (const FactSpec& spec : catalogue.lists()) {
    text += spec.path + ": " + list(entry, spec.path) + "\n";
  }
  return text;
}

void same(const RegisterEntry& a, const RegisterEntry& b) {
  REQUIRE(told(a) == told(b));
  REQUIRE(a.record.scalars == b.record.scalars);
  for (std::size_t i = 0; i < a.record.lists.size(); ++i) {
    REQUIRE(a.record.lists[i].stated == b.record.lists[i].stated);
    REQUIRE(a.record.lists[i].cells == b.record.lists[i].cells);
  }
}

}  // namespace

TEST_CASE("the same pupils in three formats become the same records") {
  const Scratch scratch;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    Maker maker(seed);
    std::vector<Pupil> pupils;
    for (int i = 0; i < 30; ++i) pupils.push_back(random_pupil(i, maker));
    std::string lines;
    std::string whole = "{\"format\":\"sendcheck-register/1\",\"pupils\":";
    json::Writer writer(whole, 0);
    writer.begin_array();
    for (const Pupil& pupil : pupils) {
      write_json(writer, pupil);
      json::Writer line(lines);
      write_json(line, pupil);
      lines += "\n";
    }
    writer.end_array();
    whole += "}";
    write_csv(scratch, "csv", pupils);
    const Read from_json = read_all(scratch.write("r.json", whole));
    const Read from_lines = read_all(scratch.write("r.jsonl", lines));
    const Read from_csv = read_all(scratch.path("csv"));
    REQUIRE(from_json.entries.size() == pupils.size());
    REQUIRE(from_lines.entries.size() == pupils.size());
    REQUIRE(from_csv.entries.size() == pupils.size());
    for (std::size_t i = 0; i < pupils.size(); ++i) {
      INFO("seed " << seed << ", pupil " << i);
      for (const Finding& finding : from_json.entries[i].rejections) {
        INFO(finding.message());
        REQUIRE(finding.message().empty());
      }
      same(from_json.entries[i], from_lines.entries[i]);
      same(from_json.entries[i], from_csv.entries[i]);
      // What was read is what was meant.
      const Catalogue& catalogue = small_catalogue();
      for (std::size_t k = 0; k < catalogue.scalars().size(); ++k) {
        const FactSpec& spec = catalogue.scalars()[k];
        if (!spec.check.empty()) continue;
        // "REF" states nothing.
        REQUIRE(fact(from_csv.entries[i], spec.path) ==
                (pupils[i].scalars[k] == "REF" ? "" : pupils[i].scalars[k]));
      }
      std::multiset<std::string> ids;
      std::multiset<std::string> ids_of_csv;
      for (const Finding& finding : from_json.entries[i].warnings) {
        ids.insert(finding.id + finding.fact);
      }
      for (const Finding& finding : from_csv.entries[i].warnings) {
        ids_of_csv.insert(finding.id + finding.fact);
      }
      REQUIRE(ids == ids_of_csv);
    }
  }
}

TEST_CASE(
    "a damaged register ends in an error with its place or in pupils, "
    "never in anything else") {
  const Scratch scratch;
  Maker maker(99);
  std::vector<Pupil> pupils;
  for (int i = 0; i < 4; ++i) pupils.push_back(random_pupil(i, maker));
  std::string lines;
  std::string whole =
      "{\"format\":\"sendcheck-register/1\",\"school\":{"
      "\"la\":\"884\"},\"pupils\":";
  json::Writer writer(whole);
  writer.begin_array();
  for (const Pupil& pupil : pupils) {
    write_json(writer, pupil);
    json::Writer line(lines);
    write_json(line, pupil);
    lines += "\n";
  }
  writer.end_array();
  whole += "}";
  write_csv(scratch, "csv", pupils);

  const auto damaged = [&](std::string text) {
    for (std::size_t n = 1 + maker.pick(4); n > 0; --n) {
      const std::size_t at = maker.pick(text.size());
      switch (maker.pick(4)) {
        case 0:
          text[at] = static_cast<char>(maker.pick(256));
          break;
        case 1:
          text[at] = "{}[]\",:01-\n"[maker.pick(11)];
          break;
        case 2:
          text.erase(at, 1 + maker.pick(20));
          if (text.empty()) text = "{";
          break;
        default:
          text.insert(at, text.substr(maker.pick(text.size()), maker.pick(40)));
      }
    }
    return text;
  };
  int refused = 0;
  int read = 0;
  const auto take = [&](const std::string& path) {
    auto reader = open_register(path, small_catalogue());
    if (!reader) {
      const Error& error = reader.error();
      INFO(error.to_string());
      REQUIRE_FALSE(error.id.empty());
      REQUIRE_FALSE(error.place.file.empty());
      REQUIRE(is_valid_utf8(error.message));
      if (error.id.starts_with("json.") || error.id.starts_with("csv.")) {
        REQUIRE(error.place.line >= 1);
        REQUIRE(error.place.column >= 1);
      }
      ++refused;
      return;
    }
    RegisterEntry entry;
    for (;;) {
      const auto more = (*reader)->next(entry);
      REQUIRE(more);
      if (!*more) break;
      for (const auto* findings : {&entry.rejections, &entry.warnings}) {
        for (const Finding& finding : *findings) {
          REQUIRE(finding.id.starts_with("register."));
          REQUIRE(is_valid_utf8(finding.message()));
          REQUIRE_FALSE(finding.place.file.empty());
          REQUIRE((finding.place.line > 0 || !finding.place.pointer.empty()));
        }
      }
      REQUIRE(entry.rejected() != entry.source.empty());
    }
    ++read;
  };
  const std::string table = [&] {
    const auto text = [&](const std::string& name) {
      std::string content;
      std::FILE* file = std::fopen(scratch.path(name).c_str(), "rb");
      REQUIRE(file != nullptr);
      for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
        content += static_cast<char>(c);
      }
      std::fclose(file);
      return content;
    };
    return text("csv/pupils.csv");
  }();
  for (int i = 0; i < 2000; ++i) {
    take(scratch.write("r.json", damaged(whole)));
    take(scratch.write("r.jsonl", damaged(lines)));
    scratch.write("csv/pupils.csv", damaged(table));
    take(scratch.path("csv"));
  }
  CHECK(refused > 500);
  CHECK(read > 200);
}
