package dev.weir.lab.record;

/// A label as the name of a folder or a log file.
public final class FolderName {
  private FolderName() {}

  /// The label with `-` in place of everything that is unusual in a file name.
  public static String of(String label) {
    return label.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
