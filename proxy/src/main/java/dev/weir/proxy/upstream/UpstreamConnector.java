package dev.weir.proxy.upstream;

import dev.weir.proxy.config.ReplicaEndpoint;
import dev.weir.proxy.socket.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Opens connections to replicas, and resolves host names.
public final class UpstreamConnector implements AutoCloseable {
  /*
   * Java's own look-up waits for the name server, and would block all connections of the event
   * loop. Netty's resolver does not block. Docker gives every name ten minutes to live, even if its
   * container is gone, so we resolve again after a second. Netty reads the hosts file once unless a
   * property sets an interval; it reads the property when its class is first used.
   */
  private static final int ADDRESS_SECONDS_MAX = 1;
  private static final int UNKNOWN_SECONDS_MAX = 1;
  private static final int RESPONSE_MILLIS_MAX = 2000;

  private static final String HOSTS_FILE_NANOS = "io.netty.hostsFileRefreshInterval";

  static {
    if (System.getProperty(HOSTS_FILE_NANOS) == null) {
      System.setProperty(HOSTS_FILE_NANOS, "" + TimeUnit.SECONDS.toNanos(ADDRESS_SECONDS_MAX));
    }
  }

  private final Transport transport;
  private final DnsAddressResolverGroup names;

  /// Resolves names at the machine's own name servers.
  public UpstreamConnector(Transport transport) {
    this(transport, DnsServerAddressStreamProviders.platformDefault());
  }

  /// Resolves names at these name servers.
  public UpstreamConnector(Transport transport, DnsServerAddressStreamProvider nameServers) {
    this.transport = transport;
    this.names =
        new DnsAddressResolverGroup(
            new DnsNameResolverBuilder()
                .datagramChannelType(transport.datagramChannel())
                .socketChannelType(transport.socketChannel())
                .nameServerProvider(nameServers)
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .ttl(0, ADDRESS_SECONDS_MAX)
                .negativeTtl(UNKNOWN_SECONDS_MAX)
                .queryTimeoutMillis(RESPONSE_MILLIS_MAX));
  }

  /// Connects to a replica with `options`, trying its addresses until one accepts. An address needs
  /// no name server. The outcome comes on `loop`.
  public <H extends ChannelHandler> void dial(
      ReplicaEndpoint replica,
      EventLoop loop,
      UnaryOperator<Bootstrap> options,
      Supplier<H> handlers,
      ConnectAttempt.Outcome<H> outcome) {
    Bootstrap bootstrap = new Bootstrap().group(loop).channel(transport.socketChannel());
    var dial =
        new ConnectAttempt<>(options.apply(bootstrap.disableResolver()), loop, handlers, outcome);
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(replica.host());
    if (address != null) {
      dial.begin(List.of(new InetSocketAddress(address, replica.port())));
      return;
    }
    var _ =
        lookUp(replica, loop)
            .addListener(
                (FutureListener<List<InetSocketAddress>>)
                    found -> {
                      if (found.isSuccess()) {
                        dial.begin(ConnectAttempt.inTurns(found.getNow()));
                      } else {
                        dial.fail(found.cause());
                      }
                    });
  }

  /// Makes connections break soon after the machine at the other end is gone, and hold little
  /// unsent.
  Bootstrap watched(Bootstrap bootstrap) {
    return transport.watched(bootstrap);
  }

  /// The current addresses of a replica's name: at least one, or a failure.
  Future<List<InetSocketAddress>> lookUp(ReplicaEndpoint replica, EventLoop loop) {
    try {
      return names
          .getResolver(loop)
          .resolveAll(InetSocketAddress.createUnresolved(replica.host(), replica.port()));
    } catch (IllegalStateException | ChannelException e) { // no descriptor to ask with
      return loop.newFailedFuture(e);
    }
  }

  /// Whether a replica has a host name, so that its addresses may change.
  static boolean isNamed(ReplicaEndpoint replica) {
    return NetUtil.createInetAddressFromIpAddressString(replica.host()) == null;
  }

  @Override
  public void close() {
    names.close();
  }
}
