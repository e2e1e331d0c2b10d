package affetto.audio;

import java.util.Objects;

/**
 * A decoded sound file: the mono sound, and how it was stored.
 *
 * @param waveform mono: the mean of the file's channels, at the file's own rate
 * @param encoding how the file held its samples: {@code pcm_s16le}, {@code pcm_u8}, {@code
 *     pcm_f32be}, {@code pcm_alaw}, {@code flac} and the like
 * @param channels channels in the file, at least 1
 * @param bits bits of one stored sample: 16 for {@code pcm_s16le}, 8 for {@code pcm_alaw}
 */
public record Recording(Waveform waveform, String encoding, int channels, int bits) {

  public Recording {
    Objects.requireNonNull(waveform, "waveform");
    Objects.requireNonNull(encoding, "encoding");
  }
}
