package affetto.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ViterbiTest {
  private static final double TINY = Double.MIN_NORMAL;

  private static PitchCandidates random(int pitches, int frames, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    PitchCandidates candidates = new PitchCandidates(pitches, frames);
    for (int t = 0; t < frames; t++) {
      for (int pitch = pitches - 1; pitch >= 0; pitch--) {
        if (random.nextInt(4) == 0) {
          candidates.add(pitch, random.nextDouble() / pitches);
        }
      }
      candidates.endFrame();
    }
    return candidates;
  }

  /** Probabilities of all moves, as the definition has it: width odd, rows that sum to one. */
  private static double[][] moves(int pitches, int width, double switchProb) {
    double[][] moves = new double[2 * pitches][2 * pitches];
    for (int from = 0; from < pitches; from++) {
      double sum = 0;
      for (int to = 0; to < pitches; to++) {
        sum += Math.max(0, (width + 1) / 2 - Math.abs(from - to));
      }
      for (int to = 0; to < pitches; to++) {
        double local = Math.max(0, (width + 1) / 2 - Math.abs(from - to)) / sum;
        moves[from][to] = local * (1 - switchProb);
        moves[from][pitches + to] = local * switchProb;
        moves[pitches + from][to] = local * switchProb;
        moves[pitches + from][pitches + to] = local * (1 - switchProb);
      }
    }
    return moves;
  }

  private static double logObserved(PitchCandidates candidates, int frame, int state) {
    int pitches = candidates.pitches();
    double probability = 0;
    if (state >= pitches) {
      probability = (1 - candidates.voiced(frame)) / pitches;
    } else {
      for (int i = candidates.begin(frame); i < candidates.end(frame); i++) {
        probability += candidates.pitch(i) == state ? candidates.probability(i) : 0;
      }
    }
    return Math.log(probability + TINY);
  }

  /** The log probability of a course. */
  private static double score(PitchCandidates candidates, double[][] moves, int[] course) {
    double score = logObserved(candidates, 0, course[0]) - Math.log(moves.length);
    for (int t = 1; t < course.length; t++) {
      score += Math.log(moves[course[t - 1]][course[t]] + TINY);
      score += logObserved(candidates, t, course[t]);
    }
    return score;
  }

  /** The best of all courses' log probabilities, by looking at every move. */
  private static double best(PitchCandidates candidates, double[][] moves) {
    int states = moves.length;
    double[] scores = new double[states];
    for (int state = 0; state < states; state++) {
      scores[state] = logObserved(candidates, 0, state) - Math.log(states);
    }
    for (int t = 1; t < candidates.frames(); t++) {
      double[] next = new double[states];
      for (int to = 0; to < states; to++) {
        next[to] = Double.NEGATIVE_INFINITY;
        for (int from = 0; from < states; from++) {
          next[to] = Math.max(next[to], scores[from] + Math.log(moves[from][to] + TINY));
        }
        next[to] += logObserved(candidates, t, to);
      }
      scores = next;
    }
    double best = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      best = Math.max(best, score);
    }
    return best;
  }

  @Property(tries = 100)
  void findsTheLikeliestOfAllCourses(
      @ForAll @IntRange(min = 1, max = 14) int pitches,
      @ForAll @IntRange(min = 0, max = 8) int halfWidth,
      @ForAll @IntRange(min = 1, max = 20) int frames,
      @ForAll long seed) {
    int width = 2 * halfWidth + 1;
    double[][] moves = moves(pitches, width, 0.1);
    PitchCandidates candidates = random(pitches, frames, seed);
    int[] course = new Viterbi(pitches, width, 0.1, 7).decode(candidates);
    assertThat(score(candidates, moves, course)).isCloseTo(best(candidates, moves), within(1e-9));
  }

  @Property(tries = 50)
  void blocksDoNotMatter(
      @ForAll @IntRange(min = 1, max = 40) int frames,
      @ForAll @IntRange(min = 1, max = 41) int blockFrames,
      @ForAll long seed) {
    PitchCandidates candidates = random(20, frames, seed);
    int[] atOnce = new Viterbi(20, 5, 0.02, 1000).decode(candidates);
    assertThat(new Viterbi(20, 5, 0.02, blockFrames).decode(candidates)).isEqualTo(atOnce);
  }

  @Test
  void whatCannotBeReachedIsReachedWhereNothingElseIsLeft() {
    PitchCandidates candidates = new PitchCandidates(100, 6);
    for (int t = 0; t < 6; t++) {
      candidates.add(t < 3 ? 10 : 90, 1);
      candidates.endFrame();
    }
    assertThat(new Viterbi(100, 5, 0.01, 4).decode(candidates))
        .containsExactly(10, 10, 10, 90, 90, 90);
  }

  @Test
  void aFrameWithoutCandidatesIsUnvoiced() {
    PitchCandidates candidates = new PitchCandidates(10, 2);
    candidates.endFrame();
    candidates.endFrame();
    for (int state : new Viterbi(10, 3, 0.01, 4).decode(candidates)) {
      assertThat(state).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void ofTwoCandidatesForOnePitchTheLastCounts() {
    PitchCandidates candidates = new PitchCandidates(10, 2);
    candidates.add(12, 0.5);
    candidates.add(4, 0.25);
    candidates.endFrame();
    candidates.add(4, 0.25);
    candidates.add(4, 0.125);
    candidates.add(0, 0.25);
    candidates.add(-3, 0.0625);
    candidates.endFrame();
    assertThat(candidates.voiced()).containsExactly(0.25, 0.1875);
    assertThat(candidates.end(1) - candidates.begin(1)).isEqualTo(2);
  }
}
