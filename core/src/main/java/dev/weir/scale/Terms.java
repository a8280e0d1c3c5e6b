package dev.weir.scale;

/// How many replicas each term of a [Decision] asks for; 0 where a term does not apply, and one
/// more than the greatest number allowed where that is too few.
///
/// @param base for the rate now
/// @param trend for the rate that a trend leads to
/// @param backlog for the requests that wait
/// @param held the largest that the hold remembers of `base`
/// @param human what someone else set
public record Terms(int base, int trend, int backlog, int held, int human) {
  /// None applies.
  public static final Terms NONE = new Terms(0, 0, 0, 0, 0);
}
