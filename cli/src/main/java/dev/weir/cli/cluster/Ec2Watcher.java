package dev.weir.cli.cluster;

import dev.weir.cluster.ec2.Watcher;
import dev.weir.term.Progress;
import dev.weir.term.Terminal;

/// Shows a plan on EC2 as it is carried out.
final class Ec2Watcher implements Watcher {
  private final Terminal terminal;
  private final Progress progress;
  private double share;

  Ec2Watcher(Terminal terminal, String plan) {
    this.terminal = terminal;
    this.progress = new Progress(terminal, plan, System.nanoTime());
  }

  @Override
  public void step(int number, int of, String stepTitle) {
    share = (number - 1) / (double) of;
    terminal.report("%d/%d %s".formatted(number, of, stepTitle));
    progress.show(share, stepTitle, System.nanoTime());
  }

  @Override
  public void waiting(String what) {
    progress.show(share, "waits for " + what, System.nanoTime());
  }

  @Override
  public void note(String text) {
    terminal.report(text);
  }
}
