package dev.weir.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.run.RequestRecord;
import dev.weir.run.RunRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many threads record at once, and fast.
final class ConcurrentRecordingTest {
  private static final int WRITERS = 8;

  @TempDir private Path root;

  @Test
  void losesNothingOfManyThreads() throws Exception {
    Path folder = root.resolve("run");
    int each = 10_000;
    try (RunWriter writer = RunFolder.create(folder, Records.info("run"));
        var threads = Executors.newFixedThreadPool(WRITERS)) {
      var done = new ArrayList<Future<?>>();
      for (int w = 0; w < WRITERS; w++) {
        int writerNumber = w;
        done.add(
            threads.submit(() -> {
              for (int i = 0; i < each; i++) {
                writer.request(Records.request((long) i * WRITERS + writerNumber));
              }
              writer.sample(Records.sample("web." + writerNumber, 1));
            }));
      }
      for (Future<?> future : done) {
        future.get(60, TimeUnit.SECONDS);
      }
    }
    RunRecord record = RunFolder.read(folder);
    assertThat(record.requests())
        .extracting(RequestRecord::number)
        .containsExactlyElementsOf(LongStream.range(0, (long) each * WRITERS).boxed().toList());
    assertThat(record.samples()).hasSize(WRITERS);
  }

  /// Every call that returns is kept, every call that throws is not, however closing falls.
  @Test
  void keepsWhatWasAcceptedWhileClosing() throws Exception {
    for (int round = 0; round < 8; round++) {
      Path folder = root.resolve("round" + round);
      RunWriter writer = RunFolder.create(folder, Records.info("run"));
      var begun = new CountDownLatch(WRITERS);
      long accepted = 0;
      try (var threads = Executors.newFixedThreadPool(WRITERS)) {
        var counts = new ArrayList<Future<Long>>();
        for (int w = 0; w < WRITERS; w++) {
          counts.add(threads.submit(untilClosed(writer, begun)));
        }
        begun.await();
        writer.close();
        for (Future<Long> count : counts) {
          accepted += count.get(60, TimeUnit.SECONDS);
        }
      }
      assertThat(RunFolder.read(folder).requests()).hasSize(Math.toIntExact(accepted));
    }
  }

  private static Callable<Long> untilClosed(RunWriter writer, CountDownLatch begun) {
    return () -> {
      long accepted = 0;
      begun.countDown();
      try {
        while (true) {
          writer.request(Records.request(accepted));
          accepted++;
        }
      } catch (IllegalStateException e) {
        return accepted;
      }
    };
  }

  @Test
  void refusesRecordsOnceClosed() {
    RunWriter writer = RunFolder.create(root.resolve("run"), Records.info("run"));
    writer.close();
    writer.close();
    assertThatThrownBy(() -> writer.request(Records.request(0)))
        .isInstanceOf(IllegalStateException.class);
  }

  /// Seen: 200,000 to 700,000 rows a second on two busy cores. Writing and syncing row by row gives
  /// a few hundred, which is what this refuses.
  @Test
  void keepsUpWithAFastLoad() {
    Path folder = root.resolve("run");
    int count = 300_000;
    long start = System.nanoTime();
    try (RunWriter writer = RunFolder.create(folder, Records.info("run"))) {
      for (int i = 0; i < count; i++) {
        writer.request(Records.request(i));
      }
    }
    double rowsPerSecond = count / ((System.nanoTime() - start) / 1e9);
    assertThat(rowsPerSecond).isGreaterThan(20_000);
    assertThat(RunFolder.describe(folder).requests()).isEqualTo(count);
  }
}
