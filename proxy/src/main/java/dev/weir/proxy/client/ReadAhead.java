package dev.weir.proxy.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Bytes of a client that no exchange has taken yet.
final class ReadAhead {
  private @Nullable ByteBuf bytes;

  /// The bytes; null if there are none.
  @Nullable ByteBuf bytes() {
    return bytes;
  }

  boolean isEmpty() {
    return bytes == null;
  }

  int readableBytes() {
    return bytes == null ? 0 : bytes.readableBytes();
  }

  /// How much memory it takes.
  int capacity() {
    return bytes == null ? 0 : bytes.capacity();
  }

  /// Takes over `in`, which follows what is there.
  void add(ByteBufAllocator allocator, ByteBuf in) {
    bytes = bytes == null ? in : join(allocator, bytes, in);
  }

  private static ByteBuf join(ByteBufAllocator allocator, ByteBuf first, ByteBuf second) {
    ByteBuf both = allocator.ioBuffer(first.readableBytes() + second.readableBytes());
    both.writeBytes(first).writeBytes(second);
    first.release();
    second.release();
    return both;
  }

  /// Drops the bytes, unless they are in use.
  void dropUnless(boolean inUse) {
    if (!inUse) {
      drop();
    }
  }

  void drop() {
    ByteBuf dropped = bytes;
    bytes = null;
    if (dropped != null) {
      dropped.release();
    }
  }
}
