package dev.weir.swarm.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// The labels of autoscaling, right and wrong.
final class ScaleLabelsTest {
  private static final String BESIDE =
      "service web: label weir.scale: 2..20 (expected: beside it weir.slo, which says what to keep,"
          + " as p99<300ms)";

  private final ServiceResolver resolver =
      new ServiceResolver(new FollowSettings(Map.of(), List.of(), Optional.empty()), List.of());

  @Test
  void aRangeAloneAdvises() {
    assertThat(scale("weir.scale", "2..20"))
        .contains(
            new ScaleLabels(
                2,
                20,
                false,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                false,
                List.of(),
                List.of()));
    assertThat(resolver.problems()).isEmpty();
  }

  @Test
  void eachLabelSetsWhatItSays() {
    Optional<ScaleLabels> all =
        scale(
            "weir.scale", "0..9",
            "weir.scale.mode", "act",
            "weir.scale.hold", "5m",
            "weir.scale.drain", "3s",
            "weir.scale.keep", "0s",
            "weir.scale.waiting-page", "true",
            "weir.scale.no-wake-agents", "UptimeRobot, Pingdom",
            "weir.scale.no-wake-paths", "/metrics");
    assertThat(all)
        .contains(
            new ScaleLabels(
                0,
                9,
                true,
                OptionalDouble.of(300),
                OptionalDouble.of(3),
                OptionalDouble.of(0),
                true,
                List.of("UptimeRobot", "Pingdom"),
                List.of("/metrics")));
    assertThat(all.orElseThrow().mayBeZero()).isTrue();
  }

  @Test
  void onlyAServiceThatWeirScalesMayRest() {
    assertThat(scale("weir.scale", "0..9").orElseThrow().mayBeZero()).isFalse();
    assertThat(scale("weir.scale", "1..9", "weir.scale.mode", "act").orElseThrow().mayBeZero())
        .isFalse();
  }

  @Test
  void aRangeNeedsAGreatestNumberAndAnOrder() {
    for (String wrong :
        List.of("", "5", "..5", "2..", "5..2", "0..0", "1..1001", "-1..5", "a..b")) {
      assertThat(scale("weir.scale", wrong)).as(wrong).isEmpty();
      assertThat(resolver.problems())
          .as(wrong)
          .containsExactly(
              "service web: label weir.scale: %s (expected: the least and the greatest number of"
                      .formatted(wrong.isEmpty() ? "empty" : wrong)
                  + " replicas, as in 2..20; at most 1000)");
    }
  }

  @Test
  void everyWrongLabelIsNamedAtOnce() {
    assertThat(
            scale(
                "weir.scale", "2..20",
                "weir.scale.mode", "on",
                "weir.scale.hold", "long",
                "weir.scale.drain", "0s",
                "weir.scale.waiting-page", "yes",
                "weir.scale.no-wake-agents", "a,,b",
                "weir.scale.no-wake-paths", "metrics"))
        .isEmpty();
    assertThat(resolver.problems())
        .hasSize(6)
        .contains("service web: label weir.scale.mode: on (expected: advise or act)")
        .anyMatch(line -> line.startsWith("service web: label weir.scale.no-wake-paths: metrics "));
  }

  @Test
  void scalingNeedsAPromise() {
    look(Map.of("weir.port", "80", "weir.scale", "2..20"));
    assertThat(resolver.problems()).containsExactly(BESIDE);
  }

  @Test
  void aModeWithoutARangeIsSaid() {
    look(Map.of("weir.port", "80", "weir.slo", "p99<1s", "weir.scale.mode", "act"));
    assertThat(resolver.problems())
        .containsExactly(
            "service web: label weir.scale.mode: act (expected: beside it weir.scale, as 2..20)");
  }

  @Test
  void whatWeirLeavesIsNoProblem() {
    look(Map.of("weir.port", "80", "weir.scale.set", "5@n1-4f2a.17"));
    assertThat(resolver.problems()).isEmpty();
    assertThat(resolver.warnings()).isEmpty();
  }

  private Optional<ScaleLabels> scale(String... labels) {
    var all = new LinkedHashMap<>(Map.of("weir.port", "80", "weir.slo", "p99<1s"));
    for (int i = 0; i < labels.length; i += 2) {
      all.put(labels[i], labels[i + 1]);
    }
    return look(all).stream().findFirst().flatMap(service -> service.labels().scale());
  }

  /// A service of its own each time, so that no last good labels stay in force.
  private List<FollowedService> look(Map<String, String> labels) {
    resolver.apply(new SwarmView(List.of(), List.of(), List.of()), 0);
    var view =
        new ServiceView(
            "s1", "web", "", labels, 0, 0, false, true, new ServiceSize(true, 2, "", ""));
    return resolver.apply(new SwarmView(List.of(view), List.of(), List.of()), 0);
  }
}
