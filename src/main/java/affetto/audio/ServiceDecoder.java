package affetto.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * What no reader of ours knows, by the Java Sound providers on the class path: the JDK's own read
 * Sun AU, and an MP3 or Vorbis provider works when it is put there. Samples come out with 16 bits.
 */
final class ServiceDecoder {

  private static final int STEP = 1 << 16;

  private static final Set<Encoding> PLAIN =
      Set.of(
          Encoding.PCM_SIGNED,
          Encoding.PCM_UNSIGNED,
          Encoding.PCM_FLOAT,
          Encoding.ALAW,
          Encoding.ULAW);

  private ServiceDecoder() {}

  @SuppressWarnings("IllegalCatch") // a provider is foreign code fed with foreign bytes
  static Recording decode(byte[] file) throws AudioException {
    // The JDK would play a MIDI file on its software synthesizer, which is no recording.
    if (Chunks.tagAt(file, 0).equals("MThd")) {
      throw new AudioException("a MIDI file: notes, not a recording");
    }
    try (AudioInputStream source =
        AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
      AudioFormat format = source.getFormat();
      int channels = format.getChannels();
      PcmRegion.checkClaims(channels, (long) format.getSampleRate());
      int sampleRate = (int) format.getSampleRate();
      AudioFormat plain = new AudioFormat(sampleRate, 16, channels, true, false);
      byte[] pcm = readAll(AudioSystem.getAudioInputStream(plain, source), 2 * channels);
      checkComplete(source, pcm.length / (2 * channels));
      PcmRegion region =
          new PcmRegion(
              SampleCoding.SIGNED_16, ByteOrder.LITTLE_ENDIAN, channels, sampleRate, 0, pcm.length);
      Waveform waveform = region.decode(pcm).waveform();
      return new Recording(
          waveform, label(format), channels, Math.max(0, format.getSampleSizeInBits()));
    } catch (UnsupportedAudioFileException e) {
      throw new AudioException(
          "not a sound file that can be read: it starts with " + start(file), e);
    } catch (IOException | RuntimeException e) {
      throw new AudioException("broken sound file: " + e.getMessage(), e);
    }
  }

  /** Where a frame of the file is a frame of sound, its announced number must have come. */
  private static void checkComplete(AudioInputStream source, int frames) throws AudioException {
    if (PLAIN.contains(source.getFormat().getEncoding()) && source.getFrameLength() > frames) {
      throw new AudioException(
          "truncated: the header announces %d frames, %d are present"
              .formatted(source.getFrameLength(), frames));
    }
  }

  private static byte[] readAll(AudioInputStream stream, int frameBytes)
      throws IOException, AudioException {
    byte[] bytes = new byte[STEP];
    int length = 0;
    int read;
    while ((read = stream.read(bytes, length, (bytes.length - length) / frameBytes * frameBytes))
        > 0) {
      length += read;
      if (length / frameBytes >= AudioDecoder.MAX_FRAMES) {
        throw new AudioException(
            "a file that unfolds to %d samples and more".formatted(AudioDecoder.MAX_FRAMES));
      }
      if (bytes.length - length < frameBytes) {
        bytes = Arrays.copyOf(bytes, bytes.length + (bytes.length >> 1));
      }
    }
    return Arrays.copyOf(bytes, length);
  }

  private static String label(AudioFormat format) {
    return format.getEncoding().toString().toLowerCase(Locale.ROOT);
  }

  private static String start(byte[] file) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(8, file.length); i++) {
      char c = (char) (file[i] & 0xff);
      text.append(c >= ' ' && c <= '~' ? String.valueOf(c) : "\\x%02x".formatted((int) c));
    }
    return "'" + text + "'";
  }
}
