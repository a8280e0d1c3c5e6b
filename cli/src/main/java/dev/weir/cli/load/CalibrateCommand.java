package dev.weir.cli.load;

import dev.weir.arrivals.Schedule;
import dev.weir.cli.option.ArrivalOptions;
import dev.weir.cli.option.ExitCode;
import dev.weir.cli.option.MainClass;
import dev.weir.load.calibrate.Calibration;
import dev.weir.load.record.Distribution;
import dev.weir.term.FigureText;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `weir calibrate`: measures how exactly this machine sends, at a server that records arrivals.
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Measure how exactly this machine sends: at the sender and at a server.",
    description = {
      "First waits for each due time without a network; then sends the schedule to a small server",
      "in another process, which records the arrivals. The difference is the network's cost."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  weir calibrate --lambda 200 --iter 20000",
      "  weir calibrate --lambda 2000 --duration 10s"
    })
public final class CalibrateCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli injects it
  private CommandSpec spec;

  @Mixin private ArrivalOptions arrivals = new ArrivalOptions();

  @Override
  public Integer call() throws InterruptedException {
    Schedule schedule = arrivals.schedule();
    Terminal terminal = Terminal.system();
    terminal.report("weir: " + ArrivalOptions.describe(schedule));
    print(Calibration.measure(schedule, sinkCommand(schedule.size())), schedule, terminal);
    return ExitCode.OK;
  }

  private List<String> sinkCommand(int arrivals) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        System.getProperty("java.class.path"),
        MainClass.of(spec),
        "calibrate-sink",
        Integer.toString(arrivals));
  }

  private static void print(Calibration c, Schedule schedule, Terminal terminal) {
    terminal.print("%-26s%10s%10s%10s%10s".formatted("lag", "p50", "p99", "p99.9", "max"));
    row("  bare loop, no network", c.bare(), terminal);
    row("  sender", c.sender(), terminal);
    terminal.print(
        String.format(
            Locale.ROOT, "arrived at the server     %d of %d", c.arrived(), schedule.size()));
    terminal.print(
        String.format(
            Locale.ROOT,
            "rate                      %.3f/s scheduled, %.3f/s sent (%+.3f %%), %.3f/s arrived",
            c.scheduledPerSecond(),
            c.sentPerSecond(),
            100 * (c.sentPerSecond() / c.scheduledPerSecond() - 1),
            c.arrivedPerSecond()));
    terminal.print(
        String.format(
            Locale.ROOT,
            "KS distance from the law  %.4f at the server, %.4f at the sender, %.4f as scheduled",
            c.ks(),
            c.sendKs(),
            c.scheduleKs()));
    terminal.print(
        String.format(
            Locale.ROOT,
            "load                      %s %s",
            c.result().certificate().verdict(),
            String.join("; ", c.result().certificate().reasons())));
  }

  private static void row(String name, Distribution lag, Terminal terminal) {
    terminal.print(
        "%-26s%10s%10s%10s%10s"
            .formatted(
                name,
                FigureText.duration(lag.percentileNanos(50)),
                FigureText.duration(lag.percentileNanos(99)),
                FigureText.duration(lag.percentileNanos(99.9)),
                FigureText.duration(lag.maxNanos())));
  }
}
