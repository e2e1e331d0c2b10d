# To be sourced by affetto where there is a SPARK_HOME: has its spark-submit run the command.
# shellcheck shell=bash disable=SC2154

# For spark-submit. A repeated --conf overwrites the first, and --conf overwrites files: what the
# user has for the JVMs' options is merged with ours. The last of several is the strongest: ours, then a
# file's, then what variables and other options say, then a --conf of the JVM's options.
passed=()
driver_java=
executor_java=
properties=
cluster=no
master=
waits=true
exit_folder=
attempts=
heap_of_executors=
overhead=
resized=no
driver_overhead=
file_driver_java=
file_executor_java=

inherit() { # inherit KEY=VALUE, from a properties file
  case $1 in
    spark.driver.extraJavaOptions=*) file_driver_java=${1#*=} ;;
    spark.executor.extraJavaOptions=*) file_executor_java=${1#*=} ;;
    spark.executor.memory=*) heap_of_executors=${heap_of_executors:-${1#*=}} ;;
    spark.executor.memoryOverhead*=*) overhead=${overhead:-${1#*=}} ;;
    spark.driver.memoryOverhead*=*) driver_overhead=${driver_overhead:-${1#*=}} ;;
    spark.submit.deployMode=cluster) cluster=yes ;;
    spark.master=*) master=${master:-${1#*=}} ;;
    spark.*.submi*.waitAppCompletion=false) waits=false ;;
    spark.affetto.exit.folder=*) exit_folder=${exit_folder:-${1#*=}} ;;
    spark.yarn.maxAppAttempts=*) attempts=${attempts:-${1#*=}} ;;
  esac
}

pass() { # pass OPTION VALUE
  case $1=$2 in
    --driver-java-options=*) driver_java=$2 ;;
    --conf=spark.driver.extraJavaOptions=*) driver_java=${2#*=} ;;
    --conf=spark.executor.extraJavaOptions=*) executor_java=${2#*=} ;;
    *)
      case $1=$2 in
        --executor-memory=*) heap_of_executors=$2 resized=yes ;;
        --conf=spark.executor.memory=*) heap_of_executors=${2#*=} resized=yes ;;
        --conf=spark.executor.memoryOverhead*) overhead=${2#*=} resized=yes ;;
        --conf=spark.driver.memoryOverhead*) driver_overhead=${2#*=} ;;
        --deploy-mode=cluster | --conf=spark.submit.deployMode=cluster) cluster=yes ;;
        --properties-file=*) properties=$2 ;;
        --master=*) master=$2 ;;
        --conf=spark.master=*) master=${2#*=} ;;
        --conf=spark.*.submi*.waitAppCompletion=false) waits=false ;;
        --conf=spark.affetto.exit.folder=*) exit_folder=${2#*=} ;;
        --conf=spark.yarn.maxAppAttempts=*) attempts=${2#*=} ;;
      esac
      passed+=("$1" "$2")
      ;;
  esac
}

pass_all() {
  while (($#)); do
    case $1 in
      -c | --conf | --driver-java-options | --deploy-mode | --properties-file | --executor-memory \
        | --master)
        (($# > 1)) || usage "$1 needs a value"
        pass "${1/#-c/--conf}" "$2"
        shift
        ;;
      --conf=* | --driver-java-options=* | --deploy-mode=* | --properties-file=* \
        | --executor-memory=* | --master=*)
        pass "${1%%=*}" "${1#*=}"
        ;;
      *) passed+=("$1") ;;
    esac
    shift
  done
}

mib() { # mib AMOUNT: one of Spark's amounts of memory in MiB; nothing where it is none
  local amount=${1,,}
  amount=${amount%b}
  case $amount in
    *[!0-9kmgt]* | *[kmgt]?* | [kmgt] | '') ;;
    *t) echo $((${amount%t} * 1024 * 1024)) ;;
    *g) echo $((${amount%g} * 1024)) ;;
    *k) echo $((${amount%k} / 1024)) ;;
    *) echo "${amount%m}" ;;
  esac
}

