package dev.weir.cli;

import dev.weir.lab.record.WeirVersion;
import picocli.CommandLine.IVersionProvider;

/// What `weir --version` prints: Weir's version and the Java it runs on.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"weir %s (Java %s)".formatted(WeirVersion.text(), Runtime.version())};
  }
}
