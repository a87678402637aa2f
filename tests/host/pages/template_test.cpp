// Templates: what is filled in stays a text.
#include "pages/template.hpp"

#include <catch2/catch.hpp>

using namespace sendcheck;
using namespace sendcheck::pages;

namespace {

Fields criterion(const std::string& text, std::vector<Fields> parts = {}) {
  Fields fields{{{"text", text},
                 {"group", ""},
                 {"exactly", ""},
                 {"source", ""},
                 {"unconfirmed", ""},
                 {"has_parts", parts.empty() ? "" : "yes"}},
                {}};
  fields.lists["parts"] = std::move(parts);
  return fields;
}

std::string page(const Fields& fields) {
  return filled("criterion.part.html", fields, Escaping::html);
}

}  // namespace

TEST_CASE("a text with marks of HTML comes out as letters") {
  const std::string out = page(criterion("<b onclick=\"x\">&'"));
  CHECK(out.find("<b") == std::string::npos);
  CHECK(out.find("&lt;b onclick=&quot;x&quot;&gt;&amp;&apos;") !=
        std::string::npos);
}

TEST_CASE("a text with marks of a template is not filled in again") {
  const std::string out =
      page(criterion("{{source}}{{{source}}}{{>part-foot}}{{#text}}"));
  CHECK(out.find("{{source}}{{{source}}}{{&gt;part-foot}}{{#text}}") !=
        std::string::npos);
}

TEST_CASE("criteria stand in each other as deep as they are") {
  const std::string out =
      page(criterion("a:", {criterion("b:", {criterion("c"), criterion("d")}),
                            criterion("e")}));
  std::size_t at = 0;
  for (const char* word :
       {"a:", "<ul>", "b:", "<ul>", "c", "d", "</ul>", "e", "</ul>"}) {
    INFO(word);
    at = out.find(word, at);
    REQUIRE(at != std::string::npos);
    ++at;
  }
  CHECK(out.find("b:", out.find("b:") + 1) == std::string::npos);
}

TEST_CASE("a field that has the name of a part is no part") {
  Fields fields = criterion("outer:", {criterion("inner")});
  fields.texts["criterion"] = "{{text}}";
  fields.texts["table"] = "{{text}}";
  CHECK(page(fields).find("inner") != std::string::npos);
}

TEST_CASE("control characters are replaced") {
  const std::string out =
      page(criterion(std::string("a\0b\x1b"
                                 "c\nd",
                                 7)));
  CHECK(out.find('\0') == std::string::npos);
  CHECK(out.find('\x1b') == std::string::npos);
  CHECK(out.find("c\nd") != std::string::npos);
}

TEST_CASE("a template that is not there is empty") {
  CHECK(template_text("nowhere.html").empty());
  CHECK(filled("nowhere.html", {}, Escaping::html).empty());
  CHECK_FALSE(template_text("style.css").empty());
}

TEST_CASE("a text in Markdown keeps its marks as letters") {
  Fields fields{{{"place", "*a* [b](c) <i> `d` # |"}, {"as_of", "today"}}, {}};
  const std::string out = filled("atrs.md", fields, Escaping::markdown);
  CHECK(out.find("\\*a\\* \\[b\\](c) &lt;i\\> \\`d\\` \\# \\|") !=
        std::string::npos);
  CHECK(out.find("\n\n\n") == std::string::npos);
}
