package dev.weir.lab.sampling;

import dev.weir.base.UserError;
import dev.weir.store.folder.PrivateFiles;
import dev.weir.tls.PrivateCa;
import dev.weir.tls.TlsIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The folder of the credentials for the agents of one swarm: a client certificate, its key, and
/// the private CA of the agents. Only its owner may read it.
///
/// @param folder where it is
public record MonitorCredentials(Path folder) {
  private static final String CA = "ca.pem";
  private static final String CERTIFICATE = "client.pem";
  private static final String KEY = "client-key.pem";
  private static final List<String> IN_ORDER = List.of(KEY, CERTIFICATE, CA);

  /// The credentials of a swarm, by its id, in the user's home.
  public static MonitorCredentials of(String swarm) {
    return new MonitorCredentials(
        Path.of(System.getProperty("user.home"), ".weir", "monitor", swarm));
  }

  public boolean exist() {
    return IN_ORDER.stream().allMatch(file -> Files.exists(folder.resolve(file)));
  }

  public TlsIdentity read() {
    if (!exist()) {
      throw new UserError(
          ("%s: holds no certificate for this swarm's agents (expected: the folder of that name from"
                  + " where 'weir monitor start' ran; or 'weir monitor start --renew')")
              .formatted(folder));
    }
    return TlsIdentity.read(folder.resolve(CERTIFICATE), folder.resolve(KEY), folder.resolve(CA));
  }

  /// Writes new credentials beside those in use, which stay valid until [#adopt].
  public void prepare(PrivateCa.Certificates issued) {
    try {
      PrivateFiles.createFolders(folder);
      write(KEY, issued.clientKey());
      write(CERTIFICATE, issued.client());
      write(CA, issued.authority());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /// Replaces the credentials in use with the prepared ones, once the agents take them.
  public void adopt() {
    try {
      for (String file : IN_ORDER) {
        Path prepared = prepared(file);
        if (Files.exists(prepared)) {
          Files.move(prepared, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  /*
   * The CA file is written last and renamed last. So if it exists but others are missing, an
   * earlier run was interrupted while renaming, which is now completed. Without it, the earlier run
   * was interrupted while writing.
   */
  /// Cleans up after an interrupted run.
  ///
  /// @return whether new ones are prepared; the agents may or may not have taken them
  public boolean isRenewing() {
    boolean last = Files.exists(prepared(CA));
    boolean all = IN_ORDER.stream().allMatch(file -> Files.exists(prepared(file)));
    if (last && !all) {
      adopt();
    } else if (!last) {
      delete(IN_ORDER.stream().map(this::prepared).toList());
    }
    return all;
  }

  private Path prepared(String file) {
    return folder.resolve(file + ".new");
  }

  private UserError unwritable(IOException e) {
    return new UserError(
        "%s: cannot be written: %s (expected: a folder of yours)".formatted(folder, e.getMessage()),
        e);
  }

  public void delete() {
    delete(IN_ORDER.stream().map(this::prepared).toList());
    delete(IN_ORDER.stream().map(folder::resolve).toList());
    delete(List.of(folder));
  }

  private void delete(List<Path> files) {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UserError(
          "%s: cannot be deleted: %s (delete it yourself)".formatted(folder, e.getMessage()), e);
    }
  }

  /// As a new file: an older file of that name may be open to other users.
  private void write(String name, String text) throws IOException {
    Path file = prepared(name);
    Files.deleteIfExists(file);
    try (OutputStream out = PrivateFiles.newFile(file)) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }
}
