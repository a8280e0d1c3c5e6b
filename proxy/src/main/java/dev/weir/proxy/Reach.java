package dev.weir.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// How replicas are reached: over what kind of sockets, and where those are that have names.
final class Reach implements AutoCloseable {
  /*
   * Java's own look-up waits for the name server, and with it would every connection of the event
   * loop. Netty asks name servers as it asks anybody else. Docker gives every name ten minutes to
   * live, whatever becomes of its container; we ask again after a second.
   */
  private static final int ADDRESS_SECONDS_MAX = 1;
  private static final int UNKNOWN_SECONDS_MAX = 1;
  private static final int ANSWER_MILLIS_MAX = 2000;

  private final Transport transport;
  private final DnsAddressResolverGroup names;

  /// Names are looked up as this machine is set up to.
  Reach(Transport transport) {
    this(transport, DnsServerAddressStreamProviders.platformDefault());
  }

  /// Names are looked up at these name servers.
  Reach(Transport transport, DnsServerAddressStreamProvider nameServers) {
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
                .queryTimeoutMillis(ANSWER_MILLIS_MAX));
  }

  /// Connections to a replica; for an address no name server is asked.
  Bootstrap to(Backend backend, EventLoop loop) {
    Bootstrap connections = new Bootstrap().group(loop).channel(transport.socketChannel());
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(backend.host());
    return address == null
        ? connections
            .resolver(names)
            .remoteAddress(InetSocketAddress.createUnresolved(backend.host(), backend.port()))
        : connections
            .disableResolver()
            .remoteAddress(new InetSocketAddress(address, backend.port()));
  }

  /// The same, which break soon after the machine at their other end is gone.
  Bootstrap watchedTo(Backend backend, EventLoop loop) {
    return transport.watched(to(backend, loop));
  }

  @Override
  public void close() {
    names.close();
  }
}
