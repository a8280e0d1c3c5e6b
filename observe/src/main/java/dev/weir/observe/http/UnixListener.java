package dev.weir.observe.http;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/// A Unix socket, for its owner and its group.
final class UnixListener implements Listener {
  private static final String MODE = "rw-rw----";

  private final Path path;
  private final ServerSocketChannel listening;

  UnixListener(Path path) throws IOException {
    this.path = path;
    removeLeftover(path);
    listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listening.bind(UnixDomainSocketAddress.of(path));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(MODE));
    } catch (IOException e) {
      listening.close();
      throw e;
    }
  }

  /// A killed process leaves its socket behind, which prevents listening.
  private static void removeLeftover(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (!Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
      throw new BindException("it exists and is not a socket");
    }
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new BindException("another process listens on it");
    } catch (BindException e) {
      throw e;
    } catch (IOException _) {
      Files.delete(path); // nothing listens
    }
  }

  @Override
  public SocketAddress address() {
    return UnixDomainSocketAddress.of(path);
  }

  @Override
  public AcceptedConnection accept() throws IOException {
    SocketChannel channel = listening.accept();
    return new AcceptedConnection(
        user(channel),
        channel,
        Optional.empty(),
        Channels.newInputStream(channel),
        Channels.newOutputStream(channel));
  }

  private static String user(SocketChannel channel) {
    try {
      return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    Files.deleteIfExists(path);
  }
}
