package dev.weir.swarm.engine;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// A response without a fixed end. Closing it, from any thread, ends a waiting read.
public final class EngineStream extends FilterInputStream {
  private final EngineConnectionPool connections;
  private final EngineConnection connection;
  private volatile boolean closed;

  EngineStream(InputStream content, EngineConnectionPool connections, EngineConnection connection) {
    super(content);
    this.connections = connections;
    this.connection = connection;
  }

  /// How long a read may wait for a byte before it fails; zero, the default, waits for ever.
  public EngineStream idleMax(Duration time) {
    connection.timeout(time);
    return this;
  }

  @Override
  public int read() throws IOException {
    try {
      return closed ? -1 : super.read();
    } catch (IOException e) {
      return ended(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return closed ? -1 : super.read(bytes, offset, length);
    } catch (IOException e) {
      return ended(e);
    }
  }

  /// Whether we closed it, rather than the Engine.
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    connections.drop(connection);
  }

  /// A read that breaks because we closed the stream is not a failure.
  private int ended(IOException e) throws IOException {
    if (closed) {
      return -1;
    }
    throw e;
  }
}
