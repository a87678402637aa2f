#include "program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cerrno>

namespace sendcheck::test {
namespace {

struct Pipe {
  int read_end = -1;
  int write_end = -1;
  Pipe() {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    read_end = ends[0];
    write_end = ends[1];
  }
};

// In the child, after fork: everything that is not async-safe was done before.
[[noreturn]] void become(const std::vector<char*>& arguments,
                         const std::vector<char*>& environment,
                         const std::string& folder,
                         const std::string& program) {
  if (!folder.empty() && chdir(folder.c_str()) != 0) _exit(126);
  execve(program.c_str(), arguments.data(), environment.data());
  _exit(127);
}

struct Command {
  std::string program = SENDCHECK_PROGRAM;
  std::vector<std::string> texts;
  std::vector<char*> arguments, environment;

  Command(const Words& words, const Around& around, bool terminal) {
    if (!around.program.empty()) {
      program = program.substr(0, program.rfind('/') + 1) + around.program;
    }
    texts.push_back(program);
    texts.insert(texts.end(), words.begin(), words.end());
    // Journeys that are not about the log leave none behind.
    const bool may_log =
        !words.empty() && (words[0] == "check" || words[0] == "explain");
    if (may_log &&
        std::find(words.begin(), words.end(), "--store") == words.end()) {
      texts.emplace_back("--no-store");
    }
    const std::size_t variables_from = texts.size();
    std::map<std::string, std::string> variables = {{"PATH", "/usr/bin:/bin"}};
    if (terminal) variables["TERM"] = "xterm-256color";
    for (const auto& [name, value] : around.environment) {
      variables[name] = value;
    }
    for (const auto& [name, value] : variables) {
      texts.push_back(name + "=" + value);
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
      (i < variables_from ? arguments : environment).push_back(texts[i].data());
    }
    arguments.push_back(nullptr);
    environment.push_back(nullptr);
  }
};

void read_some(int from, std::size_t count, std::string& into) {
  char buffer[4096];
  while (into.size() < count) {
    const ssize_t got = read(from, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return;
    into.append(buffer, static_cast<std::size_t>(got));
  }
}

// Reads each until its other end is closed.
void read_all(std::vector<std::pair<int, std::string*>> from) {
  while (!from.empty()) {
    std::vector<pollfd> waiting;
    for (const auto& [end, text] : from) waiting.push_back({end, POLLIN, 0});
    if (poll(waiting.data(), waiting.size(), -1) < 0) continue;
    for (std::size_t i = waiting.size(); i-- > 0;) {
      if (waiting[i].revents == 0) continue;
      char bytes[65536];
      const ssize_t got = read(from[i].first, bytes, sizeof bytes);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) {  // a terminal whose last user has gone fails with EIO
        close(from[i].first);
        from.erase(from.begin() + static_cast<std::ptrdiff_t>(i));
        continue;
      }
      from[i].second->append(bytes, static_cast<std::size_t>(got));
    }
  }
}

int status_of(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

}  // namespace

Ran run(const Words& words, const Around& around) {
  Command command(words, around, false);
  Ran ran;
  Pipe out, err;
  const int in = memfd_create("in", MFD_CLOEXEC);
  REQUIRE(write(in, around.in.data(), around.in.size()) ==
          static_cast<ssize_t>(around.in.size()));
  lseek(in, 0, SEEK_SET);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    dup2(in, STDIN_FILENO);
    const int file =
        around.out_file.empty()
            ? -1
            : open(around.out_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(file >= 0 ? file : out.write_end, STDOUT_FILENO);
    dup2(err.write_end, STDERR_FILENO);
    become(command.arguments, command.environment, around.folder,
           command.program);
  }
  close(in);
  close(out.write_end);
  close(err.write_end);
  if (around.kill_after > 0) {
    read_some(out.read_end, around.kill_after, ran.out);
    kill(child, SIGKILL);
  }
  read_all({{out.read_end, &ran.out}, {err.read_end, &ran.err}});
  ran.status = status_of(child);
  return ran;
}

Ran run_on_terminal(const Words& words, Terminal terminal,
                    const Around& around) {
  Command command(words, around, true);
  Ran ran;
  Pipe out;
  winsize size{};
  size.ws_col = 100;
  size.ws_row = 40;
  int seen = -1;
  const pid_t child = forkpty(&seen, nullptr, nullptr, &size);
  REQUIRE(child >= 0);
  if (child == 0) {
    if (!terminal.for_output) dup2(out.write_end, STDOUT_FILENO);
    become(command.arguments, command.environment, around.folder,
           command.program);
  }
  close(out.write_end);
  if (terminal.for_output) {
    close(out.read_end);
    read_all({{seen, &ran.out}});
  } else {
    read_all({{out.read_end, &ran.out}, {seen, &ran.err}});
  }
  ran.status = status_of(child);
  return ran;
}

Words on_fixture_day(Words words) {
  words.insert(words.end(),
               {"--as-of", fixture_day, "--rules", source_folder() + "/rules",
                "--plugins", source_folder() + "/plugins"});
  return words;
}

Words check_words(const std::string& register_path, const std::string& format,
                  const Words& more) {
  Words words = on_fixture_day({"check", register_path, "--format", format});
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::vector<std::string> expanded_lines(const std::string& register_path,
                                        const Words& more) {
  const Scratch scratch;
  const Ran checked = run(check_words(register_path, "jsonl", more));
  INFO(checked.err);
  REQUIRE(checked.status == 0);
  const Ran expanded =
      run({"expand", scratch.write("decisions.jsonl", checked.out)});
  INFO(expanded.err);
  REQUIRE(expanded.status == 0);
  CHECK(expanded.err.empty());
  return lines_of(expanded.out);
}

const std::vector<std::string>& fixture_registers() {
  static const std::vector<std::string> paths = {
      fixture("registers/kent-secondary.json"),
      fixture("registers/herefordshire-primary"),
      fixture("registers/nursery.jsonl")};
  return paths;
}

Json::Json(const std::string& text) : text_(text) {
  const auto parsed = document_.parse(text_, "the output");
  INFO((parsed ? std::string() : parsed.error().to_string()));
  REQUIRE(parsed.has_value());
}

std::string text(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value == nullptr ? std::string() : std::string(value->text);
}

const json::Value* pupil(const json::Value& root, std::string_view upn) {
  const json::Value* pupils = root.find("pupils");
  REQUIRE(pupils != nullptr);
  for (const json::Value& one : pupils->items) {
    if (text(one, "upn") == upn) return &one;
  }
  return nullptr;
}

const json::Value* decision(const json::Value& root, std::string_view upn,
                            std::string_view rule) {
  const json::Value* who = pupil(root, upn);
  if (who == nullptr) return nullptr;
  for (const json::Value& one : who->find("decisions")->items) {
    if (text(one, "rule") == rule) return &one;
  }
  return nullptr;
}

std::size_t times(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++found;
  }
  return found;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  while (from < text.size()) {
    std::size_t end = text.find('\n', from);
    if (end == std::string::npos) end = text.size();
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

std::string replaced(std::string text, std::string_view from,
                     std::string_view to) {
  const std::size_t at = text.find(from);
  INFO("there is no " << from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace sendcheck::test
