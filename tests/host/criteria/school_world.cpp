#include "school_world.hpp"

#include <catch2/catch.hpp>

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

FactSpec spec(std::string path, FactType type, std::string label,
              int codes = -1) {
  FactSpec made;
  made.path = std::move(path);
  made.type = type;
  made.label = std::move(label);
  made.codes = codes;
  return made;
}

FactSpec actionable(FactSpec made) {
  made.actionable = true;
  return made;
}

FactSpec from(FactSpec made, const char* minimum, const char* maximum = "") {
  made.minimum = Number::parse(minimum);
  made.maximum = Number::parse(maximum);
  return made;
}

FactSpec identifying(FactSpec made) {
  made.identifies = true;
  return made;
}

FactSpec list(std::string path, std::string label,
              std::vector<FactSpec> fields) {
  FactSpec made = spec(std::move(path), FactType::list, std::move(label));
  made.fields = std::move(fields);
  return made;
}

CodeList codes(std::string name, std::vector<CodeValue> values,
               bool ordered = false) {
  CodeList made;
  made.name = std::move(name);
  made.codes = std::move(values);
  made.ordered = ordered;
  return made;
}

Catalogue make() {
  Catalogue made;
  const auto add_codes = [&](CodeList of) {
    REQUIRE(made.add_codes(std::move(of)).has_value());
  };
  const auto add = [&](FactSpec of) {
    REQUIRE(made.add_fact(std::move(of)).has_value());
    return static_cast<int>(made.scalars().size()) - 1;
  };
  add_codes(codes("nc_year",
                  {{"R", "Reception"},
                   {"1", "Year 1"},
                   {"2", "Year 2"},
                   {"3", "Year 3"},
                   {"X", "no year group", false, true, false}},
                  true));
  add_codes(codes("sen_status", {{"none", "no special educational needs"},
                                 {"support", "SEN support"},
                                 {"plan_final", "EHC plan"}}));
  add_codes(codes("area", {{"reading_speed", "reading speed"},
                           {"writing_speed", "writing speed"},
                           {"working_memory", "working memory"}}));
  add_codes(codes("evidence_type", {{"form_8", "Form 8"},
                                    {"specialist_letter", "specialist letter"},
                                    {"dla_award", "DLA award letter"}}));
  using T = FactType;
  add(spec("date_of_birth", T::date, "date of birth"));
  add(spec("nc_year", T::code, "national curriculum year", 0));
  const int status = add(spec("sen.status", T::code, "SEN status", 1));
  add(actionable(spec("consent.parent", T::boolean, "parent's consent")));
  add(spec("care.looked_after", T::boolean, "looked-after status"));
  add(actionable(from(spec("provision_cost", T::money,
                           "annual cost of the additional provision"),
                      "0")));
  add(from(spec("hours", T::decimal, "number of funded hours a week"), "0",
           "168"));
  add(from(
      spec("attendance.possible", T::integer, "number of possible sessions"),
      "0"));
  add(from(spec("attendance.missed", T::integer, "number of sessions missed"),
           "0"));
  add(spec("points", T::decimal, "number of points"));
  add(spec("fund", T::text, "name of the fund"));
  FactSpec portage = from(
      spec("portage_weeks", T::integer, "number of weeks of Portage"), "0");
  portage.open = true;
  add(portage);
  const int requested =
      add(spec("requested_on", T::date, "date of the request"));
  FactSpec decided =
      spec("decided_on", T::date, "date of the authority's decision");
  decided.absence = Absence::not_yet;
  decided.after = requested;
  add(decided);
  FactSpec issued =
      spec("issued_on", T::date, "date on which the plan was made");
  issued.absence = Absence::not_yet;
  issued.after = requested;
  issued.implied_by = status;
  issued.implied_by_codes = {2};
  add(issued);

  add(list("assessments", "assessments",
           {identifying(spec("area", T::code, "area assessed", 2)),
            from(spec("score", T::integer, "standard score"), "40", "160"),
            spec("on", T::date, "date of the assessment")}));
  FactSpec evidence = list(
      "evidence", "evidence on file",
      {identifying(spec("type", T::code, "type of evidence", 3)),
       spec("on", T::date, "date of the evidence"),
       actionable(spec("signed", T::boolean, "signature on the evidence"))});
  evidence.open = evidence.evidence = evidence.actionable = true;
  add(evidence);
  FactSpec provision =
      list("provision", "provision",
           {identifying(spec("name", T::text, "name of the provision")),
            from(spec("cost", T::money, "annual cost of the provision"), "0"),
            spec("additional", T::boolean,
                 "answer to whether the provision is additional")});
  provision.actionable = true;
  add(provision);
  FactSpec awards = list("awards", "awards",
                         {spec("on", T::date, "date of the award"),
                          spec("amount", T::money, "amount of the award")});
  awards.absence = Absence::none;
  add(awards);
  FactSpec judgements = list("judgements", "judgements by named people",
                             {spec("question", T::text, "question judged"),
                              spec("answer", T::boolean, "answer"),
                              spec("on", T::date, "date of the judgement")});
  judgements.absence = Absence::none;
  add(judgements);
  return made;
}

