package dev.weir.swarm.engine;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The frames of logs from a container without a terminal. Each has a head of eight bytes: the
/// first is the stream, the last four are the length.
public final class LogFrames {
  private static final int FRAME_BYTES_MAX = 4 << 20;

  private final DataInputStream in;

  /// The frames of a stream, which the caller closes.
  public LogFrames(InputStream stream) {
    this.in = new DataInputStream(stream);
  }

  /// The container's output stream.
  public enum Channel {
    /// Standard output.
    OUT,
    /// Standard error.
    ERR,
    /// A message of the Engine itself, about a failure.
    SYSTEM
  }

  /// One write of the container.
  ///
  /// @param channel its stream
  /// @param bytes its content
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  public record Frame(Channel channel, byte[] bytes) {}

  /// Waits for the next frame; empty at the end of the stream.
  ///
  /// @throws IOException if the stream breaks or has no frames, as of a container with a terminal
  public Optional<Frame> next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    try {
      int padding = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int length = in.readInt();
      if (padding != 0 || first > 3 || length < 0 || length > FRAME_BYTES_MAX) {
        throw new IOException("logs not in frames (does the container have a terminal?)");
      }
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      return Optional.of(new Frame(channel(first), bytes));
    } catch (EOFException e) {
      throw new IOException("the logs end within a frame", e);
    }
  }

  private static Channel channel(int number) {
    return switch (number) {
      case 0, 1 -> Channel.OUT;
      case 2 -> Channel.ERR;
      default -> Channel.SYSTEM;
    };
  }
}
