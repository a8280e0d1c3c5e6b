package dev.weir.proxy.client;

import dev.weir.proxy.metric.WorkerCounters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Bounds how many clients are connected at once, at the listener.
///
/// A connection beyond the bound is closed before it reaches an event loop, so a crowd takes only
/// one descriptor at a time. Near the bound, each new connection has an event loop close an idle
/// one.
public final class ClientLimit extends ChannelInboundHandlerAdapter {
  private static final int HEADROOM_PERCENT = 5;

  private final int max;
  private final int nearlyFull;
  private final List<WorkerClients> workers;
  private final AtomicInteger open = new AtomicInteger();
  private final WorkerCounters<WorkerCounters.Count> counters =
      new WorkerCounters<>(WorkerCounters.Count.class);
  private int turn;

  public ClientLimit(int max, List<WorkerClients> workers) {
    this.max = max;
    this.nearlyFull = max - Math.toIntExact((long) max * HEADROOM_PERCENT / 100);
    this.workers = workers;
  }

  /// How many clients are connected.
  public int open() {
    return open.get();
  }

  /// What the listener has counted.
  public WorkerCounters<WorkerCounters.Count> counters() {
    return counters;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    var channel = (Channel) accepted;
    int now = open.get();
    if (now >= nearlyFull) {
      makeRoom();
    }
    if (now >= max) {
      counters.add(WorkerCounters.Count.TURNED_OUT, 1);
      channel.unsafe().closeForcibly();
      return;
    }
    open.incrementAndGet();
    var _ = channel.closeFuture().addListener(_ -> open.decrementAndGet());
    context.fireChannelRead(accepted);
  }

  private void makeRoom() {
    WorkerClients worker = workers.get(turn);
    turn = (turn + 1) % workers.size();
    worker.worker().loop().execute(worker::makeRoom);
  }
}
