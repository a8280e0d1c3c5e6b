package dev.weir.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.swarm.engine.Engine;
import dev.weir.swarm.engine.EngineAddress;
import dev.weir.swarm.engine.Filters;
import dev.weir.swarm.engine.ServiceUpdates;
import dev.weir.swarm.stack.DeployOptions;
import dev.weir.swarm.stack.DeployOptions.ResolveImage;
import dev.weir.swarm.stack.StackDeploy;
import dev.weir.swarm.stack.StackListing;
import dev.weir.swarm.stack.StackRemoval;
import dev.weir.swarm.stack.StackWatch;
import dev.weir.swarm.stack.StackWatch.Progress;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.StackLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Stacks on the real swarm of a testbed, beside the docker command.
@Timeout(300)
class StackSwarmTest {
  private static final Duration GONE = Duration.ofMinutes(2);

  /// Nothing of it is started but `runs`: the constraint fits no node, and specs are what counts.
  private static final String FILE =
      """
      version: "3.8"
      x-nowhere: &nowhere {constraints: [node.labels.weir==nowhere]}
      services:
        web:
          image: no.such.registry.invalid/web:1
          command: [serve, "$$HOME"]
          environment: {B: 2, A: 1}
          ports: [{target: 80, published: 18480, mode: host}]
          networks: {front: {aliases: [www]}, default: }
          secrets: [{source: key, target: /run/key, mode: 0400}]
          configs: [settings]
          healthcheck: {test: exit 0, interval: 7s, start_period: 1m}
          stop_grace_period: 3s
          cap_drop: [all]
          ulimits: {nofile: {soft: 100, hard: 200}}
          logging: {driver: json-file, options: {max-size: 1m}}
          deploy:
            replicas: 2
            endpoint_mode: dnsrr
            labels: {weir.port: "80"}
            update_config: {parallelism: 2, delay: 1s, order: start-first, max_failure_ratio: 0.25}
            resources: {limits: {cpus: "0.5", memory: 64M}, reservations: {memory: 16M}}
            restart_policy: {condition: on-failure, delay: 2s, max_attempts: 3}
            placement: *nowhere
        everywhere:
          image: no.such.registry.invalid/other
          volumes: ["data:/data", "/etc/hostname:/h:ro"]
          deploy: {mode: global, placement: *nowhere}
      networks:
        front: {driver: overlay, attachable: true, labels: {a: b}}
      volumes: {data: {labels: {c: d}}}
      secrets: {key: {file: data.txt}}
      configs: {settings: {file: data.txt}}
      """;

  private final String name = "weir-stack-" + ProcessHandle.current().pid();

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Testbed testbed;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Engine engine;

  @BeforeEach
  void connect() throws Exception {
    testbed = Testbed.shared();
    engine = Engine.connect(new EngineAddress.Unix(testbed.socket()));
    Files.writeString(folder.resolve("data.txt"), "data");
  }

  @AfterEach
  void remove() {
    if (engine != null) {
      new StackRemoval(engine, _ -> {}).remove(name, GONE);
      engine.close();
    }
  }

  @Test
  void servicesAreWhatTheDockerCommandMakes() throws Exception {
    Path file = Files.writeString(folder.resolve("stack.yml"), FILE);
    testbed.docker("stack", "deploy", "--resolve-image", "never", "-c", file.toString(), name);
    Map<String, JsonNode> expected = services();
    assertThat(expected).hasSize(2);
    assertThat(new StackRemoval(engine, _ -> {}).remove(name, GONE)).isTrue();
    assertThat(services()).isEmpty();
    deploy(FILE, false);
    assertThat(services()).isEqualTo(expected);
    // And over what the docker command made, a redeploy changes nothing.
    testbed.docker("stack", "deploy", "--resolve-image", "never", "-c", file.toString(), name);
    assertThat(services()).isEqualTo(expected);
    deploy(FILE, false);
    assertThat(services()).isEqualTo(expected);
  }

