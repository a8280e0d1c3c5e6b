package dev.weir.observe.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/// Limits the time of each write, so that a client that stops reading is noticed.
final class WriteTimeout extends FilterOutputStream {
  private final Supplier<AgentHttpServer.Timer> timer;

  /// @param timer starts the action for a write that takes too long
  WriteTimeout(OutputStream out, Supplier<AgentHttpServer.Timer> timer) {
    super(out);
    this.timer = timer;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try (var _ = timer.get()) {
      out.write(bytes, offset, length);
    }
  }
}
