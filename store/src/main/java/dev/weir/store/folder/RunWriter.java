package dev.weir.store.folder;

import dev.weir.base.Checks;
import dev.weir.run.Certificate;
import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.store.folder.RecordingLoop.Entry;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Records one run into its folder. Any thread may call it, at any rate.
///
/// Callers do not wait for the disk: records go into a queue that one thread empties. Only if the
/// queue is full, because the machine records more than it can write, callers wait for room;
/// nothing is dropped. Records that a failing disk refuses are counted ([#lost]), reported once
/// ([#failure] and the callback of [RunFolder#create]) and recorded among the run's events.
public final class RunWriter implements AutoCloseable {
  private static final int QUEUE_MAX = 1 << 17;
  private static final int TEXT_CHARS_MAX = 16_384;
  private static final long OFFER_MILLIS = 100;

  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());
  private final Path folder;
  private final RecordingLoop loop;
  private final Thread thread;
  private volatile boolean closed;

  /// Set before the queue is emptied the last time.
  private volatile boolean ended;

  RunWriter(Path folder, RunDocument document, Consumer<String> onFailure) {
    this.folder = folder;
    this.loop =
        new RecordingLoop(
            folder,
            document,
            queue,
            problem -> {
              failure.compareAndSet(Optional.empty(), Optional.of(problem));
              onFailure.accept(problem);
            });
    this.thread =
        Thread.ofPlatform().daemon().name("weir-run-" + document.id()).unstarted(this::record);
  }

  void start() {
    thread.start();
  }

  /// Keeps a request.
  ///
  /// @throws IllegalStateException if the run was closed
  public void request(RequestRecord request) {
    limit(request.replica(), "replica");
    limit(request.error(), "error");
    put(new Entry.Request(request));
  }

  /// Keeps a sample in its container's file.
  ///
  /// @throws IllegalStateException if the run was closed
  public void sample(ContainerSample sample) {
    limit(sample.container(), "container");
    limit(sample.node(), "node");
    limit(sample.source(), "source");
    put(new Entry.Sample(sample));
  }

  /// Keeps an event.
  ///
  /// @throws IllegalStateException if the run was closed
  public void event(RunEvent event) {
    limit(event.kind(), "kind");
    limit(event.subject(), "subject");
    limit(event.text(), "text");
    put(new Entry.Event(event));
  }

  /// Keeps the load's certificate.
  ///
  /// @throws IllegalStateException if the run was closed
  public void certificate(Certificate certificate) {
    put(new Entry.Certified(certificate));
  }

  /// The first record that could not be kept, and why, as one line for the user.
  public Optional<String> failure() {
    return failure.get();
  }

  /// How many records could not be kept; final once closed.
  public long lost() {
    return loop.lost();
  }

  /// The folder of the run.
  public Path folder() {
    return folder;
  }

  /// Writes everything to disk and completes run.json. Closing again has no effect.
  @Override
  public void close() {
    synchronized (this) {
      if (!closed) {
        closed = true;
        enqueue(new Entry.Close());
      }
    }
    joinUninterruptibly();
  }

  private void record() {
    try {
      loop.run();
    } catch (RuntimeException | Error e) {
      String defect = "run folder %s: recording stopped by a defect: %s".formatted(folder, e);
      failure.compareAndSet(Optional.empty(), Optional.of(defect));
      throw e;
    } finally {
      ended = true;
      loop.finish();
    }
  }

  private void put(Entry entry) {
    if (closed || !enqueue(entry)) {
      throw new IllegalStateException("run folder %s: recording has ended".formatted(folder));
    }
  }

  /// Whether the entry will be kept. If it was queued just as the loop ended, either the loop's
  /// last look finds it, or this removes it.
  private boolean enqueue(Entry entry) {
    boolean interrupted = false;
    try {
      while (!ended) {
        try {
          if (queue.offer(entry, OFFER_MILLIS, TimeUnit.MILLISECONDS)) {
            return !ended || !queue.remove(entry);
          }
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void joinUninterruptibly() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void limit(String text, String name) {
    Checks.check(
        text.length() <= TEXT_CHARS_MAX,
        name + ".length",
        text.length(),
        "<= " + TEXT_CHARS_MAX + " characters");
  }
}
