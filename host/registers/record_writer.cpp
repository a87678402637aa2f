#include "registers/record_writer.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "json/writer.hpp"

namespace sendcheck {
namespace {

void write_value(json::Writer& json, const Value& value, const FactSpec& fact,
                 const Catalogue& catalogue) {
  switch (value.kind()) {
    case Value::Kind::boolean:
      json.boolean(value.boolean());
      return;
    case Value::Kind::number:
      json.number_text(to_text(value, fact, catalogue));
      return;
    case Value::Kind::unknown:
      json.null();
      return;
    default:
      json.string(to_text(value, fact, catalogue));
  }
}

void write_list(json::Writer& json, const List& list, const FactSpec& spec,
                const Catalogue& catalogue) {
  json.begin_array();
  for (int i = 0; i < list.size(); ++i) {
    const Value* cells = list.entry(i);
    json.begin_object();
    for (std::size_t f = 0; f < spec.fields.size(); ++f) {
      if (!cells[f].is_known()) continue;
      json.key(spec.fields[f].path);
      write_value(json, cells[f], spec.fields[f], catalogue);
    }
    json.end_object();
  }
  json.end_array();
}

// A stated fact and where it stands.
struct Stated {
  std::vector<std::string_view> path;  // "ehcp", "issued_on"
  FactRef fact;
};

class RecordWriter {
 public:
  RecordWriter(const Record& record, const Catalogue& catalogue,
               std::string& out)
      : record_(record), catalogue_(catalogue), json_(out) {}

  void write() {
    gather();
    write_group(0, stated_.size(), 0);
  }

 private:
  void gather() {
    const auto add = [&](bool is_list, std::size_t slot,
                         std::string_view path) {
      stated_.push_back({split(path, '.'), {is_list, static_cast<int>(slot)}});
    };
    for (std::size_t i = 0; i < record_.scalars.size(); ++i) {
      if (record_.scalars[i].is_known()) {
        add(false, i, catalogue_.scalars()[i].path);
      }
    }
    for (std::size_t i = 0; i < record_.lists.size(); ++i) {
      if (record_.lists[i].stated) add(true, i, catalogue_.lists()[i].path);
    }
    // What stands in one group stands together.
    std::stable_sort(
        stated_.begin(), stated_.end(),
        [](const Stated& a, const Stated& b) { return a.path < b.path; });
  }

  // The facts [first, end) share the first `depth` names of their paths.
  void write_group(std::size_t first, std::size_t end, std::size_t depth) {
    json_.begin_object();
    while (first < end) {
      const Stated& stated = stated_[first];
      std::size_t next = first + 1;
      json_.key(stated.path[depth]);
      if (stated.path.size() == depth + 1) {
        write_fact(stated.fact);
      } else {
        while (next < end && stated_[next].path.size() > depth + 1 &&
               stated_[next].path[depth] == stated.path[depth]) {
          ++next;
        }
        write_group(first, next, depth + 1);
      }
      first = next;
    }
    json_.end_object();
  }

  void write_fact(FactRef fact) {
    const auto slot = static_cast<std::size_t>(fact.slot);
    if (fact.is_list) {
      write_list(json_, record_.lists[slot], catalogue_.lists()[slot],
                 catalogue_);
    } else {
      write_value(json_, record_.scalars[slot], catalogue_.scalars()[slot],
                  catalogue_);
    }
  }

  const Record& record_;
  const Catalogue& catalogue_;
  json::Writer json_;
  std::vector<Stated> stated_;
};

}  // namespace

void append_record_json(const Record& record, const Catalogue& catalogue,
                        std::string& out) {
  RecordWriter(record, catalogue, out).write();
}

}  // namespace sendcheck
