package dev.weir.proxy.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many client connections the limit on open files (`ulimit -n`) allows. Each may also need one
/// to a replica.
///
/// @param limit how many files the process may have open; 0 if unknown
/// @param open how many it has
public record Descriptors(long limit, long open) {
  /// For the admin port, probes, name servers, and connections accepted only to be refused.
  private static final long RESERVED = 100;

  /// The descriptors of this process.
  public static Descriptors now() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? new Descriptors(unix.getMaxFileDescriptorCount(), unix.getOpenFileDescriptorCount())
        : new Descriptors(0, 0);
  }

  /// How many clients can be connected at once, at least one, if `asked` are wanted.
  int connections(int asked) {
    return limit <= 0 ? asked : Math.clamp((limit - open - RESERVED) / 2, 1, asked);
  }
}
