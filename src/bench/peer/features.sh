#!/usr/bin/env bash
# Affetto's features against librosa's, one thread each, on the same 200 WAV files.
#
#   src/bench/peer/features.sh [FOLDER]
#
# FOLDER holds WAV files at any depth; without it, synthetic speech is made (a third of it at 48 kHz,
# as RAVDESS is). Needs a JDK 17, Maven and Python 3; librosa comes from PYTHON (a Python that has
# it), or is installed into target/bench-python. Takes some five minutes. The last line is
# `ratio=R logmel=R`: how many times less processor time Affetto takes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

FILES=200
work=target/bench-features
mkdir -p "$work"

mvn -q -B -ntp -Pbench -Dspotless.check.skip test-compile
java=(java -Xmx1g -XX:+UseSerialGC -cp target/test-classes:target/classes)

if [[ -z "${PYTHON:-}" ]]; then
  PYTHON=target/bench-python/bin/python
  if [[ ! -x "$PYTHON" ]]; then
    python3 -m venv target/bench-python
    "$PYTHON" -m pip install -q --disable-pip-version-check \
      librosa==0.11.0 soundfile==0.14.0 soxr==1.1.0
  fi
fi

if [[ $# -gt 0 ]]; then
  folder=$1
else
  folder=$work/clips
  "${java[@]}" affetto.bench.MakeClips "$folder"
fi
find -L "$(realpath "$folder")" -type f -iname '*.wav' | LC_ALL=C sort > "$work/all"
count=$(wc -l < "$work/all")
if [[ "$count" -eq 0 ]]; then
  echo "features.sh: $folder holds no WAV file" >&2
  exit 2
fi
# As many as there are, up to FILES, spread evenly.
awk -v n="$count" -v k="$FILES" 'int(NR * k / n) > int((NR - 1) * k / n) || n <= k' \
  "$work/all" > "$work/files"

"$PYTHON" src/bench/peer/features.py "$work/files" "${java[@]}" affetto.bench.FeatureWorker
