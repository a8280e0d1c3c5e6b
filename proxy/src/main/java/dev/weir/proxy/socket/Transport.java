package dev.weir.proxy.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import jdk.net.ExtendedSocketOptions;

/// How to wait for sockets: with the kernel's epoll if available, else with Java's selectors.
public enum Transport {
  EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class, EpollDatagramChannel.class) {
    @Override
    public IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }

    @Override
    public Bootstrap watched(Bootstrap bootstrap) {
      return bootstrap
          .option(ChannelOption.SO_KEEPALIVE, true)
          .option(EpollChannelOption.TCP_KEEPIDLE, GONE_SECONDS - 3)
          .option(EpollChannelOption.TCP_KEEPINTVL, 1)
          .option(EpollChannelOption.TCP_KEEPCNT, 3)
          .option(EpollChannelOption.TCP_USER_TIMEOUT, GONE_SECONDS * 1000)
          .option(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES_MAX);
    }

    @Override
    public ServerBootstrap boundsUnsent(ServerBootstrap bootstrap) {
      return bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES_MAX);
    }
  },
  NIO(NioSocketChannel.class, NioServerSocketChannel.class, NioDatagramChannel.class) {
    @Override
    public IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }

    @Override
    public Bootstrap watched(Bootstrap bootstrap) {
      return bootstrap
          .option(ChannelOption.SO_KEEPALIVE, true)
          .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), GONE_SECONDS - 3)
          .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), 1)
          .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), 3);
    }

    @Override
    public ServerBootstrap boundsUnsent(ServerBootstrap bootstrap) {
      return bootstrap; // Java has no such option
    }
  };

  /*
   * A dead node closes no connection. The kernel notices missing acknowledgements; the kernel of a
   * slow replica still sends them.
   */
  private static final int GONE_SECONDS = 5;

  /*
   * Without this bound the kernel takes up to 4 MB for each client that reads nothing. All of it is
   * relayed from the replicas first, and no budget counts it. Bytes that are on their way in the
   * network are not limited, so connections with a long round trip stay as fast.
   */
  private static final long UNSENT_BYTES_MAX = 128 * 1024;

  /// Whether the other end caused a connection's failure, rather than a lack of our own descriptors
  /// or ports.
  public static boolean isOfPeer(Throwable failure) {
    return failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof UnknownHostException;
  }

  private final Class<? extends SocketChannel> socketChannel;
  private final Class<? extends ServerSocketChannel> serverChannel;
  private final Class<? extends DatagramChannel> datagramChannel;

  Transport(
      Class<? extends SocketChannel> socketChannel,
      Class<? extends ServerSocketChannel> serverChannel,
      Class<? extends DatagramChannel> datagramChannel) {
    this.socketChannel = socketChannel;
    this.serverChannel = serverChannel;
    this.datagramChannel = datagramChannel;
  }

  /// The best transport on this machine.
  public static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  public abstract IoHandlerFactory handlers();

  /// Makes connections break within five seconds when the machine at the other end is gone, and
  /// bounds what the kernel holds for them unsent.
  public abstract Bootstrap watched(Bootstrap bootstrap);

  /// Bounds what the kernel holds unsent for each accepted connection, where it can.
  public abstract ServerBootstrap boundsUnsent(ServerBootstrap bootstrap);

  public Class<? extends SocketChannel> socketChannel() {
    return socketChannel;
  }

  public Class<? extends ServerSocketChannel> serverChannel() {
    return serverChannel;
  }

  public Class<? extends DatagramChannel> datagramChannel() {
    return datagramChannel;
  }
}
