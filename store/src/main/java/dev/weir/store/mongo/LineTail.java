package dev.weir.store.mongo;

import dev.weir.store.mongo.RunFile.Mark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads whole lines of a growing file; a line without its newline is left for later.
final class LineTail {
  private static final int CHUNK_BYTES = 1 << 20;

  /// Below MongoDB's limit of 16 MiB for a document.
  private static final int LINE_BYTES_MAX = 8 << 20;

  private byte[] buffer = new byte[CHUNK_BYTES];

  /// Up to `linesMax` lines after `from`, without newlines, from one chunk.
  List<byte[]> read(Path path, Mark from, int linesMax) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      while (true) {
        int length = fill(channel, from.bytes());
        List<byte[]> lines = lines(length, linesMax);
        if (!lines.isEmpty() || length < buffer.length) {
          return lines;
        }
        if (buffer.length >= LINE_BYTES_MAX) {
          throw new IOException(
              "line %d is longer than %d bytes".formatted(from.lines() + 1, LINE_BYTES_MAX));
        }
        buffer = new byte[buffer.length * 2];
      }
    }
  }

  /// The end of the last whole line at or after `from`; `from` itself if the file does not exist.
  Mark end(Path path, Mark from) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() < from.bytes()) {
        throw new IOException("it was shortened");
      }
      Mark end = from;
      long at = from.bytes();
      for (int length = fill(channel, at); length > 0; length = fill(channel, at)) {
        for (int i = 0; i < length; i++) {
          if (buffer[i] == '\n') {
            end = new Mark(end.lines() + 1, at + i + 1);
          }
        }
        at += length;
      }
      return end;
    }
  }

  /// Whether a line ends just before `mark`.
  static boolean isLineEnd(Path path, Mark mark) throws IOException {
    if (mark.bytes() == 0) {
      return mark.lines() == 0;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      var last = ByteBuffer.allocate(1);
      return channel.read(last, mark.bytes() - 1) == 1 && last.get(0) == '\n';
    }
  }

  private List<byte[]> lines(int length, int linesMax) {
    var lines = new ArrayList<byte[]>();
    int start = 0;
    for (int i = 0; i < length && lines.size() < linesMax; i++) {
      if (buffer[i] == '\n') {
        lines.add(Arrays.copyOfRange(buffer, start, i));
        start = i + 1;
      }
    }
    return lines;
  }

  private int fill(FileChannel channel, long at) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer);
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes, at + bytes.position());
      if (read < 0) {
        break;
      }
    }
    return bytes.position();
  }
}
