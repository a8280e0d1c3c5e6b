package dev.weir.sample;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file with one line for each request that was begun, its id and method, from which it can later
/// be proved that nothing was sent twice. Several processes may share it: a line is one append.
final class Ledger implements AutoCloseable {
  private static final int ID_LENGTH_MAX = 200;

  private final FileChannel channel;

  Ledger(Path file) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /// Notes that the request is begun.
  synchronized void begin(String id, String method) throws IOException {
    String kept = id.length() > ID_LENGTH_MAX ? id.substring(0, ID_LENGTH_MAX) : id;
    ByteBuffer line =
        ByteBuffer.wrap("%s %s\n".formatted(kept, method).getBytes(StandardCharsets.UTF_8));
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
