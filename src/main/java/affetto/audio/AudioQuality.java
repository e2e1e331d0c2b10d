package affetto.audio;

/**
 * What can be said of a clip's sound without knowing what it holds. Amplitudes are relative to full
 * scale 1.0; an empty waveform has zeros everywhere and is silent.
 *
 * @param durationSeconds samples / rate
 * @param peak largest absolute sample, 0 and up
 * @param rms root of the mean square of all samples, offset included
 * @param clippingShare share of samples, 0 to 1, that stand in a run of at least {@value #RAIL_RUN}
 *     equal samples at the clip's highest or lowest value, if that value is {@value #RAIL_LEVEL} or
 *     more from zero. Each rail by itself, since an offset makes them differ, and not full scale,
 *     since clips are made quieter after they were clipped; below the level a plateau is coarse
 *     quantisation
 * @param dcOffset mean of all samples
 * @param silenceShare share, 0 to 1, of the consecutive 20 ms frames (the last may be shorter)
 *     whose root mean square about the clip's mean is below {@value #SILENCE_RMS}, -60 dBFS
 */
public record AudioQuality(
    double durationSeconds,
    double peak,
    double rms,
    double clippingShare,
    double dcOffset,
    double silenceShare) {

  static final int RAIL_RUN = 3;
  static final double RAIL_LEVEL = 0.25;
  static final double SILENCE_RMS = 0.001;
  private static final double FRAME_SECONDS = 0.02;

  /** Measures a waveform. */
  public static AudioQuality of(Waveform waveform) {
    float[] samples = waveform.samples();
    if (samples.length == 0) {
      return new AudioQuality(0, 0, 0, 0, 0, 1);
    }
    float highest = samples[0];
    float lowest = samples[0];
    double sum = 0;
    double squares = 0;
    for (float sample : samples) {
      highest = Math.max(highest, sample);
      lowest = Math.min(lowest, sample);
      sum += sample;
      squares += (double) sample * sample;
    }
    double mean = sum / samples.length;
    return new AudioQuality(
        waveform.duration(),
        Math.max(Math.abs(highest), Math.abs(lowest)),
        Math.sqrt(squares / samples.length),
        (double) atRails(samples, lowest, highest) / samples.length,
        mean,
        silenceShare(waveform, mean));
  }

  /** Whether no frame of the clip rises above the level of silence. */
  public boolean silent() {
    return silenceShare == 1;
  }

  private static int atRails(float[] samples, float lowest, float highest) {
    if (lowest == highest) {
      return 0; // a constant is no clipped sound
    }
    int count = Math.abs(highest) >= RAIL_LEVEL ? inRuns(samples, highest) : 0;
    return Math.abs(lowest) >= RAIL_LEVEL ? count + inRuns(samples, lowest) : count;
  }

  private static int inRuns(float[] samples, float rail) {
    int count = 0;
    int run = 0;
    for (float sample : samples) {
      if (sample != rail) {
        run = 0;
        continue;
      }
      run++;
      count += run == RAIL_RUN ? RAIL_RUN : run > RAIL_RUN ? 1 : 0;
    }
    return count;
  }

  private static double silenceShare(Waveform waveform, double mean) {
    float[] samples = waveform.samples();
    int length = Math.max(1, (int) Math.round(FRAME_SECONDS * waveform.sampleRate()));
    int frames = 0;
    int silent = 0;
    for (int start = 0; start < samples.length; start += length) {
      int end = Math.min(samples.length, start + length);
      double squares = 0;
      for (int i = start; i < end; i++) {
        double centred = samples[i] - mean;
        squares += centred * centred;
      }
      frames++;
      if (Math.sqrt(squares / (end - start)) < SILENCE_RMS) {
        silent++;
      }
    }
    return (double) silent / frames;
  }
}
