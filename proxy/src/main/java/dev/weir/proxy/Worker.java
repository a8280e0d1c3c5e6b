package dev.weir.proxy;

import dev.weir.base.Ticker;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One event loop and all that belongs to it alone: client connections, connections to replicas,
/// counters and spare parsers. Nothing in it is shared, so nothing in it is locked.
final class Worker {
  private static final long SWEEP_MILLIS = 250;
  private static final int SPARE_MAX = 64;
  private static final int LOOKED_AT_MAX = 256;

  /// How long nothing happens on a connection before it may go for a newcomer.
  private static final long IDLE_NANOS = 200_000_000L;

  private final EventLoop loop;
  private final Ticker ticker;
  private final ProxySettings settings;
  private final UpstreamConnector reach;
  private final RateLimitedLog log;
  private final FatalExit ending;
  private final MemoryBudget memory;
  private final WorkerCounters<WorkerCounters.Count> counters =
      new WorkerCounters<>(WorkerCounters.Count.class);
  private final Map<String, WorkerService> workerServices = new ConcurrentHashMap<>();
  private final Set<ClientConnection> clients = new LinkedHashSet<>();
  private final ArrayDeque<RequestHead> requestHeads = new ArrayDeque<>();
  private final ArrayDeque<ResponseHead> responseHeads = new ArrayDeque<>();
  private final Runnable flush = this::flush;
  private ArrayList<Flushed> unflushed = new ArrayList<>();
  private ArrayList<Flushed> flushing = new ArrayList<>();
  private RouteTable<WorkerService> routes = new RouteTable<>();

  private long flushes;
  private long flushesAtBeat;
  private boolean unflushedAtBeat;
  private boolean holdsBack;

  /// Written before any loop stops: from then on every answer, whoever's loop it is, says so.
  private volatile boolean stopping;

  private Runnable whenEmpty = () -> {};

  Worker(EventLoop loop, ProxySettings settings, UpstreamConnector reach, Needs needs) {
    this.loop = loop;
    this.settings = settings;
    this.reach = reach;
    log = needs.log();
    ending = needs.ending();
    ticker = needs.ticker();
    memory = new MemoryBudget(needs.memoryBytes());
  }

