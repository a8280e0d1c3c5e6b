package dev.weir.ssh;

/// What a command on another machine gave.
///
/// @param exit its exit code; 128 and more after a signal
/// @param out its standard output, cut at [SshSession#OUTPUT_BYTES_MAX]
/// @param err its standard error, cut likewise
public record CommandOutput(int exit, String out, String err) {
  /// Whether it ended with code 0.
  public boolean succeeded() {
    return exit == 0;
  }
}
