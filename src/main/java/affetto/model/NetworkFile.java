package affetto.model;

import affetto.archive.ArchiveException;
import affetto.archive.ArchiveKind;
import affetto.archive.Contents;
import affetto.archive.Member;
import affetto.archive.Members;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.util.ModelSerializer;

/**
 * A network's file as Deeplearning4j writes it, read without any of its readers: those allocate
 * what a header claims, make whatever class the layers' JSON names, and deserialize a normaliser
 * that may lie beside it. Here the file holds two members, the JSON names only classes of {@link
 * KnownLayers}, and the numbers are as many as are there.
 *
 * @param layers the JSON of the layers
 * @param parameters all of them in a row
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, not compared
record NetworkFile(String layers, float[] parameters) {

  private static final long MOST_JSON_BYTES = 1 << 20;
  private static final long MOST_PARAMETER_BYTES = 1 << 30;

  /** What every buffer of ND4J begins with; other ways of allocation are long gone. */
  private static final String HEADER = "MIXED_DATA_TYPES";

  /** A file whose bytes are all there. */
  @SuppressWarnings("ArrayRecordComponent") // read, not compared
  private record InMemory(byte[] bytes) implements Contents.Source {

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void read(long at, byte[] into, int offset, int length) throws IOException {
      if (at > bytes.length - length) {
        throw new EOFException();
      }
      System.arraycopy(bytes, (int) at, into, offset, length);
    }

    @Override
    public InputStream stream() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is anything else than a network's layers and parameters
   */
  static NetworkFile read(byte[] file) throws IOException {
    InMemory bytes = new InMemory(file);
    try {
      Map<String, Member> members = members(bytes);
      byte[] json = read(bytes, members, ModelSerializer.CONFIGURATION_JSON, MOST_JSON_BYTES);
      String layers = new String(json, StandardCharsets.UTF_8);
      KnownLayers.check(layers);
      byte[] numbers = read(bytes, members, ModelSerializer.COEFFICIENTS_BIN, MOST_PARAMETER_BYTES);
      if (!members.isEmpty()) {
        throw new IOException(
            "%s in the file, which no network has".formatted(members.keySet().iterator().next()));
      }
      return new NetworkFile(layers, parameters(ByteBuffer.wrap(numbers)));
    } catch (ArchiveException e) {
      throw new IOException("the network's file: " + e.getMessage(), e);
    }
  }

  /** Whether the layers are a graph, and not a sequence as Deeplearning4j also writes it. */
  boolean isGraph() throws IOException {
    return NeuralNetConfiguration.mapper().readTree(layers).has("vertices");
  }

  private static Map<String, Member> members(InMemory file) throws ArchiveException, IOException {
    Contents contents = Contents.list(ArchiveKind.ZIP, file);
    if (!contents.faults().isEmpty()) {
      Contents.Fault fault = contents.faults().get(0);
      throw new ArchiveException(fault.name() + ": " + fault.reason());
    }
    Map<String, Member> members = new TreeMap<>();
    contents.members().forEach(member -> members.put(member.name(), member));
    return members;
  }

  private static byte[] read(InMemory file, Map<String, Member> members, String name, long most)
      throws ArchiveException, IOException {
    Member member = members.remove(name);
    if (member == null) {
      throw new IOException("no %s in the file".formatted(name));
    }
    if (member.bytes() > most) {
      throw new IOException(
          "%s has %d bytes, at most %d are read".formatted(name, member.bytes(), most));
    }
    return Members.read(file, member);
  }

  /** A buffer that tells the array's shape, then one with its values. */
  private static float[] parameters(ByteBuffer bytes) throws IOException {
    int rank = count(bytes, "LONG", Long.BYTES);
    for (int i = 0; i < rank; i++) {
      bytes.getLong(); // a row it is, whatever it says
    }
    float[] parameters = new float[count(bytes, "FLOAT", Float.BYTES)];
    bytes.asFloatBuffer().get(parameters);
    if (bytes.remaining() != Float.BYTES * parameters.length) {
      throw new IOException(
          "more than the parameters in %s".formatted(ModelSerializer.COEFFICIENTS_BIN));
    }
    return parameters;
  }

  /** How many values a buffer announces; they are all there. */
  private static int count(ByteBuffer bytes, String type, int size) throws IOException {
    String header = text(bytes);
    long count = bytes.remaining() < Long.BYTES ? -1 : bytes.getLong();
    String found = text(bytes);
    if (!header.equals(HEADER) || !found.equals(type)) {
      throw new IOException("the parameters are no array of floats as Deeplearning4j writes it");
    }
    if (count < 0 || count > bytes.remaining() / size) {
      throw new IOException(
          "%d parameters are announced, %d bytes are there".formatted(count, bytes.remaining()));
    }
    return (int) count;
  }

  private static String text(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining() < Short.BYTES ? -1 : bytes.getShort();
    if (length < 0 || length > HEADER.length() || length > bytes.remaining()) {
      throw new IOException("the parameters are no array as Deeplearning4j writes it");
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.US_ASCII);
  }
}
