package dev.weir.cluster.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cluster.doctor.check.Checks;
import dev.weir.cluster.doctor.fact.PortProbe;
import dev.weir.cluster.doctor.finding.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an examination comes to, and its JSON.
class DiagnosisTest {
  private static final Diagnosis RECORDED =
      Doctor.withAllChecks()
          .examine(
              RecordedSwarm.asRecorded()
                  .withReport("b1")
                  .facts()
                  .with(
                      List.of(
                          new PortProbe(
                              "b1",
                              "b2",
                              7946,
                              "tcp",
                              PortProbe.State.OPEN,
                              "a connection opened")),
                      List.of()));

  @Test
  void theWorstComesFirst() {
    assertThat(RECORDED.findings()).extracting(one -> one.severity()).isSorted();
    assertThat(RECORDED.isHealthy()).isFalse();
    assertThat(RECORDED.count(Severity.CRITICAL)).isEqualTo(4);
    assertThat(RECORDED.findings())
        .allMatch(one -> Checks.names().contains(one.check()))
        .allMatch(one -> !one.why().isEmpty() && one.why().endsWith("."));
    assertThat(RECORDED.findings().stream().filter(one -> one.severity() != Severity.NOTE))
        .allMatch(one -> !one.fix().isEmpty());
  }

  @Test
  void asJson() {
    JsonNode tree = JsonMapper.builder().build().readTree(RECORDED.json());
    assertThat(tree.propertyNames())
        .containsExactly(
            "schema",
            "at",
            "swarm",
            "nodes",
            "healthy",
            "summary",
            "checks",
            "findings",
            "unseen",
            "ports");
    assertThat(tree.path("summary").path("critical").asInt(0)).isEqualTo(4);
    assertThat(tree.path("findings").get(0).propertyNames())
        .containsExactly("severity", "check", "subject", "seen", "why", "fix");
    assertThat(tree.path("unseen").get(0).propertyNames())
        .containsExactly("check", "subject", "why");
    assertThat(tree.path("ports").get(0).path("state").asString("")).isEqualTo("open");
    assertThat(RECORDED.json()).doesNotContain("SWMTKN");
  }

  @Test
  void chosenChecks() {
    Diagnosis one = Doctor.withChecks(Set.of("quorum")).examine(RecordedSwarm.asRecorded().facts());
    assertThat(one.checks()).containsExactly("quorum");
    assertThat(one.isHealthy()).isTrue();
  }
}
