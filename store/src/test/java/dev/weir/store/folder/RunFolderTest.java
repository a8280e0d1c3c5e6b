package dev.weir.store.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.base.UserError;
import dev.weir.run.Certificate;
import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import dev.weir.testing.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What is recorded is what is read, whatever the names and texts, and whatever became of the
/// files.
final class RunFolderTest {
  @TempDir private Path root;

  @Test
  void readsWhatWasRecorded() {
    Seeds.forAll(25, random -> roundTrip(random, fresh("run")));
  }

  /// JSON has no word for it but null.
  @Test
  void figuresThatAreNotKnownAreNull() {
    var unsent =
        new Certificate(
            Certificate.Verdict.VOID,
            List.of(),
            "law",
            3,
            0,
            1,
            0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0);
    assertThat(RunJson.pretty(unsent).replaceAll("\\s", ""))
        .contains("\"gapMeanSeconds\":null,\"gapSigmaSeconds\":null")
        .contains("\"lagP50Nanos\":null,\"lagP99Nanos\":null,\"lagMaxNanos\":null");
    assertThat(RunJson.pretty(Records.certificate(new SplittableRandom(1))))
        .containsPattern("\"lagP99Nanos\": -?[0-9]");
  }

  private static void roundTrip(RandomGenerator random, Path folder) {
    var info =
        new RunInfo(
            Records.text(random),
            Records.text(random),
            Records.START,
            Records.text(random),
            random.nextLong(),
            Map.of(Records.text(random), Records.text(random)));
    var requests = LongStream.range(0, 30).mapToObj(i -> Records.anyRequest(random, i)).toList();
    var samples = new TreeMap<String, List<ContainerSample>>();
    for (String name : List.of(Records.text(random), "web.1", "x".repeat(300))) {
      samples.put(
          name, LongStream.range(0, 5).mapToObj(i -> Records.anySample(random, name, i)).toList());
    }
    var events = LongStream.range(0, 5).mapToObj(i -> Records.anyEvent(random, i)).toList();
    var certificate = Records.certificate(random);
    try (RunWriter writer = RunFolder.create(folder, info)) {
      requests.reversed().forEach(writer::request);
      samples.values().forEach(of -> of.forEach(writer::sample));
      events.forEach(writer::event);
      writer.certificate(certificate);
    }
    assertThat(RunFolder.read(folder))
        .isEqualTo(new RunRecord(info, requests, samples, events, Optional.of(certificate)));
  }

  @Test
  void samplesAreDocumentsAsCadvisorWritesThem() throws IOException {
    Path folder = fresh("run");
    try (RunWriter writer = RunFolder.create(folder, Records.info("run"))) {
      writer.sample(Records.sample("web.1", 3));
    }
    String line = Files.readAllLines(folder.resolve("samples/web.1.ndjson")).getFirst();
    JsonNode stats = new ObjectMapper().readTree(line);
    assertThat(stats.at("/timestamp").asString()).isEqualTo("2026-11-22T10:00:03.000000001Z");
    assertThat(stats.at("/cpu/usage/total").asLong()).isEqualTo(1_500_000_000L);
    assertThat(stats.at("/cpu/usage/user").asLong()).isEqualTo(1_200_000_000L);
    assertThat(stats.at("/cpu/usage/system").asLong()).isEqualTo(300_000_000L);
    assertThat(stats.at("/memory/usage").asLong()).isEqualTo(64 << 20);
    assertThat(stats.at("/memory/working_set").asLong()).isEqualTo(48 << 20);
  }

  @Test
  void readsDocumentsOfCadvisorItself() throws IOException {
    Path folder = fresh("run");
    RunFolder.create(folder, Records.info("run")).close();
    Files.writeString(
        folder.resolve("samples/web%2Ftwo.ndjson"),
        """
        {"timestamp":"2026-11-22T11:00:03.5+01:00","cpu":{"usage":{"total":7,"per_cpu_usage":[3,4],"user":5,"system":2},"load_average":0},"diskio":{},"memory":{"usage":9,"max_usage":11,"cache":1,"working_set":8},"network":{}}
        """);
    assertThat(RunFolder.read(folder).samples())
        .containsExactly(
            Map.entry(
                "web/two",
                List.of(
                    new ContainerSample(
                        "web/two", "", Instant.parse("2026-11-22T10:00:03.5Z"), 7, 5, 2, 9, 8))));
  }

