package dev.weir.observe.container;

import java.io.IOException;
import java.util.List;

/// The engine of this node, as far as sampling needs it: names, and figures where the kernel's
/// files cannot be read.
public interface ContainerDirectory {
  /// Every container of this node that has not been removed, running or about to run.
  ///
  /// @throws IOException if the engine does not respond; its message says why, in one line
  List<NamedContainer> containers() throws IOException;

  /// The response to `GET /containers/{id}/stats?stream=false&one-shot=true`, as it came.
  ///
  /// @throws IOException if the engine does not respond, or knows no such container
  String stats(String id) throws IOException;
}
