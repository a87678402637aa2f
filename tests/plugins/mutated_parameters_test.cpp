// Cases must pin every figure: where a parameter moves one step, up or down, some case of its rule must come out otherwise than it says.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "base/files.hpp"
#include "base/text.hpp"
#include "casework/run_cases.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
#include "shipped.hpp"

using namespace sendcheck;
using namespace shipped;

namespace {

// Figures that no case can pin, and why.
struct Exception {
  const char* rule;
  const char* parameter;
  const char* because;
};
const std::vector<Exception>& exceptions() {
  static const std::vector<Exception> table = {
      {"ehc-annual-review", "decision_weeks",
       "only the date by which an action is to be done hangs on it"},
      {"ehc-annual-review", "notice_weeks",
       "only actions and their dates hang on it"},
      {"ehc-phase-transfer", "review_weeks",
       "only the date by which an action is to be done hangs on it"},
  };
  return table;
}

bool is_excepted(const std::string& rule, const std::string& parameter) {
  return std::any_of(exceptions().begin(), exceptions().end(),
                     [&](const Exception& exception) {
                       return exception.rule == rule &&
                              exception.parameter == parameter;
                     });
}

bool is_numeric(const ParameterSpec& spec) {
  return spec.type == ParameterType::money ||
         spec.type == ParameterType::integer ||
         spec.type == ParameterType::decimal;
}

struct Move {
  const ParameterSpec* spec;
  int direction;  // 1 up, -1 down
  int moved = 0;  // how many values were
};

// A value one step from the one written: a penny, one, or one in the last place written. A step out of the parameter's bounds is not taken.
std::string step(Move& move, std::string_view written) {
  const Number value = Number::parse(written).value();
  const std::size_t point = written.find('.');
  Number size = Number(1);
  std::size_t places =
      point == std::string_view::npos ? 0 : written.size() - point - 1;
  if (move.spec->type == ParameterType::money) places = 2;
  for (std::size_t i = 0; i < places; ++i) {
    size = divide(size, Number(10)).value();
  }
  const Number moved =
      (move.direction > 0 ? add(value, size) : subtract(value, size)).value();
  if ((move.spec->minimum && moved < *move.spec->minimum) ||
      (move.spec->maximum && *move.spec->maximum < moved)) {
    return std::string(written);
  }
  ++move.moved;
  if (move.spec->type == ParameterType::money) {
    return Money::round_half_up(moved).value().to_string();
  }
  return moved.to_string();
}

void write_moved(json::Writer& writer, const json::Value& value, Move& move) {
  if (value.is(json::Type::array)) {
    writer.begin_array();
    for (const json::Value& item : value.items) write_moved(writer, item, move);
    writer.end_array();
  } else if (value.is(json::Type::string)) {
    writer.string(step(move, value.text));
  } else {
    writer.number_text(step(move, value.text));
  }
}

// Writes `value` again, with what stands at `path` moved. A "*" in the path is any entry of a list.
void rewrite(json::Writer& writer, const json::Value& value,
             const std::vector<std::string>& path, std::size_t depth,
             Move& move) {
  if (depth == path.size()) return write_moved(writer, value, move);
  if (value.is(json::Type::array) && path[depth] == "*") {
    writer.begin_array();
    for (const json::Value& item : value.items) {
      rewrite(writer, item, path, depth + 1, move);
    }
    writer.end_array();
  } else if (value.is(json::Type::object)) {
    writer.begin_object();
    for (const json::Member& member : value.members) {
      // Bounds for lower layers would refuse the step.
      if (depth + 1 == path.size() && path[depth] == "value" &&
          (member.key == "floor" || member.key == "ceiling")) {
        continue;
      }
      writer.key(member.key);
      if (member.key == path[depth]) {
        rewrite(writer, member.value, path, depth + 1, move);
      } else {
        writer.value(member.value);
      }
    }
    writer.end_object();
  } else {
    writer.value(value);
  }
}

void rewrite_file(const std::string& from, const std::string& to,
                  const std::vector<std::string>& path, Move& move) {
  json::Document document;
  const std::string text = read_text(from);
  REQUIRE(document.parse(text, from));
  std::string written;
  json::Writer writer(written);
  rewrite(writer, document.root(), path, 0, move);
  REQUIRE(write_file(to, written));
}

// Every edition.json below a folder, relative to it.
void editions_below(const std::string& folder, const std::string& below,
                    std::vector<std::string>& found) {
  const auto names = list_folder(join_path(folder, below));
  REQUIRE(names);
  for (const std::string& name : *names) {
    const std::string path = below.empty() ? name : join_path(below, name);
    if (is_folder(join_path(folder, path))) {
      editions_below(folder, path, found);
    } else if (name == "edition.json") {
      found.push_back(path);
    }
  }
}

const std::vector<std::string>& editions() {
  static const std::vector<std::string> found = [] {
    std::vector<std::string> names;
    editions_below(source_path("rules"), "", names);
    return names;
  }();
  return found;
}

// A copy of rules/ to move figures in.
std::string copy_of_rules() {
  namespace fs = std::filesystem;
  const std::string copy = scratch_path("moved-rules");
  fs::remove_all(copy);
  fs::create_directories(fs::path(copy).parent_path());
  fs::copy(source_path("rules"), copy, fs::copy_options::recursive);
  return copy;
}

using Results = std::vector<CaseResult>;

// How many cases of the rule that come out as they say no longer do, with one parameter moved in every edition and in the cases that state it themselves.
int cases_that_notice(const Plugin& plugin, const Results& unmoved,
                      const std::string& rules, Move& move) {
  const std::string& rule = plugin.manifest.id;
  const std::string& parameter = move.spec->name;
  std::vector<std::string> touched;
  for (const std::string& edition : editions()) {
    const std::string original = join_path(source_path("rules"), edition);
    if (read_text(original).find("\"" + parameter + "\"") ==
        std::string::npos) {
      continue;
    }
    touched.push_back(edition);
    rewrite_file(original, join_path(rules, edition),
                 {"rules", rule, "parameters", parameter, "value"}, move);
  }
  const std::string cases = scratch_path("moved-cases.json");
  rewrite_file(join_path(plugin.folder, "cases.json"), cases,
               {"cases", "*", "parameters", parameter}, move);

  const auto moved = Workspace::open(rules, source_path("plugins"));
  REQUIRE(moved);
  for (const Error& error : (*moved)->load_errors()) {
    FAIL_CHECK(error.to_string());
  }
  const auto results = run_cases(**moved, cases, {});
  REQUIRE(results);
  for (const std::string& edition : touched) {
    REQUIRE(write_file(join_path(rules, edition),
                       read_text(join_path(source_path("rules"), edition))));
  }
  REQUIRE(results->size() == unmoved.size());
  int noticed = 0;
  for (std::size_t i = 0; i < unmoved.size(); ++i) {
    noticed += unmoved[i].faults.empty() && !(*results)[i].faults.empty();
  }
  return noticed;
}

Results results_of(const Plugin& plugin) {
  auto results =
      run_cases(workspace(), join_path(plugin.folder, "cases.json"), {});
  REQUIRE(results);
  return std::move(*results);
}

}  // namespace

