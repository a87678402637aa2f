#include "audit/note.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "crypto/encoding.hpp"
#include "support/small_log.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

const std::string school = "example.org/school";
const std::string authority = "example.org/authority";
const std::string text = "A line.\n\nAnd one more.\n";

std::string note_of_school() {
  return signed_note(text, school, key_named(school));
}

// The lines under the text.
std::string lines_of(const std::string& note) {
  return note.substr(note.rfind("\n\n") + 2);
}

// A line with any bytes in the place of id and signature.
std::string line_with(const std::string& name, const std::string& bytes) {
  return "\xE2\x80\x94 " + name + " " + base64(bytes) + "\n";
}

std::string id_bytes(const NoteKey& key) { return *from_hex(fingerprint(key)); }

struct Refusal {
  std::string fault;
  std::string bytes;
  int line = 0;
};

void check_refused(const std::string& id, const Refusal& refusal,
                   const std::vector<NoteKey>& known) {
  INFO(refusal.fault);
  const auto note = open_note(refusal.bytes, known);
  REQUIRE_FALSE(note);
  CHECK(note.error().id == id);
  CHECK(note.error().place.line == refusal.line);
}

}  // namespace

TEST_CASE("a note opens under the key that signed it") {
  const auto note = open_note(note_of_school(), {note_key(school)});
  REQUIRE(note);
  CHECK(note->text == text);
  CHECK(note->unknown == 0);
  REQUIRE(note->signatures.size() == 1);
  CHECK(note->signatures[0].key == note_key(school));
  CHECK_FALSE(note->signatures[0].timestamp.has_value());
}

