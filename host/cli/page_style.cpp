#include "cli/page_style.hpp"

namespace sendcheck::cli {

std::string_view page_style() {
  static constexpr std::string_view style_sheet = R"css(
:root { color-scheme: light; }
body { font: 1rem/1.5 Arial, Helvetica, sans-serif; color: #0b0c0c; background: #fff; margin: 0 auto; max-width: 62rem; padding: 1rem; }
h1 { font-size: 1.9rem; line-height: 1.2; } h2 { font-size: 1.4rem; margin-top: 2.5rem; } h3 { font-size: 1.1rem; margin: 1.2rem 0 .3rem; }
a { color: #1a4f9c; } a:focus, summary:focus { outline: 3px solid #b35c00; outline-offset: 2px; }
.note { border-left: .4rem solid #1a4f9c; padding: .3rem 1rem; background: #f3f5f8; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid #b1b4b6; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; } td.number { white-space: nowrap; }
.tag { display: inline-block; padding: 0 .5rem; border: 2px solid currentColor; font-weight: bold; font-size: .9rem; white-space: nowrap; }
.met { color: #00582f; background: #e6f3ec; } .not_met { color: #4a1414; background: #fbecec; }
.needs_evidence { color: #5c3a00; background: #fff5e0; } .refer { color: #113f73; background: #e9f1fa; }
.not_applicable, .not_in_force { color: #444; background: #f3f2f1; } .error { color: #7a0000; background: #fff; }
section.pupil { border-top: 3px solid #0b0c0c; margin-top: 2rem; }
details { margin: .3rem 0; } summary { cursor: pointer; padding: .2rem 0; }
ul.reasons { list-style: none; padding-left: 1.1rem; margin: .2rem 0; } ul.reasons li { margin: .25rem 0; }
.found { color: #444; } footer { margin-top: 3rem; border-top: 1px solid #b1b4b6; font-size: .9rem; }
@media (max-width: 40rem) { table.decisions, table.decisions tbody, table.decisions tr, table.decisions td { display: block; } table.decisions thead { display: none; } }
@media print {
  body { font-size: 10pt; max-width: none; padding: 0; } nav { display: none; } a { color: inherit; text-decoration: none; }
  section.pupil { break-before: page; border: 0; } tr, li { break-inside: avoid; } .tag { background: none; }
}
)css";
  return style_sheet;
}

}  // namespace sendcheck::cli
