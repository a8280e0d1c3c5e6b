package dev.weir.proxy.upstream;

import dev.weir.balance.Outcome;
import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.http.Bytes;
import dev.weir.proxy.metric.LatencyHistogram;
import dev.weir.proxy.metric.WorkerCounters;
import dev.weir.proxy.socket.Transport;
import dev.weir.proxy.worker.Worker;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// One event loop's free connections to one replica, and its counters for that replica.
public final class UpstreamPool {
  private static final int IDLE_MAX = 256;
  private static final int STATUS_CLASSES = 6;
  private static final long LOOK_UP_NANOS = 1_000_000_000L;

  private final Worker worker;
  private final UpstreamConnector connector;
  private final PoolOwner owner;
  private final ReplicaEndpoint replica;
  private final byte[] name;
  private final ArrayDeque<UpstreamConnection> idle = new ArrayDeque<>();
  private final AtomicLongArray byClass = new AtomicLongArray(STATUS_CLASSES);
  private final LatencyHistogram service = new LatencyHistogram();
  private final boolean named;
  private boolean retired;
  private long lookedUpNanos;

  public UpstreamPool(
      Worker worker, UpstreamConnector connector, PoolOwner owner, ReplicaEndpoint replica) {
    this.worker = worker;
    this.connector = connector;
    this.owner = owner;
    this.replica = replica;
    this.name = Bytes.of(replica.id());
    this.named = UpstreamConnector.isNamed(replica);
    this.lookedUpNanos = worker.nowNanos();
  }

  public ReplicaEndpoint replica() {
    return replica;
  }

  /// Whether responses may break rules that harm no other client.
  boolean isLenient() {
    return owner.isLenient();
  }

  /// The replica's name as `X-Served-By` gives it.
  public byte[] name() {
    return name;
  }

  /// The connection used last, which is the least likely to be closed soon; null if none is free.
  @Nullable
  public UpstreamConnection take() {
    while (true) {
      UpstreamConnection connection = idle.pollLast();
      if (connection == null || connection.isFresh(worker.nowNanos())) {
        return connection;
      }
      connection.close();
    }
  }

  /// A connection is free again.
  public void put(UpstreamConnection connection) {
    if (retired || worker.isStopping() || idle.size() >= IDLE_MAX) {
      connection.close();
    } else {
      connection.idleFrom(worker.nowNanos());
      idle.addLast(connection);
    }
  }

  void remove(UpstreamConnection connection) {
    boolean _ = idle.remove(connection);
  }

  /// Opens a connection for `receiver`.
  public void connect(ConnectionReceiver receiver) {
    worker.counters().add(WorkerCounters.Count.UPSTREAM_CONNECTS, 1);
    connector.dial(
        replica,
        worker.loop(),
        this::options,
        () -> new UpstreamConnection(worker, this),
        new ConnectAttempt.Outcome<>() {
          @Override
          public void opened(UpstreamConnection connection) {
            receiver.connected(connection);
          }

          @Override
          public void failed(Throwable cause) {
            receiver.connectFailed(blame(cause));
          }
        });
  }

  /*
   * A lack of descriptors or ports is the proxy's own fault: no replica is blamed, and idle
   * connections are closed.
   */
  private Outcome blame(Throwable cause) {
    worker.counters().add(WorkerCounters.Count.UPSTREAM_CONNECT_FAILURES, 1);
    String why = cause instanceof ConnectTimeoutException ? "no response in time" : "" + cause;
    worker.log().warn("replica %s: cannot connect: %s".formatted(replica.id(), why));
    if (Transport.isOfPeer(cause)) {
      owner.unreachable(replica);
      return Outcome.FAILED;
    }
    owner.closeIdleOfAll();
    return Outcome.IGNORED;
  }

  private Bootstrap options(Bootstrap bootstrap) {
    return connector
        .watched(bootstrap)
        .option(ChannelOption.TCP_NODELAY, true)
        // A replica may respond to an upload early and close: writing fails, reading goes on.
        .option(ChannelOption.AUTO_CLOSE, false)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            Math.toIntExact(worker.settings().timeouts().connect().toMillis()));
  }

  /// Closes connections that have been idle or open for too long.
  public void sweep(long nowNanos) {
    while (!idle.isEmpty() && !idle.peekFirst().isFresh(nowNanos)) {
      idle.pollFirst().close();
    }
    if (named && !idle.isEmpty() && nowNanos - lookedUpNanos > LOOK_UP_NANOS) {
      lookedUpNanos = nowNanos;
      var _ = connector.lookUp(replica, worker.loop()).addListener(this::keepThoseAt);
    }
  }

  /*
   * When a name moves, connections to the old address stay open as long as the old replica lives.
   */
  private void keepThoseAt(Future<? super List<InetSocketAddress>> found) {
    if (found.isSuccess() && found.getNow() instanceof List<?> now) {
      for (UpstreamConnection one : List.copyOf(idle)) {
        if (!now.contains(one.remoteAddress())) {
          remove(one);
          one.close();
        }
      }
    }
  }

  /// Closes connections that are idle.
  public void closeIdle() {
    while (!idle.isEmpty()) {
      idle.pollFirst().close();
    }
  }

  /// The replica left the service, or the proxy stops: keeps no more connections.
  public void retire() {
    keeping(false);
  }

  /// Sets whether connections are kept for the next request; if not, idle ones close.
  public void keeping(boolean keeps) {
    retired = !keeps;
    if (retired) {
      closeIdle();
    }
  }

  /// Counts a response.
  public void responded(int status) {
    int statusClass = Math.min(status / 100, STATUS_CLASSES - 1); // 6xx to 9xx are errors too
    byClass.setOpaque(statusClass, byClass.getPlain(statusClass) + 1);
  }

  /// How many responses with a status of `statusClass` hundred the replica sent.
  public long responses(int statusClass) {
    return byClass.getOpaque(statusClass);
  }

  /// Times from lease to end, of leases that lasted until the end of the response.
  public LatencyHistogram service() {
    return service;
  }

  int idleCount() {
    return idle.size();
  }
}
