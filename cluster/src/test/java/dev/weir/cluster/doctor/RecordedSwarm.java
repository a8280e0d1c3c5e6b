package dev.weir.cluster.doctor;

import dev.weir.cluster.doctor.fact.ClockReading;
import dev.weir.cluster.doctor.fact.ContainerFacts;
import dev.weir.cluster.doctor.fact.EngineFacts;
import dev.weir.cluster.doctor.fact.Facts;
import dev.weir.cluster.doctor.fact.HostFacts;
import dev.weir.cluster.doctor.fact.HostReport;
import dev.weir.cluster.doctor.fact.NetworkFacts;
import dev.weir.cluster.doctor.fact.NodeFacts;
import dev.weir.cluster.doctor.fact.ServiceFacts;
import dev.weir.cluster.doctor.fact.TaskFacts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A swarm of three machines, recorded: b1 manages, b2 works, b3 has lost its power. A test changes
/// what it says, and examines it.
///
/// Services: `good` (3 replicas, overlay), `viz` (socket, port 8088), `quiet` (socket only),
/// `waiting` (constraint that fits no node), `greedy` (100 cores), `broken` (fails at once); and on
/// b1 a container `handmade` with the socket and port 9000.
public final class RecordedSwarm {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final ObjectNode swarm = (ObjectNode) MAPPER.readTree(text("swarm.json"));
  private final Map<String, String> reports = new HashMap<>();
  private final Map<String, Duration> ahead = new HashMap<>();
  private final Map<String, String> refusals = new HashMap<>();

  /// All three run, and no service is there.
  public static RecordedSwarm healthy() {
    var healthy = new RecordedSwarm();
    healthy.swarm.putArray("services");
    healthy.swarm.putArray("tasks");
    healthy.swarm.putArray("containers");
    healthy.node("b3").withObjectProperty("Status").put("State", "ready").remove("Message");
    for (String name : List.of("b1", "b2", "b3")) {
      healthy.withReport(name);
      healthy.change(name, "viz.1.t458cplq39hke6wdf57m2bn9l|", "x|");
    }
    healthy.reports.replaceAll(
        (_, report) -> report.replaceAll("(?m)^ \\S+\\|weir-doctor.*\\n", ""));
    return healthy;
  }

  /// As it was.
  static RecordedSwarm asRecorded() {
    return new RecordedSwarm();
  }

  /// The part of `/info` about the swarm's settings.
  ObjectNode cluster() {
    return (ObjectNode) swarm.path("info").path("Swarm").path("Cluster");
  }

  ObjectNode info() {
    return (ObjectNode) swarm.path("info");
  }

  ObjectNode node(String name) {
    for (JsonNode node : swarm.path("nodes")) {
      if (node.path("Description").path("Hostname").asString("").equals(name)) {
        return (ObjectNode) node;
      }
    }
    throw new IllegalArgumentException(name);
  }

  ObjectNode network(String name) {
    for (JsonNode network : swarm.path("networks")) {
      if (network.path("Name").asString("").equals(name)) {
        return (ObjectNode) network;
      }
    }
    throw new IllegalArgumentException(name);
  }

  /// Makes a worker a manager that the others reach, or not.
  RecordedSwarm manager(String name, String reachability) {
    node(name).withObjectProperty("Spec").put("Role", "manager");
    node(name).withObjectProperty("ManagerStatus").put("Reachability", reachability);
    return this;
  }

  /// Logs in to a machine: b1 shows the recorded report of the manager, others that of the worker.
  RecordedSwarm withReport(String name) {
    String id = node(name).path("ID").asString("");
    String address = node(name).path("Status").path("Addr").asString("");
    String report =
        name.equals("b1")
            ? text("manager.report")
            : text("worker.report")
                .replace("wbo738nzrs4u5ly7l6b7wh702", id)
                .replace("198.18.0.42/", address + "/");
    reports.put(name, report);
    return this;
  }

  /// Changes a text of a report.
  RecordedSwarm change(String name, String from, String to) {
    reports.computeIfPresent(name, (_, report) -> report.replace(from, to));
    return this;
  }

  /// Has a part of a report fail, as if its command were missing.
  RecordedSwarm without(String name, String part) {
    return change(name, "@@ %s 0".formatted(part), "@@ %s 127".formatted(part));
  }

  /// Sets a machine's clock.
  RecordedSwarm ahead(String name, Duration by) {
    ahead.put(name, by);
    return this;
  }

  /// Has the Engine refuse a list.
  RecordedSwarm refuse(String part, String why) {
    refusals.put(part, why);
    return this;
  }

  EngineFacts engine() {
    return new EngineFacts(
        "unix:///var/run/docker.sock",
        false,
        swarm.path("info"),
        list("/nodes", "nodes", NodeFacts::of),
        list("/services", "services", ServiceFacts::of),
        list("/tasks", "tasks", TaskFacts::of),
        list("/networks", "networks", NetworkFacts::of),
        list("/containers", "containers", ContainerFacts::of),
        Map.of(),
        refusals,
        Optional.of(clock(Duration.ZERO)));
  }

  private <T> List<T> list(String part, String field, Function<JsonNode, T> each) {
    var items = new ArrayList<T>();
    if (!refusals.containsKey(part)) {
      swarm.path(field).forEach(item -> items.add(each.apply(item)));
    }
    return items;
  }

  public Facts facts() {
    return Facts.of(now(), Optional.of(engine()), "", hosts());
  }

  /// When it was recorded.
  Instant now() {
    return Instant.parse(info().path("SystemTime").asString(""));
  }

  List<HostFacts> hosts() {
    return reports.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry ->
            new HostFacts(
                entry.getKey(),
                Optional.empty(),
                Optional.of(new HostReport(entry.getValue())),
                Optional.of(clock(ahead.getOrDefault(entry.getKey(), Duration.ZERO))),
                ""))
        .toList();
  }

  private static ClockReading clock(Duration ahead) {
    return new ClockReading(ahead, Duration.ofMillis(20));
  }

  /// What one check finds.
  List<String> found(String check) {
    return found(facts(), check);
  }

  /// What one check finds: severity, subject and what was seen.
  static List<String> found(Facts facts, String check) {
    return Doctor.withChecks(Set.of(check)).examine(facts).findings().stream()
        .map(one -> "%s %s: %s".formatted(one.severity(), one.subject(), one.seen()))
        .toList();
  }

  /// What one check could not see: subject and reason.
  static List<String> unseen(Facts facts, String check) {
    return Doctor.withChecks(Set.of(check)).examine(facts).unseen().stream()
        .map(one -> "%s: %s".formatted(one.subject(), one.why()))
        .toList();
  }

  static String text(String name) {
    try (InputStream in = RecordedSwarm.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
