package dev.weir.swarm.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.base.Problems;
import dev.weir.swarm.stack.Comparison.Outcome;
import dev.weir.swarm.stack.read.Case;
import dev.weir.swarm.stack.read.SchemaCases;
import dev.weir.swarm.stack.read.StackFile;
import dev.weir.swarm.stack.read.StackYaml;
import dev.weir.swarm.stack.read.Values;
import dev.weir.testing.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Weir posts what the docker CLI posts, leaf for leaf, and refuses what it refuses.
///
/// `-Dcompose.cases=all` runs the CLI on every generated case too, not only on the written ones;
/// `-Dcompose.record=true` writes `golden.txt` anew from the CLI; `-Dcompose.corpus=FOLDER` names
/// public files to compare.
class ComposeConformanceTest {
  private static final int THREADS = 4;

  @TempDir private Path folder;

  /// What one comparison came to.
  private record Result(String name, Outcome docker, List<String> differences) {}

  @Test
  void everyCaseIsWhatTheDockerCliMadeOfIt() throws IOException {
    Case.prepare(folder);
    List<Case> cases = cases(true);
    Map<String, List<String>> golden = Golden.read();
    int number = 0;
    int accepted = 0;
    List<String> differences = new ArrayList<>();
    for (Case each : cases) {
      Outcome weir = Comparison.weir(each.files(folder, number++));
      accepted += weir.accepted() ? 1 : 0;
      List<String> lines = Golden.lines(weir, folder);
      if (!lines.equals(golden.get(each.name()))) {
        differences.add(
            "%s: recorded %s, weir %s %s"
                .formatted(each.name(), golden.get(each.name()), lines, weir.refusal()));
      }
    }
    Figures.note(
        "compose: %d cases for %d keys against the recorded docker CLI: %d accepted, %d refused, %d differences"
            .formatted(
                cases.size(),
                SchemaCases.all().keys().size(),
                accepted,
                cases.size() - accepted,
                differences.size()));
    assertThat(differences).isEmpty();
    assertThat(golden).hasSameSizeAs(cases);
  }

  @Test
  void theDockerCliPostsTheSame() throws Exception {
    String version = dockerVersion();
    Assumptions.assumeFalse(
        version.isEmpty(), "no docker CLI on the PATH: only recorded posts are compared");
    if (!version.matches("(28|29)\\..*")) {
      // Another version has other keys; what 28 posts is recorded and compared above.
      Figures.note("compose: docker CLI %s is not 28 or 29: not compared live".formatted(version));
      return;
    }
    Case.prepare(folder);
    boolean record = Boolean.getBoolean("compose.record");
    List<Case> cases = cases(record || System.getProperty("compose.cases", "").equals("all"));
    List<Result> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Result>> work = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        List<Path> files = cases.get(i).files(folder, i);
        String name = cases.get(i).name();
        work.add(() -> compare(name, files));
      }
      corpus().forEach(file -> work.add(() -> compareWithImages(file)));
      for (Future<Result> result : threads.invokeAll(work)) {
        results.add(result.get());
      }
    }
    if (record) {
      Map<String, List<String>> golden = new LinkedHashMap<>();
      for (Result result : results.subList(0, cases.size())) {
        golden.put(result.name(), Golden.lines(result.docker(), folder));
      }
      Golden.write(golden);
    }
    report(version, cases.size(), results);
  }

  private static void report(String version, int cases, List<Result> results) {
    List<String> differences =
        results.stream().flatMap(each -> each.differences().stream()).toList();
    long services =
        results.stream()
            .flatMap(each -> each.docker().posted().keySet().stream())
            .filter(key -> key.startsWith("services/create"))
            .count();
    int leaves =
        results.stream()
            .flatMap(each -> each.docker().posted().values().stream())
            .mapToInt(Comparison::leaves)
            .sum();
    long accepted = results.stream().filter(each -> each.docker().accepted()).count();
    Figures.note(
        "compose: docker CLI %s: %d cases and %d public files: %d accepted, %d refused, %d services, %d leaves, %d differences"
            .formatted(
                version,
                cases,
                results.size() - cases,
                accepted,
                results.size() - accepted,
                services,
                leaves,
                differences.size()));
    assertThat(differences).isEmpty();
    assertThat(leaves).isGreaterThan(1000);
  }

  private static Result compare(String name, List<Path> files) throws Exception {
    Outcome docker = Comparison.docker(files);
    Outcome weir = Comparison.weir(files);
    List<String> differences = new ArrayList<>();
    if (docker.accepted() != weir.accepted()) {
      differences.add(
          "%s: docker CLI: %s, weir: %s".formatted(name, verdict(docker), verdict(weir)));
    } else {
      Comparison.differences(docker.posted(), weir.posted())
          .forEach(each -> differences.add(name + ": " + each));
    }
    return new Result(name, docker, differences);
  }

  private static String verdict(Outcome outcome) {
    return outcome.accepted() ? "accepted" : outcome.refusal();
  }

  /// A file that only lacks images gets them from a second file, so that it is converted too.
  private Result compareWithImages(Path file) throws Exception {
    Result plain = compare(file.toString(), List.of(file));
    if (!plain.docker().refusal().contains("no image specified")
        || !plain.differences().isEmpty()) {
      return plain;
    }
    StringBuilder images = new StringBuilder();
    String text = Files.readString(file);
    StackFile read = StackYaml.read("file", text, new Problems());
    if (read == null) {
      return plain;
    }
    if (read.root().get("version") instanceof String version) {
      images.append("version: \"").append(version).append("\"\n");
    }
    images.append("services:\n");
    Values.map(read.root().get("services"))
        .keySet()
        .forEach(service -> images.append("  ").append(service).append(": {image: made/up}\n"));
    Path override = Files.createTempFile(folder, "images", ".yml");
    Files.writeString(override, images.toString());
    return compare(file + " with images", List.of(file, override));
  }

  private static List<Case> cases(boolean all) {
    List<Case> cases = new ArrayList<>(Case.written());
    if (all) {
      cases.addAll(SchemaCases.all().cases());
    }
    return cases;
  }

  private static List<Path> corpus() throws IOException {
    Path corpus = Path.of(System.getProperty("compose.corpus", "../../shared/corpus/compose"));
    if (!Files.isDirectory(corpus)) {
      Figures.note(
          "compose: no public files at %s (-Dcompose.corpus=FOLDER): only our own cases"
              .formatted(corpus));
      return List.of();
    }
    try (Stream<Path> files = Files.walk(corpus)) {
      return files.filter(file -> file.toString().matches(".*\\.ya?ml")).sorted().toList();
    }
  }

  private static String dockerVersion() throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("docker", "version", "--format", "{{.Client.Version}}")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said.strip();
    } catch (IOException e) {
      return "";
    }
  }
}
