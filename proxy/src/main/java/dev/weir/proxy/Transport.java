package dev.weir.proxy;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

/// How sockets are waited for: the kernel's epoll where it is there, else Java's selectors.
enum Transport {
  EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class) {
    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }
  },
  NIO(NioSocketChannel.class, NioServerSocketChannel.class) {
    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }
  };

  private final Class<? extends SocketChannel> socketChannel;
  private final Class<? extends ServerSocketChannel> serverChannel;

  Transport(
      Class<? extends SocketChannel> socketChannel,
      Class<? extends ServerSocketChannel> serverChannel) {
    this.socketChannel = socketChannel;
    this.serverChannel = serverChannel;
  }

  /// The best that works here.
  static Transport best() {
    return Epoll.isAvailable() ? EPOLL : NIO;
  }

  abstract IoHandlerFactory handlers();

  Class<? extends SocketChannel> socketChannel() {
    return socketChannel;
  }

  Class<? extends ServerSocketChannel> serverChannel() {
    return serverChannel;
  }
}
