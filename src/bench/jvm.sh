# To be sourced from the project's folder: compiles the benches; ${jvm[@]} then runs one of their classes.
# shellcheck shell=bash
mvn -q -B -ntp -Pbench -Dspotless.check.skip test-compile

opens=(
  java.base/java.lang java.base/java.lang.invoke java.base/java.lang.reflect java.base/java.io
  java.base/java.net java.base/java.nio java.base/java.util java.base/java.util.concurrent
  java.base/java.util.concurrent.atomic java.base/sun.nio.ch java.base/sun.nio.cs
  java.base/sun.security.action java.base/sun.util.calendar
)
jvm=(java -Xmx2g -XX:+IgnoreUnrecognizedVMOptions "${opens[@]/%/=ALL-UNNAMED}")
jvm=("${jvm[@]/#java.base/--add-opens=java.base}")
jvm+=(
  -Dorg.bytedeco.javacpp.platform.extension=-onednn
  -Dorg.bytedeco.javacpp.maxbytes=4G -Dorg.bytedeco.javacpp.maxphysicalbytes=0
  -cp "target/test-classes:target/classes:$(cat target/bench-class-path)"
)
