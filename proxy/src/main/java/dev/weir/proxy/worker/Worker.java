package dev.weir.proxy.worker;

import dev.weir.base.Ticker;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.http.RequestHead;
import dev.weir.proxy.http.ResponseHead;
import dev.weir.proxy.metric.WorkerCounters;
import dev.weir.proxy.process.FatalExit;
import dev.weir.proxy.process.MemoryBudget;
import dev.weir.proxy.process.RateLimitedLog;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;

/// One event loop and its own state: clock and settings, memory budget, counters, spare parsers,
/// and the connections to flush.
///
/// Only the loop's own thread changes it, so it has no locks.
public final class Worker {
  private static final int SPARE_MAX = 64;

  private final EventLoop loop;
  private final Ticker ticker;
  private final ProxySettings settings;
  private final RateLimitedLog log;
  private final FatalExit ending;
  private final MemoryBudget memory;
  private final FlushQueue flushes;
  private final WorkerCounters<WorkerCounters.Count> counters =
      new WorkerCounters<>(WorkerCounters.Count.class);
  private final ArrayDeque<RequestHead> requestHeads = new ArrayDeque<>();
  private final ArrayDeque<ResponseHead> responseHeads = new ArrayDeque<>();

  /// Set before any loop stops. Once set, every response carries `Connection: close`.
  private volatile boolean stopping;

  public Worker(EventLoop loop, ProxySettings settings, Needs needs) {
    this.loop = loop;
    this.settings = settings;
    log = needs.log();
    ending = needs.ending();
    ticker = needs.ticker();
    memory = new MemoryBudget(needs.memoryBytes());
    flushes = new FlushQueue(loop);
  }

  public EventLoop loop() {
    return loop;
  }

  public ProxySettings settings() {
    return settings;
  }

  public RateLimitedLog log() {
    return log;
  }

  public WorkerCounters<WorkerCounters.Count> counters() {
    return counters;
  }

  public MemoryBudget memory() {
    return memory;
  }

  public long nowNanos() {
    return ticker.nanos();
  }

  public boolean isStopping() {
    return stopping;
  }

  /// The proxy stops. Any thread may call it.
  public void stopping() {
    stopping = true;
  }

  /// Flushes `connection` once, at the end of this turn of the loop.
  public void flushLater(Flushed connection) {
    flushes.add(connection);
  }

  /// Sets what runs after each turn's flushes.
  public void whenFlushed(Runnable action) {
    flushes.whenFlushed(action);
  }

  /// Checks that this loop runs.
  ///
  /// @throws IllegalStateException if writes from before the last beat are not flushed
  public void beat() {
    flushes.beat();
  }

  /// Logs an unexpected failure; ends the process if memory ran out.
  public void failure(String where, Throwable cause) {
    ending.ifOutOfMemory(cause);
    log.failure(where, cause);
  }

  public RequestHead borrowRequestHead() {
    RequestHead head = requestHeads.pollLast();
    return head == null ? new RequestHead(settings.options().http().heads()) : head;
  }

  public void giveBack(RequestHead head) {
    head.reset();
    if (requestHeads.size() < SPARE_MAX) {
      requestHeads.addLast(head);
    }
  }

  public ResponseHead borrowResponseHead() {
    ResponseHead head = responseHeads.pollLast();
    return head == null ? new ResponseHead(settings.options().http().heads()) : head;
  }

  public void giveBack(ResponseHead head) {
    head.reset();
    if (responseHeads.size() < SPARE_MAX) {
      responseHeads.addLast(head);
    }
  }

  /// What every worker of a proxy gets.
  ///
  /// @param memoryBytes the memory budget of its clients
  public record Needs(RateLimitedLog log, FatalExit ending, Ticker ticker, long memoryBytes) {}
}
