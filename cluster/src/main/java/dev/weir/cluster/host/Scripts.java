package dev.weir.cluster.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Programs for machines, kept as files beside the classes.
public final class Scripts {
  private Scripts() {}

  /// The text of a file beside `owner`.
  public static String read(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside " + owner.getName());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A word for a shell, whatever it holds.
  public static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
