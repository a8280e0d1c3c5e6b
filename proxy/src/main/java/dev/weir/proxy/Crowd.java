package dev.weir.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Stands at the listener and bounds how many clients are connected at once.
///
/// Whoever is one too many is closed before an event loop hears of it: a crowd that is turned away
/// takes one descriptor at a time. When the bound is near, each newcomer has the event loops let go
/// of a connection on which nothing happens.
final class Crowd extends ChannelInboundHandlerAdapter {
  private static final int HEADROOM_PERCENT = 5;

  private final int max;
  private final List<Lane> lanes;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong refused = new AtomicLong();
  private int turn;

  Crowd(int max, List<Lane> lanes) {
    this.max = max;
    this.lanes = lanes;
  }

  /// How many clients are connected.
  int open() {
    return open.get();
  }

  /// How many were turned away.
  long refused() {
    return refused.get();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    var channel = (Channel) accepted;
    int now = open.get();
    if (now >= max - max * HEADROOM_PERCENT / 100) {
      makeRoom();
    }
    if (now >= max) {
      refused.setOpaque(refused.getPlain() + 1);
      channel.unsafe().closeForcibly();
      return;
    }
    open.incrementAndGet();
    var _ = channel.closeFuture().addListener(_ -> open.decrementAndGet());
    context.fireChannelRead(accepted);
  }

  private void makeRoom() {
    Lane lane = lanes.get(turn++ % lanes.size());
    lane.loop().execute(lane::makeRoom);
  }
}
