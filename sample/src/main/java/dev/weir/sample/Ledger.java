package dev.weir.sample;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One line for each request that was begun: its id, its method and the instance. The lines prove
/// later that nothing was sent twice. They go to an optional file, which several processes may
/// share, since a line is one append; the last lines are also kept in memory.
final class Ledger implements AutoCloseable {
  private static final int ID_LENGTH_MAX = 200;

  /// About 20 MB of lines.
  static final int KEPT_MAX = 100_000;

  private final @Nullable FileChannel channel;
  private final String instance;
  private final int keptMax;
  private final ArrayDeque<String> kept = new ArrayDeque<>();

  /// @param keep whether to keep lines in memory for [#text]
  Ledger(@Nullable Path file, String instance, boolean keep) throws IOException {
    this.channel =
        file == null
            ? null
            : FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    this.instance = instance;
    this.keptMax = keep ? KEPT_MAX : 0;
  }

  /// Records that the request has begun.
  synchronized void begin(@Nullable String id, String method) throws IOException {
    String shown = id == null ? "-" : id.substring(0, Math.min(id.length(), ID_LENGTH_MAX));
    String line = "%s %s %s\n".formatted(shown, method, instance);
    kept.add(line);
    if (kept.size() > keptMax) {
      kept.remove();
    }
    if (channel != null) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /// The kept lines, the oldest first.
  synchronized String text() {
    return String.join("", kept);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
