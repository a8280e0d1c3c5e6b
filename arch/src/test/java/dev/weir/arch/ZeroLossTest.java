package dev.weir.arch;

import dev.weir.testing.Figures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// No request is lost while a real swarm updates, scales, kills and moves the tasks of a service.
/// The long form is `sudo testbed/zero-loss`, and `--poll-interval 15s` shows that it can fail.
@Timeout(900)
final class ZeroLossTest {
  @Test
  void noRequestIsLostWhileTasksComeAndGo() throws Exception {
    String said = Testbed.shared().run("zero-loss", "--short");
    said.lines()
        .filter(line -> line.matches("(sent|lost|POST begun) .*"))
        .forEach(line -> Figures.note("zero-loss: " + line));
  }
}
