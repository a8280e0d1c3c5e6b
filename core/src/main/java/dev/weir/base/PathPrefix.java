package dev.weir.base;

import java.util.Optional;

/// What the paths of a service's requests begin with, up to a whole segment: `/api` holds for
/// `/api/x`, not for `/apix`.
///
/// @param text without a slash at its end, unless it is one
public record PathPrefix(String text) {
  private static final String SHAPE = "/[!-~&&[^?#*]]{0,1023}";

  /// Takes slashes off the end.
  ///
  /// @throws IllegalArgumentException if it is no beginning of a path
  public PathPrefix {
    Checks.check(isOne(text), "path", text, "what paths begin with, as in /api; no ?, # or *");
    int end = text.length();
    while (end > 1 && text.charAt(end - 1) == '/') {
      end--;
    }
    text = text.substring(0, end);
  }

  /// The same, empty if it is no beginning of a path.
  public static Optional<PathPrefix> of(String text) {
    return isOne(text) ? Optional.of(new PathPrefix(text)) : Optional.empty();
  }

  private static boolean isOne(String text) {
    return text.matches(SHAPE);
  }
}