# What YARN or Kubernetes would kill an executor for, JavaCPP stops with a word about it, unless
# AFFETTO_PROCESS says otherwise.
process_limit() {
  local heap besides
  heap=$(mib "${heap_of_executors:-1g}")
  besides=$(mib "$overhead")
  if [[ -z ${AFFETTO_PROCESS:-} && -n $heap && -n $besides ]]; then
    echo "-Dorg.bytedeco.javacpp.maxphysicalbytes=$((heap + besides))m"
  fi
}

run_on_cluster() {
  local spark=$SPARK_HOME/bin/spark-submit conf=${SPARK_CONF_DIR:-$SPARK_HOME/conf} version jar
  [[ -x $spark ]] || { note "SPARK_HOME=$SPARK_HOME: no bin/spark-submit there"; exit 3; }
  version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$root/pom.xml")
  jar=${AFFETTO_JAR:-$target/affetto-$version-all.jar}
  pass_all ${spark_options[@]+"${spark_options[@]}"}
  if [[ -z $properties && -r $conf/spark-defaults.conf ]]; then
    properties=$conf/spark-defaults.conf
  fi
  if [[ -n $properties ]]; then
    each_property "$properties" inherit
  fi
  if [[ -z ${AFFETTO_JAR:-} ]] && { [[ ! -e $jar ]] || stale "$jar"; }; then
    build "$jar" -DskipTests package
    touch "$jar"
  fi
  # Tensors lie outside the heap, where YARN and Kubernetes count them.
  if [[ -z $overhead ]]; then
    overhead=1536m
    passed+=(--conf "spark.executor.memoryOverhead=$overhead")
  fi
  if [[ $cluster == yes && -z $driver_overhead ]]; then
    passed+=(--conf "spark.driver.memoryOverhead=1536m")
  fi
  if [[ -z $driver_java ]]; then
    driver_java="$file_driver_java ${chosen[*]-}"
  fi
  if [[ -z $executor_java ]]; then
    executor_java="$file_executor_java ${chosen[*]-}"
    # The file's limit is for the file's memory.
    if [[ $resized == yes ]]; then executor_java+=" $(process_limit)"; fi
  fi
  # The driver of a cluster lies elsewhere and has its own logging.
  if [[ $cluster == no && ! -e $conf/log4j2.properties ]]; then
    driver_java+=" -Dlog4j2.configurationFile=file://$root/src/main/resources/log4j2.properties"
  fi
  if [[ $cluster == yes && $master == spark://* ]]; then
    # Spark gives the driver of a standalone cluster none of what it needs from JDK 17.
    driver_java="$(add_opens) $driver_java"
  fi
  local submit=(
    "$spark"
    "${environment[@]/#/--conf=spark.executorEnv.}"
    ${passed[@]+"${passed[@]}"}
    --conf "spark.driver.extraJavaOptions=${tensor_options[*]} $driver_java"
    --conf "spark.executor.extraJavaOptions=${tensor_options[*]} $(process_limit) $executor_java"
  )
  if [[ $cluster == yes && $master == yarn ]]; then
    refuse_without_session
  fi
  if [[ $cluster == yes && $waits == true ]]; then
    in_cluster_mode
  else
    exec "${submit[@]}" --class affetto.cli.Main "$jar" ${command[@]+"${command[@]}"}
  fi
}

# YARN takes a driver that never began a Spark session for one that failed, whatever it did.
refuse_without_session() {
  case ${command[0]-} in
    models | synth | doctor | help | -* | '')
      usage "${command[0]:-no command}: begins no Spark session, which YARN takes for a failure in" \
        "cluster mode: --deploy-mode client"
      ;;
  esac
}

# spark-submit in cluster mode ends with 0 though the driver has failed (standalone), or with 1
# whatever its exit code was (YARN). What became of the driver it says in its log alone, and nowhere
# if a site's log4j2.properties hides that: so it logs as we say.
in_cluster_mode() { # with ${submit[@]} and $jar of run_on_cluster
  local log code=0 exit_file=
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  export SPARK_SUBMIT_OPTS="${SPARK_SUBMIT_OPTS:-} -Dlog4j2.configurationFile=\"file://$root/submit/log4j2-cluster-mode.properties\""
  case $master in
    spark://*)
      exit_file=${exit_folder:-file://$target/exit-codes}/$(date +%Y%m%d-%H%M%S)-$$-$RANDOM
      [[ -n $exit_folder ]] || mkdir -p "$target/exit-codes"
      submit+=(
        --conf spark.standalone.submit.waitAppCompletion=true
        --conf spark.master.rest.enabled=false
        --conf "spark.affetto.exit.file=$exit_file"
      )
      ;;
    yarn)
      # A driver that has failed would be started once more, from the beginning.
      [[ -n $attempts ]] || submit+=(--conf spark.yarn.maxAppAttempts=1)
      ;;
  esac
  set +e
  {
    "${submit[@]}" --class affetto.cli.Main "$jar" ${command[@]+"${command[@]}"} 2>&1 >&3 \
      | tee "$log" >&2
    code=${PIPESTATUS[0]}
  } 3>&1
  set -e
  case $master in
    spark://*) code_of_standalone "$log" "$code" "$exit_file" ;;
    yarn) code_of "$log" "$code" "$code" 's/.*User application exited with status \([0-9][0-9]*\).*/\1/p' ;;
    # Whatever became of the pod, spark-submit ends with 0.
    k8s://*) code_of "$log" "$code" 1 's/.*exit code: \([0-9][0-9]*\).*/\1/p' ;;
    *) exit "$code" ;;
  esac
}

