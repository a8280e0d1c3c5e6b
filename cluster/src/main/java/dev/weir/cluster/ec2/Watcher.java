package dev.weir.cluster.ec2;

/// Is informed while a plan is carried out. A command shows it as progress.
public interface Watcher {
  /// A step of the plan begins.
  ///
  /// @param number from 1
  /// @param of how many steps there are
  void step(int number, int of, String title);

  /// Something that takes time goes on.
  void waiting(String what);

  /// Something that the user should read.
  void note(String text);
}
