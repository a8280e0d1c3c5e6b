package dev.weir.observe.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.observe.container.CgroupTree;
import dev.weir.run.ContainerSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Containers coming and going on one node, on virtual time.
final class NodeSamplingTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  @TempDir private Path folder;

  private final FakeEngine engine = new FakeEngine();
  private final SampleRing ring = new SampleRing(Duration.ofMinutes(10), 1_000);

  @Test
  void samplesThoseThatTheEngineKnowsAndNoOthers() throws Exception {
    NodeSampling sampling = sampling(tree(1, 2, 3));
    engine.run(1, "web.1").run(2, "web.2");
    assertThat(sampling.read(START))
        .extracting(ContainerSample::container, ContainerSample::source)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("web.1", "cgroup"),
            org.assertj.core.groups.Tuple.tuple("web.2", "cgroup"));
    assertThat(ring.running()).hasSize(2);
  }

  /// Another engine's containers (3 here) make it ask a few times, not for ever.
  @Test
  void asksForNamesWhenSomethingIsNewAndNotEachRound() throws Exception {
    NodeSampling sampling = sampling(tree(1, 3));
    engine.run(1, "web.1");
    for (int second = 0; second < 9; second++) {
      sampling.read(START.plusSeconds(second));
    }
    assertThat(engine.asked).isLessThanOrEqualTo(6);
    int before = engine.asked;
    tree(1, 2, 3);
    engine.run(2, "web.2");
    assertThat(sampling.read(START.plusSeconds(9))).hasSize(2);
    assertThat(engine.asked).isEqualTo(before + 1);
  }

  @Test
  void aContainerThatEndedIsKeptUntilItsSamplesAreOld() throws Exception {
    CgroupTree tree = tree(1, 2);
    NodeSampling sampling = sampling(tree);
    engine.run(1, "web.1").run(2, "web.2");
    sampling.read(START);
    delete(tree.root().resolve("cpuacct/docker").resolve(FakeEngine.id(2)));
    assertThat(sampling.read(START.plusSeconds(1))).hasSize(1);
    assertThat(ring.after(START.minusSeconds(1), 100).series())
        .extracting(one -> one.container().name(), ContainerSeries::running)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple("web.1", true),
            org.assertj.core.groups.Tuple.tuple("web.2", false));
    sampling.read(START.plusSeconds(700));
    assertThat(ring.after(START.minusSeconds(1), 100).series()).hasSize(1);
  }

  @Test
  void asksTheEngineForFiguresOfContainersWithoutAGroup() throws Exception {
    NodeSampling sampling = sampling(tree(1));
    engine.run(1, "web.1").run(2, "elsewhere");
    engine.stats =
        """
        {"read":"2026-11-22T10:00:00.2Z","cpu_stats":{"cpu_usage":{"total_usage":77}},
         "memory_stats":{"usage":5,"stats":{"inactive_file":2}}}
        """;
    assertThat(sampling.read(START))
        .contains(
            new ContainerSample(
                "elsewhere", "n1", START.plusMillis(200), 77, -1, -1, 5, 3, "docker"));
  }

  @Test
  void samplesOnWhileTheEngineDoesNotResponse() throws Exception {
    NodeSampling sampling = sampling(tree(1));
    engine.run(1, "web.1");
    sampling.read(START);
    engine.down = true;
    assertThatThrownBy(() -> sampling.read(START.plusSeconds(20)))
        .isInstanceOf(IOException.class)
        .hasMessage("the engine does not respond: cannot connect");
    assertThat(ring.after(START.plusSeconds(1), 100).series().getFirst().samples()).hasSize(1);
  }

  @Test
  void theRingHoldsNoMoreThanItMay() {
    var small = new SampleRing(Duration.ofSeconds(3), 2);
    for (int i = 0; i < 5; i++) {
      var container =
          new dev.weir.observe.container.NamedContainer(FakeEngine.id(i), "c" + i, "", "");
      for (int second = 0; second < 10; second++) {
        small.add(container, 0, sample("c" + i, START.plusSeconds(second)));
        small.round(java.util.Set.of(FakeEngine.id(i)), START.plusSeconds(second));
      }
    }
    List<ContainerSeries> kept = small.after(Instant.MIN, 100).series();
    assertThat(kept).hasSize(2);
    assertThat(kept.getLast().samples()).hasSize(4);
  }

  private NodeSampling sampling(CgroupTree tree) {
    return new NodeSampling("n1", Optional.of(tree.files()), engine, ring);
  }

  private CgroupTree tree(int... numbers) {
    var tree = new CgroupTree(folder);
    for (int number : numbers) {
      tree.v1("docker/" + FakeEngine.id(number), 1_000 + number);
    }
    return tree;
  }

  private static ContainerSample sample(String name, Instant at) {
    return new ContainerSample(name, "n1", at, 1, 1, 0, 1, 1, "cgroup");
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
