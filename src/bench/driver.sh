#!/usr/bin/env bash
# The driver's part of a large sweep, no sound read: src/bench/driver.sh [UTTERANCES [AUGMENTATIONS [THERE]]]
#
#   src/bench/driver.sh                  a million utterances, fifty augmentations, two of them there
#
# HEAP (default 1g) is the driver's and, since both are one process, its two executors'.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=src/bench/jvm.sh
source src/bench/jvm.sh

folder=$(mktemp -d target/driver-bench-XXXXXX)
trap 'rm -rf "$folder"' EXIT
# The later heap holds.
"${jvm[@]}" -Xmx"${HEAP:-1g}" affetto.job.DriverBench \
  "$PWD/$folder/w" "${1:-1000000}" "${2:-50}" "${3:-2}"
