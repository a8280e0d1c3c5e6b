package dev.weir.proxy.process;

import dev.weir.proxy.config.ProxySettings;
import java.util.ArrayList;
import java.util.List;

/// How much of what the settings ask for this process can hold at once.
///
/// @param connections how many clients may be connected
/// @param memoryBytes what clients may make it hold, in all
/// @param notes what is less than asked for, why, and what to do
public record Capacity(int connections, long memoryBytes, List<String> notes) {
  public Capacity {
    notes = List.copyOf(notes);
  }

  /// What a process with these descriptors and this heap can hold.
  ///
  /// @param heapBytes how large the heap may get
  public static Capacity of(
      ProxySettings.Options options, Descriptors descriptors, long heapBytes) {
    var notes = new ArrayList<String>();
    long memoryBytes =
        options.memoryBytes() == 0 ? MemoryBudget.ofHeap(heapBytes) : options.memoryBytes();
    int asked = options.connectionsMax();
    int described = descriptors.connections(asked);
    if (described < asked) {
      notes.add(
          "%,d client connections instead of %,d, because %,d files may be open: raise it with ulimit -n"
              .formatted(described, asked, descriptors.limit()));
    }
    int held = Math.clamp(memoryBytes / MemoryBudget.CONNECTION_BYTES, 1, described);
    if (held < described) {
      notes.add(
          "about %,d client connections instead of %,d, because they may take %,d MiB: give it a larger heap (-Xmx) or --memory"
              .formatted(held, described, memoryBytes >> 20));
    }
    return new Capacity(held, memoryBytes, notes);
  }
}
