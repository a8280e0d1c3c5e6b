package dev.weir.sim.scale;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Replicas that start after a cold start and finish what they have when they are removed.
final class SimulatedPool {
  private final int slots;
  private final double coldStartSeconds;
  private final ArrayDeque<Double> starting = new ArrayDeque<>();
  private final List<Server> ready = new ArrayList<>();
  private final ArrayDeque<Server> free = new ArrayDeque<>();
  private int draining;
  private int starts;
  private double spentSeconds;
  private double atSeconds;

  SimulatedPool(int slots, double coldStartSeconds, int replicas) {
    this.slots = slots;
    this.coldStartSeconds = coldStartSeconds;
    for (int i = 0; i < replicas; i++) {
      start();
    }
  }

  int ready() {
    return ready.size();
  }

  int starts() {
    return starts;
  }

  int desired() {
    return ready.size() + starting.size();
  }

  /// When the next replica is ready; infinite if none is starting.
  double nextReadySeconds() {
    Double first = starting.peekFirst();
    return first == null ? Double.POSITIVE_INFINITY : first;
  }

  void becomeReady(double nowSeconds) {
    spend(nowSeconds);
    starting.removeFirst();
    start();
  }

  private void start() {
    var server = new Server();
    ready.add(server);
    for (int i = 0; i < slots; i++) {
      free.addLast(server);
    }
  }

  /// A replica that is starting goes first, as in a swarm; then the newest.
  void resize(int replicas, double nowSeconds) {
    spend(nowSeconds);
    while (desired() < replicas) {
      starting.addLast(nowSeconds + coldStartSeconds);
      starts++;
    }
    while (desired() > replicas && !starting.isEmpty()) {
      starting.removeLast();
    }
    while (desired() > replicas) {
      Server server = ready.removeLast();
      server.draining = true;
      draining += server.busy > 0 ? 1 : 0;
    }
  }

  boolean hasFree() {
    while (!free.isEmpty() && free.getFirst().draining) {
      free.removeFirst();
    }
    return !free.isEmpty();
  }

  /// Takes a free slot; null if there is none.
  @Nullable Server take() {
    if (!hasFree()) {
      return null;
    }
    Server server = free.removeFirst();
    server.busy++;
    return server;
  }

  void release(Server server, double nowSeconds) {
    server.busy--;
    if (!server.draining) {
      free.addLast(server);
    } else if (server.busy == 0) {
      spend(nowSeconds);
      draining--;
    }
  }

  /// Replica-seconds so far.
  double spentSeconds(double nowSeconds) {
    spend(nowSeconds);
    return spentSeconds;
  }

  private void spend(double nowSeconds) {
    spentSeconds += (desired() + draining) * (nowSeconds - atSeconds);
    atSeconds = nowSeconds;
  }

  /// One replica.
  static final class Server {
    int busy;
    boolean draining;
  }
}
