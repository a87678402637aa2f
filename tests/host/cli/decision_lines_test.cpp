#include "casework/decision_lines.hpp"

#include <catch2/catch.hpp>
#include <random>
#include <sstream>

#include "casework/decision_json.hpp"
#include "casework/expand_decisions.hpp"
#include "cli/check_output.hpp"
#include "support/decisions.hpp"
#include "support/random_records.hpp"
#include "support/scratch.hpp"

using namespace sendcheck;
using namespace sendcheck::cli;
using namespace sendcheck::test;

namespace {

std::shared_ptr<const RuleText> top_up_text() {
  RuleText text;
  text.rule = "top-up";
  text.title = "Top-up";
  text.kind = "funding";
  text.edition = "dfe/2026-04-01";
  text.parameters = full_decision().parameters;
  text.lines.resize(4);
  text.lines[0].label = "Top-up";
  text.lines[0].source = "N-1";
  text.lines[0].parts = {{1, false}};
  text.lines[1].kind = Reason::Kind::comparison;
  text.lines[1].label = "the cost is above 6000";
  text.lines[1].have = "not stated";
  text.lines[1].need = "more than 6000.00";
  text.lines[1].unconfirmed = "nobody has read it";
  text.lines[1].parts = {{2, true}};
  text.lines[2].kind = Reason::Kind::entry;
  text.lines[2].parts = {{3, false}};
  text.lines[3].kind = Reason::Kind::comparison;
  text.lines[3].label = "additional";
  text.lines[3].have = "not stated";
  text.lines[3].need = "yes";
  for (const char* words : {"provision_cost", "the cost", "Apply"}) {
    text.add_text(words);
  }
  return std::make_shared<RuleText>(text);
}

// full_decision() with an entry more, apart from what its text says.
FoundDecision top_up() {
  FoundDecision found;
  found.decision = full_decision();
  found.decision.reasons.reset();
  found.decision.parameters.clear();
  found.text = top_up_text();
  Found& said = found.found;
  const auto say = [&](const std::string& words) {
    said.words += words;
    return Found::Words{
        static_cast<std::uint32_t>(said.words.size() - words.size()),
        static_cast<std::uint32_t>(words.size())};
  };
  said.results = {Truth::met, Truth::unknown, Truth::not_met, Truth::not_met};
  said.notes = {{1, say("9450.00"), say("none"), {}},
                {3, say("no"), {}, say("yes (always)")}};
  said.blocks = {{0, {}, {}, 0, 0, 1, 2},
                 {2, say("lunch club"), say("additional yes"), 2, 1, 2, 2}};
  return found;
}

// What is written of pupils who are given, one after another.
class Lines {
 public:
  Lines() : output_(make_jsonl_output(out_, {})) {}

  void take(const CheckedPupil& pupil) {
    RenderedPupils rendered;
    output_->render_apart(pupil, rendered);
    output_->take_apart(rendered);
  }
  void take(const std::string& upn, const FoundDecision& found) {
    // As a checker's, texts live as long as the check.
    texts_.push_back(found.text);
    std::string written;
    output_->writer()->write(found, written);
    CheckedPupil pupil;
    pupil.upn = upn;
    pupil.written = {{0, found.decision.outcome, found.text.get(), written}};
    take(pupil);
  }
  std::string text() const { return out_.str(); }

 private:
  std::ostringstream out_;
  std::unique_ptr<CheckOutput> output_;
  std::vector<std::shared_ptr<const RuleText>> texts_;
};

std::string expanded(const std::string& lines) {
  DecisionExpander expander("lines");
  std::istringstream in(lines);
  std::string out;
  int number = 0;
  for (std::string line; std::getline(in, line);) {
    const auto added = expander.add(line, ++number, out);
    INFO((added ? std::string() : added.error().to_string()));
    REQUIRE(added.has_value());
  }
  return out;
}

}  // namespace

