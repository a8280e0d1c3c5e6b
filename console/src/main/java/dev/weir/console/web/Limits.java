package dev.weir.console.web;

import dev.weir.base.ConnectionLimit;
import dev.weir.base.SendBudget;
import io.netty.channel.Channel;
import java.time.Duration;

/// What all connections together may cost.
///
/// @param connections how many may be open
/// @param unsent how many bytes may wait for slow readers
/// @param firstRequest how long a new connection may take to send a whole request
/// @param nextRequest how long a connection may take to send another one
/// @param response how long a client may take to read a response
record Limits(
    ConnectionLimit<Channel> connections,
    SendBudget<Channel> unsent,
    Duration firstRequest,
    Duration nextRequest,
    Duration response) {
  static final int BODY_BYTES_MAX = 8 << 10;
  private static final int CONNECTIONS_MAX = 256;
  private static final int PER_PEER_MAX = 128;
  private static final long UNSENT_BYTES_MAX = 16 << 20;

  static Limits usual() {
    return new Limits(
        new ConnectionLimit<>(CONNECTIONS_MAX, PER_PEER_MAX),
        new SendBudget<>(UNSENT_BYTES_MAX),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60));
  }

  /// Takes in a connection, and closes another if there are too many.
  void opened(Channel channel, String peer) {
    connections.add(channel, peer).ifPresent(Limits::close);
  }

  void closed(Channel channel) {
    connections.remove(channel);
    unsent.remove(channel);
  }

  /// Counts bytes that are about to be sent, and closes the slowest readers if there are too many.
  void sending(Channel channel, long bytes) {
    unsent.add(channel, bytes).forEach(Limits::close);
  }

  void sent(Channel channel) {
    unsent.remove(channel);
  }

  private static void close(Channel channel) {
    var _ = channel.close();
  }
}
