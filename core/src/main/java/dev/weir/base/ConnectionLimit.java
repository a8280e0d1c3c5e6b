package dev.weir.base;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The open connections of a small server. When there are too many it closes one, so that idle
/// connections keep no honest client out.
///
/// It closes one of the peer with the most connections: the oldest that has not made a whole
/// request, or else the oldest. Thread-safe.
///
/// @param <C> a connection
public final class ConnectionLimit<C> {
  private final int max;
  private final int perPeerMax;
  private final Map<C, Entry> open = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  /// At most `max` connections in all, `perPeerMax` of one peer.
  ///
  /// @throws IllegalArgumentException unless `0 < perPeerMax <= max`
  public ConnectionLimit(int max, int perPeerMax) {
    this.max = Checks.atLeast(1, max, "connections");
    this.perPeerMax = Checks.atLeast(1, perPeerMax, "connections of one peer");
    Checks.check(perPeerMax <= max, "connections of one peer", perPeerMax, "<= " + max);
  }

  /// Takes in a new connection.
  ///
  /// @param peer the client, such as its address
  /// @return the connection to close in its place, which no longer counts
  public synchronized Optional<C> add(C connection, String peer) {
    Optional<C> victim = Optional.empty();
    if (counts.getOrDefault(peer, 0) >= perPeerMax) {
      victim = victim(peer);
    } else if (open.size() >= max) {
      victim = victim(busiest());
    }
    victim.ifPresent(this::remove);
    open.put(connection, new Entry(peer));
    counts.merge(peer, 1, Integer::sum);
    return victim;
  }

  /// Notes that a connection has made a whole request and, where required, authenticated.
  public synchronized void requested(C connection) {
    Entry entry = open.get(connection);
    if (entry != null) {
      entry.requested = true;
    }
  }

  /// Forgets a connection; nothing happens the second time.
  public synchronized void remove(C connection) {
    Entry entry = open.remove(connection);
    if (entry != null) {
      counts.compute(entry.peer, (_, count) -> count == null || count == 1 ? null : count - 1);
    }
  }

  /// How many are open.
  public synchronized int size() {
    return open.size();
  }

  private String busiest() {
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }

  private Optional<C> victim(String peer) {
    Optional<C> oldest = Optional.empty();
    for (Map.Entry<C, Entry> one : open.entrySet()) {
      if (!one.getValue().peer.equals(peer)) {
        continue;
      }
      if (!one.getValue().requested) {
        return Optional.of(one.getKey());
      }
      oldest = oldest.isPresent() ? oldest : Optional.of(one.getKey());
    }
    return oldest;
  }

  /// What is known of a connection.
  private static final class Entry {
    final String peer;
    boolean requested;

    Entry(String peer) {
      this.peer = peer;
    }
  }
}
