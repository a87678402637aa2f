#!/bin/sh
# axe.sh PROGRAM SOURCE FOLDER: makes a site and a record, and has axe look at each page. 77: cannot be looked at here.
set -eu
program=$1
source=$2
folder=$3
skip() {
  echo "not looked at: $1" >&2
  exit 77
}
command -v node > /dev/null && command -v npm > /dev/null || skip "there is no Node here"
for browser in chromium chromium-browser google-chrome; do
  SENDCHECK_BROWSER=$(command -v $browser) && break
done
[ -n "${SENDCHECK_BROWSER:-}" ] || skip "there is no Chromium here"
export SENDCHECK_BROWSER
mkdir -p "$folder"
cp "$source/tests/web/package.json" "$source/tests/web/axe.mjs" "$folder"
cd "$folder"
[ -d node_modules/axe-core ] && [ -d node_modules/playwright-core ] ||
  npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts ||
  skip "axe-core could not be installed"
"$program" rules doc --la 884 --as-of 2026-11-22 --rules "$source/rules" \
  --plugins "$source/plugins" --to site --atrs record.html
node axe.mjs record.html $(find site -name '*.html' | sort)
