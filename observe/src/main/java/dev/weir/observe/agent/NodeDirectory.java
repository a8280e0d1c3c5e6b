package dev.weir.observe.agent;

import java.io.IOException;
import java.util.List;

/// Lists the nodes and their agents.
@FunctionalInterface
public interface NodeDirectory {
  /// Every node that should have an agent, in the order to show them.
  ///
  /// @throws IOException if that is unknown now, with the reason in one line
  List<NodeAgent> nodes() throws IOException;
}
