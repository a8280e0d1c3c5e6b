package dev.weir.cli;

import dev.weir.base.UserError;
import dev.weir.observe.wire.Authority;
import dev.weir.observe.wire.TlsIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The folder of what opens the agents of one swarm: a client's certificate, its key, and the
/// authority of the agents'. Only its owner may read it.
///
/// @param folder where it is
record MonitorCredentials(Path folder) {
  private static final String AUTHORITY = "ca.pem";
  private static final String CERTIFICATE = "client.pem";
  private static final String KEY = "client-key.pem";
  private static final List<String> FILES = List.of(AUTHORITY, CERTIFICATE, KEY);

  /// Those of a swarm, by its id, in the user's home.
  static MonitorCredentials of(String swarm) {
    return new MonitorCredentials(
        Path.of(System.getProperty("user.home"), ".weir", "monitor", swarm));
  }

  boolean exist() {
    return FILES.stream().allMatch(file -> Files.exists(folder.resolve(file)));
  }

  TlsIdentity read() {
    if (!exist()) {
      throw new UserError(
          ("%s: holds no certificate for this swarm's agents (expected: the folder of that name from"
                  + " where 'weir monitor start' ran; or 'weir monitor start --renew')")
              .formatted(folder));
    }
    return TlsIdentity.read(
        folder.resolve(CERTIFICATE), folder.resolve(KEY), folder.resolve(AUTHORITY));
  }

  void write(Authority.Certificates issued) {
    try {
      Files.createDirectories(folder, attributes("rwx------"));
      write(AUTHORITY, issued.authority());
      write(CERTIFICATE, issued.client());
      write(KEY, issued.clientKey());
    } catch (IOException e) {
      throw new UserError(
          "%s: cannot be written: %s (expected: a folder of yours)"
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  void delete() {
    try {
      for (String file : FILES) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UserError(
          "%s: cannot be deleted: %s (delete it yourself)".formatted(folder, e.getMessage()), e);
    }
  }

  /// Anew, so that nobody who could read an older file of that name reads this one.
  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(file, attributes("rw-------"));
    Files.writeString(file, text, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
  }

  private FileAttribute<?>[] attributes(String permissions) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
