package affetto.augment;

import affetto.audio.AudioFingerprint;
import affetto.audio.Waveform;
import affetto.dsp.Workbench;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Recordings of noise, in stable order. Equal names and equal sound make equal banks, wherever they
 * were read from.
 *
 * <p>It holds its samples, so whoever sends one over a network should send it once.
 */
public final class NoiseBank implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double FADE_S = 0.01;

  private final String id;
  private final List<Waveform> recordings;

  /**
   * Makes a bank.
   *
   * @param name of which the id keeps up to 60 characters, and makes a minus of what is no letter,
   *     digit, dot or minus
   * @param recordings at least one, none without samples; any sample rates
   */
  public NoiseBank(String name, List<Waveform> recordings) {
    if (recordings.isEmpty()) {
      throw new IllegalArgumentException("noise bank %s holds no recording".formatted(name));
    }
    for (Waveform recording : recordings) {
      if (recording.samples().length == 0) {
        throw new IllegalArgumentException("noise bank %s: a recording is empty".formatted(name));
      }
    }
    this.recordings = List.copyOf(recordings);
    id = id(name, recordings.stream().map(AudioFingerprint::of).collect(Collectors.joining()));
  }

  /** A name and eight digits of a hash of what it stands for; fit for a folder's name. */
  static String id(String name, String content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(content.getBytes(StandardCharsets.UTF_8));
      return Ranges.word(name) + "-" + HexFormat.of().formatHex(hash, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The bank's name, and a short hash of its recordings and their order. */
  String id() {
    return id;
  }

  /**
   * Draws a recording, each as likely as the others, and a passage from it. A recording that is too
   * short is played in a loop whose end is faded into its beginning.
   *
   * @param length samples wanted, at the sample rate wanted
   * @return shape [length]
   */
  float[] passage(int length, int sampleRate, NoiseSource source, Workbench bench) {
    Waveform recording = recordings.get(source.below(recordings.size()));
    double ratio = (double) recording.sampleRate() / sampleRate;
    float[] passage = cut(recording, (int) Math.ceil(length * ratio), source);
    float[] resampled = bench.resampler(recording.sampleRate(), sampleRate).apply(passage);
    return Arrays.copyOf(resampled, length);
  }

  private static float[] cut(Waveform recording, int length, NoiseSource source) {
    float[] samples = recording.samples();
    if (length <= samples.length) {
      int offset = source.below(samples.length - length + 1);
      return Arrays.copyOfRange(samples, offset, offset + length);
    }
    int fade = (int) Math.min(samples.length / 2.0, FADE_S * recording.sampleRate());
    int period = samples.length - fade;
    int offset = source.below(period);
    float[] looped = new float[length];
    for (int i = 0; i < length; i++) {
      int at = (offset + i) % period;
      looped[i] = at < fade ? faded(samples, at, period, fade) : samples[at];
    }
    return looped;
  }

  /** The beginning coming up while the end goes down; of noise, that keeps the power. */
  private static float faded(float[] samples, int at, int period, int fade) {
    double share = (at + 0.5) / fade;
    return (float) (Math.sqrt(share) * samples[at] + Math.sqrt(1 - share) * samples[period + at]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NoiseBank bank && id.equals(bank.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "NoiseBank[" + id + "]";
  }
}
