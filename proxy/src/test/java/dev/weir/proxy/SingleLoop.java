package dev.weir.proxy;

import dev.weir.proxy.socket.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import java.util.concurrent.TimeUnit;

/// One event loop for the parts that run on one, as a field with JUnit's `@AutoClose`.
public final class SingleLoop implements AutoCloseable {
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, Transport.best().handlers());

  public EventLoop loop() {
    return group.next();
  }

  /// Ends the loop, and returns when it has ended.
  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
