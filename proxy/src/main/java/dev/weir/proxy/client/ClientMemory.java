package dev.weir.proxy.client;

import dev.weir.proxy.process.MemoryBudget;

/// One client's part of the memory budget: its bytes that wait to be used, and bytes that it or its
/// replica has not taken yet.
final class ClientMemory {
  private final MemoryBudget memory;
  private long readBytes;
  private long pendingBytes;

  ClientMemory(MemoryBudget memory) {
    this.memory = memory;
  }

  /// Bytes of the client that are held now.
  void read(long bytes) {
    memory.take(bytes - readBytes);
    readBytes = bytes;
  }

  /// Bytes were written to the client or its replica. A flush shows how many of them the kernel
  /// took.
  void wrote(long bytes) {
    memory.take(bytes);
    pendingBytes += bytes;
  }

  /// Bytes that wait to be taken now.
  void pending(long bytes) {
    memory.take(bytes - pendingBytes);
    pendingBytes = bytes;
  }

  /// Gives everything back.
  void release() {
    read(0);
    pending(0);
  }
}
