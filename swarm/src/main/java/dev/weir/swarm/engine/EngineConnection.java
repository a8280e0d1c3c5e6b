package dev.weir.swarm.engine;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http.protocol.HttpProcessor;
import org.apache.hc.core5.http.protocol.HttpProcessorBuilder;
import org.apache.hc.core5.http.protocol.RequestConnControl;
import org.apache.hc.core5.http.protocol.RequestContent;
import org.apache.hc.core5.http.protocol.RequestTargetHost;
import org.apache.hc.core5.util.Timeout;

/// One connection to an Engine.
final class EngineConnection implements AutoCloseable {
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(100).build();
  private static final HttpProcessor HEADERS =
      HttpProcessorBuilder.create()
          .addAll(new RequestContent(), new RequestTargetHost(), new RequestConnControl())
          .build();
  private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

  private final Socket base;
  private final DefaultBHttpClientConnection connection;
  private long idleSinceNanos;
  private boolean kept;

  /// A connection over `socket`, which is `base` or TLS over it.
  EngineConnection(Socket base, Socket socket) throws IOException {
    this.base = base;
    this.connection = new DefaultBHttpClientConnection(LIMITS);
    connection.bind(socket);
  }

  /// Sends, and waits for the response's head.
  ClassicHttpResponse exchange(ClassicHttpRequest request, Duration timeout)
      throws IOException, HttpException {
    timeout(timeout);
    var context = HttpCoreContext.create();
    EXECUTOR.preProcess(request, HEADERS, context);
    return EXECUTOR.execute(request, connection, context);
  }

  /// How long a read may wait for a byte; zero waits for ever.
  void timeout(Duration timeout) {
    connection.setSocketTimeout(Timeout.of(timeout));
  }

  /// Whether it can carry another request after the end of the response.
  boolean isReusable(ClassicHttpRequest request, ClassicHttpResponse response) {
    return DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
            request, response, HttpCoreContext.create())
        && connection.isOpen()
        && connection.isConsistent();
  }

  void idleSince(long nanos) {
    idleSinceNanos = nanos;
    kept = true;
  }

  /// Whether it has carried a request before.
  boolean isKept() {
    return kept;
  }

  long idleSinceNanos() {
    return idleSinceNanos;
  }

  boolean isStale() {
    try {
      return connection.isStale();
    } catch (IOException _) {
      return true;
    }
  }

  /// Cuts the connection, even during a read or write: closes the socket below TLS at once.
  @Override
  public void close() {
    try {
      base.close();
    } catch (IOException _) {
      // Already gone, as intended.
    }
  }
}
