package dev.weir.cli.balance;

import dev.weir.base.HostNames;
import dev.weir.observe.http.AgentHttpServer;
import dev.weir.observe.http.Listener;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Servers at sockets of the file system, and raw requests to them.
final class UnixServers {
  private UnixServers() {}

  /// A server of these pages.
  static AgentHttpServer serve(Path socket, AgentHttpServer.Pages pages) throws IOException {
    return AgentHttpServer.start(
        Listener.unix(socket),
        new AgentHttpServer.Access(Optional.empty(), HostNames.PRIVATE, 32),
        pages);
  }

  /// All responses until the connection ends: after the last request the client says no more.
  static String exchange(Path socket, String sent) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      channel.write(ByteBuffer.wrap(sent.getBytes(StandardCharsets.ISO_8859_1)));
      channel.shutdownOutput();
      return new String(
          Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
