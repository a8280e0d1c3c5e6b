package dev.weir.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The lines of known_hosts files, as sshd(8) describes them.
final class KnownHosts {
  private static final int SSH_PORT = 22;
  private static final int FIELDS_MIN = 3;
  private static final int BYTES_MAX = 4 << 20;

  private KnownHosts() {}

  /// The name under which a file holds an address: the host, with another port than 22 as
  /// `[host]:port`.
  static String name(SshAddress address) {
    int port = address.port().orElse(SSH_PORT);
    return port == SSH_PORT ? address.host() : "[%s]:%d".formatted(address.host(), port);
  }

  /// The lines of a file; none if there is no file.
  static List<String> lines(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    if (Files.size(file) > BYTES_MAX) {
      throw new IOException("larger than %d MiB".formatted(BYTES_MAX >> 20));
    }
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }

  /// Whether a line holds a key of this name, in the clear or hashed.
  static boolean isOf(String line, String name) {
    String[] fields = line.strip().split("\\s+", FIELDS_MIN);
    if (fields.length < FIELDS_MIN || fields[0].startsWith("#") || fields[0].startsWith("@")) {
      return false;
    }
    return List.of(fields[0].split(",")).contains(name) || isHashOf(fields[0], name);
  }

  /// Reads a line; empty if it holds no key.
  static Optional<HostKey> key(String line) {
    String[] fields = line.strip().split("\\s+", -1);
    if (fields.length < FIELDS_MIN || fields[0].startsWith("#") || fields[0].startsWith("@")) {
      return Optional.empty();
    }
    return fingerprint(fields[2])
        .map(print ->
            new HostKey(fields[1], print, "%s %s %s".formatted(fields[0], fields[1], fields[2])));
  }

  /// The fingerprint of the key in a line of a file, counted from 1.
  static Optional<String> fingerprint(Path file, int line) {
    try {
      List<String> lines = lines(file);
      return line < 1 || line > lines.size()
          ? Optional.empty()
          : key(lines.get(line - 1)).map(HostKey::fingerprint);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> fingerprint(String base64) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
      return Optional.of("SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean isHashOf(String hashed, String name) {
    String[] parts = hashed.split("\\|", -1);
    if (parts.length != 4 || !parts[1].equals("1")) {
      return false;
    }
    try {
      var mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
      byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
      return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
