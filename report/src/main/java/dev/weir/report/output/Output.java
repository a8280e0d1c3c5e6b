package dev.weir.report.output;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files that a report writes. In a private folder, such as a run's, they are private too, so that
/// a copy elsewhere stays private; otherwise the umask decides.
public final class Output {
  private Output() {}

  /// Creates a folder and its missing parents.
  public static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(folder, "rwx------"));
  }

  /// Writes a file, replacing its content.
  static Path write(Path file, byte[] content) throws IOException {
    var options =
        Set.of(
            StandardOpenOption.WRITE,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING);
    try (var channel = Files.newByteChannel(file, options, attributes(file, "rw-------"))) {
      var out = Channels.newOutputStream(channel);
      out.write(content);
    }
    return file;
  }

  /// The same for text.
  public static Path write(Path file, String content) throws IOException {
    return write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /// Replaces a file once its new content is complete, by means of a temporary file.
  public static void replace(Path file, String content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path draft = absolute.resolveSibling(absolute.getFileName() + ".part");
    for (int i = 2; Files.exists(draft); i++) {
      draft = absolute.resolveSibling(absolute.getFileName() + ".part" + i);
    }
    try {
      write(draft, content);
      Files.move(draft, absolute, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static FileAttribute<?>[] attributes(Path file, String own) throws IOException {
    Path folder = existing(file.toAbsolutePath().getParent());
    boolean isPrivate =
        folder != null
            && folder.getFileSystem().supportedFileAttributeViews().contains("posix")
            && PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))
                .endsWith("------");
    return isPrivate
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(own))
        }
        : new FileAttribute<?>[0];
  }

  private static @Nullable Path existing(@Nullable Path folder) {
    Path found = folder;
    while (found != null && !Files.isDirectory(found)) {
      found = found.getParent();
    }
    return found;
  }
}
