package dev.weir.proxy.exchange;

import dev.weir.proxy.process.MemoryBudget;
import dev.weir.proxy.worker.Worker;
import org.jspecify.annotations.Nullable;

/// What an exchange counts for while it lasts: memory, and a use of its service.
final class ExchangeAccount {
  private final Worker worker;
  private final @Nullable ServiceUse use;
  private boolean closed;

  /// The exchange begins.
  ///
  /// @param isUse whether it is a use of its service
  ExchangeAccount(WorkerService service, boolean isUse) {
    worker = service.worker();
    use = isUse ? service.use() : null;
    worker.memory().take(MemoryBudget.REQUEST_BYTES);
    if (use != null) {
      use.begins();
    }
  }

  /// The exchange ends, perhaps for the second time.
  void close() {
    if (!closed) {
      closed = true;
      worker.memory().take(-MemoryBudget.REQUEST_BYTES);
      if (use != null) {
        use.ends(worker.nowNanos());
      }
    }
  }
}
