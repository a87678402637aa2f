// rules doc: the site of an authority's rules, and the transparency record.
#include <catch2/catch.hpp>
#include <cmath>
#include <regex>
#include <set>

#include "html_reading.hpp"
#include "program.hpp"

using namespace sendcheck;
using namespace sendcheck::test;

namespace {

namespace fs = std::filesystem;

struct Site {
  explicit Site(const std::string& la) {
    const Ran ran =
        run(on_fixture_day({"rules", "doc", "--la", la, "--to", folder}));
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".html") continue;
      const std::string name =
          fs::relative(entry.path(), folder).generic_string();
      pages[name] = read_html(content_of(entry.path().string()));
    }
  }
  Scratch scratch;
  std::string folder = scratch.path("site");
  std::map<std::string, ReadHtml> pages;  // by name below the folder
};

std::vector<std::string> ids_of(const ReadHtml& page) {
  std::vector<std::string> ids;
  for (const Tag& tag : page.tags) {
    const auto id = tag.attributes.find("id");
    if (id != tag.attributes.end()) ids.push_back(id->second);
  }
  return ids;
}

std::map<std::string, std::string> files_in(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).generic_string()] =
          content_of(entry.path().string());
    }
  }
  return files;
}

// "6,000" and "6000.00" are one number.
std::set<std::string> numbers_in(const std::string& text) {
  static const std::regex number("[0-9][0-9,]*(\\.[0-9]+)?");
  std::set<std::string> numbers;
  for (std::sregex_iterator at(text.begin(), text.end(), number), end;
       at != end; ++at) {
    std::string plain;
    for (char c : at->str()) {
      if (c != ',') plain += c;
    }
    if (plain.find('.') != std::string::npos) {
      while (plain.ends_with('0')) plain.pop_back();
      if (plain.ends_with('.')) plain.pop_back();
    }
    plain.erase(0, std::min(plain.find_first_not_of('0'), plain.size() - 1));
    numbers.insert(plain);
  }
  return numbers;
}

// Of "2026-09-01", "02-15" and "0215": the day, the month and the year, as a reader sees them.
void add_dates(const std::string& text, std::set<std::string>& numbers) {
  static const std::regex parts("[0-9]+");
  for (std::sregex_iterator at(text.begin(), text.end(), parts), end; at != end;
       ++at) {
    const std::string digits = at->str();
    numbers.insert(std::to_string(std::stoll(digits.substr(0, 18))));
  }
}

