package dev.weir.base;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Suggests a known name for a misspelt one.
public final class NearestName {
  private NearestName() {}

  /// The known name nearest to `typed`, if at most half of the letters, and no more than three,
  /// differ.
  public static Optional<String> to(String typed, Collection<String> known) {
    String small = typed.toLowerCase(Locale.ROOT);
    int most = Math.clamp(small.length() / 2, 1, 3);
    return known.stream()
        .filter(name -> edits(small, name) <= most)
        .min(Comparator.comparingInt(name -> edits(small, name)));
  }

  /// A hint such as `; did you mean weir?`, or the empty text.
  public static String hint(String typed, Collection<String> known) {
    return to(typed, known).map("; did you mean %s?"::formatted).orElse("");
  }

  /// Damerau's distance: letters inserted, left out, replaced, or swapped with a neighbour.
  private static int edits(String a, String b) {
    int[][] least = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int edit = 1 + Math.min(least[i - 1][j], least[i][j - 1]);
        least[i][j] = Math.min(edit, least[i - 1][j - 1] + other);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
        }
      }
    }
    return least[a.length()][b.length()];
  }
}
