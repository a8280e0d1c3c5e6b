package dev.weir.proxy.worker;

/// A connection whose written bytes its [Worker] flushes once per turn of the event loop.
public interface Flushed {
  /// Hands what was written to the kernel, and counts what it does not take.
  void flush();
}
