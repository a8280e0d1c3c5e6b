package dev.weir.observe.container;

import java.io.IOException;
import java.util.List;

/// The parts of this node's engine that sampling needs: names, and figures if the kernel's files
/// cannot be read.
public interface ContainerDirectory {
  /// Every container of this node that has not been removed, running or about to run.
  ///
  /// @throws IOException if the engine does not respond, with the reason in one line
  List<NamedContainer> containers() throws IOException;

  /// The response to `GET /containers/{id}/stats?stream=false&one-shot=true`, unchanged.
  ///
  /// @throws IOException if the engine does not respond, or knows no such container
  String stats(String id) throws IOException;
}