# code_of LOG CODE OTHERWISE PATTERN: ends with the driver's exit code, if the log has it.
code_of() {
  local theirs
  theirs=$(sed -n "$4" "$1" | tail -n 1)
  if [[ -z $theirs && $3 != 0 ]]; then
    note "spark-submit ended with $2 and does not say what the driver ended with: see its log"
  fi
  exit "${theirs:-$3}"
}

code_of_standalone() { # LOG CODE EXIT_FILE
  local state theirs
  # ClientEndpoint: State of driver driver-20260101000000-0000 is FAILED, exiting spark-submit JVM.
  state=$(sed -n 's/.*State of \(driver \)\{0,1\}driver-[-0-9]* is \([A-Z]*\).*/\2/p' "$1" | tail -n 1)
  theirs=$(exit_code_in "$3")
  case $state in
    FINISHED) exit "${theirs:-0}" ;;
    FAILED | ERROR | KILLED)
      if [[ $theirs =~ ^[1-9][0-9]*$ ]]; then
        exit "$theirs"
      fi
      note "the driver is $state, and no exit code is in $3: see its log on the worker"
      ;;
    *) note "what became of the driver cannot be known: spark-submit ended with $2" ;;
  esac
  exit 1
}

# exit_code_in URI: what the driver wrote there, if anything; then it is gone.
exit_code_in() {
  local path=${1#file://} java=java
  if [[ $path == /* ]]; then
    if [[ -e $path ]]; then
      cat "$path"
      rm -f "$path"
    fi
    return
  fi
  if [[ -n ${JAVA_HOME:-} ]]; then java=$JAVA_HOME/bin/java; fi
  local shell=(
    "$java" -Xmx128m -cp "${HADOOP_CONF_DIR:-}:$SPARK_HOME/jars/*:$jar" org.apache.hadoop.fs.FsShell
  )
  if "${shell[@]}" -cat "$1" 2> /dev/null; then
    "${shell[@]}" -rm -f -skipTrash "$1" > /dev/null 2>&1 || true
  fi
}

add_opens() { # as one line
  printf -- '--add-opens=%s=ALL-UNNAMED ' "${opens[@]}"
  printf -- '-XX:+IgnoreUnrecognizedVMOptions -Djdk.reflect.useDirectMethodHandle=false'
}
