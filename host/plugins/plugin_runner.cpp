// What a pupil looks like from inside test and compute.
#include <set>

#include "base/files.hpp"
#include "base/text.hpp"
#include "plugins/plugin.hpp"
#include "plugins/vocabulary.hpp"

namespace sendcheck {
namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

Error in_file(Error error, const std::string& file) {
  if (error.place.file.empty()) error.place.file = file;
  return error;
}

// Raised by reading a fact that is absent: ends the function; its answer is unknown.
constexpr const char* absent_fact = "the fact is not stated";

}  // namespace

struct PluginRunner::Impl {
  const Plugin& plugin;
  const Catalogue& catalogue;
  script::State state;
  Vocabulary vocabulary;
  int pupil_type = -1;
  int entry_type = -1;

  // While a function runs.
  const Evaluation* evaluation = nullptr;
  std::vector<FactKey> missing;
  bool unknown = false;
  bool unconfirmed = false;  // a parameter was read that is

  bool is_loaded = false;

  Impl(const Plugin& p, const Catalogue& c)
      : plugin(p), catalogue(c), vocabulary(state, p.manifest) {
    for (const auto& [name, source] : plugin.modules) {
      state.add_module(name, source);
    }
    define_entry();
    define_pupil();
  }

  script::Value absent(FactKey fact) {
    missing.push_back(fact);
    unknown = true;
    throw script::Fault(absent_fact);
  }

  script::Value to_script(const Value& value, const FactSpec& spec) {
    switch (value.kind()) {
      case Value::Kind::boolean:
        return value.boolean();
      case Value::Kind::number:
        return vocabulary.of_number(value.number());
      case Value::Kind::money:
        return vocabulary.of_number(value.money().pounds());
      case Value::Kind::date:
        return vocabulary.of_date(value.date());
      case Value::Kind::code:
        return catalogue.codes_of(spec).codes[at(value.code())].code;
      case Value::Kind::text:
        return std::string(value.text());
      case Value::Kind::unknown:
        break;
    }
    return {};
  }

  static constexpr std::int64_t entry_stride = 1'000'000;

  void define_entry() {
    script::TypeSpec type;
    type.name = "an entry of a list";
    type.index = [this](script::Call& call) -> script::Value {
      const script::Object object = *call.argument(0).object();
      const std::string* name = call.argument(1).text();
      const int list = static_cast<int>(object.handle / entry_stride);
      const int entry = static_cast<int>(object.handle % entry_stride);
      const FactSpec& spec = catalogue.lists()[at(list)];
      const int field = name ? spec.field(*name) : -1;
      if (field < 0) {
        throw script::Fault("an entry of \"" + spec.path + "\" has no \"" +
                            (name ? *name : std::string("?")) + "\"");
      }
      if (!evaluation) throw script::Fault("the pupil is no longer at hand");
      const Estimate found = evaluation->estimate_of_field(list, entry, field);
      if (!found.is_exact()) return absent({list, entry, field});
      return to_script(found.value, spec.fields[at(field)]);
    };
    entry_type = state.define_type(std::move(type));
  }

