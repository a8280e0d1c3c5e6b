package dev.weir.proxy.client;

import dev.weir.proxy.process.MemoryBudget;

/// What the budget counts for one client: its bytes that wait for their turn, and bytes that it or
/// its replica has yet to take.
final class ClientMemory {
  private final MemoryBudget memory;
  private long readBytes;
  private long pendingBytes;

  ClientMemory(MemoryBudget memory) {
    this.memory = memory;
  }

  /// So many bytes of what the client sent are held now.
  void read(long bytes) {
    memory.take(bytes - readBytes);
    readBytes = bytes;
  }

  /// So many bytes were just written, to the client or to its replica. What the kernel took of them
  /// is known once they are flushed.
  void wrote(long bytes) {
    memory.take(bytes);
    pendingBytes += bytes;
  }

  /// So many bytes wait to be taken now.
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
