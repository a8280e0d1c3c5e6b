package dev.weir.swarm.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import tools.jackson.core.JacksonException;

/// One request under way, with a time limit for all of it. Closing it closes its connection, unless
/// the connection was returned or handed over.
final class EngineCall implements AutoCloseable {
  private final EngineAddress address;
  private final EngineConnectionPool connections;
  private final EngineConnection connection;
  private final ClassicHttpRequest request;
  private final String name;
  private final Duration time;
  private final Deadline deadline;
  private boolean over;

  /// @param name the request, such as `GET /tasks`
  EngineCall(
      EngineAddress address,
      EngineConnectionPool connections,
      EngineConnection connection,
      ClassicHttpRequest request,
      String name,
      Duration time) {
    this.address = address;
    this.connections = connections;
    this.connection = connection;
    this.request = request;
    this.name = name;
    this.time = time;
    this.deadline = Deadline.of(time, connection);
  }

  /// Turns a response's content into a result.
  @FunctionalInterface
  interface Content<T> {
    T read(InputStream content) throws IOException;
  }

  /// Sends, and waits for the response's head.
  ClassicHttpResponse exchange() {
    try {
      return connection.exchange(request, time);
    } catch (IOException | HttpException e) {
      throw failed(e);
    }
  }

  /// Reads the content to its end, and returns the connection.
  <T> T whole(ClassicHttpResponse response, Content<T> reader) {
    try {
      InputStream content = content(response);
      T read = reader.read(content);
      if (content.read() < 0 && connection.isReusable(request, response)) {
        deadline.close();
        over = !deadline.hasPassed();
        if (over) {
          connections.keep(connection);
        }
      }
      return read;
    } catch (IOException | UncheckedIOException | JacksonException e) {
      throw failed(e);
    }
  }

  /// Hands over the content of a response without a fixed end.
  EngineStream goesOn(ClassicHttpResponse response) {
    try {
      InputStream content = content(response);
      deadline.close();
      connection.timeout(Duration.ZERO);
      over = true;
      return new EngineStream(content, connections, connection);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static InputStream content(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  private EngineException failed(Exception e) {
    if (connections.isClosed()) {
      return connections.closed();
    }
    return deadline.hasPassed()
        ? EngineErrors.late(address, name, time, e)
        : EngineErrors.noResponse(address, name, e);
  }

  @Override
  public void close() {
    deadline.close();
    if (!over) {
      connections.drop(connection);
    }
  }
}
