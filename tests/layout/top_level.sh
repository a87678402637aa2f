#!/bin/sh
# Build folders and logs (.gitignore) are not part of the project.
set -eu
cd "$1"
bad=0
for name in *; do
  case $name in
    CMakeLists.txt | host | plugins | rules | fixtures | tests | README.md | LICENSE) ;;
    sendcheck.db*) ;;  # of a check that was run here
    build*) [ -f "$name/CMakeCache.txt" ] || { echo "$name is no build folder" >&2; bad=1; } ;;
    *) echo "$name does not belong at the top level" >&2; bad=1 ;;
  esac
done
for name in CMakeLists.txt host plugins rules fixtures tests LICENSE; do
  [ -e "$name" ] || { echo "$name is missing" >&2; bad=1; }
done
exit $bad
