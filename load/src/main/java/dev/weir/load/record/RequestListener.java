package dev.weir.load.record;

import dev.weir.run.RequestRecord;

/// Gets every request as it ends.
@FunctionalInterface
public interface RequestListener {
  /// A request ended. The recorder's thread calls this in order of the ends. A slow listener delays
  /// the live figures, but no send and no timestamp.
  void responded(RequestRecord record);
}
