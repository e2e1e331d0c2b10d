#!/usr/bin/env bash
# The driver's part of a large sweep, no sound read: src/bench/driver.sh [UTTERANCES [AUGMENTATIONS [THERE]]]
#
#   src/bench/driver.sh                  a million utterances, fifty augmentations, two of them there
#
# HEAP (default 1g) is the driver's and, since both are one process, its two executors'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mvn -q -B -ntp -Pbench -Dspotless.check.skip test-compile
folder=$(mktemp -d target/driver-bench-XXXXXX)
trap 'rm -rf "$folder"' EXIT
opens=()
for name in lang lang.invoke nio net util; do opens+=("--add-opens=java.base/java.$name=ALL-UNNAMED"); done
opens+=(--add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/sun.util.calendar=ALL-UNNAMED)
java -Xmx"${HEAP:-1g}" "${opens[@]}" \
  -cp "target/test-classes:target/classes:$(cat target/bench-class-path)" \
  affetto.job.DriverBench "$PWD/$folder/w" "${1:-1000000}" "${2:-50}" "${3:-2}"
