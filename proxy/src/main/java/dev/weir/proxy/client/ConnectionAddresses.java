package dev.weir.proxy.client;

import dev.weir.base.IpText;
import dev.weir.proxy.http.Bytes;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// The two ends of a connection as header fields show them.
final class ConnectionAddresses {
  private static final byte[] UNKNOWN = Bytes.of("unknown");

  private ConnectionAddresses() {}

  /// The address without the port, as in `192.0.2.1` and `2001:db8::1`.
  static byte[] address(@Nullable SocketAddress of) {
    InetSocketAddress inet = known(of);
    return inet == null ? UNKNOWN : Bytes.of(IpText.of(inet.getAddress().getAddress()));
  }

  /// The address with the port, as in `192.0.2.1:80` and `[2001:db8::1]:80`.
  static byte[] addressAndPort(@Nullable SocketAddress of) {
    InetSocketAddress inet = known(of);
    return inet == null
        ? UNKNOWN
        : Bytes.of(IpText.withPort(inet.getAddress().getAddress(), inet.getPort()));
  }

  private static @Nullable InetSocketAddress known(@Nullable SocketAddress of) {
    return of instanceof InetSocketAddress inet && inet.getAddress() != null ? inet : null;
  }
}
