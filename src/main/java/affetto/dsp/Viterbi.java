package affetto.dsp;

import java.util.Arrays;

/**
 * The likeliest course of pitch and voicing through the candidates of all frames. A state is a
 * pitch, voiced or unvoiced; from frame to frame pitch moves by a triangular distribution, cut off
 * and rescaled at the ends, and voicing changes with a fixed probability, independently.
 *
 * <p>Only the moves that the triangle allows are looked at, and one more: a move of probability
 * zero from the likeliest state, at the price that librosa puts on every zero. It is taken where
 * the candidates leave nothing else.
 *
 * <p>Instead of pointers for all frames, the scores of a block of frames are kept, and the first of
 * each block: on the way back a block's scores are computed again. So memory hardly grows with the
 * recording. One instance per thread.
 *
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.sequence.viterbi.html">
 *     librosa.sequence.viterbi 0.11</a>
 * @see <a href="https://librosa.org/doc/0.11.0/generated/librosa.sequence.transition_local.html">
 *     librosa.sequence.transition_local 0.11 with window='triangle'</a>
 */
final class Viterbi {
  private static final double LOG_ZERO = Math.log(Double.MIN_NORMAL);

  private final int pitches;
  private final int blockFrames;
  private final int firstMove;
  private final double[] logMoves;
  private final double[] logSums;
  private final double logStay;
  private final double logSwitch;
  private final double[] departing;
  private final double[] intoVoiced;
  private final double[] intoUnvoiced;
  private final double[][] scores;

  /**
   * Makes the tables.
   *
   * @param pitches number of pitches, at least 1
   * @param reach width of the triangle, at least 1
   * @param switchProb probability that voicing changes, above 0 and below 1
   * @param blockFrames frames whose scores are kept at once, at least 1
   */
  Viterbi(int pitches, int reach, double switchProb, int blockFrames) {
    this.pitches = pitches;
    this.blockFrames = blockFrames;
    // An even triangle leans to the side to which librosa's padding and rolling takes it.
    firstMove = Math.floorDiv(pitches - reach, 2) + pitches / 2 + 1 - pitches;
    int[] triangle = triangle(reach);
    logMoves = Arrays.stream(triangle).mapToDouble(Math::log).toArray();
    logSums = new double[pitches];
    for (int pitch = 0; pitch < pitches; pitch++) {
      double sum = 0;
      for (int move = 0; move < reach; move++) {
        int target = pitch + firstMove + move;
        sum += target >= 0 && target < pitches ? triangle[move] : 0;
      }
      logSums[pitch] = Math.log(sum);
    }
    logStay = Math.log(1 - switchProb);
    logSwitch = Math.log(switchProb);
    departing = new double[pitches];
    intoVoiced = new double[pitches];
    intoUnvoiced = new double[pitches];
    scores = new double[blockFrames][];
  }

  private static int[] triangle(int width) {
    int[] triangle = new int[width];
    for (int i = 0; i < width; i++) {
      int steps = Math.min(i + 1, width - i);
      triangle[i] = width % 2 == 0 ? 2 * steps - 1 : steps;
    }
    return triangle;
  }

  /**
   * Finds the course.
   *
   * @param candidates of at least one frame
   * @return by frame the pitch where voiced, and the number of pitches more where not
   */
  int[] decode(PitchCandidates candidates) {
    int frames = candidates.frames();
    int blocks = (frames + blockFrames - 1) / blockFrames;
    double[][] openings = new double[blocks][];
    for (int block = 0; block < blocks; block++) {
      open(candidates, block);
      openings[block] = scores[0].clone();
      fill(candidates, block);
    }
    int[] course = new int[frames];
    int state = likeliest(scores[(frames - 1) % blockFrames]);
    for (int t = frames - 1; t >= 0; t--) {
      int row = t % blockFrames;
      if (t < frames - 1) {
        if (row == blockFrames - 1) {
          int block = t / blockFrames;
          System.arraycopy(openings[block], 0, scores[0], 0, 2 * pitches);
          fill(candidates, block);
        }
        state = before(scores[row], state);
      }
      course[t] = state;
    }
    return course;
  }

