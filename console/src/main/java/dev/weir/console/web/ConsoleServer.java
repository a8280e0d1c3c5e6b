package dev.weir.console.web;

import dev.weir.console.action.ConsoleActions;
import dev.weir.console.wire.Hub;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The HTTP server of the console: login, page, stream, API and plain table. One thread serves all
/// connections.
public final class ConsoleServer implements AutoCloseable {
  private static final long CLOSE_MILLIS = 2000;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("weir-console", true), NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Hub hub;
  private final Api api;
  private final Viewers viewers;
  private final Listener listener;
  private @Nullable Channel channel;

  private ConsoleServer(ConsoleSettings settings, Hub hub, ConsoleActions actions, Means means) {
    Map<String, String> tokens = settings.tokenFile().map(TokenFile::readOrMake).orElse(Map.of());
    var tls = settings.tls().map(ServerTls::read);
    var login = new Login(tokens, means.clock(), means.files(), tls.isPresent());
    this.hub = hub;
    viewers = new Viewers(hub, loop, means.limits(), login.sessions()::isCurrent);
    api = new Api(hub, actions, settings);
    var access = new Access(settings.names());
    var router = new Router(access, login, means.files(), viewers, api);
    listener = new Listener(tls, means.limits(), router::handle);
  }

  /// Listens.
  ///
  /// @param settings a missing token file is made
  /// @param hub what is published there is shown; it serves one server
  /// @throws dev.weir.base.UserError if the address, a certificate or the token file cannot be used
  public static ConsoleServer start(ConsoleSettings settings, Hub hub, ConsoleActions actions) {
    return start(settings, hub, actions, Means.usual());
  }

  static ConsoleServer start(
      ConsoleSettings settings, Hub hub, ConsoleActions actions, Means means) {
    InetSocketAddress address = Listener.address(settings);
    var server = new ConsoleServer(settings, hub, actions, means);
    try {
      server.listen(address);
      return server;
    } finally {
      if (server.channel == null) {
        server.close();
      }
    }
  }

  private void listen(InetSocketAddress address) {
    channel = listener.listen(address, group);
    loop.execute(viewers::start);
  }

  /// Where it listens.
  public InetSocketAddress address() {
    Channel bound = channel;
    if (bound == null) {
      throw new IllegalStateException("it does not listen");
    }
    return (InetSocketAddress) bound.localAddress();
  }

  /// What viewers cost now.
  Viewers.Load load() {
    return loop.submit(viewers::load).syncUninterruptibly().getNow();
  }

  /// Closes the port and all connections.
  @Override
  public void close() {
    hub.onPublish(null);
    api.close();
    group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
