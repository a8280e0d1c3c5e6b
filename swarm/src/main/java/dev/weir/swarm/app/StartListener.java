package dev.weir.swarm.app;

/// Who looks on while an app starts.
public interface StartListener {
  /// Looks away.
  StartListener NONE =
      new StartListener() {
        @Override
        public void pulling(double share, String note) {}

        @Override
        public void note(String line) {}
      };

  /// How far the pull is, in `[0, 1]`.
  void pulling(double share, String note);

  /// What is going on.
  void note(String line);
}
