package affetto.audio;

/**
 * Sound files to mono waveforms, by what the bytes say and never by the file's name.
 *
 * <p>Read are WAV (RIFF, RIFX and RF64; integers of 8, 16, 24 and 32 bits, floats of 32 and 64
 * bits, A-law, mu-law, plain or WAVE_FORMAT_EXTENSIBLE), AIFF and AIFF-C (big- and little-endian
 * integers, floats, A-law, mu-law) and FLAC; whatever else the Java Sound providers on the class
 * path read (the JDK's own bring Sun AU) goes through {@code javax.sound.sampled}.
 *
 * <p>Channels are averaged, the rate is kept. A header is believed only as far as the file bears it
 * out: memory is at most a small multiple of the file's bytes (FLAC and foreign formats: at most
 * {@value #MAX_FRAMES} frames), and whatever is wrong becomes an {@link AudioException} whose
 * message is the reason.
 */
public final class AudioDecoder {

  /** The most sample frames that a compressed file may unfold to: 35 minutes at 16 kHz. */
  static final int MAX_FRAMES = 1 << 25;

  private AudioDecoder() {}

  /**
   * Decodes a whole sound file.
   *
   * <p>A file whose sound data is cut short is rejected, since a clip without its end is another
   * clip; the message names announced and present bytes. A WAV data chunk of size 0, 0x7FFFF000,
   * 0x80000000 or 0xFFFFFFFF, as programs leave it when they write to a pipe, extends to the end of
   * the file. A last incomplete frame is dropped.
   *
   * @param file the file's bytes; left unchanged
   * @return the sound, at least one sample, all finite, full scale 1.0
   * @throws AudioException for everything that is not sound we can read in full
   */
  public static Recording decode(byte[] file) throws AudioException {
    if (file.length == 0) {
      throw new AudioException("the file is empty");
    }
    if (startsWith(file, "RIFF") || startsWith(file, "RIFX") || startsWith(file, "RF64")) {
      return RiffReader.find(file).decode(file);
    }
    if (startsWith(file, "FORM")) {
      return AiffReader.find(file).decode(file);
    }
    if (FlacDecoder.recognises(file)) {
      return FlacDecoder.decode(file);
    }
    return ServiceDecoder.decode(file);
  }

  private static boolean startsWith(byte[] file, String magic) {
    return Chunks.tagAt(file, 0).equals(magic);
  }
}
