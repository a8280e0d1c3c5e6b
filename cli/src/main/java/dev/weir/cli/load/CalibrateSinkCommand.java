package dev.weir.cli.load;

import dev.weir.cli.option.ExitCode;
import dev.weir.load.calibrate.ArrivalSink;
import dev.weir.term.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `weir calibrate-sink`: the server that `weir calibrate` starts as a process of its own.
@Command(
    name = "calibrate-sink",
    hidden = true,
    header = "Serve the arrivals of weir calibrate until standard input ends.",
    footerHeading = "%nExamples:%n",
    footer = "  weir calibrate-sink 20000")
public final class CalibrateSinkCommand implements Callable<Integer> {
  /// Further arrivals, which warm the server up.
  private static final int WARM_UP_MAX = 100_000;

  @Parameters(paramLabel = "N", description = "How many arrivals to keep at most.")
  private int arrivals;

  @Override
  public Integer call() throws IOException {
    ArrivalSink.serve(arrivals + WARM_UP_MAX, System.in, Terminal.document());
    return ExitCode.OK;
  }
}
