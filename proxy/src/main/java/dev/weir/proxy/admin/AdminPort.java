package dev.weir.proxy.admin;

import dev.weir.base.ConnectionLimit;
import dev.weir.base.HostNames;
import dev.weir.base.SendBudget;
import dev.weir.base.Ticker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// The admin port, with bounds that protect the data plane: a few connections with a few seconds
/// and a small head each, new ones at a bounded rate, a tenth of one loop's time for rendering, and
/// a few megabytes for slow readers.
///
/// All of it runs on the one event loop of the control group, which serves no client.
public final class AdminPort extends ChannelInitializer<Channel> {
  static final int CONNECTIONS_MAX = 64;
  static final int PER_PEER_MAX = 48;
  static final long UNSENT_BYTES_MAX = 4 << 20;
  private static final int ACCEPTED_MAX = 400;
  private static final long WINDOW_NANOS = 100_000_000;

  private final AdminPages pages;
  private final HostNames hosts;
  private final ConnectionLimit<Channel> connections =
      new ConnectionLimit<>(CONNECTIONS_MAX, PER_PEER_MAX);
  private final SendBudget<Channel> unsent = new SendBudget<>(UNSENT_BYTES_MAX);
  private final Map<String, CachedPage> rendered;
  private final EventLoop loop;
  private final Ticker ticker;
  private long windowNanos;
  private int accepted;

  /// @param hosts the names that it accepts in Host
  public AdminPort(AdminPages pages, HostNames hosts, EventLoop loop, Ticker ticker) {
    this.pages = pages;
    this.hosts = hosts;
    this.loop = loop;
    this.ticker = ticker;
    this.windowNanos = ticker.nanos();
    this.rendered =
        Map.of(
            "/metrics", new CachedPage(() -> pages.page("/metrics"), loop, ticker),
            "/status", new CachedPage(() -> pages.page("/status"), loop, ticker));
  }

  @Override
  protected void initChannel(Channel channel) {
    pace(channel.parent());
    connections.add(channel, peer(channel)).ifPresent(AdminPort::cut);
    var _ =
        channel
            .closeFuture()
            .addListener(_ -> {
              connections.remove(channel);
              unsent.remove(channel);
            });
    channel.pipeline().addLast(new AdminConnection(this));
  }

  /// The loop also accepts the data plane's connections, so a flood of admin connections waits in
  /// the kernel.
  private void pace(Channel listener) {
    long nowNanos = ticker.nanos();
    if (nowNanos - windowNanos >= WINDOW_NANOS) {
      windowNanos = nowNanos;
      accepted = 0;
    }
    if (++accepted == ACCEPTED_MAX) {
      var _ = listener.config().setAutoRead(false);
      long leftNanos = windowNanos + WINDOW_NANOS - nowNanos;
      var _ =
          loop.schedule(() -> listener.config().setAutoRead(true), leftNanos, TimeUnit.NANOSECONDS);
    }
  }

  private static String peer(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
            && address.getAddress() != null
        ? address.getAddress().getHostAddress()
        : "";
  }

  private static void cut(Channel channel) {
    var _ = channel.close();
  }

  /// This connection has delivered a whole request.
  void requested(Channel channel) {
    connections.requested(channel);
  }

  /// `bytes` are about to be sent; if too many are pending, the oldest slow readers are closed.
  void sending(Channel channel, int bytes) {
    unsent.add(channel, bytes).forEach(AdminPort::cut);
  }

  /// Whether requests to this host are accepted.
  boolean allows(String host) {
    return hosts.allow(host);
  }

  /// Gives the page at `path` to `taker`, now or shortly; `false` if there is none.
  boolean page(String path, BiConsumer<AdminPages.Page, ByteBuf> taker) {
    CachedPage shared = rendered.get(path);
    if (shared != null) {
      shared.ask(taker);
      return true;
    }
    Optional<AdminPages.Page> page = Optional.ofNullable(pages.page(path));
    page.ifPresent(one -> CachedPage.give(one, taker));
    return page.isPresent();
  }
}