  /// Begins to look after time-outs.
  void start() {
    var _ =
        loop.scheduleAtFixedRate(this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  EventLoop loop() {
    return loop;
  }

  ProxySettings settings() {
    return settings;
  }

  UpstreamConnector reach() {
    return reach;
  }

  RateLimitedLog log() {
    return log;
  }

  WorkerCounters<WorkerCounters.Count> counters() {
    return counters;
  }

  MemoryBudget memory() {
    return memory;
  }

  long nowNanos() {
    return ticker.nanos();
  }

  boolean isStopping() {
    return stopping;
  }

  /// Its part of every service, by name; other threads may read their counters.
  Map<String, WorkerService> workerServices() {
    return workerServices;
  }

  /// The service that a request is for, or null.
  @Nullable WorkerService workerServiceFor(RequestHead head) {
    return routes.find(head);
  }

  /// What a request hears that is for none.
  LocalResponse noRoute() {
    return routes.isEmpty() ? LocalResponse.NO_SERVICE : LocalResponse.UNROUTED;
  }

  /// Makes room for services and replicas before the balancers hear of them.
  void prepare(List<ManagedService.Plan> services) {
    for (ManagedService.Plan one : services) {
      workerServices
          .computeIfAbsent(one.spec().name(), _ -> new WorkerService(this, one.service()))
          .add(one.spec().replicas());
    }
  }

  /// The balancers know their replicas: requests may come, and what is gone can be forgotten.
  void settle(List<ManagedService.Plan> services) {
    var table = new RouteTable<WorkerService>();
    var names = new HashSet<String>();
    for (ManagedService.Plan one : services) {
      WorkerService workerService = Objects.requireNonNull(workerServices.get(one.spec().name()));
      workerService.service(one.service());
      workerService.lenient(one.spec().lenient());
      ResponseTimeouts own = one.spec().timeouts();
      workerService.timeouts(own == null ? settings.timeouts().responses() : own);
      workerService.retain(one.spec().replicas());
      one.spec().routes().forEach(rule -> table.add(rule, workerService));
      names.add(one.spec().name());
    }
    routes = table;
    workerServices.forEach((name, workerService) -> {
      if (!names.contains(name)) {
        workerService.retire();
        workerServices.remove(name);
      }
    });
  }

  void add(ClientConnection client) {
    clients.add(client);
    memory.take(MemoryBudget.CONNECTION_BYTES);
    counters.add(WorkerCounters.Count.ACCEPTED, 1);
  }

  void remove(ClientConnection client) {
    if (clients.remove(client)) {
      memory.take(-MemoryBudget.CONNECTION_BYTES);
      counters.add(WorkerCounters.Count.CLOSED, 1);
    }
    if (stopping && clients.isEmpty()) {
      whenEmpty.run();
    }
  }

  /// Has a connection flushed once, when everything else that this turn of the loop brings is done.
  void flushLater(Flushed connection) {
    if (!loop.inEventLoop()) {
      throw new IllegalStateException("not on the event loop that owns this");
    }
    if (unflushed.isEmpty()) {
      loop.execute(flush);
    }
    if (unflushed.isEmpty() || unflushed.getLast() != connection) {
      unflushed.add(connection);
    }
  }

  private void flush() {
    ArrayList<Flushed> now = unflushed;
    unflushed = flushing;
    flushing = now;
    flushes++;
    for (int i = 0; i < now.size(); i++) {
      now.get(i).flush();
    }
    now.clear();
    holdBack();
  }

  /// Once memory is short, stops reading from all whose bytes nobody takes; each of them would read
  /// once more otherwise. The next sweep lets those go on that can.
  private void holdBack() {
    if (memory.isShort() && !holdsBack) {
      holdsBack = true;
      clients.forEach(ClientConnection::updateReading);
    }
  }

  /// Shows that this loop serves: what was written before the last beat has been flushed.
  ///
  /// @throws IllegalStateException if it was not
  void beat() {
    if (unflushedAtBeat && flushes == flushesAtBeat) {
      throw new IllegalStateException("what was written is not flushed");
    }
    unflushedAtBeat = !unflushed.isEmpty();
    flushesAtBeat = flushes;
  }

  /// Something unexpected happened here; if memory ran out, the process ends.
  void failure(String where, Throwable cause) {
    ending.ifOutOfMemory(cause);
    log.failure(where, cause);
  }

  /// Closes connections to replicas that no request uses.
  void closeIdleUpstreams() {
    workerServices.values().forEach(WorkerService::closeIdle);
  }

  RequestHead borrowRequestHead() {
    RequestHead head = requestHeads.pollLast();
    return head == null ? new RequestHead(settings.options().http().heads()) : head;
  }

  void giveBack(RequestHead head) {
    head.reset();
    if (requestHeads.size() < SPARE_MAX) {
      requestHeads.addLast(head);
    }
  }

  ResponseHead borrowResponseHead() {
    ResponseHead head = responseHeads.pollLast();
    return head == null ? new ResponseHead(settings.options().http().heads()) : head;
  }

  void giveBack(ResponseHead head) {
    head.reset();
    if (responseHeads.size() < SPARE_MAX) {
      responseHeads.addLast(head);
    }
  }

  private void sweep() {
    long nowNanos = nowNanos();
    holdsBack = false;
    for (ClientConnection client : List.copyOf(clients)) {
      try {
        client.sweep(nowNanos);
        if (memory.isTight() && client.isIdler(nowNanos)) {
          evict(client);
        }
      } catch (RuntimeException | Error e) { // a sweep that throws would be the last one
        failure("sweep", e);
        client.reset();
      }
    }
    workerServices.values().forEach(workerService -> workerService.sweep(nowNanos));
  }

  /// Lets go of the oldest connection on which nothing happens, if there is one among the oldest.
  void makeRoom() {
    long nowNanos = nowNanos();
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
    counters.add(WorkerCounters.Count.EVICTED, 1);
    client.reset();
  }

  /// Answers say from now on that their connection ends. Any thread may call it.
  void leave() {
    stopping = true;
  }

  /// Closes what is idle, lets the rest end its request, and tells when all are gone.
  void stop(Runnable whenEmpty) {
    stopping = true;
    this.whenEmpty = whenEmpty;
    var idle = new HashSet<>(clients);
    idle.forEach(ClientConnection::stop);
    workerServices.values().forEach(WorkerService::retire);
    if (clients.isEmpty()) {
      whenEmpty.run();
    }
  }

  /// Cuts whatever is left when the time of grace is over.
  void cutAll() {
    List.copyOf(clients).forEach(ClientConnection::reset);
  }

  /// What every lane of a proxy is given.
  ///
  /// @param memoryBytes how much its clients may make it hold
  record Needs(RateLimitedLog log, FatalExit ending, Ticker ticker, long memoryBytes) {}
}
