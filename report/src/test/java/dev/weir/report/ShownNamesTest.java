package dev.weir.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The short names of a swarm's tasks.
class ShownNamesTest {
  private static final String WEB_1 = "web.1.y99j9qk7rhzcmfsabv4t37ctc";
  private static final String WEB_2 = "web.2.39dwuin87uhtrhqygux29skx1";
  private static final String WEB_2_AGAIN = "web.2.806aptwv20fdtejjam79xtnbo";
  private static final String AGENT =
      "weir-agent.b173luhv6znz1rhirxhf6d2qd.vq2zirxr5gj7ll13n94ukeozo";

  @Test
  void tasksAreShownByTheirPlace() {
    RunRecord run = run(List.of(WEB_1, WEB_2, AGENT, "cadvisor"), List.of());
    assertThat(ShownNames.applied(run).samples())
        .containsOnlyKeys("web.1", "web.2", "weir-agent@w1", "cadvisor");
  }

  @Test
  void replicasAreCalledAsTheirContainers() {
    RunRecord run =
        run(
            List.of(WEB_1, AGENT),
            List.of(
                "web.1.y99j9qk7rhzc",
                "weir-agent.b173luhv6znz1rhirxhf6d2qd.vq2zirxr5gj7",
                "",
                "x"));
    assertThat(ShownNames.applied(run).requests())
        .extracting(RequestRecord::replica)
        .containsExactly("web.1", "weir-agent@w1", "", "x");
  }

  @Test
  void severalTasksOfAPlaceAreDistinguished() {
    RunRecord run = run(List.of(WEB_2, WEB_2_AGAIN), List.of("web.2.39dwuin87uht"));
    RunRecord shown = ShownNames.applied(run);
    assertThat(shown.samples()).containsOnlyKeys("web.2.39dwu", "web.2.806ap");
    assertThat(shown.requests().getFirst().replica()).isEqualTo("web.2.39dwu");
  }

  @Test
  void aNameThatIsTakenIsNotGivenTwice() {
    RunRecord run = run(List.of(WEB_1, "web.1"), List.of());
    assertThat(ShownNames.applied(run).samples()).containsOnlyKeys("web.1.y99j9", "web.1");
  }

  private static RunRecord run(List<String> containers, List<String> replicas) {
    Map<String, List<ContainerSample>> samples = new HashMap<>();
    containers.forEach(name ->
        samples.put(
            name, List.of(new ContainerSample(name, "w1", SyntheticRun.START, 1, 0, 0, 1, 1))));
    List<RequestRecord> requests =
        replicas.stream().map(name -> new RequestRecord(0, 0, 0, 1, 200, 0, name, "")).toList();
    return new RunRecord(
        SyntheticRun.usual("x").info(), requests, samples, List.of(), Optional.empty());
  }
}
