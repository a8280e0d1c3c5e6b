package dev.weir.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.RunInfo;
import dev.weir.store.folder.Folders;
import dev.weir.store.folder.Records;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A run that is shipped while it is recorded.
@Timeout(60)
final class MongoUploaderTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path root;

  private final MemoryMongo mongo = new MemoryMongo();
  private final BlockingQueue<String> reported = new LinkedBlockingQueue<>();
  private final UploadListener listener =
      new UploadListener() {
        @Override
        public void away(String why) {
          reported.add("away: " + why);
        }

        @Override
        public void back(long behind) {
          reported.add("back");
        }

        @Override
        public void refused(String why) {
          reported.add("refused: " + why);
        }
      };

  @AfterEach
  void stop() {
    mongo.close();
  }

  @Test
  void catchesUpAfterEveryOutage() throws Exception {
    Path folder = root.resolve("a");
    mongo.stop();
    try (RunWriter writer = RunFolder.create(folder, Records.info("a"));
        MongoUploader uploader = MongoUploader.start(folder, target(), listener)) {
      record(writer, 0, 500);
      assertThat(reported.poll(30, TimeUnit.SECONDS)).startsWith("away: MongoDB at 127.0.0.1:");
      mongo.start();
      assertThat(reported.poll(30, TimeUnit.SECONDS)).isEqualTo("back");
      record(writer, 500, 1_000);
      mongo.stop();
      record(writer, 1_000, 1_500);
      assertThat(reported.poll(30, TimeUnit.SECONDS)).startsWith("away: ");
      mongo.start();
      finish(writer);
      assertThat(uploader.close(LONG)).isZero();
      assertThat(reported).containsExactly("back");
      assertThat(uploader.shipped()).isEqualTo(1_515);
    }
    assertComesBack(folder);
  }

  @Test
  void saysHowMuchIsMissingAndExportMakesItWhole() throws Exception {
    Path folder = root.resolve("a");
    mongo.stop();
    try (RunWriter writer = RunFolder.create(folder, Records.info("a"));
        MongoUploader uploader = MongoUploader.start(folder, target(), listener)) {
      record(writer, 0, 200);
      finish(writer);
      assertThat(uploader.close(Duration.ofMillis(1))).isEqualTo(202);
    }
    mongo.start();
    try (MongoRuns runs = MongoRuns.of(target())) {
      assertThat(runs.export(folder, UploadListener.NONE).sent()).isEqualTo(202);
    }
    assertComesBack(folder);
  }

  @Test
  void aRunBeingRecordedIsThereAsFarAsItIs() throws Exception {
    Path folder = root.resolve("a");
    try (RunWriter writer = RunFolder.create(folder, Records.info("a"))) {
      record(writer, 0, 100);
      try (MongoRuns runs = MongoRuns.of(target())) {
        assertThat(runs.export(folder, UploadListener.NONE).finished()).isFalse();
        assertThat(runs.describe("a"))
            .returns(false, MongoRunSummary::whole)
            .returns("recording", MongoRunSummary::state);
        record(writer, 100, 200);
        finish(writer);
        assertThat(runs.export(folder, UploadListener.NONE).finished()).isTrue();
        assertThat(runs.describe("a").whole()).isTrue();
      }
    }
    assertComesBack(folder);
  }

  @Test
  void anotherRunOfTheNameStopsItAndNotTheRecording() throws Exception {
    Folders.record(root.resolve("a"), "a", new SplittableRandom(1), 10);
    try (MongoRuns runs = MongoRuns.of(target())) {
      runs.export(root.resolve("a"), UploadListener.NONE);
    }
    RunInfo info = Records.info("a");
    RunInfo later = new RunInfo("a", "weir", info.startedAt().plusSeconds(1), "", 1, Map.of());
    Path folder = root.resolve("later");
    try (RunWriter writer = RunFolder.create(folder, later);
        MongoUploader uploader = MongoUploader.start(folder, target(), listener)) {
      assertThat(reported.poll(30, TimeUnit.SECONDS))
          .startsWith("refused: run a: MongoDB at")
          .contains("another run of this name");
      record(writer, 0, 50);
      finish(writer);
      assertThat(uploader.close(LONG)).isPositive();
    }
    assertThat(RunFolder.read(folder).requests()).hasSize(50);
  }

  private MongoTarget target() {
    return mongo.target("lab");
  }

  private void assertComesBack(Path folder) throws IOException {
    try (MongoRuns runs = MongoRuns.of(target())) {
      assertThat(runs.describe("a").whole()).isTrue();
      runs.importTo("a", root.resolve("back"), UploadListener.NONE);
    }
    Folders.assertSame(folder, root.resolve("back"));
  }

  /// Closed before the uploader, as callers must.
  private static void finish(RunWriter writer) {
    writer.close();
  }

  private static void record(RunWriter writer, int from, int to) {
    for (int i = from; i < to; i++) {
      writer.request(Records.request(i));
      if (i % 100 == 0) {
        writer.sample(Records.sample("web." + i / 300, i));
      }
    }
  }
}
