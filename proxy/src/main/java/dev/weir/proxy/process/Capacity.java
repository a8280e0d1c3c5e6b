package dev.weir.proxy.process;

import dev.weir.proxy.config.ProxySettings;
import java.util.ArrayList;
import java.util.List;

/// How much of the requested capacity this process can provide.
///
/// @param connections how many clients may be connected
/// @param memoryBytes the memory budget of all clients
/// @param notes what is below the request, why, and what to do
public record Capacity(int connections, long memoryBytes, List<String> notes) {
  public Capacity {
    notes = List.copyOf(notes);
  }

  /// The capacity of a process with these descriptors and this heap.
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
