package dev.weir.swarm.engine;

import dev.weir.swarm.engine.EngineException.Reason;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version of the Engine's API, such as 1.44.
///
/// @param major the number before the dot
/// @param minor the number after it
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  /// The newest version that this client was checked against: Engine 29.0.
  static final ApiVersion OURS = new ApiVersion(1, 52);

  /// The oldest version with everything that Weir uses: Engine 20.10.
  static final ApiVersion OLDEST = new ApiVersion(1, 41);

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

  /// The lower of ours and the Engine's newest, which its ping reports.
  static ApiVersion agreed(EngineAddress at, String newest) {
    Matcher text = TEXT.matcher(newest.strip());
    if (!text.matches()) {
      throw refused(at, "it speaks API version " + newest);
    }
    var theirs = new ApiVersion(Integer.parseInt(text.group(1)), Integer.parseInt(text.group(2)));
    if (theirs.compareTo(OLDEST) < 0) {
      throw refused(
          at, "its newest API version is %s, and Weir needs %s".formatted(theirs, OLDEST));
    }
    return theirs.compareTo(OURS) < 0 ? theirs : OURS;
  }

  private static EngineException refused(EngineAddress at, String why) {
    return new EngineException(
        Reason.VERSION,
        0,
        why,
        "%s: %s (expected: Docker Engine 20.10 or newer)".formatted(at, why));
  }

  @Override
  public int compareTo(ApiVersion other) {
    return Comparator.comparingInt(ApiVersion::major)
        .thenComparingInt(ApiVersion::minor)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
