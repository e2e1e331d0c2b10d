#!/usr/bin/env bash
# discover-gpus.sh: says which GPUs this machine has, as Spark's resource discovery wants it:
#
#   {"name": "gpu", "addresses": ["0", "1"]}
#
# For spark.worker.resource.gpu.discoveryScript (standalone) or
# spark.executor.resource.gpu.discoveryScript (YARN, Kubernetes). Addresses are nvidia-smi's indices.
# Whether a GPU is fit is for the executor to say, which knows what it is to run.
set -euo pipefail

if ! indices=$(nvidia-smi --query-gpu=index --format=csv,noheader); then
  printf 'discover-gpus.sh: nvidia-smi shows no GPU: %s\n' "${indices:-it cannot be run}" >&2
  exit 1
fi

addresses=
for index in $indices; do
  [[ $index =~ ^[0-9]+$ ]] || { printf 'discover-gpus.sh: not an index: %s\n' "$indices" >&2; exit 1; }
  addresses+="${addresses:+, }\"$index\""
done
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
