// The page of --format html: it stands alone, is well formed, and nothing that a register says can break it.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

#include "html_reading.hpp"
#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

constexpr const char* nasty_register =
    R"({"format": "sendcheck-register/1",
  "school": {"name": "</title><script>alert(2)</script> & \"Sons'", "la": "886"},
  "pupils": [
    {"upn": "N886999916001",
     "name": {"given": "<script>alert(1)</script>&\"'", "family": "=1+1"},
     "nc_year": "7", "home_la": "886", "sen": {"status": "plan_final"},
     "ehcp": {"last_review_on": "2025-11-20", "issued_on": "2024-01-10"}},
    {"upn": "C886999916002", "name": {"given": "</section></table>"},
     "attendance": {"possible": "<b>"}},
    {"upn": "\"><img src=x onerror=alert(3)>", "name": {"given": "<!--"},
     "nc_year": "8", "home_la": "886"}
  ]})";

void well_formed(const ReadHtml& page) {
  std::string all;
  for (std::size_t i = 0; i < page.faults.size() && i < 8; ++i) {
    all += page.faults[i] + "\n";
  }
  INFO(all);
  CHECK(page.faults.empty());
}

void stands_alone(const ReadHtml& page) {
  for (const Tag& tag : page.tags) {
    INFO(tag.name);
    CHECK(std::set<std::string>{"script", "link", "img", "iframe", "object",
                                "embed", "base", "form"}
              .count(tag.name) == 0);
    for (const auto& [name, value] : tag.attributes) {
      INFO(name << "=" << value);
      CHECK_FALSE(name.starts_with("on"));
      CHECK(name != "style");
      CHECK(name != "src");
      if (name == "href") CHECK(value.starts_with("#"));
    }
  }
  CHECK(times(page.style, "url(") == 0);
  CHECK(times(page.style, "@import") == 0);
  CHECK(times(page.style, "http") == 0);
}

std::string browser() {
  for (const char* path :
       {"/usr/bin/chromium", "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome", "/usr/local/bin/chromium"}) {
    if (std::filesystem::exists(path)) return path;
  }
  return {};
}

}  // namespace

TEST_CASE("the page of each fixture is well formed and fetches nothing") {
  for (const std::string& path : fixture_registers()) {
    INFO(path);
    const Ran ran = run(check_words(path, "html"));
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    const ReadHtml page = read_html(ran.out);
    well_formed(page);
    stands_alone(page);
    CHECK(times(page.style, "@media print") == 1);
    REQUIRE(page.of("html").size() == 1);
    CHECK(page.of("html")[0].attributes.at("lang") == "en-GB");
    CHECK(page.of("title").size() == 1);
    CHECK(page.of("h1").size() == 1);
    CHECK(page.of("main").size() == 1);
  }
}

TEST_CASE("the reader of pages sees what is wrong with one") {
  const auto faults = [](const char* page) {
    return read_html(page).faults.size();
  };
  CHECK(faults("<!DOCTYPE html>\n<p class=\"a\">x &amp; y</p>") == 0);
  CHECK(faults("<p>x</p>") == 1);
  CHECK(faults("<!DOCTYPE html><p>") == 1);
  CHECK(faults("<!DOCTYPE html><p><b></p></b>") >= 1);
  CHECK(faults("<!DOCTYPE html><p>a & b</p>") == 1);
  CHECK(faults("<!DOCTYPE html><p>a < b</p>") >= 1);
  CHECK(faults("<!DOCTYPE html><p>a > b</p>") == 1);
  CHECK(faults("<!DOCTYPE html><p class=a>b</p>") >= 1);
  CHECK(faults("<!DOCTYPE html><p class=\"<\">b</p>") == 1);
}

TEST_CASE("every checked pupil has a section, and every link leads to one") {
  for (const std::string& path : fixture_registers()) {
    INFO(path);
    const Ran whole = run(check_words(path, "json"));
    const Json json(whole.out);
    const Ran ran = run(check_words(path, "html"));
    const ReadHtml page = read_html(ran.out);
    std::set<std::string> sections, expected;
    for (const Tag& tag : page.of("section")) {
      CHECK(sections.insert(tag.attributes.at("id")).second);
    }
    for (const auto& one : json.root().find("pupils")->items) {
      expected.insert("p-" + text(one, "upn"));
      CHECK(times(page.text, text(one, "name")) >= 1);
    }
    CHECK(sections == expected);
    for (const Tag& tag : page.of("a")) {
      CHECK(sections.count(tag.attributes.at("href").substr(1)) == 1);
    }
    for (const auto& one : json.root().find("rejected")->items) {
      CHECK(times(page.text, text(one, "name")) >= 1);
      CHECK(times(page.text, text(one.find("findings")->items[0], "message")) >=
            1);
    }
    for (const auto& one : json.root().find("warnings")->items) {
      CHECK(times(page.text, text(one, "message")) == 1);
    }
  }
}

