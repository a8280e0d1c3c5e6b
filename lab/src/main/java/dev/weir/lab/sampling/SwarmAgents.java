package dev.weir.lab.sampling;

import dev.weir.observe.agent.NodeAgent;
import dev.weir.observe.agent.NodeDirectory;
import dev.weir.swarm.engine.EngineException;
import dev.weir.swarm.monitor.MonitoredNode;
import dev.weir.swarm.monitor.MonitoredNodes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The agents of a swarm and their addresses, from its manager.
public final class SwarmAgents implements NodeDirectory {
  /// How an agent is reached.
  public enum Via {
    /// By its published port on the node.
    NODE,
    /// Over the overlay network, from a container that is attached to it.
    OVERLAY
  }

  private final MonitoredNodes nodes;
  private final Via via;

  public SwarmAgents(MonitoredNodes nodes, Via via) {
    this.nodes = nodes;
    this.via = via;
  }

  @Override
  public List<NodeAgent> nodes() throws IOException {
    try {
      return nodes.list().stream().map(this::agent).toList();
    } catch (EngineException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  public NodeAgent agent(MonitoredNode node) {
    String absence = node.absence(node.agent());
    if (!absence.isEmpty()) {
      return new NodeAgent(node.name(), Optional.empty(), absence);
    }
    MonitoredNode.Task task = node.agent().orElseThrow();
    Optional<URI> address = address("https", node, task, via);
    return new NodeAgent(
        node.name(), address, address.isPresent() ? "" : "it has no address " + where());
  }

  private String where() {
    return via == Via.NODE ? "outside of the overlay network (try --via overlay)" : "there yet";
  }

  public static Optional<URI> address(
      String scheme, MonitoredNode node, MonitoredNode.Task task, Via via) {
    if (via == Via.OVERLAY) {
      return task.addresses().stream().findFirst().map(host -> uri(scheme, host, task.innerPort()));
    }
    return task.port() == 0 || node.address().isEmpty()
        ? Optional.empty()
        : Optional.of(uri(scheme, node.address(), task.port()));
  }

  private static URI uri(String scheme, String host, int port) {
    return URI.create(
        "%s://%s:%d/".formatted(scheme, host.contains(":") ? "[" + host + "]" : host, port));
  }
}
