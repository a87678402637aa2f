#include "small_county.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "base/text.hpp"

namespace engine_of_tests {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string folder_of_body(const std::string& body) {
  const std::string digits(
      body.begin(), std::find_if_not(body.begin(), body.end(), is_digit));
  return digits.empty()       ? "national/" + body
         : digits.size() == 3 ? "authorities/" + body
                              : "schools/" + body;
}

Value value_of_text(const std::string& text, const FactSpec& spec,
                    const Catalogue& catalogue, TextArena& texts) {
  switch (spec.type) {
    case FactType::boolean:
      REQUIRE((text == "true" || text == "false"));
      return Value::of(text == "true");
    case FactType::integer:
    case FactType::decimal:
      return Value::of(Number::parse(text).value());
    case FactType::money:
      return Value::of(Money::parse(text).value());
    case FactType::date:
      return Value::of(Date::parse(text).value());
    case FactType::code: {
      const int code = catalogue.codes_of(spec).find(text);
      INFO(spec.path << " " << text);
      REQUIRE(code >= 0);
      return Value::code(code);
    }
    case FactType::text:
      return Value::text(texts.keep(text));
    case FactType::list:
      break;
  }
  FAIL("a list is stated entry by entry");
  return {};
}

}  // namespace

Date day(const std::string& text) { return Date::parse(text).value(); }

void add_plugin(Files& files, const PluginText& plugin) {
  files["plugins/" + plugin.id + "/plugin.json"] =
      R"({ "format": "sendcheck-plugin/1", "id": ")" + plugin.id +
      R"(", "version": "1.0.0", "api": 1, "title": "The )" + plugin.id +
      R"( rule", "kind": ")" + plugin.kind + R"(", "authority": ")" +
      plugin.authority + R"(", "parameters": )" + plugin.parameters + " }";
  files["plugins/" + plugin.id + "/rule.lua"] =
      plugin.before + "\nreturn rule { id = \"" + plugin.id +
      "\", title = \"The " + plugin.id + " rule\",\n" + plugin.rule + "\n}\n";
}

void add_edition(Files& files, const EditionText& edition) {
  const std::string end =
      edition.to.empty() ? "null, \"runs_on_because\": \"no end is printed\""
                         : "\"" + edition.to + "\"";
  const std::string doubt =
      edition.unconfirmed.empty()
          ? ""
          : ", \"status\": \"unconfirmed\", \"reason\": \"" +
                edition.unconfirmed + "\"";
  std::string la;
  if (is_digit(edition.body[0])) {
    const bool is_authority = !is_digit(edition.body[3]);
    if (is_authority) la = "\"la\": \"" + edition.body.substr(0, 3) + "\", ";
  }
  files["rules/" + folder_of_body(edition.body) + "/" + edition.from +
        "/edition.json"] =
      "{ \"format\": \"sendcheck-edition/1\", \"body\": \"" + edition.body +
      "\", \"title\": \"An edition\", " + la +
      "\"extends\": " + edition.extends + ", \"in_force\": { \"from\": \"" +
      edition.from + "\", \"to\": " + end + doubt +
      " }, \"approved\": { \"by\": \"the director\", \"on\": \"2025-03-12\" },"
      " \"sources\": { \"guide\": { \"title\": \"The guide\" } },"
      " \"rules\": " +
      edition.rules + " }";
}

std::string with_parameter(const std::string& name, const std::string& value,
                           const std::string& more) {
  return "{ \"trial\": { \"parameters\": { \"" + name +
         "\": { \"value\": " + value + ", \"source\": \"guide\", " +
         (more.find("status") == std::string::npos ? "\"status\": \"confirmed\""
                                                   : "") +
         (more.empty()                               ? ""
          : more.find("status") == std::string::npos ? ", " + more
                                                     : more) +
         " } } } }";
}

