#!/bin/sh
# Each third-party library stays in the layer that owns it (host/decisions/), so that it can come out again. A header in angle brackets is
# one of C++ (no slash, no ending), one of POSIX, or one of those below; whatever else appears is a new library, and needs its row here.
set -eu
cd "$1"
owner() {
  case $1 in
    boost/asio/* | boost/asio.hpp | boost/beast/* | boost/beast.hpp) echo web ;;
    boost/*) echo base ;;
    sodium.h | sodium/* | openssl/*) echo crypto ;;
    nlohmann/* | simdjson.h) echo json ;;
    lua5.3/*) echo script ;;
    sqlite3.h) echo store ;;
    zstd.h) echo audit ;;
    pugixml.hpp) echo registers ;;
    kainjow/*) echo pages ;;
    CLI/*) echo cli ;;
    *) echo nobody ;;
  esac
}
bad=0
seen=0
found=$(grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]' \
  --include='*.hpp' --include='*.cpp' host |
  sed -E 's/^([^:]+):([0-9]+):[^<"]*([<"])([^>"]+).*/\1 \2 \3 \4/')
while read -r file line bracket header; do
  seen=$((seen + 1))
  layer=${file#host/}
  layer=${layer%%/*}
  wanted=$(owner "$header")
  if [ "$wanted" = nobody ]; then
    case $bracket$header in
      '"'*) continue ;;  # of the project: the include roots see to it
      '<'fcntl.h | '<'unistd.h | '<'string.h | '<'sys/*.h | '<'poll.h | '<'pwd.h | '<'termios.h | '<'signal.h) continue ;;
      '<'*[./]*)
        echo "$file:$line: <$header> belongs to no layer: give it an owner in tests/layout/owned_headers.sh" >&2
        bad=1
        ;;
    esac
    continue
  fi
  if [ "$layer" != "$wanted" ]; then
    echo "$file:$line: <$header> is for host/$wanted only" >&2
    bad=1
  fi
done <<END
$found
END
[ "$seen" -gt 100 ] || { echo "only $seen includes were found under host/" >&2; exit 1; }
exit $bad
