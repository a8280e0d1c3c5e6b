package dev.weir.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Whether a balancer's status page shows the policy that was set.
final class SwarmComparisonTargetTest {
  @Test
  void policyIsReadFromTheBalancersStatus() {
    String two =
        "{\"services\": [{\"name\": \"api\", \"routes\": [\"*/\"], \"policy\": \"random\"},"
            + "{\"name\": \"web\", \"routes\": [\"*/\"], \"policy\": \"round-robin\"}]}";
    assertThat(shows(two, "web", "round-robin")).isTrue();
    assertThat(shows(two, "api", "random")).isTrue();
    assertThat(shows(two, "api", "round-robin")).isFalse();
    assertThat(shows("{\"policy\":\"weir\"}", "web", "weir=4")).as("no replica").isTrue();
    assertThat(shows("{}", "web", "weir")).isFalse();
  }

  @Test
  void limitIsReadFromTheReasonsOfReplicas() {
    String page =
        "{\"services\":[{\"name\":\"api\",\"policy\":\"weir\",\"replicas\":[]},{\"name\":\"web\",\"policy\":"
            + "\"weir\",\"replicas\":[{\"id\":\"web.1\",\"limitReason\":\"%s\"}]}]}";
    String fixed = page.formatted("set to 4");
    assertThat(shows(fixed, "web", "weir=4")).isTrue();
    assertThat(shows(fixed, "web", "weir=40")).isFalse();
    assertThat(shows(fixed, "web", "weir")).isFalse();
    assertThat(shows(fixed, "api", "weir")).as("without replicas").isTrue();
    assertThat(shows(page.formatted("off"), "web", "weir=off")).isTrue();
    assertThat(shows(page.formatted("closed at 4: 312 completions"), "web", "weir=auto")).isTrue();
  }

  private static boolean shows(String page, String service, String policy) {
    return SwarmComparisonTarget.shows(
        page, service, ComparisonVariant.Policy.parse("--policies", policy));
  }
}
