package dev.weir.lab.record;

/// Weir's version, from the manifest of its jar.
public final class WeirVersion {
  private WeirVersion() {}

  /// Such as `0.1.0`; `development` for classes outside a jar.
  public static String text() {
    String version = WeirVersion.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
