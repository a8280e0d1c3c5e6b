package dev.weir.swarm.stack.read;

import java.nio.file.Path;

/// Reads files with a bound on each and on all together.
public final class SmallFiles {
  private final int bytesMax;
  private final long allBytesMax;
  private long allBytes;

  /// @param bytesMax the largest size of each
  /// @param allBytesMax the largest size of all together
  public SmallFiles(int bytesMax, long allBytesMax) {
    this.bytesMax = bytesMax;
    this.allBytesMax = allBytesMax;
  }

  /// Reads another file.
  ///
  /// @throws IllegalArgumentException with the reason for refusing it
  public byte[] bytes(Path file) {
    byte[] bytes = SmallFile.bytes(file, bytesMax);
    allBytes += bytes.length;
    if (allBytes > allBytesMax) {
      throw new IllegalArgumentException(
          "with those before it, it is larger than %d MiB".formatted(allBytesMax >> 20));
    }
    return bytes;
  }
}
