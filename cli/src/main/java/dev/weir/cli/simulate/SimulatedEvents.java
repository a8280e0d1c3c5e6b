package dev.weir.cli.simulate;

import dev.weir.base.Problems;
import dev.weir.cli.option.DurationConverter;
import dev.weir.cli.option.HelpSection;
import dev.weir.cli.option.OptionParsing;
import dev.weir.sim.ScenarioEvent;
import dev.weir.sim.ServerSpec;
import dev.weir.sim.Supply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of events during a simulation. Replicas are numbered from 1, and new ones in the
/// order in which they join.
@HelpSection("In mid-run")
final class SimulatedEvents {
  private static final Pattern CHANGE =
      Pattern.compile("([^:]+):([1-9][0-9]{0,3}|all)=(%s)".formatted(ServerList.NUMBER));
  private static final Pattern RATE = Pattern.compile("([^=]+)=(%s)".formatted(ServerList.NUMBER));
  private static final Pattern JOIN = Pattern.compile("([^:]+):(.+)");
  private static final Pattern LEAVE = Pattern.compile("([^:]+):([1-9][0-9]{0,3})");
  private static final Pattern ERRORS = Pattern.compile("([^:]+):([1-9][0-9]{0,3})=(on|off)");
  private static final Pattern UPDATE = Pattern.compile("([^:]+):([^:]+)");

  @Option(
      names = "--change",
      paramLabel = "TIME:REPLICA=SPEED",
      description =
          "Change a replica's speed; 0 is a crash. TIME:all=FACTOR sets every replica to that"
              + " multiple of its own speed. Repeatable, as all these options.")
  private List<String> changes = new ArrayList<>();

  @Option(
      names = "--rate",
      paramLabel = "TIME=FACTOR",
      description = "Multiply the rate of arrivals from then on.")
  private List<String> rates = new ArrayList<>();

  @Option(names = "--join", paramLabel = "TIME:SPEEDxCORES", description = "Add a replica.")
  private List<String> joins = new ArrayList<>();

  @Option(
      names = "--leave",
      paramLabel = "TIME:REPLICA",
      description = "Remove a replica after it finishes its requests.")
  private List<String> leaves = new ArrayList<>();

  @Option(
      names = "--errors",
      paramLabel = "TIME:REPLICA=on|off",
      description = "Make a replica respond with an error within 1 ms, or stop that.")
  private List<String> errors = new ArrayList<>();

  @Option(
      names = "--update",
      paramLabel = "TIME:STEP",
      description =
          "Update all replicas, start-first: every STEP a new one joins, and half a step later an"
              + " old one leaves.")
  private @Nullable String update;

  /// The events; `problems` gets those that cannot be read.
  ///
  /// @param supply the replicas at the start
  /// @param reported adds the properties of a replica that the balancer knows
  List<ScenarioEvent> read(Supply supply, UnaryOperator<ServerSpec> reported, Problems problems) {
    var all = new ArrayList<ScenarioEvent>();
    changes.forEach(text -> OptionParsing.of(problems, () -> change(text)).ifPresent(all::add));
    rates.forEach(text -> OptionParsing.of(problems, () -> rate(text)).ifPresent(all::add));
    joins.forEach(
        text -> OptionParsing.of(problems, () -> join(text, reported)).ifPresent(all::add));
    leaves.forEach(text -> OptionParsing.of(problems, () -> leave(text)).ifPresent(all::add));
    errors.forEach(text -> OptionParsing.of(problems, () -> errors(text)).ifPresent(all::add));
    if (update != null) {
      String text = update;
      OptionParsing.of(problems, () -> update(text, supply)).ifPresent(all::addAll);
    }
    return all;
  }

  private static ScenarioEvent change(String text) {
    return read(
        "--change",
        text,
        CHANGE,
        "TIME:REPLICA=SPEED or TIME:all=FACTOR, as in 100s:1=0.5",
        (seconds, parts) -> {
          double number = Double.parseDouble(parts.group(3));
          return parts.group(2).equals("all")
              ? new ScenarioEvent.SpeedOfAll(seconds, number)
              : new ScenarioEvent.Speed(seconds, replica(parts), number);
        });
  }

  private static ScenarioEvent rate(String text) {
    return read(
        "--rate",
        text,
        RATE,
        "TIME=FACTOR, as in 60s=4",
        (seconds, parts) -> new ScenarioEvent.Rate(seconds, Double.parseDouble(parts.group(2))));
  }

  private static ScenarioEvent join(String text, UnaryOperator<ServerSpec> reported) {
    return read(
        "--join",
        text,
        JOIN,
        "TIME:SPEEDxCORES, as in 60s:1x2",
        (seconds, parts) ->
            new ScenarioEvent.Join(
                seconds,
                reported.apply(
                    ServerList.one(parts.group(2))
                        .orElseThrow(() ->
                            ServerList.refused(
                                "--join", text, "TIME:SPEEDxCORES, as in 60s:1x2")))));
  }

  private static ScenarioEvent leave(String text) {
    return read(
        "--leave",
        text,
        LEAVE,
        "TIME:REPLICA, as in 60s:1",
        (seconds, parts) -> new ScenarioEvent.Leave(seconds, replica(parts)));
  }

  private static ScenarioEvent errors(String text) {
    return read(
        "--errors",
        text,
        ERRORS,
        "TIME:REPLICA=on or TIME:REPLICA=off, as in 60s:1=on",
        (seconds, parts) ->
            new ScenarioEvent.Errors(seconds, replica(parts), parts.group(3).equals("on")));
  }

  private static List<ScenarioEvent> update(String text, Supply supply) {
    return read(
        "--update",
        text,
        UPDATE,
        "TIME:STEP, as in 60s:5s",
        (seconds, parts) ->
            ScenarioEvent.rollingUpdate(seconds, seconds(parts.group(2)), supply.servers()));
  }

  private static <T> T read(
      String option,
      String text,
      Pattern form,
      String expected,
      BiFunction<Double, Matcher, T> reading) {
    Matcher parts = form.matcher(text.strip());
    if (!parts.matches()) {
      throw ServerList.refused(option, text, expected);
    }
    return reading.apply(seconds(parts.group(1)), parts);
  }

  private static double seconds(String text) {
    return new DurationConverter().convert(text).toNanos() / 1e9;
  }

  private static int replica(Matcher parts) {
    return Integer.parseInt(parts.group(2)) - 1;
  }
}
