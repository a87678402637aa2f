// test and compute: what a function sees of a pupil, and what it may give back.
#include <algorithm>
#include <catch2/catch.hpp>

#include "criteria/explain.hpp"
#include "plugin_folders.hpp"

using namespace plugins_of_tests;

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

// A rule with functions, and the means to ask it of a pupil.
class Trial {
 public:
  explicit Trial(const std::string& criterion, const std::string& more = {},
                 const std::string& before = {})
      : catalogue_(small_catalogue()) {
    plugins_ = load_script(
        catalogue_, before + rule_of(criterion),
        manifest_json("trial", std::string(parameters_json) +
                                   (more.empty() ? "" : ", " + more)));
    INFO((plugins_.broken.empty() ? std::string()
                                  : plugins_.broken[0].errors[0].to_string()));
    REQUIRE(plugins_.plugins.size() == 1);
    runner_ = std::make_unique<PluginRunner>(plugins_.plugins[0], catalogue_);
    parameters_.resize(rule().parameters.size());
    bind();
  }

  const Rule& rule() const { return plugins_.plugins[0].rules[0]; }
  const Catalogue& catalogue() const { return catalogue_; }

  void give(const std::string& name, Value value, bool unconfirmed = false) {
    for (std::size_t i = 0; i < rule().parameters.size(); ++i) {
      if (rule().parameters[i].name != name) continue;
      given_.push_back(std::make_unique<EffectiveParameter>());
      given_.back()->value.scalar = value;
      given_.back()->unconfirmed = unconfirmed;
      parameters_[i] = given_.back().get();
    }
    bind();
  }

  Record record() const { return Record::empty(catalogue_); }
  void state(Record& record, const std::string& path, Value value) const {
    record.scalars[at(catalogue_.scalar(path))] = value;
  }
  void state_code(Record& record, const std::string& path,
                  const std::string& code) const {
    const FactSpec& spec = catalogue_.scalars()[at(catalogue_.scalar(path))];
    state(record, path, Value::code(catalogue_.codes_of(spec).find(code)));
  }
  List& list(Record& record, const std::string& path) const {
    const int slot = catalogue_.list(path);
    List& list = record.lists[at(slot)];
    list.stated = true;
    list.width = static_cast<int>(catalogue_.lists()[at(slot)].fields.size());
    return list;
  }

  struct Answer {
    Truth truth = Truth::unknown;
    std::vector<std::string> missing;
    std::optional<Error> fault;
    Truth without_unconfirmed = Truth::unknown;
  };
  Answer ask(const Record& record) {
    Evaluation evaluation(rule(), binding_, record, catalogue_, holidays_,
                          *Date::parse("2026-11-22"), runner_.get());
    Answer answer;
    answer.truth = evaluation.truth(rule().met_when);
    answer.fault = evaluation.fault();
    Missing missing;
    collect_missing(evaluation, Describer(rule(), catalogue_, &binding_),
                    rule().met_when, missing);
    for (const MissingItem& item : missing.items) {
      answer.missing.push_back(item.fact);
    }
    evaluation.trust_unconfirmed(false);
    answer.without_unconfirmed = evaluation.truth(rule().met_when);
    return answer;
  }

 private:
  void bind() { binding_ = bind_parameters(rule(), catalogue_, parameters_); }

  Catalogue catalogue_;
  Plugins plugins_;
  std::unique_ptr<PluginRunner> runner_;
  std::vector<const EffectiveParameter*> parameters_;
  std::vector<std::unique_ptr<EffectiveParameter>> given_;
  Binding binding_;
  BankHolidays holidays_;
};

std::string test_of(const std::string& body) {
  return "test(\"it holds\", function(pupil) " + body + " end)";
}

Number decimal(const char* text) { return *Number::parse(text); }
Date day(const char* text) { return *Date::parse(text); }

// Of a pupil of whom everything is stated.
Record full(const Trial& trial) {
  Record record = trial.record();
  trial.state_code(record, "sen.status", "support");
  trial.state_code(record, "nc_year", "1");
  trial.state(record, "consent.parent", Value::of(true));
  trial.state(record, "name.given", Value::text("Robin"));
  trial.state(record, "provision_cost", Value::of(*Money::parse("6000.50")));
  trial.state(record, "hours", Value::of(decimal("12.5")));
  trial.state(record, "attendance.possible", Value::of(Number(110)));
  trial.state(record, "attendance.missed", Value::of(Number(11)));
  trial.state(record, "last_review_on", Value::of(day("2025-12-01")));
  trial.state(record, "date_of_birth", Value::of(day("2015-02-28")));
  return record;
}

}  // namespace

