package dev.weir.cli.simulate;

import dev.weir.arrivals.GapSampler;
import dev.weir.arrivals.Trace;
import dev.weir.base.Problems;
import dev.weir.base.UserError;
import dev.weir.cli.option.GapFile;
import dev.weir.sim.scale.LoadTrace;
import dev.weir.sim.scale.LoadTraces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// The traces that rules of autoscaling are played with: named ones, or a recorded one.
///
/// @param named the named ones
/// @param recorded the recorded one, if there is
/// @param peakPerSecond the peak of the named ones
record PlayedTraces(List<LoadTraces> named, @Nullable LoadTrace recorded, double peakPerSecond) {
  private static final int MINUTE = 60;

  /// Those that `--trace` names; all without it.
  static PlayedTraces of(CommandSpec spec, SimulatedAutoscaling options, Problems problems) {
    @Nullable Path typed = spec.commandLine().getParseResult().matchedOptionValue("--trace", null);
    if (typed == null) {
      return new PlayedTraces(List.of(LoadTraces.values()), null, options.peakPerSecond());
    }
    if (Files.isRegularFile(typed)) {
      return new PlayedTraces(List.of(), recorded(typed, problems), Double.NaN);
    }
    var named = new ArrayList<LoadTraces>();
    for (String name : typed.toString().split(",", -1)) {
      List<LoadTraces> found =
          List.of(LoadTraces.values()).stream()
              .filter(trace -> trace.label().equals(name.strip()))
              .toList();
      problems.check(
          !found.isEmpty(),
          "--trace",
          name,
          "a file, or some of " + String.join(", ", LoadTraces.labels()));
      named.addAll(found);
    }
    return new PlayedTraces(named.stream().distinct().toList(), null, options.peakPerSecond());
  }

  private static @Nullable LoadTrace recorded(Path file, Problems problems) {
    try {
      Trace gaps = GapFile.read(file);
      GapSampler sampler = gaps.sampler(new SplittableRandom(0));
      double[] arrivals = DoubleStream.generate(sampler::nextSeconds).limit(gaps.size()).toArray();
      Arrays.parallelPrefix(arrivals, Double::sum);
      return LoadTrace.recorded(String.valueOf(file.getFileName()), arrivals);
    } catch (UserError | IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return null;
    }
  }

  List<String> names() {
    return recorded == null
        ? named.stream().map(LoadTraces::label).toList()
        : List.of(recorded.name());
  }

  LoadTrace trace(String name, long seed) {
    return recorded == null ? LoadTraces.named(name).trace(peakPerSecond, seed) : recorded;
  }

  /// Slots that the peak keeps busy; of a recorded trace, that of its largest minute.
  double peakErlangs(SimulatedAutoscaling options) {
    return recorded == null
        ? options.peak()
        : recorded.peakPerSecond(MINUTE) * options.workSeconds();
  }

  String describe(SimulatedAutoscaling options) {
    return "%d %s, peak %.3g Erlang"
        .formatted(names().size(), names().size() == 1 ? "trace" : "traces", peakErlangs(options));
  }
}
