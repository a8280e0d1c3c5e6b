package dev.weir.proxy.client;

import dev.weir.base.IpText;
import dev.weir.proxy.config.ProxySettings;
import dev.weir.proxy.http.Bytes;
import dev.weir.proxy.http.HeadWriter;
import dev.weir.proxy.http.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// The two ends of a client's connection, as forwarded heads name them.
///
/// @param client the address without the port, as in `192.0.2.1` and `2001:db8::1`
/// @param local the address with the port, as in `192.0.2.1:80` and `[2001:db8::1]:80`
/// @param trusted whether forwarding fields of the client are kept
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record ConnectionAddresses(byte[] client, byte[] local, boolean trusted) {
  private static final byte[] UNKNOWN = Bytes.of("unknown");

  static ConnectionAddresses of(Channel channel, ProxySettings settings) {
    InetSocketAddress peer = known(channel.remoteAddress());
    InetSocketAddress own = known(channel.localAddress());
    return new ConnectionAddresses(
        peer == null ? UNKNOWN : Bytes.of(IpText.of(peer.getAddress().getAddress())),
        own == null
            ? UNKNOWN
            : Bytes.of(IpText.withPort(own.getAddress().getAddress(), own.getPort())),
        settings.options().http().trusted().contains(channel.remoteAddress()));
  }

  private static @Nullable InetSocketAddress known(@Nullable SocketAddress of) {
    return of instanceof InetSocketAddress inet && inet.getAddress() != null ? inet : null;
  }

  /// The head as replicas get it.
  ByteBuf forwarded(Channel channel, RequestHead head) {
    return HeadWriter.request(channel.alloc(), head, client, local, trusted);
  }
}