  @Test
  void aRedeployKeepsScaledReplicasAndPrunes() throws Exception {
    Map<String, String> ids = deploy(FILE, false);
    new ServiceUpdates(engine).change(id(ids), spec -> scaled(spec, 7));
    deploy(FILE, false);
    assertThat(replicas()).isEqualTo(7);
    deploy(FILE.replace("  everywhere:\n    image", "  renamed:\n    image"), true);
    assertThat(services().keySet()).containsExactly(name + "_renamed", name + "_web");
    assertThat(replicas()).isEqualTo(7);
  }

  @Test
  void tasksRunAndAreGoneWhenTheRemovalReturns() throws Exception {
    String image = Testbed.REGISTRY + "/weir-primecheck:latest";
    String file =
        """
        services:
          app:
            image: %s
            stop_grace_period: 2s
            deploy: {replicas: 2, endpoint_mode: dnsrr}
        """
            .formatted(image);
    List<Progress> end = new StackWatch(engine, deploy(file, false)).await(GONE, _ -> {});
    assertThat(end).singleElement().matches(Progress::settled);
    assertThat(new StackListing(engine).tasks(name)).hasSizeGreaterThanOrEqualTo(2);
    List<Progress> failed =
        new StackWatch(
                engine,
                deploy(file.replace("deploy:", "command: [--nonsense]\n    deploy:"), false))
            .await(Duration.ofSeconds(40), _ -> {});
    assertThat(failed).singleElement().matches(each -> !each.settled());
    assertThat(failed.getFirst().error()).contains("non-zero exit");
    new StackRemoval(engine, _ -> {}).remove(name, GONE);
    assertThat(new StackListing(engine).tasks(name))
        .allMatch(task -> !task.state().equals("running"));
    assertThat(engine.get("/networks", ofStack())).isEmpty();
  }

  private Map<String, String> deploy(String text, boolean prune) throws Exception {
    Path file = Files.writeString(folder.resolve("weir.yml"), text);
    Stack stack = new StackLoader(Map.of(), () -> "").load(List.of(file.toString()));
    var options =
        new DeployOptions(prune, ResolveImage.NEVER, _ -> Map.of(), false, Map.of(), false);
    return new StackDeploy(engine, options, _ -> {}).deploy(stack, name);
  }

  private String id(Map<String, String> ids) {
    return Optional.ofNullable(ids.get(name + "_web")).orElseThrow();
  }

  private static ObjectNode scaled(ObjectNode spec, long replicas) {
    ((ObjectNode) spec.path("Mode").path("Replicated")).put("Replicas", replicas);
    return spec;
  }

  private long replicas() {
    return Optional.ofNullable(services().get(name + "_web"))
        .orElseThrow()
        .path("Spec")
        .path("Mode")
        .path("Replicated")
        .path("Replicas")
        .asLong(-1);
  }

  private Map<String, String> ofStack() {
    return Filters.of("label", "com.docker.stack.namespace=" + name).query();
  }

  /// The stack's services by name, without what differs each time: IDs, versions and times.
  private Map<String, JsonNode> services() {
    var networks = new TreeMap<String, String>();
    engine
        .get("/networks", ofStack())
        .forEach(each -> networks.put(each.path("Id").asString(), each.path("Name").asString()));
    var services = new TreeMap<String, JsonNode>();
    for (JsonNode listed : engine.get("/services", ofStack())) {
      JsonNode service = engine.get("/services/" + listed.path("ID").asString()).deepCopy();
      var spec = (ObjectNode) service.path("Spec");
      JsonNode task = spec.path("TaskTemplate");
      for (JsonNode network : task.path("Networks")) {
        String target = network.path("Target").asString();
        ((ObjectNode) network).put("Target", networks.getOrDefault(target, target));
      }
      task.path("ContainerSpec")
          .path("Secrets")
          .forEach(secret -> ((ObjectNode) secret).remove("SecretID"));
      task.path("ContainerSpec")
          .path("Configs")
          .forEach(config -> ((ObjectNode) config).remove("ConfigID"));
      ((ObjectNode) service)
          .remove(
              List.of("ID", "Version", "CreatedAt", "UpdatedAt", "PreviousSpec", "UpdateStatus"));
      if (service.path("Endpoint") instanceof ObjectNode endpoint) {
        endpoint.remove("VirtualIPs"); // of a network that is new each time
      }
      services.put(spec.path("Name").asString(), service);
    }
    return services;
  }
}
