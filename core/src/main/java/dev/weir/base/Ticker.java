package dev.weir.base;

/// A source of elapsed time in nanoseconds. Only differences are meaningful.
///
/// Shells pass `System::nanoTime`; the simulator and tests pass virtual time.
@FunctionalInterface
public interface Ticker {
  long nanos();
}
