// The reading of plugin.json, member by member: for the sources that read its parts.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/number.hpp"
#include "base/result.hpp"
#include "base/text.hpp"
#include "json/value.hpp"

namespace sendcheck {

// Reads one JSON object member by member, keeping the first fault.
class ManifestReader {
 public:
  explicit ManifestReader(std::string file) : file_(std::move(file)) {}

  const std::optional<Error>& failure() const { return failure_; }

  void fail(const std::string& pointer, std::string message,
            std::string id = "plugins.format") {
    if (!failure_) {
      failure_ =
          Error{std::move(id), std::move(message), {file_, 0, 0, pointer}};
    }
  }

  bool expect(const json::Value* value, json::Type type,
              const std::string& pointer) {
    if (!value) {
      fail(pointer,
           pointer + " is missing; expected " + std::string(in_words(type)));
      return false;
    }
    if (value->type != type) {
      fail(pointer, pointer + " is " + std::string(in_words(value->type)) +
                        "; expected " + std::string(in_words(type)));
      return false;
    }
    return true;
  }

  std::string text(const json::Value& object, const char* name,
                   const std::string& at, bool required = true) {
    const json::Value* value = object.find(name);
    if (!value && !required) return {};
    return expect(value, json::Type::string, at + "/" + name)
               ? std::string(value->text)
               : std::string();
  }

  bool truth(const json::Value& object, const char* name, const std::string& at,
             bool otherwise) {
    const json::Value* value = object.find(name);
    if (!value) return otherwise;
    return expect(value, json::Type::boolean, at + "/" + name) ? value->truth
                                                               : otherwise;
  }

  std::optional<Number> number(const json::Value& object, const char* name,
                               const std::string& at) {
    const json::Value* value = object.find(name);
    if (!value) return std::nullopt;
    // An amount is written as text.
    if (value->type != json::Type::number &&
        value->type != json::Type::string) {
      expect(value, json::Type::number, at + "/" + name);
      return std::nullopt;
    }
    auto parsed = Number::parse(value->text);
    if (!parsed) {
      fail(at + "/" + name,
           at + "/" + name + " is \"" + std::string(value->text) +
               "\"; expected a number such as 12 or \"6000.00\"");
    }
    return parsed;
  }

  // Refuses what is not in `known`.
  void only(const json::Value& object, const std::string& at,
            const std::vector<std::string>& known) {
    for (const json::Member& member : object.members) {
      const std::string key(member.key);
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      const std::string near = nearest(key, known);
      fail(at + "/" + key,
           "\"" + key + "\" has no meaning here" +
               (near.empty() ? "; expected one of " + join(known, ", ")
                             : "; did you mean \"" + near + "\"?"));
    }
  }

  // A text with something in it.
  std::string words(const json::Value& object, const char* name,
                    const std::string& at) {
    const std::string found = text(object, name, at);
    if (!failure_ && trim(found).empty()) {
      fail(at + "/" + name, at + "/" + name + " is empty; write what it says");
    }
    return found;
  }

  std::map<std::string, std::string> texts(const json::Value& object,
                                           const char* name) {
    std::map<std::string, std::string> found;
    const json::Value* value = object.find(name);
    const std::string at = std::string("/") + name;
    if (!value || !expect(value, json::Type::object, at)) return found;
    for (const json::Member& member : value->members) {
      const std::string key(member.key);
      found[key] = words(*value, key.c_str(), at);
    }
    return found;
  }

 private:
  std::string file_;
  std::optional<Error> failure_;
};

}  // namespace sendcheck
