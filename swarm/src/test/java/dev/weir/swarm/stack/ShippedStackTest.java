package dev.weir.swarm.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.stack.convert.StackPlan;
import dev.weir.swarm.stack.read.StackLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What docs/security.md promises of `stacks/weir.yml`: who holds the Engine's socket, who is root,
/// and who is on which network.
final class ShippedStackTest {
  private static final Path FILE = Path.of("..", "stacks", "weir.yml");

  private final StackPlan plan = plan(Map.of());

  @Test
  void onlyTheProxyHoldsTheSocket() {
    var holders = new TreeSet<String>();
    plan.services()
        .forEach((name, spec) ->
            container(spec)
                .path("Mounts")
                .forEach(mount -> {
                  if (mount.path("Source").asString("").endsWith("docker.sock")) {
                    holders.add(name);
                  }
                }));
    assertThat(holders).containsExactly("engine");
    // Without stacks/console.yml it has no token to log in with.
    JsonNode console = spec("console").path("Mode").path("Replicated").path("Replicas");
    assertThat(console.asInt(-1)).isZero();
    assertThat(container("engine").path("Args").path(0).asString("")).isEqualTo("socket-proxy");
  }

  @Test
  void theBalancerOnlyReadsUnlessItsUserWantsMore() {
    assertThat(container("engine").path("Args").toString()).doesNotContain("scale", "write");
    ObjectNode engine = plan(Map.of("WEIR_BALANCER_ALLOW", "scale")).services().get("engine");
    assertThat(engine).isNotNull();
    assertThat(container(Objects.requireNonNull(engine)).path("Args").toString())
        .contains(
            "--allow=balance=unix:///run/weir/balance/docker.sock",
            "--allow=scale=unix:///run/weir/balance/docker.sock",
            "--allow=agent=unix:///run/weir/agent/docker.sock");
  }

  @Test
  void whatStrangersReachIsNotRoot() {
    for (String name : List.of("balancer", "agent", "console")) {
      JsonNode container = container(name);
      assertThat(container.path("User").asString("")).as(name).isEqualTo("10001:10001");
      assertThat(container.path("CapabilityDrop").path(0).asString("")).as(name).isEqualTo("ALL");
      assertThat(container.path("Env").toString())
          .contains("DOCKER_HOST=unix:///run/weir/docker.sock");
    }
  }

  @Test
  void eachNetworkHasItsOwnMembers() {
    var members = new TreeMap<String, Set<String>>();
    plan.services()
        .forEach((name, spec) ->
            spec.path("TaskTemplate")
                .path("Networks")
                .forEach(network ->
                    members
                        .computeIfAbsent(network.path("Target").asString(""), _ -> new TreeSet<>())
                        .add(name)));
    assertThat(members)
        .containsEntry("weir_web", Set.of("app", "balancer"))
        .containsEntry("weir_agents", Set.of("agent"))
        .containsEntry("weir_admin", Set.of("balancer", "console"))
        .containsEntry("weir_engine", Set.of("engine"))
        .containsEntry("weir_data", Set.of("mongodb"))
        .containsEntry("weir_monitor", Set.of("cadvisor", "console"));
  }

  @Test
  void agentsTalkWhereNobodyListens() {
    ObjectNode network =
        plan.networks().stream()
            .filter(one -> one.path("Name").asString("").equals("weir_agents"))
            .findFirst()
            .orElseThrow();
    assertThat(network.path("Internal").asBoolean(false)).isTrue();
    assertThat(network.path("Options").has("encrypted")).isTrue();
  }

  private static StackPlan plan(Map<String, String> environment) {
    return StackPlan.of(
        new StackLoader(environment, () -> "").load(List.of(FILE.toString())), "weir");
  }

  private ObjectNode spec(String service) {
    ObjectNode spec = plan.services().get(service);
    assertThat(spec).as(service).isNotNull();
    return Objects.requireNonNull(spec);
  }

  private JsonNode container(String service) {
    return container(spec(service));
  }

  private static JsonNode container(ObjectNode spec) {
    return spec.path("TaskTemplate").path("ContainerSpec");
  }
}
