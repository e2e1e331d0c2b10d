package affetto.cli;

import picocli.CommandLine.IVersionProvider;

/** Affetto's version as its jar's manifest has it. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"affetto " + (version == null ? "(from source)" : version)};
  }
}
