#!/usr/bin/env bash
# Affetto's training against PyTorch's on the same cores.
#
#   src/bench/peer/training.sh [THREADS]
#
# THREADS: as many as there are cores, if not given. Needs a JDK 17, Maven and Python 3; PyTorch comes
# from PYTHON (a Python that has it), or is installed into target/bench-torch. Takes some minutes. The
# last line is `recipe=R logmel=R stock=R`: rows per second of training, ours over PyTorch's for
# recipe-cnn and for logmel-attention, and the latter over Deeplearning4j's own layers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

mvn -q -B -ntp -Pbench -Dspotless.check.skip test-compile

if [[ -z "${PYTHON:-}" ]]; then
  PYTHON=target/bench-torch/bin/python
  if [[ ! -x "$PYTHON" ]]; then
    python3 -m venv target/bench-torch
    "$PYTHON" -m pip install -q --disable-pip-version-check torch numpy
  fi
fi

exec "$PYTHON" src/bench/peer/training.py "${1:-$(nproc)}" \
  env OMP_WAIT_POLICY=passive GOMP_SPINCOUNT=100000 java -Xmx2g \
  -Dorg.bytedeco.javacpp.platform.extension=-onednn \
  -Dorg.bytedeco.javacpp.maxbytes=4G -Dorg.bytedeco.javacpp.maxphysicalbytes=0 \
  -cp "target/test-classes:target/classes:$(cat target/bench-class-path)" \
  affetto.bench.TrainingWorker
