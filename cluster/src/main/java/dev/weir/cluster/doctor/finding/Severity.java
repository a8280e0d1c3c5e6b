package dev.weir.cluster.doctor.finding;

import java.util.Locale;

/// How bad a finding is, the worst first.
public enum Severity {
  /// Something does not work, or anybody can take the swarm over.
  CRITICAL,
  /// Something will fail, or works only by luck.
  WARNING,
  /// Worth knowing; nothing needs to be done.
  NOTE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
