package dev.weir.cluster.ec2;

/// Whether the user wants to stop. A call that is on its way ends; the next one is not made.
public final class Stop {
  private volatile boolean wanted;

  /// Asks to stop.
  public void request() {
    wanted = true;
  }

  /// Whether somebody asked to stop.
  public boolean isRequested() {
    return wanted;
  }

  /// @throws Ec2Exception if somebody asked to stop
  void check() throws Ec2Exception {
    if (wanted || Thread.currentThread().isInterrupted()) {
      throw new Ec2Exception("interrupted");
    }
  }
}
