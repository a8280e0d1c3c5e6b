package dev.weir.base;

/// A source of elapsed time in nanoseconds, of which only differences mean anything.
///
/// Shells pass `System::nanoTime`; the simulator and tests pass virtual time.
@FunctionalInterface
public interface Ticker {
  long nanos();
}