  FactRef fact_at(script::Call& call, bool list) {
    const std::string* path = call.argument(1).text();
    if (!path) throw script::Fault("expected the path of a fact as a text");
    const auto ref = catalogue.find(*path);
    if (!ref || ref->is_list != list) {
      if (ref) {
        throw script::Fault("\"" + *path + "\" is " +
                            (list ? "a single fact: read it with pupil:get"
                                  : "a list: read it with pupil:list"));
      }
      const std::string near = catalogue.nearest_path(*path);
      throw script::Fault(
          "there is no fact \"" + *path + "\"" +
          (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
    }
    const FactSpec& spec = catalogue.spec(*ref);
    if (spec.is_protected &&
        !plugin.manifest.reads_protected.contains(spec.path)) {
      throw script::Fault("\"" + spec.path +
                          "\" is a protected characteristic; plugin.json must "
                          "say under reads_protected why reading it is lawful");
    }
    if (!evaluation) throw script::Fault("the pupil is no longer at hand");
    return *ref;
  }

  void define_pupil() {
    script::TypeSpec type;
    type.name = "the pupil";
    type.methods["get"] = [this](script::Call& call) -> script::Value {
      const FactRef ref = fact_at(call, false);
      const Estimate found = evaluation->estimate_of_scalar(ref.slot);
      if (found.is_exact()) {
        return to_script(found.value, catalogue.spec(ref));
      }
      if (call.argument(2).is_nil()) return absent({-1, -1, ref.slot});
      // More may come to an open fact; the default is for what is not stated.
      const Value& stated = evaluation->record().scalars[at(ref.slot)];
      return stated.is_known() ? to_script(stated, catalogue.spec(ref))
                               : call.argument(2);
    };
    type.methods["list"] = [this](script::Call& call) -> script::Value {
      const FactRef ref = fact_at(call, true);
      const List& list = evaluation->record().lists[at(ref.slot)];
      if (!list.stated && evaluation->may_hold_more(ref.slot)) {
        return absent({ref.slot, -1, -1});
      }
      call.charge(list.size());
      script::Table entries;
      for (int entry = 0; entry < list.size(); ++entry) {
        entries.items.emplace_back(
            script::Object{entry_type, ref.slot * entry_stride + entry});
      }
      return entries;
    };
    type.methods["as_of"] = [this](script::Call&) -> script::Value {
      if (!evaluation) throw script::Fault("the pupil is no longer at hand");
      return vocabulary.of_date(evaluation->as_of());
    };
    type.methods["param"] = [this](script::Call& call) -> script::Value {
      if (!evaluation) throw script::Fault("the pupil is no longer at hand");
      const std::string* name = call.argument(1).text();
      const auto& specs = evaluation->rule().parameters;
      for (std::size_t i = 0; name && i < specs.size(); ++i) {
        const EffectiveParameter* given = evaluation->binding().parameters[i];
        if (specs[i].name != *name || !given || given->value.is_list ||
            given->value.table) {
          continue;
        }
        unconfirmed = unconfirmed || given->unconfirmed;
        // Codes of parameters are texts, so that no list of codes is asked for.
        return to_script(given->value.scalar, FactSpec());
      }
      throw script::Fault("there is no single value \"" +
                          (name ? *name : std::string("?")) +
                          "\" among the parameters in force");
    };
    pupil_type = state.define_type(std::move(type));
  }

  std::optional<Estimate> to_estimate(const script::Value& value,
                                      Value::Kind kind) {
    if (kind == Value::Kind::boolean) {
      if (const bool* truth = value.boolean()) {
        return Estimate::exactly(Value::of(*truth));
      }
    } else if (kind == Value::Kind::date) {
      if (vocabulary.is_date(value)) {
        return Estimate::exactly(Value::of(Vocabulary::date(value)));
      }
    } else if (kind == Value::Kind::text) {
      if (const std::string* text = value.text()) {
        return Estimate::exactly(Value::text(*texts.insert(*text).first));
      }
    } else if (const std::int64_t* integer = value.integer()) {
      return Estimate::exactly(Value::of(Number(*integer)));
    } else if (const Number* exact = vocabulary.number(value)) {
      return Estimate::exactly(Value::of(*exact));
    }
    return std::nullopt;
  }

  // What the leaf is for decides what it must give.
  void read_answer(const Rule& rule, int function,
                   const Result<script::Value>& returned, Answer& answer) {
    Value::Kind kind = Value::Kind::boolean;
    for (const ValueNode& node : rule.tree.values) {
      if (node.op == ValueOp::compute && node.function == function) {
        kind = node.type.kind;
      }
    }
    if (unknown) {
      answer.missing = missing;
      answer.estimate =
          kind == Value::Kind::boolean || kind == Value::Kind::text
              ? Estimate::of(Estimate::State::unknown)
              : Estimate::unbounded();
      return;
    }
    if (!returned) {
      answer.fault = returned.error();
      return;
    }
    const auto estimate = to_estimate(*returned, kind);
    if (!estimate) {
      answer.fault =
          Error{"plugins.vocabulary",
                "a function gave back " + returned->in_words() + "; expected " +
                    (kind == Value::Kind::boolean ? "true or false"
                     : kind == Value::Kind::date  ? "a date"
                     : kind == Value::Kind::text  ? "a text"
                                                  : "an exact number")};
      return;
    }
    answer.estimate = *estimate;
  }

  std::set<std::string> texts;  // that were answers, which point here
};

PluginRunner::PluginRunner(const Plugin& plugin, const Catalogue& catalogue)
    : impl_(std::make_unique<Impl>(plugin, catalogue)) {}
PluginRunner::~PluginRunner() = default;
PluginRunner::PluginRunner(PluginRunner&&) noexcept = default;

FunctionRunner::Answer PluginRunner::run(int function,
                                         const Evaluation& evaluation) {
  Impl& impl = *impl_;
  Answer answer;
  const std::string file = join_path(impl.plugin.folder, "rule.lua");
  const auto broke = [&](const Error& error) {
    answer.fault = in_file(error, file);
    return answer;
  };
  if (!impl.is_loaded) {
    impl.vocabulary.start_over();
    auto loaded = impl.state.run(impl.plugin.source, file);
    if (!loaded) return broke(loaded.error());
    impl.is_loaded = true;
  }
  if (at(function) >= impl.vocabulary.functions().size()) {
    return broke({"plugins.vocabulary",
                  "rule.lua made fewer functions this time than when it was "
                  "loaded"});
  }
  impl.evaluation = &evaluation;
  impl.missing.clear();
  impl.unknown = false;
  impl.unconfirmed = false;
  impl.vocabulary.start_function();
  auto returned = impl.state.call(impl.vocabulary.functions()[at(function)],
                                  {script::Object{impl.pupil_type, 0}});
  impl.evaluation = nullptr;
  answer.unconfirmed = impl.unconfirmed;

  impl.read_answer(evaluation.rule(), function, returned, answer);
  impl.vocabulary.end_function();
  if (answer.fault) answer.fault = in_file(*answer.fault, file);
  return answer;
}

}  // namespace sendcheck
