package dev.weir.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.proxy.SingleLoop;
import dev.weir.proxy.socket.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections that cannot be opened.
@Timeout(60)
final class ConnectAttemptTest {
  @AutoClose private final SingleLoop single = new SingleLoop();
  private final EventLoop loop = single.loop();

  /// As when there is no descriptor left: Netty reports that on a thread of no loop.
  @Test
  void connectionThatCannotBeCreatedFailsOnItsLoop() throws Exception {
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> {
              throw new ChannelException("too many open files, as planted");
            });
    var reported = new CompletableFuture<Boolean>();
    var dial =
        new ConnectAttempt<>(
            bootstrap,
            loop,
            ChannelInboundHandlerAdapter::new,
            new ConnectAttempt.Outcome<ChannelInboundHandlerAdapter>() {
              @Override
              public void opened(ChannelInboundHandlerAdapter handler) {
                reported.completeExceptionally(new AssertionError("it opened"));
              }

              @Override
              public void failed(Throwable cause) {
                boolean _ = reported.complete(loop.inEventLoop() && !Transport.isOfPeer(cause));
              }
            });
    dial.begin(List.of(at("127.0.0.1"), at("::1")));
    assertThat(reported.get(20, TimeUnit.SECONDS)).isTrue();
  }

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), 1);
  }
}
