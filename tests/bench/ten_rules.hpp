// The ten rules that are measured, and a project that holds no others: a rule that is left out must cost nothing, neither a decision of another authority's rule nor a word of
// an edition.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace sendcheck::bench {

// Those that the plain Lua host knows (plain_lua_rules.lua).
constexpr std::array<std::string_view, 10> ten_rules = {
    "disability-access-fund",
    "ehc-annual-review",
    "ehc-phase-transfer",
    "element-3-top-up",
    "herefordshire-high-needs-matrix",
    "jcq-approval-in-date",
    "jcq-extra-time-25",
    "kent-high-needs-funding",
    "persistent-absence",
    "pupil-premium"};

// Makes `folder` anew with "plugins", links to these rules' in `project`, and "rules", the editions of `project` with what they say of these rules. False: `error`
// says why.
bool lay_out_ten_rules(const std::string& project, const std::string& folder,
                       std::string& error);

}  // namespace sendcheck::bench
