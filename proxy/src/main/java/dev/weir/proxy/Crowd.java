package dev.weir.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Stands at the listener and bounds how many clients are connected at once.
///
/// Whoever is one too many is closed before an event loop hears of it: a crowd that is turned away
/// takes one descriptor at a time. When the bound is near, each newcomer has the event loops let go
/// of a connection on which nothing happens.
final class Crowd extends ChannelInboundHandlerAdapter {
  private static final int HEADROOM_PERCENT = 5;

  private final int max;
  private final int nearlyFull;
  private final List<Lane> lanes;
  private final AtomicInteger open = new AtomicInteger();
  private final Tally<Tally.Count> tally = new Tally<>(Tally.Count.class);
  private int turn;

  Crowd(int max, List<Lane> lanes) {
    this.max = max;
    this.nearlyFull = max - Math.toIntExact((long) max * HEADROOM_PERCENT / 100);
    this.lanes = lanes;
  }

  /// How many clients are connected.
  int open() {
    return open.get();
  }

  /// What the listener has counted.
  Tally<Tally.Count> tally() {
    return tally;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    var channel = (Channel) accepted;
    int now = open.get();
    if (now >= nearlyFull) {
      makeRoom();
    }
    if (now >= max) {
      tally.add(Tally.Count.CROWDED_OUT, 1);
      channel.unsafe().closeForcibly();
      return;
    }
    open.incrementAndGet();
    var _ = channel.closeFuture().addListener(_ -> open.decrementAndGet());
    context.fireChannelRead(accepted);
  }

  private void makeRoom() {
    Lane lane = lanes.get(turn);
    turn = (turn + 1) % lanes.size();
    lane.loop().execute(lane::makeRoom);
  }
}
