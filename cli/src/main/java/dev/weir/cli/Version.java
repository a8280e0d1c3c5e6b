package dev.weir.cli;

import picocli.CommandLine.IVersionProvider;

/// What `weir --version` prints: Weir's version and the Java it runs on.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"weir %s (Java %s)".formatted(own(), Runtime.version())};
  }

  /// Weir's own version, from its jar.
  static String own() {
    String own = Weir.class.getPackage().getImplementationVersion();
    return own == null ? "development" : own;
  }
}
