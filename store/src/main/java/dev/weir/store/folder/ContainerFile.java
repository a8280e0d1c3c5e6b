package dev.weir.store.folder;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The name of a container's samples file, from which the container's name can be read again.
///
/// Letters, digits, `_`, `-` and inner dots stay unchanged; every other byte of the name in UTF-8
/// becomes `%XX`. A name too long for a file system ends in `%~` and a hash; the container's name
/// is then read from the documents, which repeat it.
public final class ContainerFile {
  public static final String SUFFIX = ".ndjson";

  private static final int NAME_BYTES_MAX = 200;
  private static final int HASH_BYTES = 16;
  private static final String CUT = "%~";
  private static final String EMPTY = "%";

  private ContainerFile() {}

  public static String nameFor(String container) {
    var name = new StringBuilder();
    for (byte b : container.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b, name.isEmpty())) {
        name.append((char) b);
      } else {
        name.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    if (name.length() > NAME_BYTES_MAX) {
      int kept = NAME_BYTES_MAX - CUT.length() - 2 * HASH_BYTES;
      return name.substring(0, kept) + CUT + hash(container) + SUFFIX;
    }
    return (name.isEmpty() ? EMPTY : name) + SUFFIX;
  }

  /// The container of a file; empty if its name was cut or is not one of ours.
  public static Optional<String> containerOf(String fileName) {
    if (!fileName.endsWith(SUFFIX) || fileName.contains(CUT)) {
      return Optional.empty();
    }
    String name = fileName.substring(0, fileName.length() - SUFFIX.length());
    if (name.equals(EMPTY)) {
      return Optional.of("");
    }
    return decoded(name);
  }

  private static Optional<String> decoded(String name) {
    byte[] in = name.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '%') {
        out[length++] = in[i];
      } else if (i + 2 < in.length
          && HexFormat.isHexDigit(in[i + 1])
          && HexFormat.isHexDigit(in[i + 2])) {
        out[length++] =
            (byte) (HexFormat.fromHexDigit(in[i + 1]) << 4 | HexFormat.fromHexDigit(in[i + 2]));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(new String(out, 0, length, StandardCharsets.UTF_8));
  }

  private static boolean isPlain(byte b, boolean first) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '_'
        || b == '-'
        || (b == '.' && !first);
  }

  private static String hash(String container) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(container.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
