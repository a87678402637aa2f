#!/bin/sh
# Of sendcheck itself both must be found, or this test would see nothing; of the verifier, neither.
set -eu
verifier=$1
program=$2
holds_lua() { ldd "$1" | grep -q liblua; }
holds_rules() { nm -C "$1" | grep -q "sendcheck::Checker::"; }
holds_lua "$program" && holds_rules "$program" || { echo "the program is not what this test looks for" >&2; exit 1; }
! holds_lua "$verifier" || { echo "sendcheck-verify is linked with Lua" >&2; exit 1; }
! holds_rules "$verifier" || { echo "sendcheck-verify holds the engine of the rules" >&2; exit 1; }
