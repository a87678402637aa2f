#include "shipped.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>

#include "base/files.hpp"
#include "json/value.hpp"
#include "json/writer.hpp"
#include "rulesets/parameter_values.hpp"

namespace shipped {

using namespace sendcheck;

namespace {

// A test cannot go on without what it asked for.
template <class T>
T needed(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().to_string());
  return std::move(*result);
}

std::string text_of(const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  return value ? std::string(value->text) : std::string();
}

EffectiveParameter stand_in(const json::Value& given, const ParameterSpec& spec,
                            TextArena& texts) {
  EffectiveParameter parameter;
  parameter.value.is_list = spec.is_list;
  if (spec.is_list) {
    for (const json::Value& item : given.items) {
      parameter.value.list.push_back(needed(read_scalar(item, spec, texts)));
    }
  } else {
    parameter.value.scalar = needed(read_scalar(given, spec, texts));
  }
  return parameter;
}

}  // namespace

std::string source_path(const std::string& name) {
  return join_path(SENDCHECK_SOURCE, name);
}

std::string scratch_path(const std::string& name) {
  return join_path(SENDCHECK_SCRATCH, name);
}

std::string read_text(const std::string& path) {
  return needed(read_file(path));
}

const Workspace& workspace() {
  static const std::unique_ptr<Workspace> opened =
      needed(Workspace::open(source_path("rules"), source_path("plugins")));
  return *opened;
}

std::vector<std::string> plugin_folders() {
  std::vector<std::string> folders;
  for (const std::string& name : needed(list_folder(source_path("plugins")))) {
    if (name != "api" && name != "shared" && !name.starts_with(".") &&
        is_folder(join_path(source_path("plugins"), name))) {
      folders.push_back(name);
    }
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

const std::vector<Plugin>& plugins() { return workspace().plugins().plugins; }

std::vector<WorkedCase> cases_of(const Plugin& plugin, TextArena& texts) {
  const std::string file = join_path(plugin.folder, "cases.json");
  json::Document document;
  const std::string text = read_text(file);
  if (auto parsed = document.parse(text, file); !parsed) {
    throw std::runtime_error(parsed.error().to_string());
  }
  std::vector<WorkedCase> cases;
  for (const json::Value& one : document.root().find("cases")->items) {
    WorkedCase made;
    made.sentence = text_of(one, "case");
    made.rule = text_of(one, "rule");
    made.as_of = Date::parse(text_of(one, "as_of")).value();
    std::string pupil;
    json::Writer writer(pupil);
    writer.value(*one.find("pupil"));
    made.entry = needed(read_pupil(pupil, workspace().catalogue(), file));
    if (const json::Value* given = one.find("parameters")) {
      for (const ParameterSpec& spec : plugin.manifest.parameters) {
        if (const json::Value* value = given->find(spec.name)) {
          made.parameters[spec.name] = stand_in(*value, spec, texts);
        }
      }
    }
    cases.push_back(std::move(made));
  }
  return cases;
}

}  // namespace shipped
