package dev.weir.observe;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.OptionalLong;

/// The kernel's CPU-time clock of another process: all its threads, ended ones included, in
/// nanoseconds.
///
/// The clock's id is that of clock_getcpuclockid(3): the complement of the pid, shifted by three
/// bits, with 2 (CPUCLOCK_SCHED) in them. If the system does not allow the call there is no
/// reading, and the caller uses another source.
final class ProcessCpuClock {
  private static final int CPUCLOCK_SCHED = 2;
  private static final MemoryLayout TIMESPEC =
      MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
  private static final Optional<MethodHandle> CLOCK_GETTIME = clockGettime();

  private ProcessCpuClock() {}

  /// What the process has used; empty if that cannot be read.
  static OptionalLong nanos(long pid) {
    if (CLOCK_GETTIME.isEmpty()) {
      return OptionalLong.empty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment time = arena.allocate(TIMESPEC);
      int clock = ((int) ~pid) << 3 | CPUCLOCK_SCHED;
      if ((int) CLOCK_GETTIME.get().invokeExact(clock, time) != 0) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(
          time.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000
              + time.getAtIndex(ValueLayout.JAVA_LONG, 1));
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime(2) throws nothing", e);
    }
  }

  @SuppressWarnings("restricted") // two scalars of libc, no memory of ours at stake
  private static Optional<MethodHandle> clockGettime() {
    if (ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
      return Optional.empty(); // there timespec has another shape
    }
    try {
      Linker linker = Linker.nativeLinker();
      return linker
          .defaultLookup()
          .find("clock_gettime")
          .map(address ->
              linker.downcallHandle(
                  address,
                  FunctionDescriptor.of(
                      ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
    } catch (UnsupportedOperationException | IllegalCallerException e) {
      return Optional.empty(); // no linker here, or native access was forbidden
    }
  }
}
