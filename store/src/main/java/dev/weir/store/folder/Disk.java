package dev.weir.store.folder;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Adds to Java's file calls: replaces files so that a crash leaves the old or the new one whole,
/// and explains failures in words.
public final class Disk {
  private static final int RESERVE_BYTES = 16 << 10;

  private Disk() {}

  /// Replaces `file` by `content`; on return, it is on disk.
  public static void replace(Path file, byte[] content) throws IOException {
    Path fresh = fresh(file);
    try (FileChannel channel = PrivateFiles.open(fresh)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.truncate(content.length);
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(fresh);
      throw e;
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(file.toAbsolutePath().getParent());
  }

  /// Reserves space for the next [#replace] of `file`, so that a full disk cannot prevent recording
  /// that it is full.
  static void reserve(Path file) {
    try (OutputStream room = PrivateFiles.newFile(fresh(file))) {
      room.write(new byte[RESERVE_BYTES]);
    } catch (IOException e) {
      // Without it the replacement may fail and then reports that.
      return;
    }
  }

  private static Path fresh(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  /// Makes the names in a folder survive a power cut.
  static void syncFolder(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Some systems cannot sync a folder; there the names are as safe as that system makes them.
      return;
    }
  }

  /// Deletes a file or a folder with its content, without following links; ignores a missing one.
  public static void deleteAll(Path root) throws IOException {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> paths = Files.walk(root)) {
      found = paths.toList();
    }
    for (Path path : found.reversed()) {
      Files.delete(path);
    }
  }

  public static String reason(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException _ -> "a file of that name is in the way";
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file";
      case NotDirectoryException _ -> "not a folder";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      default -> Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    };
  }
}
