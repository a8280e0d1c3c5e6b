package dev.weir.swarm.stack;

import java.util.Map;
import java.util.function.Function;

/// How a stack is deployed.
///
/// @param prune remove services of the stack that its files no longer name
/// @param resolve when to pin images to digests
/// @param registryAuth the header with credentials for an image; empty for none
/// @param resetReplicas set the replica counts of the files, not the running ones
/// @param replicas replica counts by service, which override files and what runs
/// @param contentNames name secrets and configs by their content, so that it can change
public record DeployOptions(
    boolean prune,
    ResolveImage resolve,
    Function<String, Map<String, String>> registryAuth,
    boolean resetReplicas,
    Map<String, Long> replicas,
    boolean contentNames) {

  /// When the registry is asked for an image's digest.
  public enum ResolveImage {
    /// At every deploy.
    ALWAYS,
    /// When the image's name changed.
    CHANGED,
    /// Not at all.
    NEVER
  }
}
