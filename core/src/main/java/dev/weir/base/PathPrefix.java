package dev.weir.base;

import java.util.Optional;

/// A prefix of request paths, in whole segments: `/api` covers `/api/x`, not `/apix`.
///
/// @param text without a slash at its end, except for `/` itself
public record PathPrefix(String text) {
  private static final String SHAPE = "/[!-~&&[^?#*]]{0,1023}";

  /// Removes slashes at the end.
  ///
  /// @throws IllegalArgumentException if it is not the beginning of a path
  public PathPrefix {
    Checks.check(isOne(text), "path", text, "what paths begin with, as in /api; no ?, # or *");
    int end = text.length();
    while (end > 1 && text.charAt(end - 1) == '/') {
      end--;
    }
    text = text.substring(0, end);
  }

  /// The prefix, or empty if it is not the beginning of a path.
  public static Optional<PathPrefix> of(String text) {
    return isOne(text) ? Optional.of(new PathPrefix(text)) : Optional.empty();
  }

  /// Whether a request target begins with it: a path, with or without a query.
  public boolean covers(String target) {
    if (text.equals("/")) {
      return true;
    }
    return target.startsWith(text)
        && (target.length() == text.length() || "/?#".indexOf(target.charAt(text.length())) >= 0);
  }

  private static boolean isOne(String text) {
    return text.matches(SHAPE);
  }
}
