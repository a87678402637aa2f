// bench: speed and memory of sendcheck, as ratios to a plain Lua host. What is
// measured, and how to read it: README.md.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "agreement.hpp"
#include "base/files.hpp"
#include "generate_register.hpp"
#include "impact_proposal.hpp"
#include "measure.hpp"
#include "plain_lua_host.hpp"
#include "sendcheck_host.hpp"
#include "ten_rules.hpp"

namespace sendcheck::bench {
namespace {

constexpr std::uint64_t seed = 1;

struct Options {
  std::uint64_t pupils = 100'000;  // in memory
  std::uint64_t lines = 20'000;    // from file to file
  int rounds = 5;
  bool million = false;
  std::set<std::string> only;  // agreement, start, memory, impact, rules, file
  std::string program;
  std::string scratch;
  std::string project;  // of the ten rules alone, in the scratch folder

  bool wants(const std::string& part) const {
    return only.empty() || only.contains(part);
  }
};

class Report {
 public:
  Report() {
    std::cout << "| what | sendcheck | plain Lua | ratio | asked for |\n"
                 "|---|---|---|---|---|\n";
  }
  void row(const std::string& what, const std::string& ours,
           const std::string& theirs, const std::string& ratio,
           const std::string& asked) {
    std::cout << "| " << what << " | " << ours << " | " << theirs << " | "
              << ratio << " | " << asked << " |" << std::endl;
  }
};

std::string with_point(double value, int places) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", places, value);
  return text;
}

std::string thousands(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

std::string micros(double seconds, std::uint64_t pupils) {
  const double each = seconds / static_cast<double>(pupils) * 1e6;
  return with_point(each, 2) + " µs a pupil";
}

std::string times(double theirs, double ours) {
  return with_point(theirs / ours, 2) + " times";
}

[[noreturn]] void stop(const std::string& why) {
  std::cerr << "bench: " << why << '\n';
  std::exit(1);
}

std::string made_register(const Options& options, std::uint64_t pupils,
                          Mix mix = Mix::ordinary) {
  const std::string path = join_path(
      options.scratch, "register-" + std::to_string(pupils) + ".jsonl");
  if (!write_register(path, seed, pupils, mix)) stop("cannot write " + path);
  return path;
}

double megabytes(const std::string& path) {
  return static_cast<double>(std::filesystem::file_size(path)) / 1e6;
}

void measure_start(const Options& options, Report& report) {
  const std::string path = made_register(options, 1);
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  const std::string upn = line.substr(line.find("\"upn\":\"") + 7, 13);
  const std::vector<std::pair<std::string, std::vector<std::string>>> commands =
      {{"`check` as JSON, ten rules",
        {"check", path, "--no-store", "--format", "json"}},
       {"`explain` of one rule",
        {"explain", path, "--pupil", upn, "--rule", "pupil-premium"}}};
  for (const auto& [name, words] : commands) {
    std::vector<std::string> command = {options.program};
    command.insert(command.end(), words.begin(), words.end());
    for (const std::string& word : std::vector<std::string>{
             "--as-of", "2026-11-22", "--rules", options.project + "/rules",
             "--plugins", options.project + "/plugins"}) {
      command.push_back(word);
    }
    std::vector<double> seconds;
    for (int i = 0; i < 30; ++i) {
      const auto ended = run(command);
      if (!ended || ended->status != 0)
        stop("sendcheck " + words[0] + " did not end well");
      seconds.push_back(ended->seconds);
    }
    report.row("one pupil from process start: " + name,
               with_point(median(seconds) * 1e3, 1) + " ms", "", "",
               "under 60 ms");
  }
}

void measure_memory(const Options& options, Report& report) {
  std::vector<std::uint64_t> sizes = {10'000, 100'000};
  if (options.million) sizes.push_back(1'000'000);
  for (const std::uint64_t pupils : sizes) {
    const std::string path = made_register(options, pupils);
    const auto ended =
        run({options.program, "check", path, "--no-store", "--format", "jsonl",
             "--as-of", "2026-11-22", "--rules", options.project + "/rules",
             "--plugins", options.project + "/plugins"});
    std::filesystem::remove(path);
    if (!ended || ended->status != 0) stop("sendcheck check did not end well");
    report.row("peak memory, JSON Lines of " + thousands(pupils) + " pupils",
               with_point(ended->peak_megabytes, 0) + " MB in " +
                   with_point(ended->seconds, 1) + " s",
               "", "", "under 200 MB");
  }
}

// The impact of a proposal against one check of the same register, by the processor's time of the whole program; both explained.
void measure_impact(const Options& options, Report& report) {
  const std::string path = made_register(options, options.pupils);
  const std::string proposal = join_path(options.scratch, "impact-proposal");
  std::string error;
  if (!lay_out_impact_proposal(options.project, proposal, error)) stop(error);
  const std::vector<std::string> same = {"--no-store",
                                         "--format",
                                         "jsonl",
                                         "--as-of",
                                         "2026-11-22",
                                         "--rules",
                                         options.project + "/rules",
                                         "--plugins",
                                         options.project + "/plugins"};
  const auto seconds = [&](std::vector<std::string> command) {
    command.insert(command.end(), same.begin(), same.end());
    const auto ended = run(command);
    if (!ended || ended->status != 0) stop("sendcheck did not end well");
    return ended->cpu_seconds;
  };
  std::vector<double> checks, impacts;
  for (int round = 0; round < options.rounds; ++round) {
    checks.push_back(seconds({options.program, "check", path, "--jobs", "1"}));
    impacts.push_back(seconds(
        {options.program, "rules", "impact", "--proposed", proposal, path}));
  }
  std::filesystem::remove(path);
  report.row(
      "impact of three changed rules on " + thousands(options.pupils) +
          " pupils, explained; beside it one check",
      micros(median(impacts), options.pupils),
      micros(median(checks), options.pupils) + " (sendcheck check)",
      with_point(median(impacts) / median(checks), 2) + " times one check",
      "under 4 times");
}

void measure_rules(const Options& options, SendcheckHost& ours,
                   PlainLuaHost& theirs, Report& report) {
  const std::string path = made_register(options, options.pupils);
  std::string error;
  if (!ours.keep(path, error)) stop(error);
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) theirs.keep(line);
  std::filesystem::remove(path);
  std::vector<double> our_seconds, their_seconds;
  for (int round = 0; round < options.rounds; ++round) {
    their_seconds.push_back(seconds_of([&] { theirs.check_kept(); }));
    our_seconds.push_back(seconds_of([&] { ours.check_kept(); }));
  }
  const double us = median(our_seconds), them = median(their_seconds);
  report.row("ten rules, " + thousands(options.pupils) +
                 " pupils in memory, outcomes only",
             micros(us, options.pupils), micros(them, options.pupils),
             times(them, us), "3 times");
}

void measure_file(const Options& options, SendcheckHost& ours,
                  PlainLuaHost& theirs, Report& report) {
  const std::string path = made_register(options, options.lines);
  const std::string to = join_path(options.scratch, "out.jsonl");
  std::string error;
  std::vector<double> plain, outcomes, explained;
  double outcome_bytes = 0, explained_bytes = 0;
  for (int round = 0; round < options.rounds; ++round) {
    plain.push_back(seconds_of([&] {
      std::ifstream file(path, std::ios::binary);
      std::ofstream out(to, std::ios::binary | std::ios::trunc);
      std::string lines;
      for (std::string line; std::getline(file, line);) {
        theirs.check_line(line, lines);
        if (lines.size() < (1u << 16)) continue;
        out << lines;
        lines.clear();
      }
      out << lines;
    }));
    outcome_bytes = megabytes(to);
    outcomes.push_back(seconds_of([&] {
      if (!ours.write_outcomes(path, to, error)) stop(error);
    }));
    explained.push_back(seconds_of([&] {
      if (!ours.write_explained(path, to, error)) stop(error);
    }));
    explained_bytes = megabytes(to);
  }
  std::filesystem::remove(to);
  std::filesystem::remove(path);
  const auto pupils = static_cast<double>(options.lines);
  const double them = median(plain);
  const auto kilobytes = [&](double mega) {
    return with_point(mega * 1e3 / pupils, 1) + " KB a pupil";
  };
  report.row("JSON Lines to JSON Lines, outcomes only (" +
                 kilobytes(outcome_bytes) + ")",
             micros(median(outcomes), options.lines),
             micros(them, options.lines), times(them, median(outcomes)),
             "1.5 times");
  report.row("JSON Lines to JSON Lines, fully explained (" +
                 kilobytes(explained_bytes) + "), plain Lua without",
             micros(median(explained), options.lines),
             micros(them, options.lines), times(them, median(explained)),
             "0.7 times");
}

std::uint64_t whole(std::string_view name, std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0) {
    stop(std::string(name) + " needs a whole number, found \"" +
         std::string(text) + "\"");
  }
  return number;
}

