// Published test data, read when it lies beside the project; it is not part of it.
#pragma once

#include <catch2/catch.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/lines.hpp"
#include "crypto/encoding.hpp"
#include "json/value.hpp"
#include "support/scratch.hpp"

namespace sendcheck::test {

// Nothing, and a warning, when the folder is not there; a file that is missing from the folder fails the test.
inline std::optional<json::Document> public_vectors(const std::string& name) {
  const std::string folder = source_folder() + "/../shared/vectors/merkle";
  if (!std::filesystem::is_directory(folder)) {
    WARN("the public vectors are not beside the project: " << name
                                                           << " not tried");
    return std::nullopt;
  }
  json::Document document;
  const Result<void> read =
      document.parse(content_of(folder + "/" + name), name);
  if (!read) FAIL(name << ": " << read.error().to_string());
  return document;
}

inline const json::Value& at(const json::Value& value, std::string_view key) {
  const json::Value* const found = value.find(key);
  if (found == nullptr) FAIL("there is no \"" << key << "\"");
  return *found;
}
inline std::string text_at(const json::Value& value, std::string_view key) {
  return std::string(at(value, key).text);
}
inline std::uint64_t count_at(const json::Value& value, std::string_view key) {
  const auto count = parse_count(at(value, key).text);
  if (!count) FAIL("\"" << key << "\" is no count");
  return *count;
}

// From 64 hexadecimal digits or 44 letters of base64.
inline Digest digest_in(std::string_view text) {
  const auto bytes = text.size() == 64 ? from_hex(text) : from_base64(text);
  Digest digest{};
  if (!bytes || bytes->size() != digest.size()) FAIL(text << " is no digest");
  std::copy(bytes->begin(), bytes->end(), digest.begin());
  return digest;
}
// Some vectors have a word, or nothing, in the place of a hash; a Digest has always 32 bytes. The hash of the word stands for it, so that what was
// equal is equal and nothing else is: `of` keeps apart what was never meant to be compared.
inline Digest digest_or_stand_in(std::string_view text, std::string_view of) {
  const auto digest = parse_digest(text);
  return digest ? *digest : sha256_digest({of, ":", text});
}
inline std::vector<Digest> digests_at(const json::Value& value,
                                      std::string_view key) {
  std::vector<Digest> digests;
  for (const json::Value& item : at(value, key).items) {
    digests.push_back(digest_in(item.text));
  }
  return digests;
}

}  // namespace sendcheck::test
