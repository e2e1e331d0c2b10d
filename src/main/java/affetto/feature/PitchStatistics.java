package affetto.feature;

import affetto.dsp.LineFit;
import affetto.dsp.PitchTrack;

/** What {@link ProsodySet} says of pitch and voicing. */
final class PitchStatistics {
  private final MovingAverage smoothing = new MovingAverage(ProsodySet.SMOOTHED_FRAMES);

  void describe(PitchTrack track, double seconds, ProsodyRow row) {
    Series pitch = new Series();
    Moves moves = new Moves(ProsodySet.PITCH_TURN_SEMITONES, ProsodySet.FRAMES_PER_SECOND);
    LineFit line = new LineFit();
    for (PitchTrack.Stretch stretch : track.stretches()) {
      if (stretch.voiced()) {
        double[] contour = smoothing.of(semitones(track, stretch));
        moves.add(contour);
        for (int i = 0; i < contour.length; i++) {
          pitch.add(contour[i]);
          line.add((stretch.begin() + i) / ProsodySet.FRAMES_PER_SECOND, contour[i]);
        }
      }
    }
    row.set(ProsodyFeature.F0_SEMITONE_MEAN, pitch.mean());
    row.set(ProsodyFeature.F0_SEMITONE_STDDEV_NORM, pitch.stddevNorm());
    double low = pitch.percentile(20);
    double high = pitch.percentile(80);
    row.set(ProsodyFeature.F0_SEMITONE_PERCENTILE_20, low);
    row.set(ProsodyFeature.F0_SEMITONE_PERCENTILE_50, pitch.percentile(50));
    row.set(ProsodyFeature.F0_SEMITONE_PERCENTILE_80, high);
    row.set(ProsodyFeature.F0_SEMITONE_PERCENTILE_RANGE_20_80, high - low);
    row.set(ProsodyFeature.F0_SEMITONE_MEAN_RISING_SLOPE, moves.rising().mean());
    row.set(ProsodyFeature.F0_SEMITONE_STDDEV_RISING_SLOPE, moves.rising().stddev());
    row.set(ProsodyFeature.F0_SEMITONE_MEAN_FALLING_SLOPE, moves.falling().mean());
    row.set(ProsodyFeature.F0_SEMITONE_STDDEV_FALLING_SLOPE, moves.falling().stddev());
    row.set(ProsodyFeature.F0_SEMITONE_SLOPE, line.slope());
    row.set(ProsodyFeature.VOICED_SHARE, (double) pitch.size() / track.frames());
    describeStretches(track, seconds, row);
  }

  private static double[] semitones(PitchTrack track, PitchTrack.Stretch stretch) {
    double[] semitones = new double[stretch.frames()];
    for (int i = 0; i < semitones.length; i++) {
      double octaves =
          Math.log(track.f0Hz()[stretch.begin() + i] / ProsodySet.LOWEST_A_HZ) / Math.log(2);
      semitones[i] = 12 * octaves;
    }
    return semitones;
  }

  private static void describeStretches(PitchTrack track, double seconds, ProsodyRow row) {
    Series voiced = new Series();
    Series unvoiced = new Series();
    for (PitchTrack.Stretch stretch : track.stretches()) {
      Series lengths = stretch.voiced() ? voiced : unvoiced;
      lengths.add(stretch.frames() / ProsodySet.FRAMES_PER_SECOND);
    }
    row.set(ProsodyFeature.VOICED_SEGMENTS_PER_SEC, voiced.size() / seconds);
    row.set(ProsodyFeature.MEAN_VOICED_SEGMENT_LENGTH_SEC, voiced.mean());
    row.set(ProsodyFeature.STDDEV_VOICED_SEGMENT_LENGTH_SEC, voiced.stddev());
    row.set(ProsodyFeature.MEAN_UNVOICED_SEGMENT_LENGTH, unvoiced.mean());
    row.set(ProsodyFeature.STDDEV_UNVOICED_SEGMENT_LENGTH, unvoiced.stddev());
  }
}