Value value_of_literal(const Literal& literal, const FactSpec& of,
                       TextArena& texts) {
  if (const bool* truth = std::get_if<bool>(&literal)) return Value::of(*truth);
  if (const Number* plain = std::get_if<Number>(&literal)) {
    return Value::of(*plain);
  }
  if (const Money* money = std::get_if<Money>(&literal)) {
    return Value::of(*money);
  }
  if (const Date* date = std::get_if<Date>(&literal)) return Value::of(*date);
  const std::string& text = std::get<std::string>(literal);
  if (of.type != FactType::code) return Value::text(texts.keep(text));
  const int code = school_catalogue().codes_of(of).find(text);
  REQUIRE(code >= 0);
  return Value::code(code);
}

Value cell_of(const std::string& text, ParameterType type, TextArena& texts) {
  if (text.empty()) return {};
  switch (type) {
    case ParameterType::integer:
    case ParameterType::decimal:
      return Value::of(*Number::parse(text));
    case ParameterType::money:
      return Value::of(*Money::parse(text));
    case ParameterType::date:
      return Value::of(*Date::parse(text));
    default:
      return Value::text(texts.keep(text));
  }
}

}  // namespace

const Catalogue& school_catalogue() {
  static const Catalogue catalogue = make();
  return catalogue;
}

BankHolidays school_holidays() {
  auto holidays = BankHolidays::parse(
      "date,name\n2026-12-25,Christmas Day\n2026-12-28,Boxing Day\n"
      "2027-01-01,New Year's Day\n",
      "bank-holidays.csv");
  REQUIRE(holidays.has_value());
  return *holidays;
}

Literal amount(const char* text) { return *Money::parse(text); }
Literal day(const char* text) { return *Date::parse(text); }
Literal number(const char* text) { return *Number::parse(text); }

PupilRecord& PupilRecord::states(const std::string& path,
                                 const Literal& literal) {
  const int slot = school_catalogue().scalar(path);
  REQUIRE(slot >= 0);
  scalars[at(slot)] =
      value_of_literal(literal, school_catalogue().scalars()[at(slot)], *texts);
  return *this;
}

PupilRecord& PupilRecord::holds(
    const std::string& path,
    const std::vector<std::pair<std::string, Literal>>& fields) {
  const int slot = school_catalogue().list(path);
  REQUIRE(slot >= 0);
  const FactSpec& of = school_catalogue().lists()[at(slot)];
  List& entries = lists[at(slot)];
  entries.stated = true;
  const std::size_t first = entries.cells.size();
  entries.cells.resize(first + of.fields.size());
  for (const auto& [name, literal] : fields) {
    const int field = of.field(name);
    REQUIRE(field >= 0);
    entries.cells[first + at(field)] =
        value_of_literal(literal, of.fields[at(field)], *texts);
  }
  return *this;
}

PupilRecord& PupilRecord::holds_nothing_in(const std::string& path) {
  lists[at(school_catalogue().list(path))].stated = true;
  return *this;
}

EffectiveParameter& Given::scalar(std::string name, ParameterType type,
                                  const Literal& literal) {
  ParameterSpec made;
  made.label = "the " + name;
  made.name = std::move(name);
  made.type = type;
  specs.push_back(std::move(made));
  values.push_back(std::make_unique<EffectiveParameter>());
  FactSpec plain;
  values.back()->value.scalar = value_of_literal(literal, plain, texts);
  return *values.back();
}

