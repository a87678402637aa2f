// The shipped rules and plugins, and registers that a test writes for itself.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "casework/check_register.hpp"
#include "casework/workspace.hpp"
#include "support/scratch.hpp"

namespace sendcheck::test {

inline std::unique_ptr<Workspace> shipped() {
  auto workspace =
      Workspace::open(source_folder() + "/rules", source_folder() + "/plugins");
  INFO((workspace ? std::string() : workspace.error().to_string()));
  REQUIRE(workspace.has_value());
  return std::move(*workspace);
}

inline Date fixture_date() { return *Date::parse("2026-11-22"); }

// A UPN in form, another for each number; its check letter may be wrong.
inline std::string upn(int number) {
  return "A8869" + std::to_string(10000000 + number);
}

// JSON Lines of that many pupils, each `bad`-th of them with an impossible date.
inline std::string many_pupils(int pupils, int bad = 0) {
  std::string text;
  for (int i = 1; i <= pupils; ++i) {
    text += "{\"upn\": \"" + upn(i) +
            "\", \"nc_year\": \"7\", \"home_la\": "
            "\"886\"";
    if (bad > 0 && i % bad == 0) text += ", \"date_of_birth\": \"2026-02-30\"";
    text += "}\n";
  }
  return text;
}

// Keeps all that it is given.
class Keeper : public CheckConsumer {
 public:
  explicit Keeper(bool pupils = true) : wants_(pupils) {}

  void render(const CheckedPupil& pupil, std::string& out) const override {
    out += pupil.upn + (pupil.rejected() ? " rejected\n" : "\n");
  }
  void take(std::string_view text) override { text_ += text; }
  bool wants_pupils() const override { return wants_; }
  void take(CheckedPupil pupil) override {
    pupils_.push_back(std::move(pupil));
  }
  void progress(int per_mille, std::int64_t pupils) override {
    progress_.emplace_back(per_mille, pupils);
  }

  const std::string& text() const { return text_; }
  const std::vector<CheckedPupil>& pupils() const { return pupils_; }
  const std::vector<std::pair<int, std::int64_t>>& progress_seen() const {
    return progress_;
  }

 private:
  bool wants_;
  std::string text_;
  std::vector<CheckedPupil> pupils_;
  std::vector<std::pair<int, std::int64_t>> progress_;
};

}  // namespace sendcheck::test
