# To be sourced by affetto where there is no SPARK_HOME: runs the command in one JVM.
# shellcheck shell=bash disable=SC2154

# One JVM is driver and executors, and its compiler shares their cores. The last tier is for the loops
# that run millions of times, not for Spark's plans, which at the JVM's own thresholds (5000, 600,
# 15000) cost a command of half a minute four seconds of a core.
compiler_options=(
  -XX:Tier4InvocationThreshold=30000 -XX:Tier4MinInvocationThreshold=5000
  -XX:Tier4CompileThreshold=100000
)

jvm=("${environment[@]/#/-Dspark.executorEnv.}")
heap=${AFFETTO_HEAP:-}

of_file() { # of_file KEY=VALUE, from a properties file: of what is there already, the heap stays
  case $1 in
    spark.driver.memory=*) heap=${heap:-${1#*=}} ;;
    *) spark_property "$1" ;;
  esac
}

spark_property() { # spark_property KEY=VALUE, as --conf takes it
  [[ $1 == spark.*=* ]] || usage "--conf ${1%%=*}: wants spark.KEY=VALUE"
  case $1 in
    spark.driver.memory=*) heap=${1#*=} ;;
    spark.driver.extraJavaOptions=*) java_options "${1#*=}" ;;
    *) jvm+=("-D$1") ;;
  esac
}

java_options() { # java_options 'OPTION OPTION ...'
  local words
  read -r -a words <<< "$1"
  jvm+=(${words[@]+"${words[@]}"})
}

# translate OPTION VALUE: a spark-submit option for the embedded JVM.
translate() {
  case $1 in
    --master)
      [[ $2 == local || $2 == local\[* || $2 == spark://* ]] \
        || usage "--master $2: without SPARK_HOME only local[...] and spark://..."
      jvm+=("-Dspark.master=$2")
      ;;
    --name) jvm+=("-Dspark.app.name=$2") ;;
    --conf | -c) spark_property "$2" ;;
    --driver-memory) heap=$2 ;;
    --driver-java-options) java_options "$2" ;;
    --executor-memory) jvm+=("-Dspark.executor.memory=$2") ;;
    --executor-cores) jvm+=("-Dspark.executor.cores=$2") ;;
    --total-executor-cores) jvm+=("-Dspark.cores.max=$2") ;;
    --properties-file) ;; # was read before all others
    *) usage "$1 needs a spark-submit: set SPARK_HOME" ;;
  esac
}

# Wherever a properties file stands among the options, each of these is stronger.
translate_all() {
  local options=() i
  while (($#)); do
    case $1 in
      --*=*) options+=("${1%%=*}" "${1#*=}") ;;
      -*)
        (($# > 1)) || usage "$1 needs a value"
        options+=("$1" "$2")
        shift
        ;;
      *) usage "${1%%=*}: not an option of spark-submit (in front of --)" ;;
    esac
    shift
  done
  for ((i = 0; i < ${#options[@]}; i += 2)); do
    if [[ ${options[i]} == --properties-file ]]; then
      each_property "${options[i + 1]}" of_file
    fi
  done
  jvm+=(${chosen[@]+"${chosen[@]}"})
  for ((i = 0; i < ${#options[@]}; i += 2)); do
    translate "${options[i]}" "${options[i + 1]}"
  done
}

# What java reads of a file of arguments as these words: others may see arguments, which may be keys to
# a storage.
argument_file() {
  local word
  for word in "$@"; do
    word=${word//\\/\\\\}
    printf '"%s"\n' "${word//\"/\\\"}"
  done
}

run_embedded() {
  local classes=$target/classes libraries=$target/embedded-class-path stamp=$target/.embedded name
  translate_all ${spark_options[@]+"${spark_options[@]}"}
  if [[ ! -d $classes || ! -e $libraries ]] || stale "$stamp"; then
    build "$classes" -DskipTests process-classes
    touch "$stamp"
  fi
  local java=java
  if [[ -n ${JAVA_HOME:-} ]]; then java=$JAVA_HOME/bin/java; fi
  command -v "$java" > /dev/null \
    || { note "$java: no such program; JDK 17 is needed, on the PATH or in JAVA_HOME"; exit 3; }
  local command_of_java=(
    "$java" -Xmx"${heap:-2g}" -XX:+IgnoreUnrecognizedVMOptions -Djdk.reflect.useDirectMethodHandle=false
    "${tensor_options[@]}" "${compiler_options[@]}"
  )
  for name in "${opens[@]}"; do
    command_of_java+=("--add-opens=$name=ALL-UNNAMED")
  done
  local archive
  archive=$target/classes-$(key_of_archive "$java" "$libraries").jsa
  if [[ ! -e $archive ]]; then
    "$root/submit/class-archive" "$archive" "$classes" "${command_of_java[@]}" -cp "$(< "$libraries")"
  fi
  if [[ -s $archive ]]; then
    # Should it not fit after all, the JVM says so on standard output, unless told not to, and starts.
    command_of_java+=(-XX:SharedArchiveFile="$archive" '-Xlog:cds*=off')
  fi
  exec "${command_of_java[@]}" @<(argument_file ${jvm[@]+"${jvm[@]}"}) \
    -cp "$(< "$libraries"):$classes" affetto.cli.Main ${command[@]+"${command[@]}"}
}

# key_of_archive JAVA LIBRARIES: of what an archive of classes depends on.
key_of_archive() {
  local java key
  java=$(readlink -f "$(command -v "$1")")
  key=$({ echo "$java"; cat "$2" "${java%/bin/java}/release" 2> /dev/null; } | cksum) || true
  echo "${key%% *}"
}
