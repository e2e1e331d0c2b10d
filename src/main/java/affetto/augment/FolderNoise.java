package affetto.augment;

import affetto.audio.Waveform;
import affetto.dsp.Workbench;

/**
 * {@link RecordedNoise} from a folder that nobody has read yet: what a sweep asks for, before its
 * job reads the folder. Its id has a hash of the folder's path where the other has one of the
 * sound.
 *
 * @param folder a plain path or a URI
 * @param snrDb -40 to 100 dB
 */
public record FolderNoise(String folder, double snrDb) implements Augmentation {

  public FolderNoise {
    Ranges.checkSnr("recorded-noise", snrDb);
  }

  @Override
  public String id() {
    return "recorded-" + NoiseBank.id(name(), folder) + "-snr" + Ranges.signed(snrDb);
  }

  /** The last part of the folder's path. */
  public String name() {
    return folder.replaceAll("/+$", "").replaceAll(".*[/:]", "");
  }

  /** The same with the folder's recordings. */
  public RecordedNoise with(NoiseBank bank) {
    return new RecordedNoise(bank, snrDb);
  }

  /**
   * Not possible yet.
   *
   * @throws IllegalStateException always
   */
  @Override
  public Waveform apply(Waveform waveform, long seed, Workbench bench) {
    throw new IllegalStateException("the noise in %s has not been read".formatted(folder));
  }
}