TEST_CASE("a rule's text stands once, before the first pupil who needs it") {
  Lines lines;
  lines.take("a", top_up());
  lines.take("b", top_up());
  CHECK(
      lines.text() ==
      "{\"rule_text\":1,\"rule\":\"top-up\",\"title\":\"Top-up\","
      "\"kind\":\"funding\",\"edition\":\"dfe/2026-04-01\",\"parameters\":{"
      "\"threshold\":{\"value\":\"6000.00\",\"origin\":\"dfe/2026-04-01\","
      "\"source\":\"guide\",\"unconfirmed\":true},\"most\":{\"value\":9.50,"
      "\"origin\":\"dfe/2026-04-01\",\"source\":null}},\"criteria\":["
      "{\"kind\":\"all\",\"label\":\"Top-up\",\"source\":\"N-1\","
      "\"children\":[1]},"
      "{\"kind\":\"comparison\",\"label\":\"the cost is above 6000\","
      "\"have\":\"not stated\",\"need\":\"more than 6000.00\","
      "\"unconfirmed\":\"nobody has read it\",\"children\":[{\"entries\":2}]},"
      "{\"kind\":\"entry\",\"children\":[3]},"
      "{\"kind\":\"comparison\",\"label\":\"additional\",\"have\":"
      "\"not stated\",\"need\":\"yes\"}],"
      "\"texts\":[\"provision_cost\",\"the cost\",\"Apply\"]}\n" +
          [] {
            const std::string decision =
                "\"name\":null,\"decisions\":[{\"rule\":\"top-up\","
                "\"text\":1,\"outcome\":\"refer\","
                "\"summary\":\"A person must decide.\","
                "\"refer_to\":\"the panel\",\"amount\":{\"value\":\"3450.00\","
                "\"period\":\"year\",\"status\":\"indicative\","
                "\"working\":[{\"label\":\"cost\",\"value\":\"9450.00\"},"
                "{\"label\":\"less\",\"value\":null}],"
                "\"from\":\"2026-04-01\",\"to\":null,"
                "\"note\":\"not confirmed\"},\"due\":{"
                "\"date\":\"2026-11-21\",\"state\":\"overdue\",\"days\":-1,"
                "\"basis\":\"law\","
                "\"working\":\"a year from the last review\"},"
                "\"missing\":[[\"judgements[question=x]\",\"Is it so?\","
                "\"judgement\",true]],\"steps\":[[\"change\",0,1,"
                "\"more than 6000\",\"\xC2\xA3"
                "250.00 more\"]],\"routes\":[[0]],"
                "\"actions\":[[2,\"the panel\",\"2026-12-15\"],"
                "[\"Wait\",\"\"]],\"reasons\":[\"mu\","
                "[[1,\"9450.00\",\"none\"]],[[2,\"lunch club\","
                "\"additional yes\",\"nn\","
                "[[3,\"no\",\"\",\"yes (always)\"]]]]]}]}\n";
            return "{\"upn\":\"a\"," + decision + "{\"upn\":\"b\"," + decision;
          }());
}

TEST_CASE("texts of the same words are one, whoever made them") {
  Lines lines;
  FoundDecision other = top_up();
  lines.take("a", top_up());
  lines.take("b", other);
  RuleText later = *other.text;
  later.edition = "dfe/2027-04-01";
  other.text = std::make_shared<RuleText>(later);
  lines.take("c", other);
  const std::string text = lines.text();
  CHECK(text.find("{\"rule_text\":2,") != std::string::npos);
  CHECK(text.find("{\"rule_text\":3,") == std::string::npos);
  CHECK(text.find("{\"rule_text\":2,") > text.find("{\"upn\":\"b\""));
  CHECK(text.find("{\"rule_text\":2,") < text.find("{\"upn\":\"c\""));
}

TEST_CASE("lines that are expanded are the decisions in full") {
  Lines lines;
  lines.take("K886999919002", top_up());
  FoundDecision whole;
  whole.decision = full_decision();
  lines.take("K886999919003", whole);
  CheckedPupil first = full_pupil(), second = full_pupil();
  first.name = second.name = "";
  second.upn = "K886999919003";
  first.decisions = {expand(top_up())};
  CHECK(first.decisions[0].reasons->children[0].children[0].label ==
        "lunch club");
  std::string in_full;
  append_pupil_json(first, in_full);
  in_full += '\n';
  append_pupil_json(second, in_full);
  in_full += '\n';
  CHECK(expanded(lines.text()) == in_full);
}

TEST_CASE("a pupil without a rule's text is written whole, with warnings") {
  CheckedPupil pupil;
  pupil.upn = "K886999919002";
  pupil.warnings = {finding()};
  FoundDecision whole;
  whole.decision.outcome = Outcome::not_in_force;
  std::string written;
  LineWriter().write(whole, written);
  pupil.written = {{0, Outcome::not_in_force, nullptr, written}};
  Lines lines;
  lines.take(pupil);
  const std::string text = lines.text();
  CHECK_THAT(text,
             Catch::Contains("\"warnings\":[{\"id\":\"register.type\","
                             "\"upn\":\"K886999919002\",\"fact\":\"nc_year\","
                             "\"found\":\"7\",\"expected\":\"a code, as text\","
                             "\"file\":\"r.json\","
                             "\"pointer\":\"/pupils/3/nc_year\",\"message\":"));
  CHECK(text.ends_with("}\n"));
  CHECK(text.find('\n') == text.size() - 1);
  CHECK(expanded(text) == text);
}

