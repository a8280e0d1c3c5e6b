package dev.weir.cluster.form;

/// Is told what happens. Called from several threads.
public interface Watcher {
  /// Something is waited for, or under way.
  void note(String host, String words);

  /// A step is done.
  void done(Step step);
}