double channel(int value) {
  const double c = value / 255.0;
  return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const std::string& colour) {
  const auto part = [&](std::size_t at) {
    return channel(std::stoi(colour.substr(at, 2), nullptr, 16));
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

std::set<std::string> colours(const std::string& css,
                              const std::string& property) {
  const std::regex rule("[;{ ]" + property + ": *(#[0-9a-f]{6})");
  std::set<std::string> found;
  for (std::sregex_iterator at(css.begin(), css.end(), rule), end; at != end;
       ++at) {
    found.insert((*at)[1]);
  }
  return found;
}

// What `rules list` says of each rule: a line, or two where the second is indented. Below them stands, after an empty line, what was left out.
std::vector<std::string> entries_of(const std::string& list) {
  std::vector<std::string> entries;
  const auto lines = lines_of(list);
  for (std::size_t i = 1; i < lines.size() && !lines[i].empty(); ++i) {
    if (lines[i].starts_with(' ') && !entries.empty()) {
      entries.back() += lines[i];
    } else {
      entries.push_back(lines[i]);
    }
  }
  return entries;
}

}  // namespace

TEST_CASE("the site of an authority has a page for every rule in force") {
  for (const char* la : {"886", "884"}) {
    INFO(la);
    const Site site(la);
    const Ran list = run(on_fixture_day({"rules", "list", "--la", la}));
    REQUIRE(list.status == 0);
    std::size_t in_force = 0;
    for (const std::string& entry : entries_of(list.out)) {
      const std::string rule = entry.substr(0, entry.find(' '));
      const bool is_out = times(entry, "not in force") > 0;
      INFO(entry);
      CHECK(site.pages.count("rules/" + rule + ".html") == (is_out ? 0U : 1U));
      if (!is_out) ++in_force;
    }
    CHECK(in_force > 30);
    CHECK(site.pages.size() == in_force + 2);
  }
}

TEST_CASE("every link of a site leads somewhere and every page is reached") {
  for (const char* la : {"886", "884"}) {
    const Site site(la);
    std::set<std::string> reached = {"index.html"};
    for (const auto& [name, page] : site.pages) {
      INFO(name);
      for (const Tag& tag : page.of("a")) {
        const std::string& href = tag.attributes.at("href");
        INFO(href);
        if (href.starts_with("http://") || href.starts_with("https://")) {
          continue;
        }
        const std::size_t mark = std::min(href.find('#'), href.size());
        std::string to = name;
        if (mark > 0) {
          to = (fs::path(name).parent_path() / href.substr(0, mark))
                   .lexically_normal()
                   .generic_string();
        }
        REQUIRE(site.pages.count(to) == 1);
        reached.insert(to);
        if (mark < href.size()) {
          const auto ids = ids_of(site.pages.at(to));
          CHECK(std::count(ids.begin(), ids.end(), href.substr(mark + 1)) == 1);
        }
      }
    }
    CHECK(reached.size() == site.pages.size());
  }
}

TEST_CASE("every page of a site is built for everybody and fetches nothing") {
  const Site site("884");
  std::set<std::string> titles;
  for (const auto& [name, page] : site.pages) {
    INFO(name);
    std::string faults;
    for (const std::string& fault : page.faults) faults += fault + "\n";
    INFO(faults);
    CHECK(page.faults.empty());
    REQUIRE(page.of("html").size() == 1);
    CHECK(page.of("html")[0].attributes.at("lang") == "en-GB");
    CHECK(page.of("title").size() == 1);
    CHECK(page.of("main").size() == 1);
    CHECK(page.of("header").size() == 1);
    CHECK(page.of("footer").size() == 1);
    CHECK(page.of("h1").size() == 1);
    const auto ids = ids_of(page);
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
    const Tag first_link = page.of("a").front();
    CHECK(first_link.attributes.at("href") == "#content");
    int level = 0;
    for (const Tag& tag : page.tags) {
      INFO(tag.name);
      CHECK(std::set<std::string>{"script", "img", "iframe", "object", "embed",
                                  "base", "form", "style"}
                .count(tag.name) == 0);
      if (tag.name == "link") {
        CHECK(tag.attributes.at("rel") == "stylesheet");
        CHECK(tag.attributes.at("href").ends_with("style.css"));
        CHECK(times(tag.attributes.at("href"), ":") == 0);
      }
      for (const auto& [attribute, value] : tag.attributes) {
        CHECK_FALSE(attribute.starts_with("on"));
        CHECK(attribute != "style");
        CHECK(attribute != "src");
      }
      if (tag.name.size() == 2 && tag.name[0] == 'h' && tag.name[1] >= '1' &&
          tag.name[1] <= '6') {
        const int here = tag.name[1] - '0';
        CHECK(here <= level + 1);
        level = here;
      }
      if (tag.name == "th") CHECK(tag.attributes.count("scope") == 1);
    }
    CHECK(page.of("table").size() == page.of("caption").size());
  }
  const std::string css = content_of(site.folder + "/style.css");
  CHECK(times(css, "url(") == 0);
  CHECK(times(css, "@import") == 0);
  CHECK(times(css, "http") == 0);
  CHECK(times(css, "@media print") == 1);
}

TEST_CASE("every colour of writing can be read on every ground of the style") {
  const Site site("886");
  const std::string css = content_of(site.folder + "/style.css");
  const auto writing = colours(css, "color");
  const auto grounds = colours(css, "background");
  CHECK(writing.size() >= 4);
  CHECK(grounds.size() >= 3);
  for (const std::string& text : writing) {
    for (const std::string& ground : grounds) {
      INFO(text << " on " << ground);
      const double a = luminance(text), b = luminance(ground);
      CHECK((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05) >= 4.5);
    }
  }
}

TEST_CASE("each number on a rule's page stands in its editions or its text") {
  std::set<std::string> known;
  for (const char* part : {"rules", "plugins"}) {
    for (const auto& [name, content] : files_in(source_folder() + "/" + part)) {
      if (part == std::string("rules") && name.ends_with(".md")) continue;
      if (name.ends_with("cases.json")) continue;
      const auto found = numbers_in(content);
      known.insert(found.begin(), found.end());
      add_dates(content, known);
    }
  }
  std::size_t looked_at = 0;
  for (const char* la : {"886", "884"}) {
    const Site site(la);
    for (const auto& [name, page] : site.pages) {
      if (!name.starts_with("rules/")) continue;
      INFO(name);
      const std::size_t end = page.text.find("Everything here leads to");
      REQUIRE(end != std::string::npos);
      for (const std::string& number : numbers_in(page.text.substr(0, end))) {
        INFO(number);
        CHECK(known.count(number) == 1);
        ++looked_at;
      }
    }
  }
  CHECK(looked_at > 500);
}

TEST_CASE("a rule's page says its values and who says so") {
  const Site site("884");
  const std::string& matrix =
      site.pages.at("rules/herefordshire-high-needs-matrix.html").text;
  for (const char* words :
       {"The High Needs Matrix",
        "\xC2\xA3"
        "753",
        "\xC2\xA3"
        "24,333",
        "10 points", "Herefordshire Council, teaching children",
        "Approved by sendcheck maintainers on 24 November 2026",
        "In force since 1 April 2025", "the Herefordshire Referral Panel",
        "What it does not look at",
        "The descriptors themselves are not in the program"}) {
    INFO(words);
    CHECK(times(matrix, words) >= 1);
  }
  const Site kent("886");
  const std::string& ended =
      kent.pages.at("rules/kent-high-needs-funding.html").text;
  CHECK(times(ended, "This scheme has ended.") == 1);
  CHECK(times(ended, "the school's Community of Schools") >= 1);
  CHECK(times(kent.pages.at("index.html").text, "Kent High Needs Funding") ==
        1);
}

TEST_CASE("sources that contradict each other are both on the page") {
  Scratch scratch;
  const std::string folder = scratch.path("site");
  REQUIRE(run(on_fixture_day({"rules", "doc", "--la", "936", "--to", folder}))
              .status == 0);
  const ReadHtml page =
      read_html(content_of(folder + "/rules/disability-access-fund.html"));
  CHECK(times(page.text, "The sources do not agree. Both readings:") >= 1);
  CHECK(times(page.text, "1,225: Surrey County Council") == 1);
  CHECK(times(page.text, "975: Devon County Council") == 1);
  CHECK(times(page.text, "Not confirmed:") >= 1);
}

TEST_CASE("what a plugin says is a text on the page and never a mark") {
  const Scratch scratch;
  const std::string rules = scratch.copy("rules");
  const std::string plugins = scratch.copy("plugins");
  const std::string nasty =
      "</title><script>alert(1)</script>{{title}}{{{title}}}{{>part-foot}}";
  for (const char* file : {"plugin.json", "rule.lua"}) {
    const std::string path =
        plugins + "/persistent-absence/" + std::string(file);
    const std::string content = content_of(path);
    REQUIRE(times(content, "\"Persistent absence\"") >= 1);
    scratch.write(
        "plugins/persistent-absence/" + std::string(file),
        replaced(content, "\"Persistent absence\"", "\"" + nasty + "\""));
  }
  const std::string folder = scratch.path("site");
  const std::string record = scratch.path("record.html");
  const Ran ran =
      run({"rules", "doc", "--la", "884", "--as-of", fixture_day, "--rules",
           rules, "--plugins", plugins, "--to", folder, "--atrs", record});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  for (const auto& [name, content] : files_in(folder)) {
    INFO(name);
    CHECK(times(content, "<script") == 0);
    if (name.ends_with(".html")) CHECK(read_html(content).faults.empty());
  }
  const ReadHtml page =
      read_html(content_of(folder + "/rules/persistent-absence.html"));
  CHECK(times(page.text, nasty) >= 2);
  CHECK(times(content_of(record), "<script") == 0);
  CHECK(read_html(content_of(record)).faults.empty());
}

TEST_CASE("the same rules make the same bytes") {
  const Site one("884"), two("884");
  CHECK(files_in(one.folder) == files_in(two.folder));
}

TEST_CASE("an earlier site is replaced as a whole") {
  const Site site("884");
  REQUIRE(
      fs::exists(site.folder + "/rules/herefordshire-high-needs-matrix.html"));
  const Ran again = run(on_fixture_day(
      {"rules", "doc", "--la", "886", "--to", site.folder + "/"}));
  INFO(again.err);
  CHECK(again.status == 0);
  CHECK_FALSE(
      fs::exists(site.folder + "/rules/herefordshire-high-needs-matrix.html"));
  CHECK(files_in(site.folder) == files_in(Site("886").folder));
  // Nothing else is left beside it.
  std::size_t beside = 0;
  for (const auto& entry : fs::directory_iterator(site.scratch.folder())) {
    (void)entry;
    ++beside;
  }
  CHECK(beside == 1);
}

TEST_CASE("a folder with anything of somebody else's is left alone") {
  const Site site("884");
  const auto refused = [&](const std::string& folder, const char* part) {
    const auto before = files_in(site.scratch.folder());
    const Ran ran =
        run(on_fixture_day({"rules", "doc", "--la", "884", "--to", folder}));
    INFO(ran.err);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK_THAT(ran.err, Catch::Contains("(doc.folder_in_use)"));
    CHECK_THAT(ran.err, Catch::Contains(part));
    CHECK(files_in(site.scratch.folder()) == before);
  };
  site.scratch.write("site/rules/notes.txt", "my own");
  refused(site.folder, "rules/notes.txt");
  site.scratch.write("thesis/chapter.txt", "my own");
  refused(site.scratch.path("thesis"), "chapter.txt");
  site.scratch.write("thesis/sendcheck-site.txt",
                     "some list\nfile chapter.txt\n");
  refused(site.scratch.path("thesis"), "chapter.txt");
  refused(site.scratch.write("a-file", "text"), "is a file");
}

TEST_CASE("an empty folder is taken and one in no folder is refused") {
  const Scratch scratch;
  fs::create_directories(scratch.path("empty"));
  CHECK(run(on_fixture_day(
                {"rules", "doc", "--la", "884", "--to", scratch.path("empty")}))
            .status == 0);
  const Ran nowhere = run(on_fixture_day(
      {"rules", "doc", "--la", "884", "--to", scratch.path("no/where")}));
  CHECK(nowhere.status == 5);
  CHECK_THAT(nowhere.err, Catch::Contains("(files.unwritable)"));
  CHECK_FALSE(fs::exists(scratch.path("no")));
}

TEST_CASE("an authority that nobody knows is refused with the nearest") {
  const Scratch scratch;
  const auto refused = [&](const std::string& la, const char* part) {
    INFO(la);
    const Ran ran = run(on_fixture_day(
        {"rules", "doc", "--la", la, "--to", scratch.path("site")}));
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, Catch::Contains("(doc.unknown_authority)"));
    CHECK_THAT(ran.err, Catch::Contains(part));
    CHECK_FALSE(fs::exists(scratch.path("site")));
  };
  refused("Herefordshire", "did you mean 884 (Herefordshire)?");
  refused("kent", "did you mean 886 (Kent)?");
  refused("<script>", "expected a code of three figures");
  CHECK(run(on_fixture_day({"rules", "doc", "--la", "884"})).status == 2);
  CHECK(run(on_fixture_day({"rules", "doc", "--to", scratch.path("site")}))
            .status == 2);
}