TEST_CASE("a rejected pupil's line holds what was found, and no decision") {
  CheckedPupil pupil = full_pupil();
  pupil.rejections = {finding()};
  Lines lines;
  lines.take(pupil);
  CHECK_THAT(lines.text(),
             Catch::StartsWith("{\"rejected\":{\"upn\":\"K886999919002\","
                               "\"name\":\"Robin Testwell\","
                               "\"findings\":[{\"id\":"));
  CHECK(lines.text().find("decisions") == std::string::npos);
  CHECK(expanded(lines.text()) == lines.text());
}

TEST_CASE(
    "of random pupils under the project's own rules, the lines hold all that "
    "the decisions in full do") {
  const auto workspace =
      Workspace::open(source_folder() + "/rules", source_folder() + "/plugins");
  REQUIRE(workspace.has_value());
  const Engine& engine = (*workspace)->engine();
  const auto rules = engine.select({});
  REQUIRE(rules.has_value());
  RandomRecords records((*workspace)->catalogue(), (*workspace)->plugins(), 7);
  std::map<Outcome, int> seen;
  for (const char* as_of : {"2026-11-22", "2025-10-01"}) {
    for (const bool named : {false, true}) {
      Checker checker(engine, *rules, *Date::parse(as_of), named, nullptr,
                      std::size_t{8} << 20);
      Checker in_full(engine, *rules, *Date::parse(as_of), named);
      std::ostringstream out;
      const auto output = make_jsonl_output(out, {});
      std::string wanted;
      for (int n = 0; n < 600; ++n) {
        const Record record = records.make();
        CheckedPupil pupil;
        pupil.upn = std::to_string(n);
        checker.write(record, *output->writer(), pupil.written);
        RenderedPupils rendered;
        output->render_apart(pupil, rendered);
        output->take_apart(rendered);
        pupil.decisions = in_full.decide(record);
        append_pupil_json(pupil, wanted);
        wanted += '\n';
        REQUIRE(pupil.written.size() == pupil.decisions.size());
        for (std::size_t i = 0; i < pupil.written.size(); ++i) {
          CHECK(pupil.written[i].outcome == pupil.decisions[i].outcome);
          ++seen[pupil.written[i].outcome];
        }
      }
      CHECK(expanded(out.str()) == wanted);
      CHECK(out.str().size() < wanted.size() / 3);
    }
  }
  for (Outcome outcome :
       {Outcome::met, Outcome::not_met, Outcome::needs_evidence, Outcome::refer,
        Outcome::not_applicable}) {
    INFO(name_of(outcome));
    CHECK(seen[outcome] > 100);
  }
}

TEST_CASE(
    "a decision that was kept is the one that would be made, whatever one fact "
    "more or less states") {
  const auto workspace =
      Workspace::open(source_folder() + "/rules", source_folder() + "/plugins");
  REQUIRE(workspace.has_value());
  const Engine& engine = (*workspace)->engine();
  const auto rules = engine.select({});
  REQUIRE(rules.has_value());
  const Date as_of = *Date::parse("2026-11-22");
  RandomRecords records((*workspace)->catalogue(), (*workspace)->plugins(), 11);
  std::mt19937 random(12);
  const auto one_of = [&](std::size_t size) { return random() % size; };
  const LineWriter writer;
  Checker asking(engine, *rules, as_of, false);
  // So little is kept that it is let go of again and again.
  Checker keeping(engine, *rules, as_of, false, nullptr, 200'000);
  const auto written = [&](Checker& checker, const Record& record) {
    std::vector<WrittenDecision> decisions;
    checker.write(record, writer, decisions);
    std::string all;
    for (const WrittenDecision& one : decisions) {
      all += (*rules)[static_cast<std::size_t>(one.rule)].id;
      all += name_of(one.outcome);
      all += one.text ? one.text->edition : "";
      all += one.written;
      all += '\n';
    }
    return all;
  };
  for (int n = 0; n < 60; ++n) {
    Record record = records.make();
    const Record other = records.make();
    written(keeping, record);
    for (int change = 0; change < 25; ++change) {
      INFO("record " << n << ", change " << change);
      // From that record to another, cell by cell; sometimes back to nothing.
      if (one_of(3) == 0) {
        const std::size_t i = one_of(record.lists.size());
        List& list = record.lists[i];
        if (one_of(2) == 0 || list.cells.empty()) {
          list.stated = other.lists[i].stated;
          list.width = other.lists[i].width;
          list.cells = other.lists[i].cells;
        } else {
          list.cells[one_of(list.cells.size())] = Value();
        }
      } else {
        const std::size_t i = one_of(record.scalars.size());
        record.scalars[i] = one_of(3) == 0 ? Value() : other.scalars[i];
      }
      const std::string kept = written(keeping, record);
      CHECK(kept == written(asking, record));
      CHECK(written(keeping, record) == kept);
    }
  }
}