TEST_CASE(
    "The step up and the step down of every figure is noticed by a case") {
  const std::string rules = copy_of_rules();
  int figures = 0;
  for (const Plugin& plugin : plugins()) {
    const std::string& rule = plugin.manifest.id;
    const Results unmoved = results_of(plugin);
    for (const ParameterSpec& spec : plugin.manifest.parameters) {
      if (!is_numeric(spec) || is_excepted(rule, spec.name)) continue;
      ++figures;
      for (const int direction : {1, -1}) {
        Move move{&spec, direction};
        const int noticed = cases_that_notice(plugin, unmoved, rules, move);
        INFO(rule << ": " << spec.name << " one step "
                  << (direction > 0 ? "up" : "down") << ": no case notices it");
        if (move.moved == 0) continue;  // it stands at its bound
        CHECK(noticed > 0);
      }
    }
  }
  CHECK(figures >= 20);
}

TEST_CASE(
    "Every exception names a figure that there is and that is noticed by no "
    "case") {
  const std::string rules = copy_of_rules();
  for (const Exception& exception : exceptions()) {
    INFO(exception.rule << ": " << exception.parameter);
    const Plugin* plugin = workspace().plugins().plugin_of(exception.rule);
    REQUIRE(plugin);
    const auto& specs = plugin->manifest.parameters;
    const auto spec = std::find_if(
        specs.begin(), specs.end(), [&](const ParameterSpec& candidate) {
          return candidate.name == exception.parameter;
        });
    REQUIRE(spec != specs.end());
    const Results unmoved = results_of(*plugin);
    Move up{&*spec, 1};
    Move down{&*spec, -1};
    CHECK(cases_that_notice(*plugin, unmoved, rules, up) == 0);
    CHECK(cases_that_notice(*plugin, unmoved, rules, down) == 0);
  }
}
