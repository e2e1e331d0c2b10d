#!/usr/bin/env bash
# Parameter averaging by both engines: two workers with a thread each against one, and what a round costs.
#
#   src/bench/averaging.sh [TURNS [FREQUENCY...]]
#
# TURNS: how often everything is run, 5 if not given. FREQUENCY: minibatches between two averagings, 20 if
# not given, as for `train`; several for a table. All in turns, on synthetic rows. `pair` is the ceiling:
# what two processes, each of one thread and for itself, make together on this machine. The last line is
# `recipe=R,R,R logmel=R,R,R`: rows per second of two workers over one, by the resident engine and by
# Deeplearning4j's, and the pair over one process, at the first frequency; each by its fastest turn, for
# what else runs on the machine only takes away.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# shellcheck source=src/bench/jvm.sh
source src/bench/jvm.sh

turns=${1:-5}
frequencies=("${@:2}")
((${#frequencies[@]})) || frequencies=(20)
export OMP_NUM_THREADS=1
# One processor for the JVM, so that each worker has one thread; Spark's tasks are still two.
worker=("${jvm[@]}" -XX:ActiveProcessorCount=1 affetto.bench.AveragingWorker 2)

log=target/averaging-bench.log
: > "$log"
coproc A { exec "${worker[@]}" 2>> "$log"; }
a_in=${A[1]} a_out=${A[0]}
{ coproc B { exec "${worker[@]}" 2>> "$log"; }; } 2> /dev/null
b_in=${B[1]} b_out=${B[0]}
read -r -u "$a_out" _
read -r -u "$b_out" _

declare -A rates # rows/s of every turn, by NETWORK ENGINE WORKERS FREQUENCY

keep() { # keep KEY ANSWER: prints an answer and keeps its rate
  local words
  read -r -a words <<< "$2"
  rates[$1]+="${words[1]} "
  printf '%-36s %s\n' "$1" "$2"
}

once() { # once NETWORK ENGINE WORKERS FREQUENCY STEPS, in process A
  local answer
  echo "$*" >&"$a_in"
  read -r -u "$a_out" answer
  keep "$1 $2 $3 $4" "$answer"
}

pair() { # pair NETWORK STEPS: both processes at once
  local one other
  echo "$1 local 1 1 $2" >&"$a_in"
  echo "$1 local 1 1 $2" >&"$b_in"
  read -r -u "$a_out" one
  read -r -u "$b_out" other
  keep "$1 pair 2 0" "rows/s $(awk '{ print $2 + $4 }' <<< "${one%% waiting*} ${other%% waiting*}")"
}

fastest() { # fastest KEY
  tr ' ' '\n' <<< "${rates[$1]}" | sort -n | tail -n 1
}

ratio() { # ratio KEY KEY
  awk -v a="$(fastest "$1")" -v b="$(fastest "$2")" 'BEGIN { printf "%.2f", a / b }'
}

for ((turn = 1; turn <= turns; turn++)); do
  for job in "recipe-cnn 40" "logmel-attention 40"; do
    network=${job% *} steps=${job#* }
    once "$network" local 1 1 "$steps"
    pair "$network" "$steps"
    for frequency in "${frequencies[@]}"; do
      for engine in resident dl4j; do
        once "$network" "$engine" 1 "$frequency" "$steps"
        once "$network" "$engine" 2 "$frequency" "$steps"
      done
    done
  done
done

line() { # line NETWORK
  local f=${frequencies[0]}
  echo "$(ratio "$1 resident 2 $f" "$1 resident 1 $f"),$(ratio "$1 dl4j 2 $f" "$1 dl4j 1 $f"),$(ratio "$1 pair 2 0" "$1 local 1 1")"
}
echo "recipe=$(line recipe-cnn) logmel=$(line logmel-attention)"
