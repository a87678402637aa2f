#!/bin/sh
# host/ERRORS.md explains each id under a heading "### `editions.overlap`". In the sources an id is a quoted "family.name", and only ids, file names
# and facts look like that; the families are those of the page's own headings and of the ids that the headers name.
set -eu
cd "$1"
page=host/ERRORS.md
explained=$(sed -nE 's/^### `([a-z_]+\.[a-z_]+)`$/\1/p' $page | sort)
twice=$(echo "$explained" | uniq -d)
[ -z "$twice" ] || { echo "explained twice in $page: $twice" >&2; exit 1; }

# Raised as Error{"family.name" or {"family.name", or handed to something that fails by it.
families='backup|calendar|cases|check|checkpoint|copy|crypto|csv|decide|decisions|diff|doc|editions|engine|entry|erase|export|facts|files|json|keys|lint|log|new|note|pack|payload|plugins|proof|proof_file|proposal|publish|register|replay|restore|retention|rules|sample|script|store|tiles|verify|witness'
# What only begins an id, to tell a family apart, is none; nor is what a comment mentions.
raised=$(grep -rhE "\"($families)\." --include='*.cpp' --include='*.hpp' host |
  sed -E 's/starts_with\("[^"]*"\)//g; s|//.*||' | grep -oE "\"($families)\.[a-z_]+\"" | tr -d '"' |
  grep -vE '\.(json|jsonl|csv|lua|md|html|txt)$|^proposal\.note$' | sort -u)
[ "$(echo "$raised" | wc -l)" -gt 80 ] || { echo "too few ids were found in host/" >&2; exit 1; }

# An id of a family that is not listed above would be overlooked: every first argument of an Error is looked at, whatever its family.
strange=$(grep -rhoE '(Error\{|unexpected\(\{|return \{)"[a-z_]+\.[a-z_]+"' --include='*.cpp' host |
  sed -E 's/.*"([^"]+)"/\1/' | grep -vE "^($families)\." | sort -u || true)
bad=0
for id in $strange; do
  echo "$id is of a family that tests/layout/error_ids.sh does not know" >&2
  bad=1
done

before=$(mktemp)
after=$(mktemp)
trap 'rm -f "$before" "$after"' EXIT
echo "$raised" > "$before"
echo "$explained" > "$after"
for id in $(comm -23 "$before" "$after"); do
  echo "$id is raised and not explained in $page" >&2
  bad=1
done
for id in $(comm -13 "$before" "$after"); do
  echo "$id is explained in $page and never raised" >&2
  bad=1
done
exit $bad