TEST_CASE("rules that do not load leave nothing written") {
  const Scratch scratch;
  const std::string rules = scratch.copy("rules");
  scratch.write("rules/national/dfe/2026-04-01/edition.json", "{");
  const Ran ran =
      run({"rules", "doc", "--la", "884", "--as-of", fixture_day, "--rules",
           rules, "--plugins", source_folder() + "/plugins", "--to",
           scratch.path("site"), "--atrs", scratch.path("record.md")});
  CHECK(ran.status == 4);
  CHECK_THAT(ran.err, Catch::Contains("(json.syntax)"));
  CHECK_THAT(ran.err, Catch::Contains("nothing was written"));
  CHECK_FALSE(fs::exists(scratch.path("site")));
  CHECK_FALSE(fs::exists(scratch.path("record.md")));
}

TEST_CASE(
    "the transparency record says what is true and leaves the rest blank") {
  const Scratch scratch;
  const std::string markdown = scratch.path("record.md");
  const std::string html = scratch.path("record.html");
  const Ran ran = run(on_fixture_day(
      {"rules", "doc", "--la", "884", "--atrs", markdown, "--atrs", html}));
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const std::string text = content_of(markdown);
  const ReadHtml page = read_html(content_of(html));
  CHECK(page.faults.empty());
  CHECK(page.of("h1").size() == 1);
  CHECK(page.of("h2").size() == 2);
  CHECK(page.of("h3").size() == 5);
  for (const char* heading :
       {"Owner and responsibility", "Description and rationale",
        "Decision-making process", "Tool specification and data",
        "Risks and impact assessments"}) {
    INFO(heading);
    CHECK(times(text, std::string("\n### ") + heading + "\n") == 1);
    CHECK(times(page.text, heading) == 1);
  }
  CHECK(times(text, "TO BE FILLED IN") > 10);
  CHECK(times(page.text, "To be filled in by Herefordshire") ==
        times(text, "**TO BE FILLED IN** by Herefordshire"));
  CHECK(times(page.text, "884-herefordshire/2025-04-01") >= 1);
  CHECK(times(page.text, "No rule reads a pupil's sex or ethnic group") == 1);
  const std::regex cases(
      "([0-9]+) worked cases of these rules.*: ([0-9]+) "
      "came out as they should");
  std::smatch found;
  REQUIRE(std::regex_search(text, found, cases));
  CHECK(found[1] == found[2]);
  CHECK(std::stoi(found[1]) > 100);
  const Ran wrong = run(on_fixture_day(
      {"rules", "doc", "--la", "884", "--atrs", scratch.path("record.docx")}));
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Catch::Contains("(doc.record_ending)"));
  CHECK_FALSE(fs::exists(scratch.path("record.docx")));
}
