#!/usr/bin/env bash
# Runs the JMH benches: src/bench/jmh.sh [JMH's options and patterns]
#
#   src/bench/jmh.sh -f 1 -wi 5 -i 5 -prof gc            all of them, with allocations
#   src/bench/jmh.sh -f 1 -wi 5 -i 5 TransformBench      the transforms alone
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mvn -q -B -ntp -Pbench -Dspotless.check.skip test-compile
exec java -cp "target/test-classes:target/classes:$(cat target/bench-class-path)" \
  org.openjdk.jmh.Main -jvmArgs "-Xmx1g -XX:+UseSerialGC" "$@"
