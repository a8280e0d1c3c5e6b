package dev.weir.sim.scale;

import java.util.Arrays;

/// When each busy slot becomes free: a binary heap that allocates nothing once it is large enough.
final class CompletionHeap {
  private double[] at = new double[64];
  private double[] work = new double[64];
  private SimulatedPool.Server[] server = new SimulatedPool.Server[64];
  private int size;

  int size() {
    return size;
  }

  double firstSeconds() {
    return size == 0 ? Double.POSITIVE_INFINITY : at[0];
  }

  SimulatedPool.Server firstServer() {
    return server[0];
  }

  double firstWork() {
    return work[0];
  }

  void add(double seconds, double workSeconds, SimulatedPool.Server on) {
    if (size == at.length) {
      at = Arrays.copyOf(at, 2 * size);
      work = Arrays.copyOf(work, 2 * size);
      server = Arrays.copyOf(server, 2 * size);
    }
    int i = size++;
    while (i > 0 && at[(i - 1) / 2] > seconds) {
      move((i - 1) / 2, i);
      i = (i - 1) / 2;
    }
    put(i, seconds, workSeconds, on);
  }

  void removeFirst() {
    size--;
    double seconds = at[size];
    int i = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && at[child + 1] < at[child]) {
        child++;
      }
      if (at[child] >= seconds) {
        break;
      }
      move(child, i);
      i = child;
      child = 2 * i + 1;
    }
    put(i, seconds, work[size], server[size]);
  }

  private void move(int from, int to) {
    put(to, at[from], work[from], server[from]);
  }

  private void put(int i, double seconds, double workSeconds, SimulatedPool.Server on) {
    at[i] = seconds;
    work[i] = workSeconds;
    server[i] = on;
  }
}
