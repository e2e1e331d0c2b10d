package affetto.archive;

import java.io.Serializable;

/**
 * A file in an archive.
 *
 * @param name its path in the archive: relative, parts joined by slashes, none of them empty,
 *     {@code .} or {@code ..}
 * @param bytes its unpacked length
 * @param place where in the archive it is
 */
public record Member(String name, long bytes, Place place) implements Serializable {

  /** Where a member is. */
  public sealed interface Place extends Serializable permits InZip, InTar {}

  /**
   * In a zip.
   *
   * @param headerAt offset of its local header
   * @param deflated whether it is packed
   * @param packedBytes its length in the archive
   * @param crc CRC-32 of its unpacked bytes
   */
  public record InZip(long headerAt, boolean deflated, long packedBytes, int crc)
      implements Place {}

  /**
   * In a tar.
   *
   * @param at offset of its first byte in the tar; in the unpacked one where that is compressed
   */
  public record InTar(long at) implements Place {}
}
