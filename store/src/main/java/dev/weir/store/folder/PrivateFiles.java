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

/// Files and folders that only their owner may read, whatever the umask says: a run contains the
/// requests it sent. A file system without such permissions keeps its defaults.
public final class PrivateFiles {
  private static final String FILE = "rw-------";
  private static final String FOLDER = "rwx------";

  private PrivateFiles() {}

  /// Makes a folder and those above it that are missing.
  public static void createFolders(Path folder) throws IOException {
    Files.createDirectories(folder, attributes(folder, FOLDER));
  }

  /// Takes an empty folder that was there before away from everybody but its owner. One that holds
  /// something is not a run's alone, and stays as it is.
  static void closeIfEmpty(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      if (hasPermissions(folder) && found.findAny().isEmpty() && !isPrivate(folder)) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(FOLDER));
      }
    }
  }

  /// Makes one folder.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException if something of that name is there
  public static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, attributes(folder, FOLDER));
  }

  /// Makes a folder of a name that nothing had before.
  public static Path createUnique(Path parent, String prefix) throws IOException {
    return Files.createTempDirectory(parent, prefix, attributes(parent, FOLDER));
  }

  /// Opens a file for writing; one that is made now is private.
  static FileChannel open(Path file, OpenOption... further) throws IOException {
    var options = new HashSet<OpenOption>(Set.of(further));
    options.add(StandardOpenOption.WRITE);
    options.add(StandardOpenOption.CREATE);
    return FileChannel.open(file, options, attributes(file, FILE));
  }

  /// Opens an empty file; one that is made now is private.
  public static OutputStream newFile(Path file) throws IOException {
    return Channels.newOutputStream(open(file, StandardOpenOption.TRUNCATE_EXISTING));
  }

  /// Opens an empty file for somebody who may put it anywhere; one that is made now in a private
  /// folder, such as a run's, is private too.
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
