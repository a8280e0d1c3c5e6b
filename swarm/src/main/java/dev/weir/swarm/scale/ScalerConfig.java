package dev.weir.swarm.scale;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The Swarm config object through which balancers agree which of them acts. Its labels change; its
/// content only tells people what it is for.
public final class ScalerConfig {
  /// Its name.
  public static final String NAME = "weir-scaler";

  /// Its content.
  public static final String DATA =
      "Weir's balancers agree through the labels of this config which of them sets the number of"
          + " replicas. It may be removed when no balancer runs.\n";

  private ScalerConfig() {}

  /// Its content as the Engine's API takes it.
  public static String encodedData() {
    return Base64.getEncoder().encodeToString(DATA.getBytes(StandardCharsets.UTF_8));
  }
}
