package affetto.machine;

import java.util.Optional;

/**
 * What one kind of JVM may take.
 *
 * @param role {@code driver} or {@code executor}
 * @param heap in bytes
 * @param tensors outside the heap, in bytes; 0 without limit
 * @param tensorsAreSet whether somebody chose this limit
 * @param process all in all, in bytes; 0 without limit
 */
record JvmMemory(String role, long heap, long tensors, boolean tensorsAreSet, long process) {

  /**
   * As JavaCPP reads its two properties.
   *
   * @param maxBytes not set: as much as the heap
   * @param maxPhysicalBytes not set: heap and tensors, which is never too little, so no limit here
   */
  static JvmMemory of(
      String role, long heap, Optional<String> maxBytes, Optional<String> maxPhysicalBytes) {
    long tensors = maxBytes.map(text -> Bytes.ofJavaCpp(text, heap).orElse(heap)).orElse(heap);
    long process = maxPhysicalBytes.map(text -> Bytes.ofJavaCpp(text, heap).orElse(0)).orElse(0L);
    return new JvmMemory(role, heap, tensors, maxBytes.isPresent(), process);
  }

  /** What tensors may take beside a full heap, in bytes; 0 without limit. */
  long mostTensors() {
    long besides = Math.max(0, process - heap);
    return tensors == 0 || (besides > 0 && besides < tensors) ? besides : tensors;
  }

  String tensorsInWords() {
    return tensors == 0 ? "what they like" : Bytes.inMib(tensors);
  }

  /** One of Spark's settings for this role. */
  String key(String setting) {
    return "spark.%s.%s".formatted(role, setting);
  }
}
