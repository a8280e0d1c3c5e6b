package dev.weir.swarm.app;

/// Follows the start of an app.
public interface StartListener {
  /// Ignores everything.
  StartListener NONE =
      new StartListener() {
        @Override
        public void pulling(double share, String note) {}

        @Override
        public void note(String line) {}
      };

  /// The progress of the pull, in `[0, 1]`.
  void pulling(double share, String note);

  /// The current step.
  void note(String line);
}
