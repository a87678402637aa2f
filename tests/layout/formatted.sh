#!/bin/sh
set -eu
cd "$1"
if ! command -v clang-format > /dev/null; then
  echo "skipped: clang-format is not installed (Debian: clang-format)"
  exit 77
fi
find host tests -name '*.cpp' -o -name '*.hpp' | sort |
  xargs clang-format --dry-run -Werror
