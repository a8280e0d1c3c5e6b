package dev.weir.cli.option;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/// The end of a command that serves until a signal.
public final class StopSignal {
  private StopSignal() {}

  /// Waits for a signal. It ends the process at once, with success.
  ///
  /// @param untilStdinCloses whether to return when the parent has gone instead
  /// @param last runs at a signal before the process ends
  public static void await(boolean untilStdinCloses, Runnable last)
      throws InterruptedException, IOException {
    if (untilStdinCloses) {
      System.in.transferTo(OutputStream.nullOutputStream());
      return;
    }
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  last.run();
                  Runtime.getRuntime().halt(ExitCode.OK);
                },
                "weir-stop"));
    new CountDownLatch(1).await();
  }
}
