#!/usr/bin/env bash
# How long commands with nothing to do take, with the archive of classes (ADR 23) and without: start.sh [TIMES]
#
# Alternates, TIMES (5) times each; prints the medians of seconds on the clock and of a processor.
set -euo pipefail
cd "$(dirname "$0")/../.."
times=${1:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

affetto=(submit/affetto)
"${affetto[@]}" synth --out "$work/corpora" --speakers 2 --clips 8 > "$work/log" 2>&1
"${affetto[@]}" ingest --corpus tess="$work/corpora/tess" --warehouse "$work/warehouse" >> "$work/log" 2>&1
sweep=(sweep --warehouse "$work/warehouse" --sweep conf/sweep-recipe.conf)
"${affetto[@]}" "${sweep[@]}" >> "$work/log" 2>&1
java_home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.home = //p')
# The JDK's own, of its own classes: what a JVM takes if it is told nothing.
without=(--driver-java-options "-XX:SharedArchiveFile=$java_home/lib/server/classes.jsa" --)

TIMEFORMAT='%R %U'
run() { # run FILE WORD...
  local file=$1
  shift
  { time "$@" > "$work/log" 2>&1; } 2>> "$work/$file"
}
median() { cut -d' ' -f"$2" "$work/$1" | sort -n | sed -n "$(((times + 1) / 2))p"; }

for ((i = 0; i < times; i++)); do
  run list submit/affetto models list --store "$work"
  run list-without submit/affetto "${without[@]}" models list --store "$work"
  run sweep submit/affetto "${sweep[@]}"
  run sweep-without submit/affetto "${without[@]}" "${sweep[@]}"
done
for name in list list-without sweep sweep-without; do
  echo "$name: $(median $name 1) s, processor $(median $name 2) s"
done
