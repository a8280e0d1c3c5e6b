package dev.weir.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads files that should be small, so that a huge file or an endless device cannot fill the heap.
public final class BoundedFile {
  private BoundedFile() {}

  /// Reads a file whole.
  ///
  /// @param bytesMax the size allowed; one more byte is read at most
  /// @return its bytes, or empty if the file is larger
  public static Optional<byte[]> read(Path file, int bytesMax) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(bytesMax + 1);
      return bytes.length > bytesMax ? Optional.empty() : Optional.of(bytes);
    }
  }

  /// Checks that opening the file cannot block, as opening a pipe can.
  ///
  /// @return the same file
  /// @throws IOException if it is a folder, a device or a pipe, or is missing
  public static Path regular(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not a file");
    }
    return file;
  }
}
