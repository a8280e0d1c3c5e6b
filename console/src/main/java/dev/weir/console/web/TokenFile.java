package dev.weir.console.web;

import dev.weir.base.UserError;
import dev.weir.tls.BoundedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The file with the tokens that log viewers in: one a line, `TOKEN` or `NAME:TOKEN`.
final class TokenFile {
  static final String OPTION = "token file";
  static final String DEFAULT_NAME = "operator";
  private static final int BYTES_MAX = 64 << 10;
  private static final int TOKEN_BYTES = 32;
  private static final int TOKEN_MIN = 16;
  private static final Path SECRETS = Path.of("/run/secrets");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private TokenFile() {}

  /// The tokens of a file by their names. A file that is missing is made, with a token that nobody
  /// knows yet.
  ///
  /// @throws UserError if it cannot be read or made, if others may read it, or if a token is short
  static Map<String, String> readOrMake(Path file) {
    try {
      make(file);
      checkPrivate(file);
      byte[] bytes =
          BoundedFile.read(BoundedFile.regular(file), BYTES_MAX)
              .orElseThrow(() -> refused(file, "at most 64 KiB"));
      return parse(file, new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UserError(
          "%s: %s cannot be used: %s (expected: a file that this user may read and make)"
              .formatted(OPTION, file, e.getClass().getSimpleName()),
          e);
    }
  }

  private static void make(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
    try (var out =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      out.write(StandardCharsets.US_ASCII.encode(token));
    } catch (FileAlreadyExistsException _) {
      // Another process was first; its token is as good.
    }
  }

  /// Secrets of a swarm lie in a folder of their container alone, readable for all in it.
  private static void checkPrivate(Path file) throws IOException {
    Path real = file.toRealPath();
    var open = EnumSet.copyOf(OTHERS);
    open.retainAll(Files.getPosixFilePermissions(real));
    if (!open.isEmpty() && !real.startsWith(SECRETS)) {
      throw refused(file, "a file that only its owner may read: chmod 600 " + file);
    }
  }

  private static Map<String, String> parse(Path file, String text) {
    var tokens = new LinkedHashMap<String, String>();
    text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> {
          int colon = line.indexOf(':');
          String name = colon > 0 ? line.substring(0, colon).strip() : DEFAULT_NAME;
          String token = line.substring(colon + 1).strip();
          if (token.length() < TOKEN_MIN || !name.matches("[A-Za-z0-9._@-]{1,64}")) {
            throw refused(file, "lines TOKEN or NAME:TOKEN, with tokens of 16 or more characters");
          }
          tokens.put(name, token);
        });
    if (tokens.isEmpty()) {
      throw refused(file, "a token; remove the file to have one made");
    }
    return tokens;
  }

  private static UserError refused(Path file, String expected) {
    return new UserError("%s: %s (expected: %s)".formatted(OPTION, file, expected));
  }
}
