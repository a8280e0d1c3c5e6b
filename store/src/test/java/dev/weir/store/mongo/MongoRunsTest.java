package dev.weir.store.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import dev.weir.base.UserError;
import dev.weir.run.ContainerSample;
import dev.weir.run.RunRecord;
import dev.weir.store.folder.Folders;
import dev.weir.store.folder.RunFolder;
import dev.weir.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Run folders into a database and out again.
final class MongoRunsTest {
  private static final SplittableRandom RANDOM = new SplittableRandom(11);

  @TempDir private Path root;

  private final MemoryMongo mongo = new MemoryMongo();
  private final MongoRuns runs = MongoRuns.of(mongo.target("lab"));

  @AfterEach
  void stop() {
    runs.close();
    mongo.close();
  }

  @Test
  void everyByteComesBack() {
    Seeds.forAll(
        8,
        random -> {
          String id = "run-" + random.nextInt(Integer.MAX_VALUE);
          Path folder = root.resolve(id);
          Path back = root.resolve(id + "-back");
          Folders.record(folder, id, random, 150);
          runs.export(folder, UploadListener.NONE);
          runs.importTo(id, back, UploadListener.NONE);
          try {
            Folders.assertSame(folder, back);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          assertThat(runs.read(id)).isEqualTo(RunFolder.read(folder));
        });
  }

  @Test
  void whatIsNoRecordComesBackTooAndIsReported() throws IOException {
    Path folder = root.resolve("odd");
    Folders.record(folder, "odd", RANDOM, 30);
    Folders.append(folder.resolve("events.ndjson"), "no JSON at all \u00ff\n\n");
    Folders.append(
        folder.resolve("samples/web.1.ndjson"),
        """
        { "timestamp": "2026-11-22T10:09:00Z", "cpu": {"usage": {"total": 1.0e3}} }
        {"timestamp":"2026-11-22T10:09:01Z","cpu":{"usage":{"total":5,"per.cpu":[1]}},"$x":9,"_id":1}
        {"timestamp":"2026-11-22T10:09:02Z","cpu":{"usage":{"total":6}},"big":18446744073709551616}\r
        """);
    Folders.append(folder.resolve("samples/web%2E1.ndjson"), "{}\n");
    Folders.append(
        folder.resolve("samples/web%2E1.ndjson"),
        """
        {"timestamp":"2026-11-22T10:09:03Z","cpu":{"usage":{"total":7}}}
        """);
    Folders.append(folder.resolve("requests.csv"), "7,,\n1,2,3,4,200,5,\"a\",\n");
    var reported = new ArrayList<String>();
    MongoRuns.Exported done =
        runs.export(
            folder,
            new UploadListener() {
              @Override
              public void damaged(String file, long line, String why) {
                reported.add(file + ":" + line);
              }
            });
    assertThat(done.damaged()).isEqualTo(5);
    assertThat(reported)
        .containsExactlyInAnyOrder(
            "events.ndjson:5",
            "events.ndjson:6",
            "samples/web.1.ndjson:4",
            "samples/web%2E1.ndjson:1",
            "requests.csv:32");
    runs.importTo("odd", root.resolve("back"), UploadListener.NONE);
    Folders.assertSame(folder, root.resolve("back"));
    assertThat(runs.describe("odd").damaged()).isEqualTo(5);
    try (MongoConnection plain = mongo.connect("lab")) {
      BsonDocument foreign =
          plain.collection("web.1").find(Filters.eq("cpu.usage.total", 6)).first();
      assertThat(foreign).containsKey("line").containsKey("big");
    }
  }

  @Test
  void whatIsThereIsNotSentAgain() throws IOException {
    Path folder = root.resolve("a");
    Folders.record(folder, "a", RANDOM, 100);
    assertThat(runs.export(folder, UploadListener.NONE).sent()).isEqualTo(131);
    assertThat(runs.export(folder, UploadListener.NONE).sent()).isZero();
    assertThat(runs.describe("a"))
        .returns(true, MongoRunSummary::whole)
        .returns("finished", MongoRunSummary::state)
        .returns(100L, MongoRunSummary::requests)
        .returns(20L, MongoRunSummary::samples)
        .returns(11L, MongoRunSummary::events);
  }

  @Test
  void anExportThatIsStoppedGoesOnWhereItWas() throws IOException {
    Path folder = root.resolve("a");
    Folders.record(folder, "a", RANDOM, 100);
    var asked = new AtomicInteger();
    MongoRuns.Exported stopped =
        runs.export(folder, UploadListener.NONE, () -> asked.incrementAndGet() > 1);
    assertThat(stopped.sent()).isPositive();
    assertThat(stopped.missing()).isPositive();
    assertThat(runs.describe("a").whole()).isFalse();
    MongoRuns.Exported rest = runs.export(folder, UploadListener.NONE);
    assertThat(rest.sent()).isEqualTo(stopped.missing());
    assertThat(rest.missing()).isZero();
    runs.importTo("a", root.resolve("back"), UploadListener.NONE);
    Folders.assertSame(folder, root.resolve("back"));
  }

  @Test
  void whatTheDatabaseLostIsSentAgain() throws IOException {
    Path folder = root.resolve("a");
    Folders.record(folder, "a", RANDOM, 100);
    runs.export(folder, UploadListener.NONE);
    try (MongoConnection plain = mongo.connect("lab")) {
      plain.collection(MongoNames.REQUESTS).deleteOne(Filters.eq("_id", "a/17"));
      assertThatThrownBy(() -> runs.importTo("a", root.resolve("broken"), UploadListener.NONE))
          .isInstanceOf(DatabaseException.class)
          .hasMessageContaining("lacks line 18 of requests.csv of run a");
      assertThat(root.resolve("broken")).doesNotExist();
      plain.collection("web.1").drop();
    }
    runs.export(folder, UploadListener.NONE);
    runs.importTo("a", root.resolve("back"), UploadListener.NONE);
    Folders.assertSame(folder, root.resolve("back"));
  }

  @Test
  void anotherRunOfTheSameNameIsRefused() throws IOException {
    Path folder = root.resolve("a");
    Folders.record(folder, "a", RANDOM, 10);
    runs.export(folder, UploadListener.NONE);
    Path other = root.resolve("other");
    Folders.record(other, "a", RANDOM, 10);
    Path json = other.resolve("run.json");
    Files.writeString(
        json, Files.readString(json).replace("2026-11-22T10:00:00", "2026-11-23T10:00:00"));
    assertThatThrownBy(() -> runs.export(other, UploadListener.NONE))
        .isInstanceOf(DatabaseException.class)
        .hasMessageMatching("run a: MongoDB at .* holds another run of this name, started at .*");
    assertThat(runs.list()).hasSize(1);
  }

  @Test
  void aRunWithOtherRecordsUnderTheSameStartIsRefused() throws IOException {
    Path folder = root.resolve("a");
    Folders.record(folder, "a", RANDOM, 10);
    runs.export(folder, UploadListener.NONE);
    try (MongoConnection plain = mongo.connect("lab")) {
      plain.collection(MongoNames.FILES).deleteMany(Filters.eq("run", "a"));
    }
    Path rows = folder.resolve("requests.csv");
    Files.writeString(rows, Files.readString(rows).replace("\n2,2000000,", "\n2,2000001,"));
    assertThatThrownBy(() -> runs.export(folder, UploadListener.NONE))
        .hasMessageContaining("collection _weir_requests holds something else as a/3");
  }

  @Test
  void aRunWithoutItsIdIsRefused() throws IOException {
    Path folder = root.resolve("a");
    Folders.record(folder, "a", RANDOM, 10);
    Files.writeString(folder.resolve("run.json"), "{");
    assertThatThrownBy(() -> runs.export(folder, UploadListener.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("does not say which run it is");
  }

  @Test
  void deletesOneRunAndLeavesTheOther() throws IOException {
    Folders.record(root.resolve("a"), "a", RANDOM, 10);
    Folders.record(root.resolve("b"), "b", RANDOM, 10);
    runs.export(root.resolve("a"), UploadListener.NONE);
    runs.export(root.resolve("b"), UploadListener.NONE);
    runs.delete("a");
    assertThat(runs.list()).extracting(MongoRunSummary::name).containsExactly("b");
    runs.importTo("b", root.resolve("back"), UploadListener.NONE);
    Folders.assertSame(root.resolve("b"), root.resolve("back"));
    runs.delete("b");
    assertThat(runs.collections()).isEmpty();
    assertThatThrownBy(() -> runs.delete("b")).hasMessageContaining("run b: not in MongoDB at");
  }

  @Test
  void anImportNeverOverwrites() throws IOException {
    Folders.record(root.resolve("a"), "a", RANDOM, 10);
    runs.export(root.resolve("a"), UploadListener.NONE);
    assertThatThrownBy(() -> runs.importTo("a", root.resolve("a"), UploadListener.NONE))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("is there already");
  }

  @Test
  void aFileOutsideTheFolderIsNotWritten() throws IOException {
    Folders.record(root.resolve("a"), "a", RANDOM, 10);
    runs.export(root.resolve("a"), UploadListener.NONE);
    try (MongoConnection plain = mongo.connect("lab")) {
      plain
          .collection(MongoNames.FILES)
          .updateOne(
              Filters.eq("file", "samples/web.1.ndjson"),
              Updates.set("file", "samples/../../evil.ndjson"));
    }
    assertThatThrownBy(() -> runs.importTo("a", root.resolve("back"), UploadListener.NONE))
        .hasMessageContaining("names a file 'samples/../../evil.ndjson'");
  }

  @Test
  void readsWhatOthersStoredAsCadvisorResponded() {
    try (MongoConnection plain = mongo.connect("lab")) {
      for (int i = 0; i < 3; i++) {
        plain
            .collection("prime.1.nwvrzp2gyzhuh396qosdj4l66")
            .insertOne(
                new BsonDocument(
                        "timestamp",
                        i == 2
                            ? new BsonDateTime(1_795_341_602_000L)
                            : new BsonString("2026-11-22T10:00:0%d.5Z".formatted(i)))
                    .append(
                        "cpu",
                        new BsonDocument(
                            "usage", new BsonDocument("total", new BsonInt64(i * 1_000_000L))))
                    .append("memory", new BsonDocument("usage", new BsonInt32(4_096))));
      }
    }
    RunRecord usage = runs.usage(Optional.empty());
    assertThat(usage.info().id()).isEqualTo("lab");
    assertThat(usage.samples()).containsOnlyKeys("prime.1.nwvrzp2gyzhuh396qosdj4l66");
    assertThat(usage.samples().get("prime.1.nwvrzp2gyzhuh396qosdj4l66"))
        .hasSize(3)
        .extracting(ContainerSample::memoryUsageBytes)
        .containsOnly(4_096L);
    assertThat(runs.list()).isEmpty();
  }

  @Test
  void usageIsOfTheOnlyRunOrOfTheOneNamed() {
    Folders.record(root.resolve("a"), "a", RANDOM, 10);
    runs.export(root.resolve("a"), UploadListener.NONE);
    assertThat(runs.usage(Optional.empty()).samples())
        .isEqualTo(RunFolder.read(root.resolve("a")).samples());
    Folders.record(root.resolve("b"), "b", RANDOM, 10);
    runs.export(root.resolve("b"), UploadListener.NONE);
    assertThatThrownBy(() -> runs.usage(Optional.empty())).hasMessageContaining("holds 2 runs");
    assertThat(runs.usage(Optional.of("b")).samples())
        .isEqualTo(RunFolder.read(root.resolve("b")).samples());
  }

  @Test
  void containersAreCollectionsOfTheirNames() {
    assertThat(List.of("web.1", "system.x", "$x", "_weir_runs", "a b/c", ".x", "a%b", ""))
        .extracting(MongoNames::collectionFor)
        .containsExactly(
            "web.1", "%73ystem.x", "%24x", "%5Fweir_runs", "a b/c", "%2Ex", "a%25b", "%");
  }
}
