package dev.weir.console.wire;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/// The newest deltas, for viewers that lost their connection for a moment. Bounded in number and in
/// bytes.
final class ReplayRing {
  private final int countMax;
  private final long bytesMax;
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();
  private long bytes;
  private long first = 1;

  ReplayRing(int countMax, long bytesMax) {
    this.countMax = countMax;
    this.bytesMax = bytesMax;
  }

  /// Keeps the delta that leads to the next number.
  void add(Frame delta) {
    frames.addLast(delta);
    bytes += delta.size();
    while (frames.size() > countMax || (bytes > bytesMax && frames.size() > 1)) {
      bytes -= frames.removeFirst().size();
      first++;
    }
  }

  /// The deltas after a number, oldest first; empty if some are no longer here.
  Optional<List<Frame>> after(long number) {
    boolean isKept = number >= first - 1 && number < first + frames.size();
    return isKept
        ? Optional.of(frames.stream().skip(number - first + 1).toList())
        : Optional.empty();
  }

  long bytes() {
    return bytes;
  }
}