Options read_options(const std::vector<std::string>& words) {
  Options options;
  const std::string here = program_folder();
  options.program = join_path(here, "sendcheck");
  options.scratch = here;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--million") {
      options.million = true;
      continue;
    }
    if (i + 1 == words.size()) {
      stop(words[i] +
           " is no option, or needs a value; known are --pupils N, "
           "--lines N, --rounds N, --only PART, --million, --program FILE, "
           "--scratch FOLDER");
    }
    const std::string& name = words[i];
    const std::string& value = words[++i];
    if (name == "--pupils") {
      options.pupils = whole(name, value);
    } else if (name == "--lines") {
      options.lines = whole(name, value);
    } else if (name == "--rounds") {
      options.rounds = static_cast<int>(whole(name, value));
    } else if (name == "--only") {
      options.only.insert(value);
    } else if (name == "--program") {
      options.program = value;
    } else if (name == "--scratch") {
      options.scratch = value;
    } else {
      stop(name + " is no option");
    }
  }
  return options;
}

int run_bench(Options options) {
  options.project = join_path(options.scratch, "ten-rules");
  std::string error;
  if (!lay_out_ten_rules(SENDCHECK_SOURCE, options.project, error)) stop(error);
  Report report;
  // The programs that are started come first: a child's peak memory is at least
  // what its parent held.
  if (options.wants("start")) measure_start(options, report);
  if (options.wants("memory")) measure_memory(options, report);
  if (options.wants("impact")) measure_impact(options, report);

  auto ours = SendcheckHost::open(options.project, error);
  if (!ours) stop(error);
  auto theirs = PlainLuaHost::open(
      SENDCHECK_SOURCE "/tests/bench/plain_lua_rules.lua", error);
  if (!theirs) stop(error);
  bool agreed = true;
  if (options.wants("agreement")) {
    for (const auto& [name, mix] : {std::pair("ordinary", Mix::ordinary),
                                    std::pair("demanding", Mix::demanding)}) {
      const std::string path = made_register(options, options.lines, mix);
      Agreement agreement;
      if (!compare_hosts(*ours, *theirs, path, options.scratch, agreement,
                         std::cerr, error)) {
        stop(error);
      }
      std::filesystem::remove(path);
      agreed = agreed && agreement.differ == 0;
      report.row("decisions that both come to, " + thousands(agreement.pupils) +
                     " " + name + " pupils",
                 thousands(agreement.decisions - agreement.differ) + " of " +
                     thousands(agreement.decisions),
                 "", "", "all");
    }
  }
  if (options.wants("file")) measure_file(options, *ours, *theirs, report);
  if (options.wants("rules")) measure_rules(options, *ours, *theirs, report);
  return agreed ? 0 : 1;
}

}  // namespace
}  // namespace sendcheck::bench

int main(int argc, char** argv) {
  return sendcheck::bench::run_bench(
      sendcheck::bench::read_options({argv + 1, argv + argc}));
}
