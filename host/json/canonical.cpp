#include "json/canonical.hpp"

#include <algorithm>
#include <vector>

#include "json/writer.hpp"

namespace sendcheck::json {
namespace {

void write(const Value& value, Writer& writer) {
  if (value.is(Type::array)) {
    writer.begin_array();
    for (const Value& item : value.items) write(item, writer);
    writer.end_array();
  } else if (value.is(Type::object)) {
    std::vector<const Member*> members;
    members.reserve(value.members.size());
    for (const Member& member : value.members) members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const Member* a, const Member* b) { return a->key < b->key; });
    writer.begin_object();
    for (const Member* member : members) {
      writer.key(member->key);
      write(member->value, writer);
    }
    writer.end_object();
  } else {
    writer.value(value);
  }
}

}  // namespace

std::string canonical(const Value& value) {
  std::string out;
  Writer writer(out);
  write(value, writer);
  return out;
}

}  // namespace sendcheck::json
