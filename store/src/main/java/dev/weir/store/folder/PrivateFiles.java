package dev.weir.store.folder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Files and folders that only their owner may read, regardless of the umask, because a run
/// contains the requests it sent. A file system without permissions keeps its defaults.
public final class PrivateFiles {
  private static final String FILE = "rw-------";
  private static final String FOLDER = "rwx------";

  private PrivateFiles() {}

  /// Creates a folder and its missing parents.
  public static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(folder, FOLDER));
  }

  /// Removes others' permissions from an existing empty folder. A folder with content may have
  /// other uses and stays unchanged.
  static void closeIfEmpty(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      if (hasPermissions(folder) && found.findAny().isEmpty() && !isPrivate(folder)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
      }
    }
  }

  /// Makes one folder.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException if the name is taken
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, attributes(folder, FOLDER));
  }

  /// Creates a folder with an unused name.
  public static Path createUnique(Path parent, String prefix) throws IOException {
    return Files.createTempDirectory(parent, prefix, attributes(parent, FOLDER));
  }

  /// Opens a file for writing; a new one is private.
  static FileChannel open(Path file, OpenOption... further) throws IOException {
    var options = new HashSet<OpenOption>(Set.of(further));
    options.add(StandardOpenOption.WRITE);
    options.add(StandardOpenOption.CREATE);
    return FileChannel.open(file, options, attributes(file, FILE));
  }

  /// Opens an empty file; a new one is private.
  public static OutputStream newFile(Path file) throws IOException {
    return Channels.newOutputStream(open(file, StandardOpenOption.TRUNCATE_EXISTING));
  }

  /// Opens an empty file at a place of the user's choice; a new one in a private folder, such as a
  /// run's, is private too.
  public static OutputStream newFileLikeFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return isPrivate(folder) ? newFile(file) : Files.newOutputStream(file);
  }

  private static boolean isPrivate(@Nullable Path folder) throws IOException {
    return folder != null
        && Files.isDirectory(folder)
        && hasPermissions(folder)
        && PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)).endsWith("------");
  }

  private static boolean hasPermissions(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    if (!hasPermissions(path)) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> set = PosixFilePermissions.fromString(permissions);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)};
  }
}
