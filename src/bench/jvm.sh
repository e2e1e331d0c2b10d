# To be sourced from the project's folder: compiles the benches; ${jvm[@]} then runs one of their classes.
# shellcheck shell=bash
mvn -q -B -ntp -Pbench -Dspotless.check.skip test-compile

# As for the tests: one option a line, from <jvm.opens> of the pom.
mapfile -t opens < <(sed -n '/<jvm.opens>/,/<\/jvm.opens>/s/.*\(-[-XD][^< ]*\).*/\1/p' pom.xml)
# The environment is the one that submit/affetto gives each JVM with tensors.
jvm=(
  env OMP_WAIT_POLICY=passive GOMP_SPINCOUNT=100000
  MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=33554432 MALLOC_TRIM_THRESHOLD_=1073741824
  java -Xmx2g "${opens[@]}"
  -Dorg.bytedeco.javacpp.platform.extension=-onednn
  -Dorg.bytedeco.javacpp.maxbytes=4G -Dorg.bytedeco.javacpp.maxphysicalbytes=0
  -cp "target/test-classes:target/classes:$(cat target/bench-class-path)"
)
