package dev.weir.proxy.exchange;

import dev.weir.proxy.process.MemoryBudget;
import dev.weir.proxy.worker.Worker;

/// What an exchange counts for while it lasts: memory, and a use of its service.
final class ExchangeAccount {
  private final Worker worker;
  private final ServiceUse use;
  private boolean closed;

  /// The exchange begins.
  ExchangeAccount(WorkerService service) {
    worker = service.worker();
    use = service.use();
    worker.memory().take(MemoryBudget.REQUEST_BYTES);
    use.begins();
  }

  /// The exchange ends, perhaps for the second time.
  void close() {
    if (!closed) {
      closed = true;
      worker.memory().take(-MemoryBudget.REQUEST_BYTES);
      use.ends(worker.nowNanos());
    }
  }
}
