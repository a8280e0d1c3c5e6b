package dev.weir.lab.record;

import dev.weir.load.record.LoadResult;
import dev.weir.load.record.RequestListener;
import dev.weir.observe.SampleListener;
import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Writes one run into its folder. It puts the times of the load and of the samplers, which have
/// clocks of their own, on the one clock of the run.
public final class Recording implements RequestListener, SampleListener, AutoCloseable {
  private static final int TEXT_MAX = 2_000;

  private final RunWriter writer;
  private final Instant epoch;
  private final CompletableFuture<Long> loadStartNanos = new CompletableFuture<>();
  private final Consumer<String> onFailure;
  private final Semaphore samples = new Semaphore(0);
  private final AtomicLong sampleCount = new AtomicLong();
  private final SampleCoverage coverage = new SampleCoverage();
  private final Set<String> nodes = ConcurrentHashMap.newKeySet();
  private final List<Consumer<ContainerSample>> watchers = new CopyOnWriteArrayList<>();
  private volatile boolean hurried;
  private volatile Optional<String> cutShort = Optional.empty();

  private Recording(RunWriter writer, Instant epoch, Consumer<String> onFailure) {
    this.writer = writer;
    this.epoch = epoch;
    this.onFailure = onFailure;
  }

  /// Starts recording; the run's clock starts at `info.startedAt()`.
  ///
  /// @param onFailure gets one line, once, if the disk fails
  public static Recording start(Path folder, RunInfo info, Consumer<String> onFailure) {
    return new Recording(RunFolder.create(folder, info, onFailure), info.startedAt(), onFailure);
  }

  /// Sets the zero of the load: its records count from there.
  public void loadStarts(Instant zero) {
    loadStartNanos.complete(Duration.between(epoch, zero).toNanos());
    event(zero, "load-started", "", "the load begins");
  }

  @Override
  public void responded(RequestRecord request) {
    // The load may report a request before its starter has set the zero.
    long shift = loadStartNanos.join();
    writer.request(request.shifted(shift));
  }

  @Override
  public void sampled(ContainerSample sample) {
    nodes.add(sample.node());
    ContainerSample named = coverage.named(sample);
    writer.sample(named);
    watchers.forEach(watcher -> watcher.accept(named));
    sampleCount.incrementAndGet();
    samples.release();
  }

  /// Waits for that many more samples of any containers, for `max` at most.
  public void awaitSamples(int count, Duration max) throws InterruptedException {
    samples.drainPermits();
    if (!samples.tryAcquire(count, max.toMillis(), TimeUnit.MILLISECONDS)) {
      event(Instant.now(), "sample-gap", "", "fewer samples than the cadence asks for");
    }
  }

  /// Waits until every sampled container has a sample of `at` or later, for `max` at most.
  void awaitCovered(Instant at, Duration max) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + max.toNanos();
    while (!coverage.reaches(at) && !hurried) {
      samples.drainPermits();
      long leftNanos = deadlineNanos - System.nanoTime();
      if (coverage.reaches(at) || samples.tryAcquire(leftNanos, TimeUnit.NANOSECONDS)) {
        continue;
      }
      if (leftNanos <= 0) {
        coverage
            .behind(at)
            .forEach(name -> event(Instant.now(), "sample-gap", name, "no sample in time"));
        return;
      }
    }
  }

  /// Ends every wait for samples.
  void hurry() {
    hurried = true;
    samples.release();
  }

  /// Whether a container of that node was sampled.
  boolean hasSampled(String node) {
    return nodes.contains(node);
  }

  /// What is missing from the folder, in one line; final after the close.
  public Optional<String> missing() {
    Optional<String> why = cutShort.or(writer::failure);
    return writer.lost() == 0
        ? why.map("the record of this run is not whole: %s"::formatted)
        : Optional.of(
            "%,d records of this run are missing: %s".formatted(writer.lost(), why.orElse("")));
  }

  /// Whether nothing is missing from the folder; final after the close.
  boolean isWhole() {
    return missing().isEmpty();
  }

  /// How many samples were recorded so far.
  long sampleCount() {
    return sampleCount.get();
  }

  /// The containers that were sampled so far, by the names they are recorded under.
  List<String> containers() {
    return coverage.containers();
  }

  @Override
  public void gap(String container, String reason) {
    coverage.ended(container);
    event(Instant.now(), "sample-gap", container, reason);
  }

  /// Also gives each sample to `watcher`, on the sampler's thread, from now on.
  public void alsoTo(Consumer<ContainerSample> watcher) {
    watchers.add(watcher);
  }

  /// Records that something happened; long texts are cut.
  public void event(Instant at, String kind, String subject, String text) {
    writer.event(new RunEvent(at, kind, bounded(subject), bounded(text)));
  }

  /// Bounds texts from servers and engines.
  private static String bounded(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
  }

  /// Records the end of the load and its certificate.
  public void loadEnded(LoadResult result) {
    event(
        Instant.now(), "load-ended", "", result.stopped() ? "stopped early" : "the load has ended");
    result.notes().forEach(note -> event(Instant.now(), "names-bounded", "", note));
    result.listenerFailure().ifPresent(this::cutShort);
    writer.certificate(result.certificate());
  }

  private void cutShort(Throwable failure) {
    cutShort = Optional.of("requests are missing from the run folder: " + failure);
    event(Instant.now(), RunEvent.RECORD_LOST, "", "requests are missing from here on: " + failure);
    onFailure.accept("requests are missing from the run folder: " + failure);
  }

  @Override
  public void close() {
    end();
  }

  /// Writes everything to disk: [#missing] is final then. A second call does nothing.
  public void end() {
    // Releases listeners of a load that never began.
    loadStartNanos.complete(0L);
    writer.close();
  }
}
