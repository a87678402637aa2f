#include "base/result.hpp"

#include <catch2/catch.hpp>
#include <memory>

namespace sendcheck {
namespace {

Result<std::unique_ptr<int>> half(int n) {
  if (n % 2 != 0) return unexpected({"test.odd", "The number is odd."});
  return std::make_unique<int>(n / 2);
}

Result<void> must_be_even(int n) {
  const auto result = half(n);
  if (!result) return unexpected(result.error());
  return {};
}

}  // namespace

TEST_CASE("a result holds its value, which can be moved out") {
  auto result = half(8);
  REQUIRE(result.has_value());
  CHECK(static_cast<bool>(result));
  const std::unique_ptr<int> moved = *std::move(result);
  CHECK(*moved == 4);
}

TEST_CASE("a failure passes from one result to another unchanged") {
  const auto failed = must_be_even(3);
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error() == Error{"test.odd", "The number is odd."});
  CHECK(must_be_even(4).has_value());
}

TEST_CASE("an error in words leaves out what is not known") {
  const auto text = [](Place place) {
    return Error{"test.id", "It is so.", std::move(place)}.to_string();
  };
  CHECK(text({}) == "It is so. (test.id)");
  CHECK(text({.file = "a.csv"}) == "a.csv: It is so. (test.id)");
  CHECK(text({.file = "a.csv", .line = 3}) == "a.csv:3: It is so. (test.id)");
  CHECK(text({.file = "a.csv", .line = 3, .column = 7}) ==
        "a.csv:3:7: It is so. (test.id)");
  CHECK(text({.file = "a.csv", .column = 7}) == "a.csv: It is so. (test.id)");
  CHECK(text({.line = 3, .column = 7}) == "line 3:7: It is so. (test.id)");
  CHECK(text({.file = "a.json", .pointer = "/pupils/0/upn"}) ==
        "a.json: /pupils/0/upn: It is so. (test.id)");
  CHECK(text({.pointer = "/pupils/0/upn"}) ==
        "/pupils/0/upn: It is so. (test.id)");
  CHECK(Error{"", "It is so."}.to_string() == "It is so.");
}

}  // namespace sendcheck
