package affetto.audio;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * FLAC, native stream, as RFC 9639 defines it; strict: what fails a check is rejected, nothing is
 * concealed. Checked are the CRC of every frame's header and body, the agreement of frames and
 * stream, the number of samples and, where the encoder wrote one, the MD5 of all samples.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9639">RFC 9639, FLAC</a>
 */
final class FlacDecoder {

  private static final int STREAM_INFO = 0;
  private static final int STREAM_INFO_BYTES = 34;

  private final byte[] file;
  private StreamInfo info;
  private float[] mono = new float[0];
  private int frames;

  /**
   * @param frames announced sample frames, 0 if unknown
   */
  @SuppressWarnings("ArrayRecordComponent") // passed on, not compared
  record StreamInfo(
      int maxBlock, int sampleRate, int channels, int bits, long frames, byte[] md5) {}

  private FlacDecoder(byte[] file) {
    this.file = file;
  }

  static boolean recognises(byte[] file) {
    return Chunks.tagAt(file, tagged(file)).equals("fLaC");
  }

  static Recording decode(byte[] file) throws AudioException {
    return new FlacDecoder(file).decode();
  }

  /** Where the stream starts: some taggers put an ID3v2 tag before it. */
  private static int tagged(byte[] file) {
    if (file.length < 14 || !Chunks.tagAt(file, 0).startsWith("ID3")) {
      return 0;
    }
    int size = 0;
    for (int i = 6; i < 10; i++) {
      size = (size << 7) | (file[i] & 0x7f);
    }
    return size > file.length - 14 ? 0 : size + 10;
  }

  private Recording decode() throws AudioException {
    FlacBits bits = new FlacBits(file, readMetadata());
    FlacFrame frame = new FlacFrame(bits, info);
    MessageDigest digest = md5();
    while (bits.bytesLeft() > 0 && !(info.frames() > 0 && frames == info.frames())) {
      frame.read();
      add(frame, digest);
    }
    if (frames < info.frames()) {
      throw new AudioException(
          "truncated: the FLAC header announces %d samples, %d are present"
              .formatted(info.frames(), frames));
    }
    if (frames == 0) {
      throw new AudioException("no samples: the FLAC stream has no frames");
    }
    if (digest != null && !Arrays.equals(digest.digest(), info.md5())) {
      throw new AudioException("the FLAC samples do not match their MD5 checksum");
    }
    Waveform waveform = new Waveform(Arrays.copyOf(mono, frames), info.sampleRate());
    return new Recording(waveform, "flac", info.channels(), info.bits());
  }

  /** Reads the stream info, passes over the other metadata; returns where the frames start. */
  private int readMetadata() throws AudioException {
    FlacBits bits = new FlacBits(file, tagged(file) + 4);
    boolean last = false;
    while (!last) {
      last = bits.read(1) == 1;
      int type = (int) bits.read(7);
      int length = (int) bits.read(24);
      if (info == null) {
        if (type != STREAM_INFO || length < STREAM_INFO_BYTES) {
          throw new AudioException("a FLAC file that does not start with its stream info");
        }
        info = readInfo(bits);
        length -= STREAM_INFO_BYTES;
      }
      bits.skipBytes(length);
    }
    return bits.byteOffset();
  }

  private static StreamInfo readInfo(FlacBits bits) throws AudioException {
    bits.read(16);
    int maxBlock = (int) bits.read(16);
    bits.read(24);
    bits.read(24);
    int sampleRate = (int) bits.read(20);
    int channels = (int) bits.read(3) + 1;
    int depth = (int) bits.read(5) + 1;
    long frames = bits.read(36);
    byte[] md5 = new byte[16];
    for (int i = 0; i < md5.length; i++) {
      md5[i] = (byte) bits.read(8);
    }
    PcmRegion.checkClaims(channels, sampleRate);
    if (depth < 4) {
      throw new AudioException("the FLAC header says %d bits a sample".formatted(depth));
    }
    checkLength(frames);
    return new StreamInfo(maxBlock, sampleRate, channels, depth, frames, md5);
  }

  private static void checkLength(long frames) throws AudioException {
    if (frames > AudioDecoder.MAX_FRAMES) {
      throw new AudioException(
          "a compressed file that unfolds to %d samples and more, at most %d are read"
              .formatted(frames, AudioDecoder.MAX_FRAMES));
    }
  }

  private void add(FlacFrame frame, MessageDigest digest) throws AudioException {
    int size = frame.size();
    checkLength((long) frames + size);
    if (info.frames() > 0 && frames + size > info.frames()) {
      throw new AudioException(
          "the FLAC header announces %d samples, more are present".formatted(info.frames()));
    }
    if (frames + size > mono.length) {
      mono = Arrays.copyOf(mono, Math.max(frames + size, mono.length + (mono.length >> 1)));
    }
    double scale = 1.0 / (1L << (info.bits() - 1)) / info.channels();
    for (int i = 0; i < size; i++) {
      long sum = 0;
      for (int channel = 0; channel < info.channels(); channel++) {
        sum += frame.channel(channel)[i];
      }
      mono[frames + i] = (float) (sum * scale);
    }
    frames += size;
    if (digest != null) {
      frame.addTo(digest);
    }
  }

  private MessageDigest md5() {
    if (Arrays.equals(info.md5(), new byte[16])) {
      return null;
    }
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }
}
