package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.weir.run.RunEvent;
import dev.weir.store.folder.RunFolder;
import dev.weir.store.folder.RunWriter;
import dev.weir.store.mongo.MongoRuns;
import dev.weir.store.mongo.MongoTarget;
import dev.weir.store.mongo.MongoUploader;
import dev.weir.store.mongo.UploadListener;
import dev.weir.testing.Figures;
import dev.weir.testing.RealTime;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs in a database that speaks MongoDB's protocol and keeps its data on disk: FerretDB, built
/// and started by `testbed/mongo`.
@Timeout(900)
class MongoTest {
  private static final Duration LONG = Duration.ofMinutes(3);

  private static final Testbed TESTBED = Testbed.down();
  private static int port;

  @TempDir private Path root;

  /// For each test, so that each is reported as skipped where there is no Go.
  @BeforeEach
  void up() throws Exception {
    if (port != 0) {
      return;
    }
    Testbed.assumeMongoPossible();
    int chosen;
    try (ServerSocket free = new ServerSocket(0)) {
      chosen = free.getLocalPort();
    }
    TESTBED.run("mongo", "up", "--port", String.valueOf(chosen));
    port = chosen;
  }

  @AfterAll
  static void down() throws Exception {
    TESTBED.run("mongo", "down");
  }

  @Test
  void aDatabaseThatIsKilledWhileARunIsRecordedLacksNothingAndHasNothingTwice() throws Exception {
    BlockingQueue<String> reported = new LinkedBlockingQueue<>();
    Path folder = root.resolve("killed");
    int requests = 0;
    long shipped;
    try (RunWriter writer = RunFolder.create(folder, MadeRun.info("killed"))) {
      MongoUploader uploader = MongoUploader.start(folder, target("killed"), listener(reported));
      try {
        // Twice: the second time it is killed while it takes what it missed.
        for (int kill = 0; kill < 2; kill++) {
          long before = uploader.shipped();
          requests = recordWhile(writer, requests, () -> uploader.shipped() < before + 3_000);
          TESTBED.run("mongo", "kill");
          requests = recordWhile(writer, requests, reported::isEmpty);
          assertThat(reported.take()).startsWith("away");
          requests = MadeRun.record(writer, requests, requests + 5_000);
          TESTBED.run("mongo", "start");
          assertThat(reported.poll(60, TimeUnit.SECONDS)).startsWith("back");
        }
        writer.event(new RunEvent(MadeRun.START, "load-ended", "", "the load has ended"));
        finish(writer);
        assertThat(uploader.close(LONG)).isZero();
        assertThat(reported).isEmpty();
        shipped = uploader.shipped();
      } finally {
        uploader.close();
      }
    }
    int expected = requests;
    assertThat(shipped).isEqualTo(expected + expected / 10 + 1);
    assertEachOnce("killed", "_weir_requests", expected, 1);
    assertEachOnce("killed", "web.1.x7k", (expected + 19) / 20, 0);
    assertComesBack("killed", folder);
    Figures.note(
        "mongo: of %,d records of a run with two kill -9 of the database, lost 0, twice 0"
            .formatted(shipped));
  }

