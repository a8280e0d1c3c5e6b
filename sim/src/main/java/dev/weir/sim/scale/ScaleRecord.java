package dev.weir.sim.scale;

import dev.weir.scale.Promise;
import dev.weir.sim.scale.ScaleResult.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Response times as they come, by minute and by stretches of ten seconds of arrival.
final class ScaleRecord {
  private static final int POINT_SECONDS = 10;
  private static final int MINUTE_SECONDS = 60;

  private final Promise promise;
  private final int seconds;
  private final int[] count;
  private final int[] late;
  private final int[] replicas;
  private final float[][] responses;
  private final int[] kept;
  private int requests;
  private int lateCount;
  private double worstWaitSeconds;

  ScaleRecord(Promise promise, int seconds) {
    this.promise = promise;
    this.seconds = seconds;
    this.count = new int[Math.ceilDiv(seconds, MINUTE_SECONDS)];
    this.late = new int[count.length];
    int points = Math.ceilDiv(seconds, POINT_SECONDS);
    this.replicas = new int[points];
    this.responses = new float[points][16];
    this.kept = new int[points];
  }

  void served(double arrivedSeconds, double waitSeconds, double workSeconds) {
    double response = waitSeconds + workSeconds;
    int isLate = response > promise.seconds() ? 1 : 0;
    int minute = (int) (arrivedSeconds / MINUTE_SECONDS);
    requests++;
    lateCount += isLate;
    count[minute]++;
    late[minute] += isLate;
    worstWaitSeconds = Math.max(worstWaitSeconds, waitSeconds);
    keep((int) (arrivedSeconds / POINT_SECONDS), (float) response);
  }

  private void keep(int point, float response) {
    if (kept[point] == responses[point].length) {
      responses[point] = Arrays.copyOf(responses[point], 2 * kept[point]);
    }
    responses[point][kept[point]++] = response;
  }

  /// Notes how many replicas there are from now on; at least one.
  void replicas(double nowSeconds, int desired) {
    int point = (int) (nowSeconds / POINT_SECONDS);
    if (point < replicas.length) {
      replicas[point] = desired;
    }
  }

  ScaleResult result(double replicaSeconds, int starts) {
    int minutes = 0;
    int bad = 0;
    for (int i = 0; i < count.length; i++) {
      minutes += count[i] > 0 ? 1 : 0;
      bad += late[i] > (1 - promise.share()) * count[i] ? 1 : 0;
    }
    return new ScaleResult(
        requests,
        replicaSeconds,
        starts,
        (double) lateCount / Math.max(1, requests),
        (double) bad / Math.max(1, minutes),
        worstWaitSeconds,
        series());
  }

  private List<Point> series() {
    var points = new ArrayList<Point>();
    for (int i = 0; i < replicas.length; i++) {
      replicas[i] = replicas[i] == 0 && i > 0 ? replicas[i - 1] : replicas[i];
      int width = Math.min(POINT_SECONDS, seconds - i * POINT_SECONDS);
      points.add(
          new Point(i * POINT_SECONDS, (double) kept[i] / width, replicas[i], percentile(i)));
    }
    return points;
  }

  private double percentile(int point) {
    if (kept[point] == 0) {
      return Double.NaN;
    }
    float[] sorted = Arrays.copyOf(responses[point], kept[point]);
    Arrays.sort(sorted);
    return sorted[Math.max(0, (int) Math.ceil(promise.share() * sorted.length) - 1)];
  }
}
