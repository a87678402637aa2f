#!/bin/sh
# What is written down must hold on every machine.
set -eu
cd "$1"
paths='(^|[^A-Za-z0-9_.~-])/(home|root|Users|work|tmp|mnt|media|data)/[A-Za-z0-9_.-]|[A-Z]:\\\\?Users'
set -- CMakeLists.txt LICENSE .gitignore .clang-format .clang-tidy host plugins rules fixtures tests
[ -f README.md ] && set -- "$@" README.md
if grep -rnIE "$paths" --exclude=no_machine_paths.sh "$@"; then
  echo "a path of one machine: use a place below the project, or one that is handed over" >&2
  exit 1
fi
