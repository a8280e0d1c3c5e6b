package dev.weir.cli;

/// A label as the name of a folder or a log file.
final class FolderName {
  private FolderName() {}

  /// The label with `-` in place of everything that is unusual in a file name.
  static String of(String label) {
    return label.replaceAll("[^A-Za-z0-9._-]+", "-");
  }
}
