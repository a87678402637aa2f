// Result<T>: a value, or an Error that a person can act on.
//
// The names are those of std::expected, so that the switch to C++23 is this one file. Functions of this project report what can go wrong
// through it; they throw nothing. Exceptions of third-party libraries are caught in the layer that holds the library.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace sendcheck {

// Where in its input something was found. What does not apply is left empty or zero.
struct Place {
  std::string file = {};
  int line = 0;              // from 1
  int column = 0;            // from 1
  std::string pointer = {};  // JSON pointer, or the cell or entry in words

  bool operator==(const Place&) const = default;
};

// What went wrong: a stable id such as "editions.overlap" (documented in host/ERRORS.md, tested by id), one plain sentence that says what was
// found and what was expected, and the place.
struct Error {
  std::string id;
  std::string message;
  Place place = {};

  bool operator==(const Error&) const = default;

  // "file:line:column: pointer: message (id)", without the parts that are unknown.
  std::string to_string() const;
};

// Wraps an error so that it converts to any Result.
struct Unexpected {
  Error error;
};
inline Unexpected unexpected(Error error) { return {std::move(error)}; }

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Unexpected failure) : state_(std::move(failure)) {}

  bool has_value() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return has_value(); }

  // Need has_value().
  T& value() & { return std::get<T>(state_); }
  const T& value() const& { return std::get<T>(state_); }
  T&& value() && { return std::get<T>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Needs !has_value().
  const Error& error() const { return std::get<Unexpected>(state_).error; }

 private:
  std::variant<T, Unexpected> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Unexpected failure)
      : failed_(true), error_(std::move(failure.error)) {}

  bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  const Error& error() const { return error_; }

 private:
  bool failed_ = false;
  Error error_;
};

}  // namespace sendcheck
