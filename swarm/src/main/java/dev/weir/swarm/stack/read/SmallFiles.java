package dev.weir.swarm.stack.read;

import java.nio.file.Path;

/// Reads files that are small one by one and all together.
public final class SmallFiles {
  private final int bytesMax;
  private final long allBytesMax;
  private long allBytes;

  /// @param bytesMax how large each may be
  /// @param allBytesMax how large all that are read may be
  public SmallFiles(int bytesMax, long allBytesMax) {
    this.bytesMax = bytesMax;
    this.allBytesMax = allBytesMax;
  }

  /// Reads another one whole.
  ///
  /// @throws IllegalArgumentException saying why it cannot be taken
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
