package dev.weir.store.folder;

import dev.weir.run.Certificate;
import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The single thread of a run's writer: takes entries off the queue, converts them to lines and
/// writes them to disk.
///
/// If the disk fails it continues to take entries, so that no measurement waits for a broken disk.
/// It counts what it cannot keep, and tries again at every flush.
final class RecordingLoop implements Runnable {
  private static final int BATCH_MAX = 4_096;

  /// If the process is killed, it loses what it has not written to the system: less than this.
  private static final long FLUSH_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /// If the machine loses power, it loses what is not on disk: one second, every fourth flush.
  private static final int FLUSHES_PER_SYNC = 4;

  private final Path folder;
  private final BlockingQueue<Entry> queue;
  private final Consumer<String> onFailure;
  private final AppendFile requests;
  private final AppendFile events;
  private final Map<String, AppendFile> samples = new HashMap<>();
  private RunDocument document;
  private @Nullable String failure;
  private volatile long lost;
  private long reportedLost;
  private boolean closing;

  RecordingLoop(
      Path folder, RunDocument document, BlockingQueue<Entry> queue, Consumer<String> onFailure) {
    this.folder = folder;
    this.document = document;
    this.queue = queue;
    this.onFailure = onFailure;
    this.requests = new AppendFile(folder.resolve(RunFolder.REQUESTS), RequestCsv.HEADER);
    this.events = new AppendFile(folder.resolve(RunFolder.EVENTS), "");
  }

  /// Records until [Entry.Close] was taken and the queue is empty.
  @Override
  public void run() {
    var batch = new ArrayList<Entry>(BATCH_MAX);
    long flushAt = System.nanoTime() + FLUSH_NANOS;
    int flushes = 0;
    while (!closing || !queue.isEmpty()) {
      take(batch, flushAt);
      batch.forEach(this::write);
      batch.clear();
      if (System.nanoTime() - flushAt >= 0) {
        flushes++;
        flush(flushes % FLUSHES_PER_SYNC == 0);
        flushAt = System.nanoTime() + FLUSH_NANOS;
      }
    }
  }

  /// Writes what came too late for [#run], and the end of the run.
  void finish() {
    var rest = new ArrayList<Entry>();
    queue.drainTo(rest);
    rest.forEach(this::write);
    flush(true);
    allFiles().stream()
        .filter(file -> file.problem().isPresent())
        .forEach(AppendFile::abandonPending);
    reportLoss(true);
    events.abandonPending();
    lost = countLost();
    replaceDocument(
        document.with(
            RunDocument.FINISHED, Instant.now(), counts(), failure, document.certificate()));
  }

  private void take(List<Entry> batch, long flushAt) {
    try {
      Entry first = queue.poll(flushAt - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (first != null) {
        batch.add(first);
        queue.drainTo(batch, BATCH_MAX - 1);
      }
    } catch (InterruptedException e) {
      // An interrupt is unexpected here; what is queued must still be written.
      closing = true;
    }
  }

  private void write(Entry entry) {
    switch (entry) {
      case Entry.Request(RequestRecord request) -> requests.add(RequestCsv.row(request));
      case Entry.Sample(ContainerSample sample) -> samplesOf(sample).add(SampleLine.of(sample));
      case Entry.Event(RunEvent event) -> events.add(EventLine.of(event));
      case Entry.Certified(Certificate certificate) -> {
        replaceDocument(document.with(document.state(), null, counts(), failure, certificate));
        Disk.reserve(folder.resolve(RunDocument.FILE));
      }
      case Entry.Close() -> closing = true;
    }
  }

  private AppendFile samplesOf(ContainerSample sample) {
    return samples.computeIfAbsent(
        sample.container(),
        container ->
            new AppendFile(
                folder.resolve(RunFolder.SAMPLES).resolve(ContainerFile.nameFor(container)), ""));
  }

  private void flush(boolean sync) {
    List<AppendFile> files = allFiles();
    for (AppendFile file : files) {
      file.write(sync);
      file.problem().ifPresent(problem -> failed(file.path(), problem));
    }
    lost = countLost();
    if (files.stream().allMatch(file -> file.problem().isEmpty())) {
      reportLoss(sync);
    }
  }

  /// Records an event with the losses since the last one, but not while the disk still fails, or
  /// every flush would add one.
  private void reportLoss(boolean sync) {
    lost = countLost();
    if (lost > reportedLost) {
      events.add(EventLine.of(lossOf(lost - reportedLost)));
      events.write(sync);
      reportedLost = lost;
    }
  }

  private RunEvent lossOf(long count) {
    return new RunEvent(
        Instant.now(),
        RunFolder.LOST,
        "",
        "%d records could not be kept: %s".formatted(count, failure));
  }

  private void replaceDocument(RunDocument changed) {
    document = changed;
    Path file = folder.resolve(RunDocument.FILE);
    try {
      Disk.replace(
          file, RunJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(changed));
    } catch (IOException e) {
      failed(file, e);
    }
  }

  private void failed(Path file, IOException problem) {
    if (failure == null) {
      failure =
          "run folder %s: cannot write %s: %s (what cannot be kept is counted; free the disk and recording goes on)"
              .formatted(folder, folder.relativize(file), Disk.reason(problem));
      onFailure.accept(failure);
    }
  }

  private RunDocument.Counts counts() {
    return new RunDocument.Counts(
        requests.rows(),
        samples.values().stream().mapToLong(AppendFile::rows).sum(),
        events.rows(),
        countLost());
  }

  /// How many records the disk has not taken so far. Any thread may ask.
  long lost() {
    return lost;
  }

  private long countLost() {
    return allFiles().stream().mapToLong(AppendFile::lostRows).sum();
  }

  private List<AppendFile> allFiles() {
    var files = new ArrayList<AppendFile>(samples.size() + 2);
    files.add(requests);
    files.addAll(samples.values());
    files.add(events);
    return files;
  }

  /// What callers want to record.
  sealed interface Entry {
    /// A row of requests.csv.
    record Request(RequestRecord request) implements Entry {}

    /// A line of a samples file.
    record Sample(ContainerSample sample) implements Entry {}

    /// A line of events.ndjson.
    record Event(RunEvent event) implements Entry {}

    /// The load's certificate, for run.json.
    record Certified(Certificate certificate) implements Entry {}

    /// The end.
    record Close() implements Entry {}
  }
}