TEST_CASE("every summary that is not about another pupil stands on the page") {
  const std::string& path = fixture_registers()[2];
  const Ran whole = run(check_words(path, "json"));
  const Json json(whole.out);
  const Ran ran = run(check_words(path, "html"));
  const ReadHtml page = read_html(ran.out);
  std::size_t looked_for = 0;
  for (const auto& one : json.root().find("pupils")->items) {
    for (const auto& decision : one.find("decisions")->items) {
      if (text(decision, "outcome") == "not_applicable") continue;
      ++looked_for;
      INFO(text(one, "upn") << " " << text(decision, "rule"));
      CHECK(times(page.text, text(decision, "summary")) >= 1);
    }
  }
  CHECK(looked_for > 100);
}

TEST_CASE("nothing that a register says is taken for markup") {
  const Scratch scratch;
  const std::string path = scratch.write("register.json", nasty_register);
  const Ran ran = run(check_words(path, "html"));
  CHECK(ran.status == 0);
  const ReadHtml page = read_html(ran.out);
  well_formed(page);
  stands_alone(page);
  CHECK(times(ran.out, "<script") == 0);
  CHECK(times(ran.out, "<img") == 0);
  CHECK(times(ran.out, "<!--") == 0);
  CHECK(times(page.text, "<script>alert(1)</script>&\"' =1+1") >= 1);
  CHECK(times(page.text, "</title><script>alert(2)</script> & \"Sons'") >= 1);
  CHECK(times(page.text, "</section></table>") >= 1);
}

TEST_CASE("a name in another form of output is left as it is") {
  const Scratch scratch;
  const std::string path = scratch.write("register.json", nasty_register);
  const Ran ran = run(check_words(path, "json"));
  const Json json(ran.out);
  const json::Value* one = pupil(json.root(), "N886999916001");
  REQUIRE(one != nullptr);
  CHECK(text(*one, "name") == "<script>alert(1)</script>&\"' =1+1");
}

TEST_CASE("a browser shows the page and prints it") {
  const std::string program = browser();
  if (program.empty()) {
    WARN("not looked at: no browser (chromium) is installed here");
    return;
  }
  const Scratch scratch;
  const std::string path = scratch.write("register.json", nasty_register);
  const std::string page = scratch.path("page.html");
  Around around;
  around.out_file = page;
  REQUIRE(run(check_words(path, "html"), around).status == 0);
  const std::string pdf = scratch.path("page.pdf");
  const std::string dom = scratch.path("dom.html");
  const std::string start =
      "HOME='" + scratch.folder() + "' timeout 90 " + program +
      " --headless --no-sandbox --disable-gpu --disable-dev-shm-usage "
      "--user-data-dir='" +
      scratch.path("profile") + "' ";
  const std::string at =
      " 'file://" + page + "' 2> '" + scratch.path("browser.txt") + "'";
  const int dumped =
      std::system((start + "--dump-dom" + at + " > '" + dom + "'").c_str());
  INFO(content_of(scratch.path("browser.txt")));
  if (dumped != 0) {
    WARN("not looked at: the browser does not start here");
    return;
  }
  const std::string seen = content_of(dom);
  CHECK(times(seen, "<script") == 0);
  CHECK(times(seen, "<img") == 0);
  CHECK(times(seen, "<section") == 2);
  CHECK(times(seen, "&lt;script&gt;alert(1)&lt;/script&gt;") >= 1);
  const int printed = std::system(
      (start + "--print-to-pdf='" + pdf + "'" + at + " > /dev/null").c_str());
  CHECK(printed == 0);
  CHECK(content_of(pdf).starts_with("%PDF-"));
  // The overview, and a page for each pupil.
  CHECK(times(content_of(pdf), "/Type /Page\n") +
            times(content_of(pdf), "/Type /Page/") +
            times(content_of(pdf), "/Type /Page ") >=
        3);
}
