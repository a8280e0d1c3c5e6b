package dev.weir.swarm.scale;

import dev.weir.scale.ScaleEvent;

/// Takes what autoscaling has to say.
public interface ScaleListener {
  /// A line for the user.
  void said(String line);

  /// A decision about a service that differs from the one before, or the first within a minute.
  void decided(String service, ScaleEvent event);
}
