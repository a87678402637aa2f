// One stated value, typed by the catalogue: from JSON, where types are told
// apart, and from a CSV cell, where everything is text.
#pragma once

#include <string>
#include <string_view>

#include "domain/catalogue.hpp"
#include "domain/value.hpp"
#include "json/value.hpp"
#include "registers/fact_names.hpp"

namespace sendcheck {

// What is wrong with a value, or doubtful about it.
struct Fault {
  std::string_view id;
  std::string found;
  std::string expected;
};

enum class Verdict {
  good,
  doubtful,  // a warning; the value stands, or is unknown
  wrong      // the pupil is rejected
};

// What was found, for a reader: `"12"`, `12`, `a list`.
std::string found_words(const json::Value& value);

class ValueReader {
 public:
  // Both must outlive the reader.
  ValueReader(const Catalogue& catalogue, const FactNames& names)
      : catalogue_(catalogue), names_(names) {}

  // Each reads a scalar fact into `out`, keeping its text in `texts`. A blank
  // text states nothing: the fact is unknown, as is a null. When the verdict is
  // not good, `fault` says why.
  Verdict from_json(const FactSpec& fact, const json::Value& value,
                    TextArena& texts, Value& out, Fault& fault) const;
  // White space around a cell is not part of it, but for a text.
  Verdict from_cell(const FactSpec& fact, std::string_view cell,
                    TextArena& texts, Value& out, Fault& fault) const;

 private:
  Verdict number(const FactSpec& fact, std::string_view text, Value& out,
                 Fault& fault) const;
  Verdict money(const FactSpec& fact, std::string_view text, Value& out,
                Fault& fault) const;
  Verdict date(std::string_view text, Value& out, Fault& fault) const;
  Verdict code(const FactSpec& fact, std::string_view text, Value& out,
               Fault& fault) const;
  Verdict text(const FactSpec& fact, std::string_view stated, TextArena& texts,
               Value& out, Fault& fault) const;
  Verdict upn(std::string_view stated, TextArena& texts, Value& out,
              Fault& fault) const;
  Verdict uln(std::string_view stated, TextArena& texts, Value& out,
              Fault& fault) const;

  const Catalogue& catalogue_;
  const FactNames& names_;
};

}  // namespace sendcheck
