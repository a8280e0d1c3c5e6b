package dev.weir.cluster.ec2;

import dev.weir.base.CleanEnvironment;
import dev.weir.base.UserError;
import dev.weir.base.Visible;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A cluster's private key, made here by OpenSSH; it never leaves this machine.
final class KeyFile {
  static final String NAME = "id_ed25519";
  private static final long SECONDS_MAX = 30;
  private static final String PUBLIC = ".pub";

  private final Path folder;
  private final Path file;

  /// @param folder the cluster's own folder
  KeyFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(NAME);
  }

  Path file() {
    return file;
  }

  /// Type and key of the public half, without a comment; empty unless both halves are there.
  Optional<String> publicKey() {
    Path half = publicFile();
    if (!Files.exists(file) || !Files.exists(half)) {
      return Optional.empty();
    }
    try {
      return Optional.of(withoutComment(Files.readString(half)));
    } catch (IOException e) {
      throw new UserError("%s: unreadable (expected: a public key; %s)".formatted(half, e), e);
    }
  }

  /// The same of a line that EC2 gives.
  static String withoutComment(String line) {
    String[] words = line.strip().split("\\s+", 3);
    return words.length < 2 ? line.strip() : words[0] + " " + words[1];
  }

  /// Makes the key if it is not there. A killed attempt leaves no half key: the private file gets
  /// its name last.
  ///
  /// @return the public half
  String made() {
    Optional<String> known = publicKey();
    return known.orElseGet(this::make);
  }

  private String make() {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path part = folder.resolve(NAME + ".new");
      Files.deleteIfExists(part);
      Files.deleteIfExists(half(part));
      generate(part);
      Files.move(half(part), publicFile(), StandardCopyOption.ATOMIC_MOVE);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return withoutComment(Files.readString(publicFile()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a key in " + file, e);
    }
  }

  private static void generate(Path part) throws IOException {
    var builder =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "weir", "-f", part.toString())
            .redirectErrorStream(true);
    CleanEnvironment.clean(builder.environment());
    Process process = started(builder);
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new UserError("ssh-keygen: " + Visible.shortLine(said.strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserError("ssh-keygen: interrupted", e);
    }
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UserError(
          "ssh-keygen: not found (expected: OpenSSH's client on the PATH; package openssh-client"
              + " or openssh-clients)",
          e);
    }
  }

  private Path publicFile() {
    return half(file);
  }

  private static Path half(Path key) {
    return key.resolveSibling(key.getFileName() + PUBLIC);
  }
}
