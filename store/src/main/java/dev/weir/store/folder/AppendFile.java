package dev.weir.store.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file that only grows, by whole lines. After a disk failure it continues where it stopped. Not
/// thread-safe: one thread records.
///
/// The file is open only during a write. A run may have thousands of containers, and a folder that
/// was removed is noticed instead of written to unseen.
final class AppendFile {
  private static final int BUFFER_BYTES_MIN = 4 << 10;
  private static final int BUFFER_BYTES_MAX = 1 << 20;

  private final Path path;
  private byte[] pending;
  private int pendingBytes;
  private long writtenBytes;
  private boolean synced;
  private long rows;
  private long lostRows;
  private @Nullable IOException problem;

  /// A file that starts with `header`, which does not count as a row.
  AppendFile(Path path, String header) {
    this.path = path;
    this.pending = Arrays.copyOf(header.getBytes(StandardCharsets.UTF_8), BUFFER_BYTES_MIN);
    this.pendingBytes = header.length();
  }

  /// Takes a line with its newline. While the disk fails and the buffer is full, the line counts as
  /// lost.
  void add(byte[] line) {
    if (pendingBytes + line.length > BUFFER_BYTES_MAX && problem == null) {
      write(false);
    }
    int needed = pendingBytes + line.length;
    if (needed > BUFFER_BYTES_MAX) {
      lostRows++;
      return;
    }
    if (needed > pending.length) {
      pending = Arrays.copyOf(pending, Math.min(BUFFER_BYTES_MAX, 2 * needed));
    }
    System.arraycopy(line, 0, pending, pendingBytes, line.length);
    pendingBytes = needed;
    rows++;
  }

  /// Writes pending bytes to the system and, if `sync`, to the disk. [#problem] reports a failure;
  /// the next call continues from the byte where this one stopped.
  void write(boolean sync) {
    if (pendingBytes == 0 && (synced || !sync)) {
      return;
    }
    try (FileChannel channel = PrivateFiles.open(path)) {
      if (channel.size() < writtenBytes) {
        throw new IOException("it was removed or shortened while being written");
      }
      writePending(channel);
      if (sync) {
        channel.force(false);
        synced = true;
      }
      problem = null;
    } catch (IOException e) {
      problem = e;
    }
  }

  /// Why the last write failed; empty if it succeeded.
  Optional<IOException> problem() {
    return Optional.ofNullable(problem);
  }

  /// Ends the file: what is still pending is lost.
  void abandonPending() {
    for (int i = 0; i < pendingBytes; i++) {
      if (pending[i] == '\n' && rows > 0) {
        rows--;
        lostRows++;
      }
    }
    pendingBytes = 0;
  }

  Path path() {
    return path;
  }

  long rows() {
    return rows;
  }

  long lostRows() {
    return lostRows;
  }

  private void writePending(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(pending, 0, pendingBytes);
    synced = synced && pendingBytes == 0;
    try {
      while (bytes.hasRemaining()) {
        writtenBytes += channel.write(bytes, writtenBytes);
      }
    } finally {
      System.arraycopy(pending, bytes.position(), pending, 0, bytes.remaining());
      pendingBytes = bytes.remaining();
    }
  }
}