  @Test
  void requestsCanBeReadByAnyCsvReader() throws IOException {
    Path folder = fresh("run");
    try (RunWriter writer = RunFolder.create(folder, Records.info("run"))) {
      writer.request(Records.request(0));
      writer.request(new RequestRecord(1, 5, -1, 9, 0, 0, "a,\"b\"", "line\nend"));
    }
    assertThat(folder.resolve("requests.csv"))
        .hasContent(
            """
            number,due_nanos,sent_nanos,answered_nanos,status,bytes,replica,error
            0,0,20000,5000000,200,17,web.1,
            1,5,-1,9,0,0,"a,""b""\",line\\nend
            """);
  }

  /// A spreadsheet calculates what begins like a formula.
  @Test
  void textIsNoFormula() throws IOException {
    Path folder = fresh("run");
    List<String> names =
        List.of("=1+1", "@x", "+1", "-1", "\tx", "\rx", "'=1", "''=1", "'x", "a=1", "");
    try (RunWriter writer = RunFolder.create(folder, Records.info("run"))) {
      for (int i = 0; i < names.size(); i++) {
        writer.request(new RequestRecord(i, 5, -1, 9, 0, 0, names.get(i), "=e,"));
      }
    }
    List<String> lines = Files.readAllLines(folder.resolve("requests.csv"));
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> line.endsWith(",\"'=e,\""))
        .extracting(line -> line.split(",", -1)[6])
        .containsExactly(
            "'=1+1", "'@x", "'+1", "'-1", "'\tx", "'\\rx", "''=1", "'''=1", "'x", "a=1", "");
    assertThat(RunFolder.read(folder).requests())
        .extracting(RequestRecord::replica)
        .containsExactlyElementsOf(names);
  }

  @Test
  void leavesOutSamplesOfTimesThatCannotBeTrue() throws IOException {
    Path folder = recorded(10);
    String odd = "{\"timestamp\":\"%s\",\"cpu\":{\"usage\":{\"total\":1}},\"memory\":{}}\n";
    append(
        folder.resolve("samples/web.ndjson"),
        odd.formatted("0001-01-01T00:00:00Z") + odd.formatted("2027-11-22T10:00:00Z"));
    Files.writeString(
        folder.resolve("samples/never.ndjson"), odd.formatted("0001-01-01T00:00:00Z"));
    RunRecord record = RunFolder.read(folder);
    assertThat(record.samples()).containsOnlyKeys("web");
    assertThat(record.samples().get("web")).hasSize(10);
    assertThat(record.events().stream().filter(e -> e.kind().equals(RunFolder.DAMAGED)))
        .extracting(e -> e.subject() + ": " + e.text())
        .containsExactlyInAnyOrder(
            "samples/web.ndjson: 2 samples are stamped at times that cannot be true, such as"
                + " 0001-01-01T00:00:00Z; left out",
            "samples/never.ndjson: 1 samples are stamped at times that cannot be true, such as"
                + " 0001-01-01T00:00:00Z; left out");
  }

  @Test
  void leavesOutATornLastLine() throws IOException {
    Path folder = recorded(10);
    for (String file : List.of("requests.csv", "events.ndjson", "samples/web.ndjson")) {
      Path path = folder.resolve(file);
      byte[] whole = Files.readAllBytes(path);
      Files.write(path, Arrays.copyOf(whole, whole.length - 1));
    }
    RunRecord record = RunFolder.read(folder);
    assertThat(record.requests()).hasSize(9);
    assertThat(record.samples().get("web")).hasSize(9);
    assertThat(record.events()).hasSize(9).noneMatch(e -> e.kind().equals(RunFolder.DAMAGED));
  }

  @Test
  void reportsOfALineThatIsDamaged() throws IOException {
    Path folder = recorded(10);
    append(folder.resolve("requests.csv"), "12,34\n77,1,2,3,200,5,web,\n");
    append(folder.resolve("samples/web.ndjson"), "\u0000\u0000\n{}\n");
    append(folder.resolve("events.ndjson"), "{\"at\":\"yesterday\"}\n");
    RunRecord record = RunFolder.read(folder);
    assertThat(record.requests()).hasSize(11);
    assertThat(record.samples().get("web")).hasSize(10);
    assertThat(record.events().stream().filter(e -> e.kind().equals(RunFolder.DAMAGED)))
        .extracting(e -> e.subject() + ": " + e.text())
        .containsExactlyInAnyOrder(
            "requests.csv: line 12 cannot be read: no field sent_nanos",
            "samples/web.ndjson: line 11 cannot be read: not JSON",
            "samples/web.ndjson: line 12 cannot be read: no cpu.usage.total",
            "events.ndjson: line 11 cannot be read: at: 'yesterday' (expected: RFC 3339)");
  }

  @Test
  void doesNotReadWhatIsNoFile() throws IOException {
    Path folder = recorded(1);
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless));
    Files.createSymbolicLink(folder.resolve("samples/endless.ndjson"), endless);
    assertThat(RunFolder.read(folder).events())
        .anyMatch(e -> e.text().equals("is not a regular file; left out"));
  }

  @Test
  void countsDamageBeyondTheFirstTenLines() throws IOException {
    Path folder = recorded(1);
    append(folder.resolve("events.ndjson"), "garbage\n".repeat(1000));
    assertThat(RunFolder.read(folder).events())
        .hasSize(12)
        .anyMatch(e -> e.text().equals("990 more lines cannot be read"));
  }

  @Test
  void readsAFolderWithoutItsDescription() throws IOException {
    Path folder = recorded(2);
    Files.delete(folder.resolve("run.json"));
    RunRecord record = RunFolder.read(folder);
    assertThat(record.info().id()).isEqualTo("recorded");
    assertThat(record.requests()).hasSize(2);
    assertThat(record.events()).anyMatch(e -> e.subject().equals("run.json"));
    assertThat(RunFolder.describe(folder).state()).isEqualTo(RunSummary.State.DAMAGED);
    Files.writeString(folder.resolve("run.json"), "{\"id\": ");
    assertThat(RunFolder.read(folder).requests()).hasSize(2);
  }

  @Test
  void refusesToRecordOverARun() {
    Path folder = recorded(1);
    assertThatThrownBy(() -> RunFolder.create(folder, Records.info("again")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder + ": holds a run already");
  }

  @Test
  void listsRunsByTheirStart() throws IOException {
    Path first = root.resolve("b");
    RunFolder.create(first, Records.info("b")).close();
    var later = new RunInfo("a", "t", Records.START.plusSeconds(9), "c", 1, Map.of());
    try (RunWriter writer = RunFolder.create(root.resolve("a"), later)) {
      writer.request(Records.request(0));
      Files.createDirectory(root.resolve("unrelated"));
      assertThat(RunFolder.list(root))
          .extracting(run -> run.name() + " " + run.state().label())
          .containsExactly("b finished", "a recording");
      assertThatThrownBy(() -> RunFolder.delete(root.resolve("a")))
          .hasMessageContaining("is being recorded");
    }
    assertThat(RunFolder.list(root).getLast().requests()).isEqualTo(1);
    assertThat(RunFolder.list(root.resolve("nowhere"))).isEmpty();
  }

  @Test
  void deletesOnlyRuns() throws IOException {
    Path folder = recorded(1);
    Path elsewhere = Files.writeString(root.resolve("precious"), "kept");
    Files.createSymbolicLink(folder.resolve("link"), elsewhere);
    RunFolder.delete(folder);
    assertThat(folder).doesNotExist();
    assertThat(elsewhere).exists();
    assertThatThrownBy(() -> RunFolder.delete(root)).hasMessageContaining("is no run");
    assertThatThrownBy(() -> RunFolder.read(folder)).hasMessageContaining("does not exist");
  }

  @Test
  void containerNamesComeBackFromFileNames() {
    Seeds.forAll(random -> {
      String name = Records.text(random);
      String file = ContainerFile.nameFor(name);
      assertThat(file).matches("[A-Za-z0-9_%][A-Za-z0-9._%-]*\\.ndjson");
      assertThat(ContainerFile.containerOf(file)).contains(name);
    });
    assertThat(ContainerFile.nameFor("stack_web.1.x7k-2")).isEqualTo("stack_web.1.x7k-2.ndjson");
    assertThat(ContainerFile.nameFor("../etc")).isEqualTo("%2E.%2Fetc.ndjson");
  }

  private Path recorded(int count) {
    Path folder = root.resolve("recorded");
    try (RunWriter writer = RunFolder.create(folder, Records.info("recorded"))) {
      for (int i = 0; i < count; i++) {
        writer.request(Records.request(i));
        writer.sample(Records.sample("web", i));
        writer.event(new RunEvent(Records.START.plusSeconds(i), "tick", "web", "text " + i));
      }
    }
    return folder;
  }

  private Path fresh(String name) {
    try {
      return Files.createTempDirectory(root, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }
}
