package dev.weir.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// A scenario refuses what cannot happen.
final class ScenarioTest {
  private final Scenario scenario = Cases.scenario(2, .5, 1, Discipline.PS, 100);

  @Test
  void whatHappensConcernsReplicasThatAreThere() {
    assertThatThrownBy(() -> scenario.with(List.of(new ScenarioEvent.Leave(5, 2))))
        .hasMessage("scenario: leave: 3 (expected: a replica that is there by then: 1 to 2)");
    var join = new ScenarioEvent.Join(4, ServerSpec.of(1, 1));
    assertThat(scenario.with(List.of(new ScenarioEvent.Leave(5, 2), join)).events())
        .containsExactly(join, new ScenarioEvent.Leave(5, 2));
  }

  @Test
  void capacityIsThatOfTheNarrowestPlace() {
    assertThat(scenario.capacityPerSecond()).isEqualTo(2);
    assertThat(scenario.with(new Bottleneck(1, .25, Discipline.PS)).capacityPerSecond())
        .isEqualTo(2 / .75);
    assertThat(scenario.with(new Bottleneck(1, .5, Discipline.PS)).capacityPerSecond())
        .isEqualTo(2);
  }
}