TEST_CASE("A test reads each kind of fact as an exact value") {
  for (
      const char* body :
      {R"(return pupil:get "sen.status" == "support")",
       R"(return pupil:get "nc_year" == "1")",
       R"(return pupil:get "consent.parent")",
       R"(return pupil:get "consent.parent" == true)",
       R"(return pupil:get "name.given" == "Robin")",
       R"(return pupil:get "provision_cost" == decimal "6000.5")",
       R"(return pupil:get "provision_cost" == pounds "6000.50")",
       R"(return pupil:get "provision_cost" > pounds "6000.49")",
       R"(return pupil:get "provision_cost" - pounds "0.50" == 6000)",
       R"(return pupil:get "hours" == decimal "12.5")",
       R"(return pupil:get "hours" * 2 == 25)",
       R"(return pupil:get "hours" / 3 * 3 == pupil:get "hours")",
       R"(return pupil:get "attendance.possible" == 110)",
       R"(return pupil:get "attendance.missed" * 10 == pupil:get "attendance.possible")",
       R"(return pupil:get "last_review_on" == date "2025-12-01")",
       R"(return pupil:get "last_review_on" + 356 == pupil:as_of())",
       R"(return pupil:as_of() - pupil:get "last_review_on" == 356)",
       R"(return pupil:get "last_review_on":plus_months(12) > pupil:as_of())",
       R"(return pupil:get "last_review_on":plus_months(3) == date "2026-03-01")",
       R"(return pupil:get "date_of_birth":year() == 2015)",
       R"(return pupil:get "date_of_birth":month() == 2 and pupil:get "date_of_birth":day() == 28)"}) {
    INFO(body);
    Trial trial(test_of(body));
    const auto answer = trial.ask(full(trial));
    INFO((answer.fault ? answer.fault->to_string() : std::string()));
    CHECK(answer.truth == Truth::met);
    CHECK(answer.missing.empty());
  }
}

