#!/usr/bin/env bash
# Records what the usage rules would have recorded in the past, for a Prometheus that has scraped the exporter for weeks
# and gets the rules only now. Without it, usage alerts begin after four weeks.
#
#   bash alerts/record-the-past.sh DATA_DIR [URL] [DAYS]
#
# DATA_DIR is Prometheus' --storage.tsdb.path, which this user must be able to write; URL http://localhost:9090; DAYS 40.
# One rule after the other: a rule over the past sees only what is in the storage, and a Prometheus takes new blocks in
# within a minute. In all that is about half an hour. It may run before or after the rules are loaded, but only once.
set -euo pipefail
data=${1:?DATA_DIR is missing} url=${2:-http://localhost:9090} days=${3:-40}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Up to three hours ago: what is younger is not yet in a block, and is recorded by the rules themselves.
start=$(($(date +%s) - days * 86400)) end=$(($(date +%s) - 3 * 3600))

answer() { curl -fsS --data-urlencode "query=$1" --data-urlencode "time=$2" "$url/api/v1/query"; }

record() {
  local name=$1 file=$2
  promtool tsdb create-blocks-from rules --max-block-duration=168h --start="$start" --end="$end" --url="$url" \
    --output-dir="$work/blocks" "$file" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  if ! compgen -G "$work/blocks/*/meta.json" >/dev/null; then
    echo "$name: nothing to record" >&2
    return
  fi
  # The end of the oldest block: what is there then is of the block, and not of rules that are loaded already.
  local oldest
  oldest=$(sed -n 's/.*"maxTime": *\([0-9]*\)[0-9]\{3\}.*/\1/p' "$work"/blocks/*/meta.json | sort -n | head -n 1)
  # Prometheus runs as its own user: the blocks are to be as what is there.
  if [ "$(id -u)" = 0 ]; then chown -R --reference="$data" "$work/blocks"; fi
  mv "$work"/blocks/* "$data"/
  for _ in $(seq 60); do
    if answer "last_over_time($name[168h])" "$oldest" | grep -q '"result":\[{'; then
      echo "$name: recorded" >&2
      return
    fi
    sleep 3
  done
  echo "$name: Prometheus did not take the blocks in; is $data its folder?" >&2
  exit 1
}

# Every recording of the two files, in their order: each reads what those before it record. Rules that are one series under
# two labels stay together.
: >"$work/order"
for file in agentusage-thresholds agentusage-usage; do
  awk -v work="$work" '
    # Blank lines and comments between rules belong to none.
    /^      - (record|alert): / {
      out = ""
      if ($2 == "record:") {
        name = $3
        out = work "/" name ".yml"
        if (!(name in seen)) {
          seen[name] = 1
          print name >> (work "/order")
          print "groups:\n  - name: past\n    interval: 5m\n    rules:" > out
        }
      }
    }
    /^  - name: / { out = "" }
    out != "" { print >> out }
  ' "$here/$file.rules.yml"
done
# All thresholds in one: they read nothing.
{
  printf 'groups:\n  - name: past\n    interval: 5m\n    rules:\n'
  grep '^agentusage:threshold:' "$work/order" | while read -r name; do sed 1,4d "$work/$name.yml"; done
} >"$work/thresholds.yml"
record "$(grep -m1 '^agentusage:threshold:' "$work/order")" "$work/thresholds.yml"
grep -v '^agentusage:threshold:' "$work/order" | while read -r name; do record "$name" "$work/$name.yml"; done
