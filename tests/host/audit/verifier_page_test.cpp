// The page of an audit pack is a second verifier, in another language; it is held to the same packs as ours.
#include "audit/verifier_page.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "audit/verify.hpp"
#include "small_pack.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

// Reads the page's script and a pack; prints the verdict, then that of the pack with one bit flipped in every `step`-th byte of each file, where the page
// does not refuse it with the file's name. The known words are the third argument.
constexpr const char* harness = R"(
const fs = require('fs');
const [page, pack, known, step] = process.argv.slice(2);
if (!globalThis.crypto) globalThis.crypto = require('crypto').webcrypto;
const script = fs.readFileSync(page, 'utf8').split('<script>')[1].split('</script>')[0];
const {verifyPack, readKnown} = new Function(script + '; return {verifyPack, readKnown};')();
const files = new Map();
(function walk(folder, below) {
  for (const name of fs.readdirSync(folder)) {
    const path = folder + '/' + name;
    if (fs.statSync(path).isDirectory()) walk(path, below + name + '/');
    else files.set(below + name, new Uint8Array(fs.readFileSync(path)));
  }
})(pack, '');
(async () => {
  const told = await readKnown(known);
  console.log((await verifyPack(files, told)).verdict);
  if (step === '0') return;
  const ofKeys = ['keys/log.pub', 'manifest.txt'];
  let looked = 0;
  for (const [path, bytes] of files) {
    for (let i = 0; i < bytes.length; i += Number(step)) {
      const changed = Uint8Array.from(bytes);
      changed[i] ^= 1 << i % 8;
      const report = await verifyPack(new Map(files).set(path, changed), told);
      const named = ofKeys.includes(path) ? ofKeys.includes(report.file) : report.file === path;
      if (!report.broken || !named) console.log('NOT REFUSED: ' + path + ' byte ' + i + ': ' + report.verdict);
      ++looked;
    }
    const without = new Map(files);
    without.delete(path);
    if (!(await verifyPack(without, told)).broken) console.log('NOT MISSED: ' + path);
  }
  if (!(await verifyPack(new Map(files).set('more.txt', new Uint8Array(1)), told)).broken) console.log('STRAY NOT SEEN');
  console.log(looked > 300 ? 'looked' : 'too few: ' + looked);
})();
)";

bool has_node() {
  return std::system("node --version > /dev/null 2>&1") == 0;  // NOLINT
}

// What the page says of a pack.
std::string said(SmallStore& store, const std::string& pack,
                 const std::string& known, int step = 0) {
  const std::string page =
      store.scratch.write("page.html", std::string(verifier_page()));
  const std::string script = store.scratch.write("harness.js", harness);
  const std::string out = store.scratch.path("said.txt");
  const std::string command = "node '" + script + "' '" + page + "' '" + pack +
                              "' '" + known + "' " + std::to_string(step) +
                              " > '" + out + "' 2>&1";
  CHECK(std::system(command.c_str()) == 0);  // NOLINT
  return content_of(out);
}

}  // namespace

TEST_CASE("The page and the program say the same of a pack") {
  if (!has_node()) {
    WARN("skipped: node is not installed (Debian: nodejs)");
    return;
  }
  SmallStore store("page");
  const SigningKey witness = SigningKey::made(store.random);
  store.check("A886910000001", R"({"upn":"A886910000001"})");
  well(store.log->keep_cosigned(cosigned_note(
      well(store.log->checkpoint()), "example.org/county", witness, 7)));
  well(store.log->rotate_key());
  well(store.log->append({.kind = EntryKind::exported}));
  const std::string pack = small_pack(store);
  const std::string key = store.log->keys().public_key().text();
  const NoteKey county{"example.org/county", NoteKey::Kind::cosignature,
                       witness.public_key()};
  const Checkpoint head = well(read_pack(pack)).manifest.head.checkpoint;

  CHECK(said(store, pack, "").starts_with("Verified, but not anchored"));
  CHECK(said(store, pack, key).starts_with("Verified, but not anchored"));
  CHECK(said(store, pack, county.text())
            .starts_with("Verified: 5 entries, vouched for up to entry 2"));
  CHECK(said(store, pack, key + "\n" + printed(head))
            .starts_with("Verified: all 5 entries, vouched for to the last"));
  CHECK(said(store, pack, "4:0123456789abcdef").starts_with("BROKEN"));
  CHECK(said(store, pack, "9:0123456789abcdef").starts_with("BROKEN"));
  CHECK(said(store, pack, "deadbeef").starts_with("BROKEN: keys/log.pub"));
  CHECK(said(store, pack, "", 7) == said(store, pack, "") + "looked\n");
}

TEST_CASE("The page checks a log of several tiles") {
  if (!has_node()) {
    WARN("skipped: node is not installed (Debian: nodejs)");
    return;
  }
  SmallStore store("tiles");
  for (int batch = 0; batch < 6; ++batch) {
    auto many = well(store.log->begin());
    for (int i = 0; i < 100; ++i) {
      well(many.append({.kind = EntryKind::view}));
    }
    well(many.commit());
  }
  CHECK(said(store, small_pack(store), "")
            .starts_with("Verified, but not anchored: the 601 entries"));
}
