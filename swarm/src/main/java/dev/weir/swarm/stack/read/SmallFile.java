package dev.weir.swarm.stack.read;

import dev.weir.tls.BoundedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A file with a bounded size. Devices have no end and pipes may never begin, so neither is opened.
final class SmallFile {
  /// The empty file, which is allowed.
  private static final Path NOTHING = Path.of("/dev/null");

  private SmallFile() {}

  /// Reads a file that another file refers to.
  ///
  /// @throws IllegalArgumentException saying in a few words what is wrong with it
  static byte[] bytes(Path file, int max) {
    check(Files.isRegularFile(file) || file.equals(NOTHING), file);
    return read(file, max);
  }

  /// Reads a file that the user names, which may be a shell's `<(command)`.
  ///
  /// @throws IllegalArgumentException saying in a few words what is wrong with it
  static String typed(String name, int max) {
    try {
      Path file = Path.of(name);
      boolean piped = name.equals("/dev/stdin") || name.matches("/(dev|proc/self)/fd/\\d+");
      check(piped || Files.isRegularFile(file) || file.equals(NOTHING), file);
      return text(read(file, max));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("is no file name", e);
    }
  }

  /// The text of UTF-8 bytes.
  ///
  /// @throws IllegalArgumentException if they are not UTF-8
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("is not UTF-8", e);
    }
  }

  private static void check(boolean readable, Path file) {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException("is a folder (expected: a file)");
    }
    if (!readable && Files.exists(file)) {
      throw new IllegalArgumentException("is a device or a pipe (expected: a file)");
    }
    if (!readable) {
      throw new IllegalArgumentException("there is no such file");
    }
  }

  private static byte[] read(Path file, int max) {
    try {
      return BoundedFile.read(file, max)
          .orElseThrow(
              () -> new IllegalArgumentException("is larger than %d KiB".formatted(max >> 10)));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read", e);
    }
  }
}
