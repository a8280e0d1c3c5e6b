package dev.weir.proxy.client;

import dev.weir.proxy.metric.WorkerCounters.Count;
import dev.weir.proxy.socket.Output;
import dev.weir.proxy.worker.Flushed;
import dev.weir.proxy.worker.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// Bytes written to a client: flushed once per turn of the event loop, and counted as held until
/// the client takes them.
final class ClientOutput implements Flushed {
  private final Worker worker;
  private final Channel channel;
  private final ClientMemory memory;
  private final Runnable flushed;
  private long blockedNanos;

  /// @param flushed runs after each flush
  ClientOutput(Worker worker, Channel channel, ClientMemory memory, Runnable flushed) {
    this.worker = worker;
    this.channel = channel;
    this.memory = memory;
    this.flushed = flushed;
  }

  void write(ByteBuf out) {
    worker.counters().add(Count.BYTES_TO_CLIENTS, out.readableBytes());
    memory.wrote(out.readableBytes());
    var _ = channel.write(out, channel.voidPromise());
    worker.flushLater(this);
  }

  @Override
  public void flush() {
    channel.flush();
    flushed.run();
  }

  /// Counts the bytes that the client or its replica has not taken yet.
  void countPending(long replicaBytes) {
    memory.pending(replicaBytes + Output.pendingBytes(channel));
  }

  void writabilityChanged() {
    if (!channel.isWritable()) {
      blockedNanos = worker.nowNanos();
    }
  }

  /// Whether the client has taken too little for this time.
  boolean isBlockedFor(long nanos, long nowNanos) {
    return !channel.isWritable() && nowNanos - blockedNanos > nanos;
  }
}
