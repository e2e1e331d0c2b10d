package affetto.audio;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.io.IOException;
import java.util.List;

/** A small well-formed file of every kind that is read. */
public final class SoundSeeds {

  private SoundSeeds() {}

  public static List<byte[]> all() throws IOException {
    float[] ramp = SoundFiles.ramp(300);
    byte[] little = SoundFiles.encode(ramp, SampleCoding.SIGNED_16, LITTLE_ENDIAN);
    byte[] big = SoundFiles.encode(ramp, SampleCoding.SIGNED_16, BIG_ENDIAN);
    byte[] floats = SoundFiles.encode(ramp, SampleCoding.FLOAT_32, LITTLE_ENDIAN);
    return List.of(
        SoundFiles.wav(SoundFiles.format(1, 1, 16000, 2, 16), little),
        SoundFiles.wav(SoundFiles.format(1, 2, 48000, 4, 16), little),
        SoundFiles.wav(SoundFiles.extensible(3, 1, 44100, 4, 32), floats),
        SoundFiles.riff(
            SoundFiles.le("fmt ", SoundFiles.format(1, 1, 16000, 2, 16)),
            SoundFiles.le("FLLR", new byte[41]),
            SoundFiles.le("data", little),
            SoundFiles.le("LIST", new byte[9])),
        SoundFiles.aiff(null, 1, 300, 16, 24414, big),
        SoundFiles.aiff("sowt", 1, 300, 16, 24414, little),
        SoundFiles.au(big.length, big),
        FlacDecoderGoldenTest.resource("mono16.flac"),
        FlacDecoderGoldenTest.resource("stereo24.flac"),
        FlacDecoderGoldenTest.resource("mono8.flac"));
  }
}