  /** The scores of a block's first frame, from the last frame of the block before. */
  private void open(PitchCandidates candidates, int block) {
    if (scores[0] == null) {
      scores[0] = new double[2 * pitches];
    }
    if (block > 0) {
      step(scores[blockFrames - 1], candidates, block * blockFrames, scores[0]);
    } else {
      Arrays.fill(scores[0], -Math.log(2.0 * pitches));
      observe(candidates, 0, scores[0]);
    }
  }

  /** The scores of a block's other frames. */
  private void fill(PitchCandidates candidates, int block) {
    int from = block * blockFrames;
    int count = Math.min(blockFrames, candidates.frames() - from);
    for (int row = 1; row < count; row++) {
      if (scores[row] == null) {
        scores[row] = new double[2 * pitches];
      }
      step(scores[row - 1], candidates, from + row, scores[row]);
    }
  }

  private void step(double[] from, PitchCandidates candidates, int frame, double[] to) {
    move(from, 0, intoVoiced);
    move(from, pitches, intoUnvoiced);
    double leap = from[likeliest(from)] + LOG_ZERO;
    for (int pitch = 0; pitch < pitches; pitch++) {
      double voiced = intoVoiced[pitch];
      double unvoiced = intoUnvoiced[pitch];
      to[pitch] = Math.max(leap, Math.max(voiced + logStay, unvoiced + logSwitch));
      to[pitches + pitch] = Math.max(leap, Math.max(voiced + logSwitch, unvoiced + logStay));
    }
    observe(candidates, frame, to);
  }

  /** The best score with which each pitch is reached from the pitches of one voicing. */
  private void move(double[] from, int offset, double[] best) {
    for (int pitch = 0; pitch < pitches; pitch++) {
      departing[pitch] = from[offset + pitch] - logSums[pitch];
    }
    Arrays.fill(best, Double.NEGATIVE_INFINITY);
    // Move by move rather than pitch by pitch, so that the inner loop runs over neighbours.
    for (int i = 0; i < logMoves.length; i++) {
      int move = firstMove + i;
      double logMove = logMoves[i];
      int end = Math.min(pitches, pitches - move);
      for (int pitch = Math.max(0, -move); pitch < end; pitch++) {
        best[pitch + move] = Math.max(best[pitch + move], departing[pitch] + logMove);
      }
    }
  }

  private void observe(PitchCandidates candidates, int frame, double[] to) {
    double logUnvoiced = Math.log((1 - candidates.voiced(frame)) / pitches + Double.MIN_NORMAL);
    int next = candidates.end(frame) - 1;
    int begin = candidates.begin(frame);
    for (int pitch = 0; pitch < pitches; pitch++) {
      to[pitches + pitch] += logUnvoiced;
      // A frame's candidates are stored from high to low.
      if (next >= begin && candidates.pitch(next) == pitch) {
        to[pitch] += Math.log(candidates.probability(next) + Double.MIN_NORMAL);
        next--;
      } else {
        to[pitch] += LOG_ZERO;
      }
    }
  }

  /** Where the likeliest course to a state came from. */
  private int before(double[] from, int state) {
    int pitch = state % pitches;
    boolean voiced = state < pitches;
    int best = -1;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int offset = 0; offset <= pitches; offset += pitches) {
      double logVoicing = voiced == (offset == 0) ? logStay : logSwitch;
      for (int i = logMoves.length - 1; i >= 0; i--) {
        int source = pitch - firstMove - i;
        if (source >= 0 && source < pitches) {
          double score = from[offset + source] - logSums[source] + logMoves[i] + logVoicing;
          if (score > bestScore) {
            best = offset + source;
            bestScore = score;
          }
        }
      }
    }
    int likeliest = likeliest(from);
    return bestScore >= from[likeliest] + LOG_ZERO ? best : likeliest;
  }

  private static int likeliest(double[] row) {
    int best = 0;
    for (int state = 1; state < row.length; state++) {
      if (row[state] > row[best]) {
        best = state;
      }
    }
    return best;
  }
}
