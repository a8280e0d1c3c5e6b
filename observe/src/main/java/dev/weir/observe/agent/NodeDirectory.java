package dev.weir.observe.agent;

import java.io.IOException;
import java.util.List;

/// Who knows the nodes and their agents.
@FunctionalInterface
public interface NodeDirectory {
  /// Every node that should have an agent, in the order to show them.
  ///
  /// @throws IOException if it is unknown now; its message says why, in one line
  List<NodeAgent> nodes() throws IOException;
}
