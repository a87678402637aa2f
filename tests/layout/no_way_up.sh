#!/bin/sh
# "../" in an include would reach past the include roots, and so past the layers.
set -eu
cd "$1"
for folder in host tests; do [ -d "$folder" ]; done
if grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*["<]([^">]*/)?\.\./' \
    --include='*.hpp' --include='*.cpp' host tests; then
  echo "an include climbs with ../ : name the layer, \"layer/file.hpp\"" >&2
  exit 1
fi
