package dev.weir.load.record;

import dev.weir.run.RequestRecord;

/// Is notified of every request as it ends.
@FunctionalInterface
public interface RequestListener {
  /// A request ended. Called by the recorder's thread, in the order of the ends: a slow listener
  /// delays the live figures, never a send or a timestamp.
  void responded(RequestRecord record);
}