TEST_CASE("A tenth added ten times is one, exactly") {
  Trial trial(test_of(R"(
      local sum = 0
      for i = 1, 10 do sum = sum + decimal "0.1" end
      return sum == 1)"));
  CHECK(trial.ask(trial.record()).truth == Truth::met);
}

TEST_CASE("A fact that is absent makes a test unknown, and is asked for") {
  Trial trial(test_of(
      R"(return pupil:get "hours" > 1 and pupil:get "consent.parent")"));
  Record record = trial.record();
  auto answer = trial.ask(record);
  CHECK(answer.truth == Truth::unknown);
  CHECK_FALSE(answer.fault);
  CHECK(answer.missing == std::vector<std::string>{"hours"});

  trial.state(record, "hours", Value::of(Number(3)));
  answer = trial.ask(record);
  CHECK(answer.truth == Truth::unknown);
  CHECK(answer.missing == std::vector<std::string>{"consent.parent"});

  // Lua stops at the first thing that is not so.
  trial.state(record, "hours", Value::of(Number(1)));
  answer = trial.ask(record);
  CHECK(answer.truth == Truth::not_met);
  CHECK(answer.missing.empty());
}

TEST_CASE("A default stands in for an absent fact, and for nothing else") {
  Trial trial(test_of(R"(return pupil:get("hours", 7) == 7)"));
  Record record = trial.record();
  CHECK(trial.ask(record).truth == Truth::met);
  trial.state(record, "hours", Value::of(Number(3)));
  CHECK(trial.ask(record).truth == Truth::not_met);

  Trial no_default(test_of(R"(return pupil:get("hours", nil) == 7)"));
  CHECK(no_default.ask(no_default.record()).truth == Truth::unknown);

  Trial truth(test_of(R"(return pupil:get("consent.parent", false))"));
  CHECK(truth.ask(truth.record()).truth == Truth::not_met);
}

TEST_CASE("An open fact may grow, so that a function does not know it") {
  Trial trial(test_of(R"(return pupil:get "portage_weeks" >= 6)"));
  Record record = trial.record();
  trial.state(record, "portage_weeks", Value::of(Number(7)));
  CHECK(trial.ask(record).truth == Truth::unknown);
  // The default is for what is not stated.
  Trial so_far(test_of(R"(return pupil:get("portage_weeks", 0) == 7)"));
  CHECK(so_far.ask(record).truth == Truth::met);
}

TEST_CASE("A test reads the entries of a list") {
  Trial trial(test_of(R"(
      local low = 0
      for _, entry in ipairs(pupil:list "assessments") do
        if entry.area == "reading" and entry.score < 85 then low = low + 1 end
      end
      return low == 2)"));
  Record record = trial.record();
  auto answer = trial.ask(record);
  CHECK(answer.truth == Truth::unknown);
  CHECK(answer.missing == std::vector<std::string>{"assessments"});

  List& list = trial.list(record, "assessments");
  CHECK(trial.ask(record).truth == Truth::not_met);
  for (const int score : {84, 99, 70}) {
    list.cells.push_back(Value::code(0));
    list.cells.push_back(Value::of(Number(score)));
    list.cells.emplace_back();
  }
  CHECK(trial.ask(record).truth == Truth::met);

  list.cells[4] = Value();
  answer = trial.ask(record);
  CHECK(answer.truth == Truth::unknown);
  REQUIRE(answer.missing.size() == 1);
  CHECK_THAT(answer.missing[0], Catch::StartsWith("assessments["));
  CHECK_THAT(answer.missing[0], Catch::EndsWith("].score"));
}

TEST_CASE("A list of events that is absent is empty") {
  Trial trial(test_of(R"(return #pupil:list "awards" == 0)"));
  const auto answer = trial.ask(trial.record());
  CHECK(answer.truth == Truth::met);
  CHECK(answer.missing.empty());
}

TEST_CASE("What a function asks for wrongly is a fault with its line") {
  struct Wrong {
    const char* body;
    const char* message;
  };
  const std::vector<Wrong> table = {
      {R"(return pupil:get "sen.staus")", "did you mean \"sen.status\"?"},
      {R"(return pupil:get(1))", "the path of a fact as a text"},
      {R"(return pupil:get())", "the path of a fact as a text"},
      {R"(return pupil:get "assessments")",
       "is a list: read it with pupil:list"},
      {R"(return pupil:list "hours")",
       "is a single fact: read it with pupil:get"},
      {R"(return pupil:list "assesments")", "did you mean \"assessments\"?"},
      {R"(return pupil.get "hours")", "with a colon"},
      {R"(return pupil:give "hours")", "has no 'give'"},
      {R"(pupil.hours = 3 return true)", "read-only"},
      {R"(return pupil:list "awards"[1].summ)", ""},
      {R"(return pupil:get "sex" == "F")", "protected characteristic"},
      {R"(return pupil:param "limmit" == 1)", "no single value \"limmit\""},
      {R"(return pupil:get "hours" > "3")", ""},
      {R"(return pupil:get "hours" + 0.5 > 3)", "an exact number goes with"},
      {R"(return pupil:get "last_review_on" > 3)",
       "a date is compared with a date"},
      {R"(return pupil:get "last_review_on" + pupil:get "last_review_on" > 3)",
       "a whole number"},
      {R"(return 1 + pupil:get "last_review_on" > 3)", "write date + days"},
      {R"(return pupil:get "hours" / 0 > 3)", "divides by zero"},
      {R"(error "it is odd")", "it is odd"},
      {R"(return fact "hours")", "inside test and compute"},
      {R"(if fact "hours":above(1) then return true end return false)",
       "inside test and compute"},
      {R"(return all { true })", ""},
      {R"(local x = nil; return x.y)", ""}};
  for (const Wrong& wrong : table) {
    INFO(wrong.body);
    Trial trial(test_of(wrong.body));
    const auto answer = trial.ask(full(trial));
    REQUIRE(answer.fault);
    INFO(answer.fault->to_string());
    CHECK(answer.fault->id == "script.error");
    CHECK(answer.fault->place.line == 3);
    CHECK_THAT(answer.fault->place.file, Catch::EndsWith("trial/rule.lua"));
    CHECK_THAT(answer.fault->message, Catch::Contains(wrong.message));
  }
}

TEST_CASE(
    "A protected characteristic can be read where the manifest says why") {
  Trial trial(test_of(R"(return pupil:get "sex" == "F")"),
              R"("reads_protected": { "sex": "The Act asks for it." })");
  Record record = trial.record();
  trial.state_code(record, "sex", "F");
  CHECK(trial.ask(record).truth == Truth::met);
}

TEST_CASE("A function that gives back the wrong thing is a fault") {
  struct Wrong {
    std::string criterion;
    const char* expected;
  };
  const auto compute = [](const char* body, const char* kind,
                          const char* compared) {
    return std::string("(compute(\"v\", function(pupil) ") + body + " end" +
           (*kind ? std::string(", \"") + kind + "\"" : std::string()) +
           ")):" + compared;
  };
  const std::vector<Wrong> table = {
      {test_of("return 1"), "expected true or false"},
      {test_of("return \"true\""), "expected true or false"},
      {test_of("return nil"), "expected true or false"},
      {test_of("return {}"), "expected true or false"},
      {test_of(""), "expected true or false"},
      {compute("return true", "", "above(1)"), "expected an exact number"},
      {compute("return 0.5", "", "above(1)"), "expected an exact number"},
      {compute("return pupil:as_of()", "", "above(1)"),
       "expected an exact number"},
      {compute("return \"1\"", "money", "above(pounds \"1.00\")"),
       "expected an exact number"},
      {compute("return 1", "date", "before(as_of)"), "expected a date"},
      {compute("return 1", "text", "is(\"1\")"), "expected a text"},
      {compute("return 1", "truth", "is(true)"), "expected true or false"}};
  for (const Wrong& wrong : table) {
    INFO(wrong.criterion);
    Trial trial(wrong.criterion);
    const auto answer = trial.ask(full(trial));
    REQUIRE(answer.fault);
    CHECK(answer.fault->id == "plugins.vocabulary");
    CHECK_THAT(answer.fault->message, Catch::Contains(wrong.expected));
  }
}

TEST_CASE("compute gives each kind of value") {
  for (
      const char* criterion :
      {R"((compute("v", function(pupil) return 3 end)):is(3))",
       R"((compute("v", function(pupil) return pupil:get "hours" / 2 end, "number")):is(decimal "6.25"))",
       R"((compute("v", function(pupil) return pounds "12.50" end, "money")):is(pounds "12.50"))",
       R"((compute("v", function(pupil) return pupil:get "provision_cost" * 2 end, "money")):is(pounds "12001.00"))",
       R"((compute("v", function(pupil) return pupil:as_of() - 1 end, "date")):is(day_before(as_of)))",
       R"((compute("v", function(pupil) return pupil:get "name.given" .. "!" end, "text")):is "Robin!")",
       R"((compute("v", function(pupil) return pupil:get "consent.parent" end, "truth")):is(true))"}) {
    INFO(criterion);
    Trial trial(criterion);
    const auto answer = trial.ask(full(trial));
    INFO((answer.fault ? answer.fault->to_string() : std::string()));
    CHECK(answer.truth == Truth::met);
    const auto unknown = trial.ask(trial.record());
    if (!unknown.missing.empty()) CHECK(unknown.truth == Truth::unknown);
  }
}

TEST_CASE("Texts that functions gave back stay whole while others are asked") {
  Trial trial(
      R"(all {
    (compute("a", function(pupil) return pupil:get "name.given" .. " one, and a long text at that" end, "text")):is "Robin one, and a long text at that",
    (compute("b", function(pupil) return "two" .. " that is also rather a long text" end, "text")):is "two that is also rather a long text",
  })");
  const Record record = full(trial);
  for (int i = 0; i < 3; ++i) CHECK(trial.ask(record).truth == Truth::met);
}

TEST_CASE("A function reads the parameters in force") {
  Trial trial(test_of(
      R"(return pupil:get "provision_cost" > pupil:param "threshold")"));
  trial.give("threshold", Value::of(*Money::parse("6000.00")));
  const Record record = full(trial);
  auto answer = trial.ask(record);
  CHECK(answer.truth == Truth::met);
  CHECK(answer.without_unconfirmed == Truth::met);

  // What hangs on a figure that is not confirmed is not certain.
  trial.give("threshold", Value::of(*Money::parse("6000.00")), true);
  answer = trial.ask(record);
  CHECK(answer.truth == Truth::met);
  CHECK(answer.without_unconfirmed == Truth::unknown);
}

TEST_CASE("A function that does not read an unconfirmed figure stays certain") {
  Trial trial(test_of(R"(return pupil:get "consent.parent")"));
  trial.give("threshold", Value::of(*Money::parse("6000.00")), true);
  const auto answer = trial.ask(full(trial));
  CHECK(answer.truth == Truth::met);
  CHECK(answer.without_unconfirmed == Truth::met);
}

TEST_CASE(
    "A function that never ends is a fault, and the next pupil is answered") {
  Trial trial(test_of(R"(
      while pupil:get "consent.parent" do end
      return true)"));
  Record record = full(trial);
  auto answer = trial.ask(record);
  REQUIRE(answer.fault);
  CHECK(answer.fault->id == "script.instructions");
  trial.state(record, "consent.parent", Value::of(false));
  answer = trial.ask(record);
  CHECK_FALSE(answer.fault);
  CHECK(answer.truth == Truth::met);
}

TEST_CASE("Nothing is carried from one pupil, or one call, to the next") {
  // Counting calls in a variable is refused, and leaves no trace.
  Trial counting(test_of("n = n + 1 return n == 1"), "", "local n = 0\n");
  const Record record = full(counting);
  for (int i = 0; i < 3; ++i) {
    const auto answer = counting.ask(record);
    REQUIRE(answer.fault);
    CHECK_THAT(answer.fault->message, Catch::Contains("n"));
  }
  // A table that is made inside is fresh each time.
  Trial fresh(test_of("local t = {} t[#t + 1] = 1 return #t == 1"));
  for (int i = 0; i < 3; ++i) CHECK(fresh.ask(record).truth == Truth::met);
  // One that was made outside is read-only.
  Trial noting(test_of("seen[#seen + 1] = 1 return #seen == 1"), "",
               "local seen = {}\n");
  for (int i = 0; i < 2; ++i) CHECK(noting.ask(record).fault);
}

TEST_CASE("The answers are the same whatever the order of the pupils") {
  const std::string criterion = test_of(R"(
      if pupil:get "attendance.missed" == 5 then while true do end end
      if pupil:get "attendance.missed" == 6 then error "odd" end
      if pupil:get "attendance.missed" == 7 then seen[1] = true end
      local text = pupil:get("name.given", "nobody")
      return #text > pupil:get "attendance.missed")");
  Trial trial(criterion, "", "local seen = {}\n");
  std::vector<Record> pupils;
  for (int i = 0; i < 12; ++i) {
    Record record = trial.record();
    if (i % 4 != 3) {
      trial.state(record, "attendance.missed", Value::of(Number(i)));
    }
    if (i % 3 != 0) {
      trial.state(record, "name.given",
                  Value::text(i % 2 ? "Al" : "Bartholomew"));
    }
    pupils.push_back(std::move(record));
  }
  const auto words = [&](std::size_t i, Trial& asked) {
    const auto answer = asked.ask(pupils[i]);
    std::string said(name_of(answer.truth));
    for (const std::string& fact : answer.missing) said += " " + fact;
    if (answer.fault) said += " " + answer.fault->to_string();
    return said;
  };
  std::vector<std::string> first;
  for (std::size_t i = 0; i < pupils.size(); ++i) {
    first.push_back(words(i, trial));
  }
  for (std::size_t step : {5u, 7u, 11u}) {
    Trial again(criterion, "", "local seen = {}\n");
    for (std::size_t n = 0; n < pupils.size(); ++n) {
      const std::size_t i = (n * step + 3) % pupils.size();
      CHECK(words(i, again) == first[i]);
    }
  }
}

TEST_CASE("The functions of one rule are told apart") {
  Trial trial(R"(all {
    test("one", function(pupil) return pupil:get "hours" > 1 end),
    none { test("two", function(pupil) return pupil:get "hours" > 20 end) },
    (compute("three", function(pupil) return pupil:get "hours" * 2 end)):is(25),
  })");
  CHECK(trial.ask(full(trial)).truth == Truth::met);
}
