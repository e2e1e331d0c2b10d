package affetto.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where in a file its uncompressed samples lie and how they are to be read; checked against the
 * file, so that decoding needs at most four times the file's bytes.
 *
 * @param coding of one sample
 * @param order of the bytes in a sample
 * @param channels interleaved channels
 * @param sampleRate in Hz
 * @param offset of the first sample's first byte
 * @param length in bytes; a last incomplete frame is not read
 */
record PcmRegion(
    SampleCoding coding, ByteOrder order, int channels, int sampleRate, int offset, int length) {

  /** Telephone speech starts at 8000 Hz; below this a header is wrong rather than modest. */
  static final int MIN_RATE = 1000;

  /** Sixteen times 48 kHz, the highest rate that converters are sold for. */
  static final int MAX_RATE = 768_000;

  /** More than any recorder writes: beyond it a header is wrong. */
  static final int MAX_CHANNELS = 64;

  /** Says what is absurd in a header's claims; shared by all containers. */
  static void checkClaims(long channels, long sampleRate) throws AudioException {
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new AudioException(
          "the header says %d channels, expected 1 to %d".formatted(channels, MAX_CHANNELS));
    }
    if (sampleRate < MIN_RATE || sampleRate > MAX_RATE) {
      throw new AudioException(
          "the header says a sample rate of %d Hz, expected %d to %d"
              .formatted(sampleRate, MIN_RATE, MAX_RATE));
    }
  }

  Recording decode(byte[] file) throws AudioException {
    int frameBytes = channels * coding.bytes();
    int frames = length / frameBytes;
    if (frames == 0) {
      throw new AudioException("no samples: the sound data is empty");
    }
    ByteBuffer data = ByteBuffer.wrap(file).order(order);
    float[] mono =
        coding == SampleCoding.SIGNED_16 && channels == 1
            ? Pcm16.read(data, offset, frames)
            : mean(data, frames);
    return new Recording(
        new Waveform(mono, sampleRate), coding.label(order), channels, coding.bytes() * 8);
  }

  /** The mean of the channels. */
  private float[] mean(ByteBuffer data, int frames) throws AudioException {
    float[] mono = new float[frames];
    int at = offset;
    for (int frame = 0; frame < frames; frame++) {
      double sum = 0;
      for (int channel = 0; channel < channels; channel++, at += coding.bytes()) {
        sum += coding.read(data, at);
      }
      float mean = (float) (sum / channels);
      if (!Float.isFinite(mean)) {
        throw new AudioException("sample %d is not a finite number".formatted(frame));
      }
      mono[frame] = mean;
    }
    return mono;
  }
}
