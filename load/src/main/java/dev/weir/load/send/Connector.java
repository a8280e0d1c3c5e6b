package dev.weir.load.send;

import dev.weir.base.ServerName;
import dev.weir.base.UserError;
import dev.weir.load.http.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// Opens connections to the address of a target that was found to respond.
final class Connector {
  /// A preflight needs less time than a request may take.
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);

  private final Target target;
  private final InetSocketAddress address;
  private final Optional<SSLContext> tls;
  private final boolean verified;
  private final int timeoutMillis;

  private Connector(LoadSettings settings, InetSocketAddress address, Optional<SSLContext> tls) {
    this.target = settings.target();
    this.address = address;
    this.tls = tls;
    this.verified = !settings.tls().insecure();
    Duration timeout = settings.timeout();
    Duration connect = timeout.compareTo(CONNECT_MAX) < 0 ? timeout : CONNECT_MAX;
    this.timeoutMillis = Math.max(1, Math.toIntExact(connect.toMillis()));
  }

  /// Finds an address of the target that accepts connections, by opening one and closing it again.
  ///
  /// @throws UserError naming `--url` if none does
  static Connector find(LoadSettings settings) {
    Target target = settings.target();
    Optional<SSLContext> tls =
        target.tls() ? Optional.of(settings.tls().context()) : Optional.empty();
    IOException last = new IOException("no address");
    for (InetAddress address : resolve(target)) {
      var socketAddress = new InetSocketAddress(address, target.port());
      var connector = new Connector(settings, socketAddress, tls);
      try {
        connector.dial().channel().close();
        return connector;
      } catch (IOException e) {
        last = e;
      }
    }
    throw new UserError(unreachable(target, last), last);
  }

  /// Opens one connection, blocking, and hands it over non-blocking.
  Transport dial() throws IOException {
    SocketChannel channel = SocketChannel.open();
    boolean open = false;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.socket().connect(address, timeoutMillis);
      Transport transport =
          tls.isEmpty() ? new PlainTransport(channel) : secure(channel, tls.get());
      channel.configureBlocking(false);
      open = true;
      return transport;
    } finally {
      if (!open) {
        channel.close();
      }
    }
  }

  /// The kind of failure, in the one word of the records.
  static String kind(IOException failure) {
    return switch (failure) {
      case ConnectException _ -> "refused";
      case SSLException _ -> "tls";
      case SocketTimeoutException _ -> "connect-timeout";
      default -> "connect";
    };
  }

  private Transport secure(SocketChannel channel, SSLContext context) throws IOException {
    channel.socket().setSoTimeout(timeoutMillis);
    SSLEngine engine = context.createSSLEngine(target.host(), target.port());
    SSLParameters parameters = engine.getSSLParameters();
    ServerName.ask(parameters, target.host());
    if (verified) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    engine.setSSLParameters(parameters);
    return TlsTransport.handshake(channel, engine);
  }

  private static InetAddress[] resolve(Target target) {
    try {
      return InetAddress.getAllByName(target.host());
    } catch (UnknownHostException e) {
      throw new UserError(
          "--url: %s: the name %s has no address (check the spelling, or DNS)"
              .formatted(target.shown(), target.host()),
          e);
    }
  }

  private static String unreachable(Target target, IOException failure) {
    String advice =
        switch (kind(failure)) {
          case "refused" -> "is the server running on port %d?".formatted(target.port());
          case "tls" -> "is it HTTPS, and its certificate trusted? --cacert FILE, or --insecure";
          case "connect-timeout" -> "is a firewall in between?";
          default -> "check the address and the network";
        };
    String reason = String.valueOf(failure.getMessage()).replace('\n', ' ');
    return "--url: %s cannot be reached: %s (%s)".formatted(target.shown(), reason, advice);
  }
}