TEST_CASE("a cosignature says when it was made") {
  const auto cosigned = cosigned_note(note_of_school(), authority,
                                      key_named(authority), 1'764'000'000);
  const NoteKey witness = note_key(authority, NoteKey::Kind::cosignature);
  const auto note = open_note(cosigned, {witness, note_key(school)});
  REQUIRE(note);
  REQUIRE(note->signatures.size() == 2);
  CHECK(note->signatures[0].key == note_key(school));
  CHECK(note->signatures[1].key == witness);
  CHECK(note->signatures[1].timestamp == 1'764'000'000u);
  // The log's own line stands as it was.
  CHECK(cosigned.starts_with(note_of_school()));
}

TEST_CASE("a cosignature is over two lines of its own and the text") {
  const std::string cosigned =
      cosigned_note(note_of_school(), authority, key_named(authority), 7);
  const std::string line =
      lines_of(cosigned).substr(lines_of(note_of_school()).size());
  const std::string bytes = *from_base64(
      line.substr(line.rfind(' ') + 1, line.size() - line.rfind(' ') - 2));
  REQUIRE(bytes.size() == 4 + 8 + 64);
  const NoteKey witness = note_key(authority, NoteKey::Kind::cosignature);
  CHECK(bytes.substr(0, 4) == id_bytes(witness));
  CHECK(bytes.substr(4, 8) == std::string("\0\0\0\0\0\0\0\7", 8));
  Signature signature{};
  std::copy(bytes.begin() + 12, bytes.end(), signature.begin());
  CHECK(signature_holds(witness.key, "cosignature/v1\ntime 7\n" + text,
                        signature));
}

TEST_CASE("the same bytes of key are two keys for two kinds of signature") {
  const NoteKey signer = note_key(school);
  const NoteKey witness = note_key(school, NoteKey::Kind::cosignature);
  CHECK(signer.id() != witness.id());
  CHECK(fingerprint(signer) != fingerprint(witness));
  const auto note = open_note(note_of_school(), {witness});
  REQUIRE_FALSE(note);
  CHECK(note.error().id == "note.unsigned");
}

TEST_CASE("one signer counts once however often it has signed") {
  const std::string line = lines_of(note_of_school());
  const auto twice = open_note(note_of_school() + line, {note_key(school)});
  REQUIRE(twice);
  CHECK(twice->signatures.size() == 1);

  const SigningKey key = key_named(authority);
  for (const bool later_first : {true, false}) {
    std::string note = note_of_school();
    note = cosigned_note(note, authority, key, later_first ? 20 : 10);
    note = cosigned_note(note, authority, key, later_first ? 10 : 20);
    const auto opened =
        open_note(note, {note_key(authority, NoteKey::Kind::cosignature)});
    REQUIRE(opened);
    REQUIRE(opened->signatures.size() == 1);
    CHECK(opened->signatures[0].timestamp == 20u);
    CHECK(opened->unknown == 1);
  }
}

TEST_CASE("signatures by others are counted and not looked at") {
  std::string note = note_of_school();
  const NoteKey key = note_key(school);
  note += line_with("example.org/stranger", "12345");
  // The name of a known key with another id, and the other way round.
  note += line_with(school, "0000" + std::string(64, 'x'));
  note += line_with("example.org/other", id_bytes(key) + std::string(64, 'x'));
  // A kind of signature that is not known here may be as long as it likes.
  note += line_with("example.org/later", std::string(2424, 'x'));
  const auto opened = open_note(note, {key});
  REQUIRE(opened);
  CHECK(opened->unknown == 4);
  CHECK(opened->signatures.size() == 1);
}

TEST_CASE("a hundred signatures are read and a hundred and one are too many") {
  std::string note = note_of_school();
  for (int i = 1; i < 100; ++i)
    note += line_with("a" + std::to_string(i), "12345");
  const auto opened = open_note(note, {note_key(school)});
  REQUIRE(opened);
  CHECK(opened->unknown == 99);
  check_refused("note.too_many",
                {"one more", note + line_with("b", "12345"), 5},
                {note_key(school)});
}

TEST_CASE("of two known keys that share name and id either may have signed") {
  // Found by trying: an id has but 32 bits.
  const auto one = SigningKey::from_seed("clash of key ids, by trying " +
                                         std::string("\x00\x00\x73\x3A", 4));
  const auto two = SigningKey::from_seed("clash of key ids, by trying " +
                                         std::string("\x00\x01\x29\x19", 4));
  REQUIRE(one);
  REQUIRE(two);
  const NoteKey first{school, NoteKey::Kind::ed25519, one->public_key()};
  const NoteKey second{school, NoteKey::Kind::ed25519, two->public_key()};
  REQUIRE(first.id() == second.id());
  REQUIRE(first.key != second.key);
  for (const SigningKey* key : {&*one, &*two}) {
    const auto note =
        open_note(signed_note(text, school, *key), {first, second});
    REQUIRE(note);
    CHECK(note->signatures[0].key.key == key->public_key());
  }
  // By the other one alone it is a bad signature, since it claims to be by it.
  check_refused("note.bad_signature",
                {"the other", signed_note(text, school, *one), 5}, {second});
}

TEST_CASE("a note that is not of the form is refused with the line") {
  const std::string good = note_of_school();
  const std::string line = lines_of(good);
  const std::string body = line.substr(0, line.size() - 1);
  std::string crlf;
  for (const char letter : good) {
    crlf += letter == '\n' ? "\r\n" : std::string(1, letter);
  }
  const std::string dash = "\xE2\x80\x94";
  const std::string encoded = body.substr(body.rfind(' ') + 1);
  const std::vector<Refusal> refusals = {
      {"nothing at all", "", 1},
      {"a text alone", "A line.\n", 2},
      {"a text and an empty line", "A line.\n\n", 3},
      {"no empty line before the signature", "A line.\n" + line, 3},
      {"a text that ends without a newline", "A line." + line, 2},
      {"no newline at the end", text + "\n" + body, 5},
      {"an empty line at the end", good + "\n", 7},
      {"a word after the signature", good + "Unexpected line.\n", 6},
      {"a space after the signature", text + "\n" + body + " \n", 5},
      {"line ends of Windows", crlf, 1},
      {"a carriage return in the signature", text + "\n" + body + "\r\n", 5},
      {"a tab in the text", "A\tline.\n\n" + line, 1},
      {"a nought byte in the text", std::string("A\0line.\n\n", 9) + line, 1},
      {"a text that is not UTF-8", "A line.\nA \xFFline.\n\n" + line, 2},
      {"a text in Latin-1", "Caf\xE9\n\n" + line, 1},
      {"a hyphen for the dash", text + "\n- " + body.substr(4) + "\n", 5},
      {"an en dash", text + "\n\xE2\x80\x93 " + body.substr(4) + "\n", 5},
      {"no space after the dash", text + "\n" + dash + body.substr(4) + "\n",
       5},
      {"two spaces after the dash",
       text + "\n" + dash + "  " + body.substr(4) + "\n", 5},
      {"a name and no signature", text + "\n" + dash + " " + school + "\n", 5},
      {"a signature and no name", text + "\n" + dash + "  " + encoded + "\n",
       5},
      {"a name with a space",
       text + "\n" + dash + " a school " + encoded + "\n", 5},
      {"a name with a plus", text + "\n" + dash + " a+school " + encoded + "\n",
       5},
      {"a name with a wide space",
       text + "\n" + dash + " a\xE3\x80\x80school " + encoded + "\n", 5},
      {"base64 without its padding",
       text + "\n" + body.substr(0, body.size() - 1) + "\n", 5},
      {"base64 with needless padding", text + "\n" + body + "====\n", 5},
      {"the alphabet of addresses", text + "\n" + dash + " a -_-_-_-_\n", 5},
      {"a sign outside base64", text + "\n" + dash + " a AAAA!AAA\n", 5},
      {"stray low bits in base64", text + "\n" + dash + " a AAAAAAF=\n", 5},
      {"an id without a signature", text + "\n" + line_with("a", "1234"), 5},
      {"half an id", text + "\n" + line_with("a", "12"), 5},
      {"an empty signature", text + "\n" + dash + " a \n", 5}};
  for (const Refusal& refusal : refusals) {
    check_refused("note.malformed", refusal, {note_key(school)});
  }
}

TEST_CASE("a bad signature of a known key fails the note whatever else holds") {
  const SigningKey key = key_named(school);
  const NoteKey signer = note_key(school);
  const NoteKey witness = note_key(authority, NoteKey::Kind::cosignature);
  const std::string good = note_of_school();
  const std::string id = id_bytes(signer);
  const Signature right = key.sign(text);
  const std::string bytes(right.begin(), right.end());
  const auto with = [&](const std::string& signature) {
    return text + "\n" + line_with(school, id + signature);
  };
  const auto cosigned = [&](const std::string& signature) {
    return good + line_with(authority, id_bytes(witness) + signature);
  };
  const SigningKey witness_key = key_named(authority);
  const auto stamped = [&](const std::string& timestamp,
                           const std::string& message) {
    const Signature made = witness_key.sign(message);
    return cosigned(timestamp + std::string(made.begin(), made.end()));
  };
  const std::string seven("\0\0\0\0\0\0\0\7", 8);
  REQUIRE(open_note(with(bytes), {signer}));
  REQUIRE(open_note(stamped(seven, "cosignature/v1\ntime 7\n" + text),
                    {signer, witness}));

  const std::vector<Refusal> refusals = {
      {"a bit in the signature", with(flipped(bytes, 20, 0)), 5},
      {"a byte too many", with(bytes + "x"), 5},
      {"a byte too few", with(bytes.substr(1)), 5},
      {"one byte", with("x"), 5},
      {"another text", "B" + good.substr(1), 5},
      {"a line more in the text", "A line.\n" + good, 6},
      {"a line less in the text", good.substr(8), 4},
      {"the signature of another key",
       text + "\n" +
           line_with(school,
                     id + std::string(reinterpret_cast<const char*>(
                                          key_named("x").sign(text).data()),
                                      64)),
       5},
      {"an empty line between two signatures", good + "\n" + lines_of(good), 7},
      {"a good one and a bad one after it",
       good + line_with(school, id + flipped(bytes, 0, 0)), 6},
      {"a bad one and a good one after it",
       with(flipped(bytes, 0, 0)) + lines_of(good), 5},
      {"a cosignature with nothing in it", cosigned("x"), 6},
      {"a cosignature without a time", cosigned(bytes), 6},
      {"a cosignature with a time and no signature", cosigned(seven), 6},
      {"a cosignature for another time",
       stamped(seven, "cosignature/v1\ntime 8\n" + text), 6},
      {"a cosignature over the text alone", stamped(seven, text), 6},
      {"a cosignature with a nought before the time",
       stamped(seven, "cosignature/v1\ntime 07\n" + text), 6},
      {"a cosignature of another version",
       stamped(seven, "cosignature/v2\ntime 7\n" + text), 6},
      {"a cosignature over half the text",
       stamped(seven, "cosignature/v1\ntime 7\nA line.\n"), 6},
      {"a time past the largest",
       stamped("\x80" + std::string(7, '\0'),
               "cosignature/v1\ntime 9223372036854775808\n" + text),
       6}};
  for (const Refusal& refusal : refusals) {
    check_refused("note.bad_signature", refusal, {signer, witness});
  }
}

TEST_CASE("a note that nobody known has signed is refused") {
  const std::string good = note_of_school();
  const NoteKey key = note_key(school);
  NoteKey renamed = key;
  renamed.name = "example.org/School";
  const std::vector<std::vector<NoteKey>> known = {
      {},
      {note_key(authority)},
      {renamed},
      {note_key(school, NoteKey::Kind::cosignature)}};
  for (const auto& keys : known) {
    check_refused("note.unsigned", {"not known", good, 5}, keys);
  }
  // An empty text is one, and so are empty lines in it.
  REQUIRE(open_note(signed_note("\n", school, key_named(school)), {key}));
}

TEST_CASE("one bit turned over anywhere in a note is noticed") {
  const std::string good = note_of_school();
  for (std::size_t byte = 0; byte < good.size(); ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      INFO("byte " << byte << ", bit " << bit);
      CHECK_FALSE(open_note(flipped(good, byte, bit), {note_key(school)}));
    }
  }
}

TEST_CASE("a key is written and read back") {
  for (const auto kind : {NoteKey::Kind::ed25519, NoteKey::Kind::cosignature}) {
    const NoteKey key = note_key("example.org/caf\xC3\xA9", kind);
    const auto back = NoteKey::parse(key.text());
    REQUIRE(back);
    CHECK(*back == key);
    CHECK(key.text().starts_with(key.name + "+" + fingerprint(key) + "+"));
    CHECK(fingerprint(key).size() == 8);
  }
}

TEST_CASE("a key that is not of the form is refused") {
  const NoteKey key = note_key(school);
  const std::string hash = fingerprint(key);
  const std::string rest = key.text().substr(school.size() + 10);
  std::string capitals = hash;
  for (char& letter : capitals)
    letter = static_cast<char>(std::toupper(letter));
  REQUIRE(capitals != hash);
  const std::string bytes(key.key.begin(), key.key.end());
  // With the hash that would be right for what stands there.
  const auto named = [&](const std::string& name) {
    return NoteKey{name, key.kind, key.key}.text();
  };
  REQUIRE(named(school) == key.text());
  const auto typed = [&](char type, const std::string& material) {
    const Digest digest =
        sha256_digest({school, "\n", std::string(1, type), material});
    return school + "+" + hex(bytes_of(digest).substr(0, 4)) + "+" +
           base64(type + material);
  };
  REQUIRE(NoteKey::parse(typed('\1', bytes)));
  REQUIRE(NoteKey::parse(typed('\4', bytes)));
  const std::vector<Refusal> refusals = {
      {"nothing", ""},
      {"a name alone", school},
      {"no key", school + "+" + hash},
      {"an empty key", school + "+" + hash + "+"},
      {"no hash", school + "++" + rest},
      {"no name", named("")},
      {"only signs", "++"},
      {"another name", "example.org/schooL+" + hash + "+" + rest},
      {"a name with a space", named("a school")},
      {"a name with a no-break space", named("a\xC2\xA0school")},
      {"a name with a plus", named("a+school")},
      {"a name that is not UTF-8", named("\xFF")},
      {"a name with a newline", named("a\nschool")},
      {"the hash in capitals", school + "+" + capitals + "+" + rest},
      {"a short hash", school + "+" + hash.substr(1) + "+" + rest},
      {"a long hash", school + "+0" + hash + "+" + rest},
      {"another hash", school + "+00000000+" + rest},
      {"the key without its last letter",
       key.text().substr(0, key.text().size() - 1)},
      {"a newline after it", key.text() + "\n"},
      {"a space after it", key.text() + " "},
      {"a space before it", " " + key.text()},
      {"two keys", key.text() + key.text()},
      {"a key of 31 bytes", typed('\1', bytes.substr(1))},
      {"a key of 33 bytes", typed('\1', bytes + "x")},
      {"no key but its type", typed('\1', "")},
      {"ECDSA", typed('\2', bytes)},
      {"a kind that is reserved", typed('\3', bytes)},
      {"a tree head of RFC 6962", typed('\5', bytes)},
      {"ML-DSA", typed('\6', bytes)},
      {"no kind", typed('\0', bytes)},
      {"a kind of its own", typed('\xFF', bytes)}};
  for (const Refusal& refusal : refusals) {
    INFO(refusal.fault);
    const auto parsed = NoteKey::parse(refusal.bytes);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().id == "note.key");
  }
}

TEST_CASE("one bit turned over anywhere in a key is noticed") {
  const std::string good = note_key(school).text();
  for (std::size_t byte = 0; byte < good.size(); ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      INFO("byte " << byte << ", bit " << bit);
      const auto parsed = NoteKey::parse(flipped(good, byte, bit));
      REQUIRE_FALSE(parsed);
      CHECK(parsed.error().id == "note.key");
    }
  }
}
