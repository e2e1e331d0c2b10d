package affetto.augment;

/**
 * What a room answers to an impulse, by statistics: behind the direct sound come reflections at
 * random times and of random strength, their number growing with the square of time as in any room
 * (Schroeder, "The 'Schroeder frequency' revisited", 1996), until they are so dense that they
 * become noise; their power decays exponentially (Polack, "Playing billiards in the concert hall:
 * the mathematical foundations of geometrical room acoustics", 1993). All frequencies decay alike.
 */
final class RoomResponse {
  private static final double SOUND_M_PER_S = 343;

  /** A meeting room: about three reflections in the first 10 ms, 22 in the first 20 ms. */
  private static final double VOLUME_M3 = 60;

  /** Between the direct sound and the first reflection: a detour of 86 cm. */
  private static final double GAP_S = 0.0025;

  private RoomResponse() {}

  /**
   * Draws a room.
   *
   * @param rt60 seconds in which the sound decays by 60 dB, above 0
   * @param drrDb energy of the direct sound over that of all reflections, in dB
   * @return shape [ceil((GAP_S + rt60) * sampleRate)]; the direct sound is the first, and 1
   */
  static double[] draw(double rt60, double drrDb, int sampleRate, NoiseSource source) {
    int first = (int) Math.ceil(GAP_S * sampleRate);
    double[] response = new double[first + (int) Math.ceil(rt60 * sampleRate)];
    double densest = 4 * Math.PI * SOUND_M_PER_S * SOUND_M_PER_S * SOUND_M_PER_S / VOLUME_M3;
    double decay = Level.factor(-60 / (rt60 * sampleRate));
    double envelope = 1;
    double energy = 0;
    for (int i = first; i < response.length; i++) {
      double time = (double) i / sampleRate;
      double chance = Math.min(1, densest * time * time / sampleRate);
      if (source.uniform() < chance) {
        // Fewer reflections are stronger ones, so that the mean power is the envelope's square.
        response[i] = envelope * source.normal() / Math.sqrt(chance);
        energy += response[i] * response[i];
      }
      envelope *= decay;
    }
    double scale = energy > 0 ? Level.factor(-drrDb) / Math.sqrt(energy) : 0;
    for (int i = first; i < response.length; i++) {
      response[i] *= scale;
    }
    response[0] = 1;
    return response;
  }
}
