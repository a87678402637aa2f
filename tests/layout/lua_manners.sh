#!/bin/sh
# The names that plugins/.luacheckrc knows are held to those of the program by tests/plugins/stubs_test.cpp.
set -eu
cd "$1/plugins"
if ! command -v luacheck > /dev/null; then
  echo "skipped: luacheck is not installed (Debian: lua-check)"
  exit 77
fi
luacheck --no-color --quiet .
