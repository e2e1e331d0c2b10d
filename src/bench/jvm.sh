# To be sourced from the project's folder: compiles the benches; ${jvm[@]} then runs one of their classes.
# shellcheck shell=bash
mvn -q -B -ntp -Pbench -Dspotless.check.skip test-compile

# As for the tests: one option a line, from <jvm.opens> of the pom.
mapfile -t opens < <(sed -n '/<jvm.opens>/,/<\/jvm.opens>/s/.*\(-[-XD][^< ]*\).*/\1/p' pom.xml)
jvm=(
  java -Xmx2g "${opens[@]}"
  -Dorg.bytedeco.javacpp.platform.extension=-onednn
  -Dorg.bytedeco.javacpp.maxbytes=4G -Dorg.bytedeco.javacpp.maxphysicalbytes=0
  -cp "target/test-classes:target/classes:$(cat target/bench-class-path)"
)