  @Test
  void readersOfCadvisorsDocumentsReadOurs() throws Exception {
    Path folder = root.resolve("shape");
    try (RunWriter writer = RunFolder.create(folder, MadeRun.info("shape"))) {
      MadeRun.record(writer, 0, 100);
    }
    try (MongoRuns runs = MongoRuns.of(target("shape"))) {
      runs.export(folder, UploadListener.NONE);
    }
    try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + port)) {
      long last = -1;
      // As they lie, without a query: what the tutorial's script does.
      for (Document document : client.getDatabase("shape").getCollection("web.1.x7k").find()) {
        assertThat(document.get("timestamp"))
            .isInstanceOf(String.class)
            .asString()
            .matches("2026-11-22T10:[0-9]{2}:[0-9]{2}\\.[0-9]{9}Z");
        Long total = document.getEmbedded(List.of("cpu", "usage", "total"), Long.class);
        assertThat(total).isGreaterThan(last);
        last = total;
        assertThat(document.getEmbedded(List.of("memory", "usage"), Long.class)).isPositive();
      }
      assertThat(last).isPositive();
    }
  }

  @Test
  void theCommandsGoBothWays() throws Exception {
    Path folder = root.resolve("runs/cli");
    try (RunWriter writer = RunFolder.create(folder, MadeRun.info("cli"))) {
      MadeRun.record(writer, 0, 1_000);
    }
    String client = "127.0.0.1:" + port;
    assertThat(weir("runs", "export", "cli", "--database", "cli", "--mongo-client", client))
        .contains("run cli: 1,100 records", "1,100 of them new");
    assertThat(weir("runs", "export", "cli", "--database", "cli", "--mongo-client", client))
        .contains("0 of them new");
    assertThat(weir("runs", "ls", "--database", "cli", "--mongo-client", client))
        .contains("cli", "finished", "1000");
    weir("runs", "import", "cli", "--database", "cli", "--mongo-client", client, "--out", "back");
    MadeRun.assertSame(folder, root.resolve("back"));
    assertThat(weir("collections", "--database", "cli", "--mongo-client", client))
        .contains("web.1.x7k", "web.2.y8l");
    assertThat(root.resolve("cli.collections.txt"))
        .hasContent("_weir_runs\nweb.1.x7k\nweb.2.y8l\n");
    weir("charts", "--database", "cli", "--mongo-client", client, "--metric", "cpu");
    assertThat(root.resolve("graphics/cli_cpu_web.1.x7k.png")).isNotEmptyFile();
    assertThat(weir("report", "cli", "--database", "cli", "--mongo-client", client))
        .contains("report: report.html");
    weir("runs", "rm", "cli", "--yes", "--database", "cli", "--mongo-client", client);
    assertThat(weir("runs", "ls", "--database", "cli", "--mongo-client", client))
        .contains("no runs in MongoDB at " + client);
  }

  @Test
  void aDatabaseThatIsAwayIsReportedInOneLineWithinSeconds() throws Exception {
    long began = System.nanoTime();
    String said = weir(1, "runs", "ls", "--database", "x", "--mongo-client", "127.0.0.1:1");
    assertThat(said.lines()).hasSize(1);
    assertThat(said)
        .contains("MongoDB at 127.0.0.1:1, database x: does not respond: Connection refused");
    assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(60));
  }

  private static UploadListener listener(BlockingQueue<String> reported) {
    return new UploadListener() {
      @Override
      public void away(String why) {
        reported.add("away: " + why);
      }

      @Override
      public void back(long behind) {
        reported.add("back: " + behind);
      }

      @Override
      public void refused(String why) {
        reported.add("refused: " + why);
      }
    };
  }

  private static MongoTarget target(String database) {
    return MongoTarget.ofClient("127.0.0.1:" + port, database);
  }

  private static int recordWhile(RunWriter writer, int from, Condition condition) {
    int next = from;
    while (condition.holds()) {
      next = MadeRun.record(writer, next, next + 20);
      RealTime.pass(Duration.ofMillis(5));
    }
    return next;
  }

  private static void finish(RunWriter writer) {
    writer.close();
  }

  /// Looked at with the plain driver: each number from `first` on is there exactly once.
  private static void assertEachOnce(String database, String collection, int count, int first) {
    Set<Long> seen = new HashSet<>();
    try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + port)) {
      int documents = 0;
      for (Document document : client.getDatabase(database).getCollection(collection).find()) {
        documents++;
        seen.add(document.getLong("seq"));
      }
      assertThat(documents).as("documents in " + collection).isEqualTo(count);
      assertThat(seen).hasSize(count);
      assertThat(seen).allMatch(seq -> seq >= first && seq < first + count);
    }
  }

  private void assertComesBack(String run, Path folder) throws IOException {
    Path back = root.resolve(run + "-back");
    try (MongoRuns runs = MongoRuns.of(target(run))) {
      assertThat(runs.describe(run).whole()).isTrue();
      runs.importTo(run, back, UploadListener.NONE);
    }
    MadeRun.assertSame(folder, back);
  }

  private String weir(String... args) throws Exception {
    return weir(0, args);
  }

  private String weir(int exitCode, String... args) throws Exception {
    try (WeirProcess process = WeirProcess.start(root, args)) {
      String said = process.awaitEnd();
      assertThat(process.exitCode()).as(said).isEqualTo(exitCode);
      return said;
    }
  }

  /// What goes on until it no longer holds.
  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }
}
