package dev.weir.load.pace;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The scheduling class of the thread that sends.
///
/// A send is late if its thread is awake but waits for a processor: in the ordinary class, the
/// woken server or the reader of responses may use up its time slice first. Under SCHED_FIFO
/// (sched(7)) the sender runs as soon as it wakes. It sleeps, or spins for some tens of
/// microseconds per request, and the kernel reserves 5 % of every second for others
/// (sched_rt_runtime_us). When it is behind and no longer sleeps, [SchedulingPriority] ends this.
public final class RealTimeScheduling {
  private static final int SCHED_OTHER = 0;
  private static final int SCHED_FIFO = 1;
  private static final int NO_PRIORITY = 0;
  private static final int LEAST_PRIORITY = 1;

  private RealTimeScheduling() {}

  /// Asks for SCHED_FIFO for the calling thread, which needs root, CAP_SYS_NICE or RLIMIT_RTPRIO.
  ///
  /// @return whether it was granted; if not, nothing changes
  public static boolean request() {
    return become(SCHED_FIFO, LEAST_PRIORITY);
  }

  /// Returns to the ordinary class, which needs no right.
  ///
  /// @return whether the calling thread now has it
  static boolean release() {
    return become(SCHED_OTHER, NO_PRIORITY);
  }

  private static boolean become(int policy, int priority) {
    try {
      return setScheduler().filter(one -> granted(one, policy, priority)).isPresent();
    } catch (RuntimeException _) {
      return false; // native access is closed to us
    }
  }

  @SuppressWarnings("restricted") // sched_setscheduler cannot be had otherwise
  private static Optional<MethodHandle> setScheduler() {
    Linker linker = Linker.nativeLinker();
    SymbolLookup libc = linker.defaultLookup();
    return libc.find("sched_setscheduler")
        .map(address ->
            linker.downcallHandle(
                address,
                FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS)));
  }

  private static boolean granted(MethodHandle setScheduler, int policy, int priority) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment param = arena.allocateFrom(ValueLayout.JAVA_INT, priority);
      int callingThread = 0;
      return (int) setScheduler.invokeExact(callingThread, policy, param) == 0;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a native call throws nothing checked", e);
    }
  }
}