County::County(const std::string& name, const Files& files) {
  namespace fs = std::filesystem;
  const fs::path folder = fs::path(SENDCHECK_SCRATCH) / "engine" / name;
  fs::remove_all(folder);
  fs::create_directories(folder / "plugins");
  fs::create_directories(folder / "rules");
  std::ofstream(folder / "rules/bank-holidays.csv")
      << "date,name\n2026-01-01,New Year's Day\n2026-12-25,Christmas Day\n";
  for (const auto& [file, content] : files) {
    fs::create_directories((folder / file).parent_path());
    std::ofstream(folder / file, std::ios::binary) << content;
  }
  auto catalogue =
      read_catalogue(std::string(SENDCHECK_SOURCE) + "/rules/facts.json");
  REQUIRE(catalogue);
  catalogue_ = std::move(*catalogue);
  auto plugins = load_plugins((folder / "plugins").string(), catalogue_);
  REQUIRE(plugins);
  plugins_ = std::make_unique<Plugins>(std::move(*plugins));
  auto rulesets = RuleSets::load((folder / "rules").string(),
                                 plugins_->declared(), plugins_->broken_ids());
  REQUIRE(rulesets);
  rulesets_ = std::make_unique<RuleSets>(std::move(*rulesets));
  engine_ = std::make_unique<Engine>(catalogue_, *plugins_, *rulesets_);
}

Record County::pupil(const std::map<std::string, std::string>& facts) const {
  Record record = Record::empty(catalogue_);
  for (const auto& [path, value] : facts) state(record, path, value);
  return record;
}

void County::state(Record& record, const std::string& path,
                   const std::string& value) const {
  const int slot = catalogue_.scalar(path);
  INFO(path);
  REQUIRE(slot >= 0);
  record.scalars[at(slot)] = value_of_text(
      value, catalogue_.scalars()[at(slot)], catalogue_, record.texts);
}

void County::add_entry(Record& record, const std::string& list,
                       const std::map<std::string, std::string>& fields) const {
  const int slot = catalogue_.list(list);
  INFO(list);
  REQUIRE(slot >= 0);
  const FactSpec& spec = catalogue_.lists()[at(slot)];
  List& entries = record.lists[at(slot)];
  entries.stated = true;
  entries.width = static_cast<int>(spec.fields.size());
  for (const FactSpec& field : spec.fields) {
    const auto given = fields.find(field.path);
    entries.cells.push_back(
        given == fields.end()
            ? Value()
            : value_of_text(given->second, field, catalogue_, record.texts));
  }
  for (const auto& [name, value] : fields) REQUIRE(spec.field(name) >= 0);
}

std::vector<Decision> County::check(const Record& record,
                                    const std::string& as_of,
                                    const RuleSelection& wanted) const {
  const auto rules = engine_->select(wanted);
  REQUIRE(rules);
  Checker checker(*engine_, *rules, day(as_of), !wanted.ids.empty());
  std::vector<Decision> decisions = checker.decide(record);
  std::vector<Brief> briefs;
  checker.brief(record, briefs);
  REQUIRE(briefs.size() == decisions.size());
  for (std::size_t i = 0; i < briefs.size(); ++i) {
    CHECK((*rules)[at(briefs[i].rule)].id == decisions[i].rule);
    check_agreement(briefs[i], decisions[i]);
  }
  return decisions;
}

std::vector<Decision> County::all(const Record& record,
                                  const std::string& as_of) const {
  return check(record, as_of, {});
}

Decision County::ask(const Record& record, const std::string& as_of,
                     const std::string& rule) const {
  std::vector<Decision> decisions = check(record, as_of, {{rule}, ""});
  REQUIRE(decisions.size() == 1);
  CHECK(decisions[0].rule == rule);
  return std::move(decisions[0]);
}

bool County::lists(const Record& record, const std::string& rule) const {
  for (const Decision& decision : all(record)) {
    if (decision.rule == rule) return true;
  }
  return false;
}

County county_of(const std::string& name, const PluginText& plugin,
                 const EditionText& edition) {
  Files files;
  add_plugin(files, plugin);
  add_edition(files, edition);
  return County(name, files);
}

void check_agreement(const Brief& brief, const Decision& decision) {
  INFO(decision.rule << ": " << decision.summary);
  CHECK(name_of(brief.outcome) == name_of(decision.outcome));
  const std::optional<Money> amount =
      decision.amount ? decision.amount->value : std::nullopt;
  CHECK(brief.amount == amount);
  const std::optional<Date> due =
      decision.due ? std::optional(decision.due->date) : std::nullopt;
  CHECK(brief.due == due);
}

std::vector<std::string> missing_facts(const Decision& decision) {
  std::vector<std::string> facts;
  for (const MissingItem& item : decision.missing) facts.push_back(item.fact);
  return facts;
}

}  // namespace engine_of_tests
