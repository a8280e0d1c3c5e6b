package dev.weir.proxy.process;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/// Logs failures to accept connections, as when descriptors run out. Netty tries again after a
/// second; clients wait in the kernel meanwhile.
public final class AcceptFailures extends ChannelInboundHandlerAdapter {
  private final RateLimitedLog log;
  private final FatalExit ending;

  public AcceptFailures(RateLimitedLog log, FatalExit ending) {
    this.log = log;
    this.ending = ending;
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    ending.ifOutOfMemory(cause);
    log.warn("cannot accept connections for a second: " + cause.getMessage());
  }
}
