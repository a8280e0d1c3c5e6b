package dev.weir.proxy.metric;

import java.util.EnumMap;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/// What one event loop has counted since the start. Only that loop writes it; any thread may read
/// it.
///
/// @param <E> what is counted
public final class WorkerCounters<E extends Enum<E>> {
  private final EnumMap<E, AtomicLong> counts;

  public WorkerCounters(Class<E> counted) {
    counts = new EnumMap<>(counted);
    for (E what : counted.getEnumConstants()) {
      counts.put(what, new AtomicLong());
    }
  }

  public void add(E what, long more) {
    // One writer: no read-modify-write instruction is needed.
    AtomicLong count = count(what);
    count.setOpaque(count.getPlain() + more);
  }

  public long get(E what) {
    return count(what).getOpaque();
  }

  private AtomicLong count(E what) {
    return Objects.requireNonNull(counts.get(what));
  }

  /// What an event loop counts of all services, and how metrics name it.
  public enum Count {
    ACCEPTED("connections_accepted", "Client connections opened."),
    TURNED_OUT(
        "connections_refused",
        "Client connections refused because of their number or for want of memory."),
    CLOSED("connections_closed", "Client connections closed."),
    OVER_MEMORY("refused_memory", "Requests that got a 503 because memory for them was short."),
    EVICTED("connections_evicted", "Client connections cut to make room while memory was short."),
    BYTES_FROM_CLIENTS("received_bytes", "Bytes read from clients."),
    BYTES_TO_CLIENTS("sent_bytes", "Bytes written to clients."),
    MALFORMED("malformed", "Requests refused as malformed or ambiguous."),
    CLIENT_TIMEOUTS("client_timeouts", "Requests given up because their client was too slow."),
    UPSTREAM_TIMEOUTS("upstream_timeouts", "Responses that did not come in time."),
    BAD_GATEWAY("bad_gateway", "Requests that got a 502 because no replica responded properly."),
    UNREACHABLE("unreachable", "Requests that got a 503 because every connection was refused."),
    CLIENT_GONE("clients_gone", "Clients that left before their response was complete."),
    CUT_SHORT("responses_cut", "Responses cut short because their replica failed halfway."),
    UNROUTED("unrouted", "Requests for a host and path of no service."),
    RESENT("resent", "Requests sent again because a kept connection was found closed."),
    UPSTREAM_CONNECTS("upstream_connects", "Connections to replicas begun."),
    UPSTREAM_CONNECT_FAILURES("upstream_connect_failures", "Connections to replicas that failed."),
    TUNNELS_OPENED("tunnels_opened", "Connections that left HTTP, as for WebSockets."),
    TUNNELS_CLOSED("tunnels_closed", "Tunnels closed.");

    private final String label;
    private final String help;

    Count(String label, String help) {
      this.label = label;
      this.help = help;
    }

    public String metric() {
      return "weir_" + label;
    }

    public String help() {
      return help;
    }
  }
}
