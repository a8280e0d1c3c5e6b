package dev.weir.console.web;

import dev.weir.base.UserError;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.function.Consumer;

/// Listens, and gives each connection what it needs to read requests.
final class Listener extends ChannelInitializer<SocketChannel> {
  private static final String OPTION = "console's address";
  private static final int LINE_BYTES_MAX = 4 << 10;
  private static final int HEAD_BYTES_MAX = 16 << 10;
  private static final int CHUNK_BYTES_MAX = 8 << 10;
  private static final int SEND_BUFFER_BYTES = 128 << 10;
  private static final int BACKLOG = 128;

  private final Optional<ServerTls> tls;
  private final Limits limits;
  private final Consumer<Exchange> handler;

  Listener(Optional<ServerTls> tls, Limits limits, Consumer<Exchange> handler) {
    this.tls = tls;
    this.limits = limits;
    this.handler = handler;
  }

  /// The address to listen at.
  ///
  /// @throws UserError if it is unknown, or if everyone could come without a token
  static InetSocketAddress address(ConsoleSettings settings) {
    InetAddress host;
    try {
      host = InetAddress.getByName(settings.host());
    } catch (UnknownHostException e) {
      throw new UserError(
          "%s: %s is unknown (expected: an address of this machine)"
              .formatted(OPTION, settings.host()),
          e);
    }
    if (!host.isLoopbackAddress() && settings.tokenFile().isEmpty()) {
      throw new UserError(
          "%s: %s can be reached by others (expected: a %s for it, or an address such as 127.0.0.1)"
              .formatted(OPTION, settings.host(), TokenFile.OPTION));
    }
    return new InetSocketAddress(host, settings.port());
  }

  Channel listen(InetSocketAddress address, EventLoopGroup group) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            // Without this bound the kernel holds megabytes for a viewer that reads nothing.
            .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(this)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new UserError(
          "%s: cannot listen at %s: %s (expected: a free address and port)"
              .formatted(OPTION, address, bound.cause().getMessage()),
          bound.cause());
    }
    return bound.channel();
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    var config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LINE_BYTES_MAX)
            .setMaxHeaderSize(HEAD_BYTES_MAX)
            .setMaxChunkSize(CHUNK_BYTES_MAX);
    tls.ifPresent(one -> channel.pipeline().addLast(one.handler()));
    channel
        .pipeline()
        .addLast(new HttpServerCodec(config))
        .addLast(new ConnectionHandler(limits, handler));
  }
}
