package dev.weir.ssh;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A private folder for the sockets of one connection. Its path is short, because the path of a
/// Unix socket holds 108 bytes (104 on some systems).
final class SocketFolder {
  /// Name of the socket through which commands share the connection.
  private static final String CONTROL = "c";

  private static final int BASE_LETTERS_MAX = 56;
  private static final Duration LEFT_AGE = Duration.ofDays(1);
  private static final Pattern NAME = Pattern.compile("weir-ssh-([0-9]{1,18})-[0-9a-f]{8}");

  private final Path path;

  private SocketFolder(Path path) {
    this.path = path;
  }

  /// Makes one that only this user can enter, and removes those that dead processes left.
  static SocketFolder make() throws IOException {
    return make(base(), Instant.now());
  }

  static SocketFolder make(Path base, Instant now) throws IOException {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    String name =
        "weir-ssh-%d-%s".formatted(ProcessHandle.current().pid(), HexFormat.of().formatHex(random));
    Path made =
        Files.createDirectory(
            base.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    removeLeft(base, made, now.minus(LEFT_AGE));
    return new SocketFolder(made);
  }

  private static Path base() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    return folder.toString().length() > BASE_LETTERS_MAX ? Path.of("/tmp") : folder;
  }

  Path path() {
    return path;
  }

  Path control() {
    return path.resolve(CONTROL);
  }

  /// Path of the socket number `index`.
  Path socket(int index) {
    return path.resolve("s" + index);
  }

  void remove() {
    remove(path);
  }

  private static void removeLeft(Path base, Path made, Instant before) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(base, "weir-ssh-*")) {
      var owner = Files.getOwner(made);
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)
            && Files.getLastModifiedTime(folder).toInstant().isBefore(before)
            && isLeft(folder)) {
          remove(folder);
        }
      }
    } catch (IOException _) {
      // Somebody else removed it first, or will at the next start.
    }
  }

  /// Whether its process is dead. In another container the process has a number of its own, so its
  /// connection is asked too.
  private static boolean isLeft(Path folder) {
    Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
    if (!name.matches() || ProcessHandle.of(Long.parseLong(name.group(1))).isPresent()) {
      return false;
    }
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve(CONTROL)))) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  private static void remove(Path folder) {
    try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder)) {
      for (Path socket : sockets) {
        Files.deleteIfExists(socket);
      }
      Files.deleteIfExists(folder);
    } catch (IOException _) {
      // The process of the connection removes it too.
    }
  }
}
