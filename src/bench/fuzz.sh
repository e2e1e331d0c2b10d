#!/bin/bash
# Looks for inputs that break a reader of Affetto's, by Jazzer: fuzz.sh SECONDS [TARGET...]
#
# SECONDS are for each target; without targets, all of them (affetto.hostile.Targets), one after
# the other. What Jazzer finds lies in target/fuzz: TARGET with inputs that take ways of their own,
# TARGET.log, and crash-TARGET with those that broke a promise: those fail
# HostileProperties when they are put into src/test/resources/affetto/hostile/TARGET.
set -euo pipefail
cd "$(dirname "$0")/../.."
SECONDS_EACH=${1:?seconds for each target}
shift

nice -n 15 mvn -q -B -ntp -Pbench test-compile
OUT=target/fuzz
CLASSES="target/test-classes:target/classes:$(cat target/bench-class-path)"
JVM=(-Xmx1200m -Dorg.bytedeco.javacpp.platform.extension=-onednn -cp "$CLASSES")
mapfile -t ALL < <(java "${JVM[@]}" affetto.hostile.Fuzz "$OUT/seeds")
[ $# -gt 0 ] || set -- "${ALL[@]}"
for TARGET in "$@"; do
  mkdir -p "$OUT/$TARGET" "$OUT/crash-$TARGET"
  STATUS=0
  nice -n 15 java "${JVM[@]}" com.code_intelligence.jazzer.Jazzer \
    --target_class=affetto.hostile.Fuzz --target_args="$TARGET" \
    --instrumentation_includes='affetto.**' --custom_hook_includes='none.**' \
    --disabled_hooks='*' --keep_going=20 --reproducer_path="$OUT/crash-$TARGET" \
    -artifact_prefix="$OUT/crash-$TARGET/" -max_total_time="$SECONDS_EACH" -timeout=300 \
    -rss_limit_mb=0 -max_len=16384 -seed=2026 -use_value_profile=1 \
    "$OUT/$TARGET" "$OUT/seeds/$TARGET" >"$OUT/$TARGET.log" 2>&1 || STATUS=$?
  echo "$TARGET: $(find "$OUT/$TARGET" -type f | wc -l) inputs, $(find "$OUT/crash-$TARGET" -type f ! -name '*.java' | wc -l) broke a promise (exit $STATUS)"
done
