package dev.weir.lab.record;

import dev.weir.lab.sampling.SampledNodes;
import dev.weir.observe.SampleListener;
import dev.weir.observe.SampleSource;
import dev.weir.observe.Sampler;
import dev.weir.run.ContainerSample;
import dev.weir.run.RunInfo;
import dev.weir.store.mongo.MongoTarget;
import dev.weir.swarm.engine.Engine;
import dev.weir.term.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/// A run while it is recorded: its folder, the sampler, and the watch on the swarm.
///
/// Containers are sampled from before the load until after it, so that a chart shows what the load
/// did to them.
public final class LabRun implements AutoCloseable {
  /// Readings before and after the load.
  private static final int QUIET_READINGS = 2;

  /// How long a database may take to catch up.
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /// The same after Ctrl-C; the report needs the rest of the time.
  private static final Duration HURRIED = Duration.ofSeconds(5);

  private static final Duration QUIET_MAX = Duration.ofSeconds(10);

  private final Recording recording;
  private final Sampler sampler;
  private final JoinWatch joins;
  private final Optional<SwarmWatch> watch;
  private final Optional<RunUploadProgress> upload;
  private final SampledNodes nodes;
  private final Duration cadence;
  private final Terminal terminal;

  private LabRun(
      Recording recording,
      Sampler sampler,
      JoinWatch joins,
      Optional<SwarmWatch> watch,
      Optional<RunUploadProgress> upload,
      SampledNodes nodes,
      Duration cadence,
      Terminal terminal) {
    this.recording = recording;
    this.sampler = sampler;
    this.joins = joins;
    this.watch = watch;
    this.upload = upload;
    this.nodes = nodes;
    this.cadence = cadence;
    this.terminal = terminal;
  }

  /// Begins to record into a new folder.
  ///
  /// @param manager of the swarm that is watched for changes; absent for none
  /// @param database that gets the run too; absent for none
  public static LabRun start(
      Path folder,
      RunInfo info,
      SampledNodes nodes,
      Duration cadence,
      Optional<Engine> manager,
      Optional<MongoTarget> database,
      Terminal terminal) {
    Recording recording = Recording.start(folder, info, terminal::report);
    Optional<SwarmWatch> watch = manager.map(engine -> SwarmWatch.start(engine, recording));
    Optional<RunUploadProgress> upload =
        database.map(target -> RunUploadProgress.start(folder, target, terminal));
    Sampler sampler = Sampler.start(cadence, nodes.sources(), reported(nodes, recording, terminal));
    JoinWatch joins = JoinWatch.start(nodes, sampler, recording, terminal);
    return new LabRun(recording, sampler, joins, watch, upload, nodes, cadence, terminal);
  }

  /// Reports a silent node at once, but not a container that ends.
  private static SampleListener reported(
      SampledNodes nodes, Recording recording, Terminal terminal) {
    return new SampleListener() {
      @Override
      public void sampled(ContainerSample sample) {
        recording.sampled(sample);
      }

      @Override
      public void gap(String container, String reason) {
        recording.gap(container, reason);
        if (nodes.sources().stream().anyMatch(source -> source.name().equals(container))) {
          terminal.report("weir: %s: %s".formatted(container, reason));
        }
      }
    };
  }

  public Recording recording() {
    return recording;
  }

  /// Waits for a few more samples of every container.
  ///
  /// @param why what the terminal shows meanwhile
  public void settle(String why) throws InterruptedException {
    if (nodes.sources().isEmpty()) {
      return;
    }
    terminal.live(why);
    recording.awaitCovered(
        Instant.now().plus(cadence.multipliedBy(QUIET_READINGS - 1)),
        QUIET_MAX.plus(cadence.multipliedBy(QUIET_READINGS)));
    terminal.clear();
  }

  /// Ends every wait for samples.
  public void hurry() {
    recording.hurry();
  }

  /// Ends the recording and completes the folder.
  @Override
  public void close() {
    try (recording) {
      joins.close();
      watch.ifPresent(SwarmWatch::close);
      endSampling();
      noteClocks();
      noteUnsampled();
    }
  }

  private void endSampling() {
    try {
      sampler.close();
    } catch (IllegalStateException e) {
      // The load's figures are worth more than the last round of samples.
      recording.event(Instant.now(), "sample-gap", "sampler", String.valueOf(e.getMessage()));
      terminal.report("weir: " + e.getMessage());
    }
  }

  /// Uploads the rest of the run into the database, after the close.
  ///
  /// @param hurried whether the user pressed Ctrl-C
  /// @return whether the database has all of it, or there is none
  public boolean ship(boolean hurried) {
    return upload.map(one -> one.finish(hurried ? HURRIED : PATIENT)).orElse(true);
  }

  /// What is missing from the run's folder, in one line; final after the close.
  public Optional<String> missing() {
    return recording.missing();
  }

  /// Whether the chosen nodes gave samples and nothing is missing from the folder; final after the
  /// close.
  public boolean isWhole() {
    boolean sampled =
        nodes.sampled().isEmpty()
            || nodes.sampled().stream().anyMatch(one -> recording.hasSampled(one.node()));
    return sampled && recording.isWhole();
  }

  private void noteUnsampled() {
    nodes.sampled().stream()
        .filter(one -> !recording.hasSampled(one.node()))
        .forEach(one -> {
          recording.event(Instant.now(), "node-not-sampled", one.node(), "no sample came of it");
          terminal.report("weir: no sample came of %s".formatted(one));
        });
  }

  /// Records each node's clock difference as an event, and reports all in one line.
  private void noteClocks() {
    var reported = new ArrayList<String>();
    for (SampleSource source : nodes.sources()) {
      source
          .clock()
          .ifPresent(clock -> {
            double aheadMillis = clock.ahead().toNanos() / 1e6;
            double uncertainMillis = clock.uncertainty().toNanos() / 1e6;
            String text =
                String.format(
                    Locale.ROOT,
                    "its clock is %.1f ms %s the recorder's (+- %.1f ms); its samples are corrected by what is certain of that",
                    Math.abs(aheadMillis),
                    aheadMillis < 0 ? "behind" : "ahead of",
                    uncertainMillis);
            recording.event(Instant.now(), "clock-compared", source.name(), text);
            reported.add(
                String.format(
                    Locale.ROOT,
                    "%s %+.1f ms (+- %.1f)",
                    source.name(),
                    aheadMillis,
                    uncertainMillis));
          });
    }
    if (!reported.isEmpty()) {
      terminal.report(
          "weir: clocks next to the recorder's: %s; samples are corrected by what is certain of that"
              .formatted(String.join(", ", reported)));
    }
  }
}