EffectiveParameter& Given::list(std::string name, ParameterType type,
                                const std::vector<Literal>& literals) {
  EffectiveParameter& made = scalar(std::move(name), type, false);
  specs.back().is_list = made.value.is_list = true;
  made.value.scalar = Value();
  FactSpec plain;
  for (const Literal& literal : literals) {
    made.value.list.push_back(value_of_literal(literal, plain, texts));
  }
  return made;
}

EffectiveParameter& Given::table(
    std::string name, std::vector<ColumnSpec> columns,
    const std::vector<std::vector<std::string>>& rows) {
  EffectiveParameter& made =
      scalar(std::move(name), ParameterType::table, false);
  made.value.scalar = Value();
  specs.back().columns = columns;
  auto table = std::make_shared<Table>();
  for (const auto& row : rows) {
    std::vector<Value>& cells = table->rows.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) {
      cells.push_back(cell_of(row[c], columns[c].type, texts));
    }
  }
  table->columns = std::move(columns);
  made.value.table = std::move(table);
  return made;
}

EffectiveParameter& Given::decision(
    std::string name, std::shared_ptr<const DecisionTable> table) {
  EffectiveParameter& made =
      scalar(std::move(name), ParameterType::decision_table, false);
  made.value.scalar = Value();
  specs.back().decision = {table, &table->spec()};
  made.value.decision = std::move(table);
  return made;
}

Checked::Checked(const DraftBuilder& draft, PupilRecord pupil, Given given,
                 const char* as_of)
    : pupil_(std::move(pupil)),
      given_(std::move(given)),
      holidays_(school_holidays()) {
  record_.scalars = pupil_.scalars;
  record_.lists = pupil_.lists;
  auto compiled = compile(draft.rule, school_catalogue(), given_.specs);
  INFO((compiled ? std::string() : compiled.error().to_string()));
  REQUIRE(compiled.has_value());
  rule_ = std::move(*compiled);
  std::vector<const EffectiveParameter*> parameters;
  for (const auto& value : given_.values) parameters.push_back(value.get());
  binding_ = bind_parameters(rule_, school_catalogue(), parameters);
  evaluation_ =
      std::make_unique<Evaluation>(rule_, binding_, record_, school_catalogue(),
                                   holidays_, *Date::parse(as_of), nullptr);
  describer_ =
      std::make_unique<Describer>(rule_, school_catalogue(), &binding_);
}

Estimate Checked::left() {
  return evaluation_->estimate(
      rule_.tree.criteria[at(rule_.met_when)].values.front());
}

std::vector<std::string> Checked::missing_of_left() {
  Missing found;
  collect_missing_of_value(
      *evaluation_, *describer_,
      rule_.tree.criteria[at(rule_.met_when)].values.front(), found);
  std::vector<std::string> facts;
  for (const MissingItem& item : found.items) facts.push_back(item.fact);
  return facts;
}

std::string Checked::fault() {
  truth();
  return evaluation_->fault() ? evaluation_->fault()->id : std::string();
}

std::vector<std::string> Checked::missing() {
  Missing found;
  collect_missing(*evaluation_, *describer_, rule_.met_when, found);
  std::vector<std::string> names;
  for (const MissingItem& item : found.items) {
    names.push_back(std::string(name_of(item.kind)) + " " + item.fact);
  }
  return names;
}

std::vector<std::string> Checked::missing_labels() {
  Missing found;
  collect_missing(*evaluation_, *describer_, rule_.met_when, found);
  std::vector<std::string> labels;
  for (const MissingItem& item : found.items) labels.push_back(item.label);
  return labels;
}

std::vector<std::string> Checked::outside() {
  Missing found;
  collect_missing(*evaluation_, *describer_, rule_.met_when, found);
  return found.outside;
}

std::vector<std::string> Checked::routes() {
  std::vector<std::string> found;
  for (const Route& route :
       routes_to_met(*evaluation_, *describer_, {rule_.met_when}, 20)) {
    std::string words;
    for (const Step& step : route.steps) {
      if (!words.empty()) words += " + ";
      words += std::string(name_of(step.kind)) + " " + step.fact;
      if (!step.gap.empty()) words += " (" + step.gap + ")";
    }
    found.push_back(std::move(words));
  }
  return found;
}

Reason Checked::reasons() {
  return explain(*evaluation_, *describer_, rule_.met_when);
}

std::string Checked::words() { return describer_->criterion(rule_.met_when); }

}  // namespace sendcheck
