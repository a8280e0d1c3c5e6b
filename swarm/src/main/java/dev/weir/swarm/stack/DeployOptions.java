package dev.weir.swarm.stack;

import java.util.Map;
import java.util.function.Function;

/// How a stack is deployed.
///
/// @param prune remove services of the stack that its files no longer contain
/// @param resolve when to pin images to digests
/// @param registryAuth the header with credentials for an image; empty for none
/// @param resetReplicas set the replica counts of the files, not the running ones
/// @param replicas replica counts by service, which override files and running counts
/// @param contentNames add a hash of the content to the names of secrets and configs
public record DeployOptions(
    boolean prune,
    ResolveImage resolve,
    Function<String, Map<String, String>> registryAuth,
    boolean resetReplicas,
    Map<String, Long> replicas,
    boolean contentNames) {

  /// When to ask the registry for an image's digest.
  public enum ResolveImage {
    /// At every deploy.
    ALWAYS,
    /// When the image's name changed.
    CHANGED,
    /// Never.
    NEVER
  }

  /// The behaviour of `docker stack deploy`, except that running replica counts are kept.
  public static DeployOptions defaults() {
    return new DeployOptions(false, ResolveImage.ALWAYS, _ -> Map.of(), false, Map.of(), false);
  }
}
