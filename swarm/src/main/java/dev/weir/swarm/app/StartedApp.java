package dev.weir.swarm.app;

import java.util.List;

/// An app that was started.
///
/// @param name of the container or service
/// @param image as asked for, with its digest if that is known
/// @param containerId of its container
/// @param node where it runs: a node's name, or empty for the Engine's own machine
/// @param urls where its TCP ports are reached
/// @param readiness its state
public record StartedApp(
    String name,
    String image,
    String containerId,
    String node,
    List<String> urls,
    Readiness readiness) {
  /// Copies the list.
  public StartedApp {
    urls = List.copyOf(urls);
  }
}
