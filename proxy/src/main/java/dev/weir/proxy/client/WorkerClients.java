package dev.weir.proxy.client;

import dev.weir.proxy.exchange.WorkerServices;
import dev.weir.proxy.metric.WorkerCounters;
import dev.weir.proxy.process.MemoryBudget;
import dev.weir.proxy.worker.Worker;
import io.netty.channel.Channel;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The client connections of one worker, and the services that their requests are for.
///
/// Only the worker's event loop uses it, except where a method says otherwise.
public final class WorkerClients {
  private static final long SWEEP_MILLIS = 250;
  private static final int LOOKED_AT_MAX = 256;

  /// How long a connection must be idle before it may be closed for a new one.
  private static final long IDLE_NANOS = 200_000_000L;

  private final Worker worker;
  private final WorkerServices services;
  private final Set<ClientConnection> clients = new LinkedHashSet<>();
  private Runnable whenEmpty = () -> {};
  private boolean holdsBack;

  public WorkerClients(Worker worker, WorkerServices services) {
    this.worker = worker;
    this.services = services;
    worker.whenFlushed(this::holdBack);
  }

  public Worker worker() {
    return worker;
  }

  public WorkerServices services() {
    return services;
  }

  /// Starts the checks for time-outs.
  public void start() {
    var _ =
        worker
            .loop()
            .scheduleAtFixedRate(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Serves a connection that was just accepted, or closes it if there is no room.
  public void accept(Channel channel) {
    if (worker.isStopping()) {
      var _ = channel.close();
    } else if (worker.memory().isFull()) {
      worker.counters().add(WorkerCounters.Count.TURNED_OUT, 1);
      var _ = channel.close();
    } else {
      channel.pipeline().addLast(new ClientConnection(this, channel));
    }
  }

  void add(ClientConnection client) {
    clients.add(client);
    worker.memory().take(MemoryBudget.CONNECTION_BYTES);
    worker.counters().add(WorkerCounters.Count.ACCEPTED, 1);
  }

  void remove(ClientConnection client) {
    if (clients.remove(client)) {
      worker.memory().take(-MemoryBudget.CONNECTION_BYTES);
      worker.counters().add(WorkerCounters.Count.CLOSED, 1);
    }
    if (worker.isStopping() && clients.isEmpty()) {
      whenEmpty.run();
    }
  }

  /// When memory is short, pauses reading of all clients whose replica takes no bytes; otherwise
  /// each would be read once more. The next sweep resumes those that can go on.
  private void holdBack() {
    if (worker.memory().isShort() && !holdsBack) {
      holdsBack = true;
      clients.forEach(ClientConnection::updateReading);
    }
  }

  private void sweep() {
    long nowNanos = worker.nowNanos();
    holdsBack = false;
    for (ClientConnection client : List.copyOf(clients)) {
      try {
        client.sweep(nowNanos);
        if (worker.memory().isTight() && client.isIdler(nowNanos)) {
          evict(client);
        }
      } catch (RuntimeException | Error e) { // a sweep that throws would be the last one
        worker.failure("sweep", e);
        client.reset();
      }
    }
    services.sweep(nowNanos);
  }

  /// Closes the oldest idle connection, if one of the oldest is idle.
  void makeRoom() {
    long nowNanos = worker.nowNanos();
    int looked = 0;
    for (ClientConnection client : clients) {
      if (++looked > LOOKED_AT_MAX) {
        return;
      }
      if (client.isIdleFor(IDLE_NANOS, nowNanos)) {
        evict(client);
        return;
      }
    }
  }

  private void evict(ClientConnection client) {
    worker.counters().add(WorkerCounters.Count.EVICTED, 1);
    client.reset();
  }

  /// Closes idle connections, lets the others end their request, and runs `whenEmpty` when all are
  /// gone.
  public void stop(Runnable whenEmpty) {
    worker.stopping();
    this.whenEmpty = whenEmpty;
    var idle = new HashSet<>(clients);
    idle.forEach(ClientConnection::stop);
    services.retire();
    if (clients.isEmpty()) {
      whenEmpty.run();
    }
  }

  /// Cuts the connections that remain after the grace period.
  public void cutAll() {
    List.copyOf(clients).forEach(ClientConnection::reset);
  }
}
