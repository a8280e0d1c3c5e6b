package dev.weir.report;

import java.util.Arrays;

/// Values over time, in the order of time. A NaN among the values breaks the line there.
final class Series {
  private final String name;
  private final double[] seconds;
  private final double[] values;

  /// A series of `name` with one value per instant, in seconds since the load began.
  Series(String name, double[] seconds, double[] values) {
    this.name = name;
    this.seconds = seconds;
    this.values = values;
  }

  String name() {
    return name;
  }

  /// The same values under another name.
  Series named(String other) {
    return new Series(other, seconds, values);
  }

  double second(int index) {
    return seconds[index];
  }

  double value(int index) {
    return values[index];
  }

  int size() {
    return seconds.length;
  }

  /// NaN if it is empty; NaN sorts after all others.
  double maximum() {
    return Arrays.stream(values).filter(Double::isFinite).max().orElse(Double.NaN);
  }

  boolean isEmpty() {
    return Arrays.stream(values).noneMatch(Double::isFinite);
  }

  /// At most about `pointsMax` of the points: of every bucket its lowest, its highest and one
  /// break, each where it was, so that no spike and no gap is lost.
  Series thinned(int pointsMax) {
    if (size() <= pointsMax) {
      return this;
    }
    int buckets = Math.max(1, pointsMax / 3);
    var kept = new boolean[size()];
    for (int bucket = 0; bucket < buckets; bucket++) {
      keepExtremes(bounds(bucket, buckets), bounds(bucket + 1, buckets), kept);
    }
    return only(kept);
  }

  private int bounds(int bucket, int buckets) {
    return (int) ((long) size() * bucket / buckets);
  }

  private void keepExtremes(int from, int to, boolean[] kept) {
    int lowest = -1;
    int highest = -1;
    int broken = -1;
    for (int i = from; i < to; i++) {
      if (Double.isNaN(values[i])) {
        broken = i;
      } else {
        lowest = lowest < 0 || values[i] < values[lowest] ? i : lowest;
        highest = highest < 0 || values[i] > values[highest] ? i : highest;
      }
    }
    for (int i : new int[] {lowest, highest, broken}) {
      if (i >= 0) {
        kept[i] = true;
      }
    }
  }

  private Series only(boolean[] kept) {
    var keptSeconds = new double[size()];
    var keptValues = new double[size()];
    int count = 0;
    for (int i = 0; i < size(); i++) {
      if (kept[i]) {
        keptSeconds[count] = seconds[i];
        keptValues[count++] = values[i];
      }
    }
    return new Series(name, Arrays.copyOf(keptSeconds, count), Arrays.copyOf(keptValues, count));
  }
}
