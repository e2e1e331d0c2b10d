package affetto.job;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;

/**
 * A training's settings as a model's manifest keeps them, and back: what was learnt from can be
 * derived again years later, without the user's configuration.
 */
final class RecordedSettings {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private RecordedSettings() {}

  /** Every setting by its name in {@link TrainSpec}. */
  static Map<String, Object> of(TrainSpec spec) {
    return MAPPER.convertValue(spec, new TypeReference<Map<String, Object>>() {});
  }

  /**
   * The settings of a manifest.
   *
   * @throws IllegalArgumentException if one is missing or of another type
   */
  static TrainSpec read(Map<String, Object> recorded) {
    return MAPPER.convertValue(recorded, TrainSpec.class);
  }
}
