package dev.weir.observe.http;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Supplier;

/// Times each write, so that a client that stops reading is found out.
final class WriteTimeout extends FilterOutputStream {
  private final Supplier<AgentHttpServer.Timer> timer;

  /// @param timer starts what happens unless a write is done in time
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
