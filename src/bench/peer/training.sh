#!/usr/bin/env bash
# Affetto's training against PyTorch's on the same cores.
#
#   src/bench/peer/training.sh [THREADS]
#
# THREADS: as many as there are cores, if not given. Needs a JDK 17, Maven and Python 3; PyTorch comes
# from PYTHON (a Python that has it), or is installed into target/bench-torch. Takes ten minutes. The
# last line is `recipe=R logmel=R stock=R`: rows per second of training, ours over PyTorch's for
# recipe-cnn and for logmel-attention, and the latter over Deeplearning4j's own layers. Ours is one
# network on all threads, or a worker of one thread for each, as `train` does by default, whichever is
# faster; the line before it has the first alone. PyTorch has the environment that this is called with:
# with MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=1073741824 the same
# settings of the allocator as ours.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."

# shellcheck source=src/bench/jvm.sh
source src/bench/jvm.sh

if [[ -z "${PYTHON:-}" ]]; then
  PYTHON=target/bench-torch/bin/python
  if [[ ! -x "$PYTHON" ]]; then
    python3 -m venv target/bench-torch
    "$PYTHON" -m pip install -q --disable-pip-version-check torch numpy
  fi
fi

# Ours as submit/affetto sets it, PyTorch's as it comes.
exec "$PYTHON" src/bench/peer/training.py "${1:-$(nproc)}" "${jvm[@]}"
