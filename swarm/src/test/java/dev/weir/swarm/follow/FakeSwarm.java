package dev.weir.swarm.follow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// A swarm with the services and tasks of a test, in the Engine's own JSON.
final class FakeSwarm {
  static final String NETWORK = "net0000000000000000000001";

  private final Map<String, Map<String, String>> labels = new LinkedHashMap<>();
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private final List<String> down = new ArrayList<>();
  private int next;

  /// A task as the Engine lists it.
  record Task(String id, String service, int slot, String node, String desired, String state) {
    String address() {
      int number = Integer.parseInt(id.substring(4));
      return "10.0.%d.%d".formatted(number / 250, number % 250 + 2);
    }

    /// As long as a real one, which is some 2.5 kB.
    String json() {
      return """
      {"ID":"%s","Version":{"Index":2731},"CreatedAt":"2026-11-22T19:58:16.4Z","UpdatedAt":\
      "2026-11-22T19:58:20.1Z","Labels":{},"Spec":{"ContainerSpec":{"Image":"%s","Env":["A=%s"],\
      "Isolation":"default","Init":false,"DNSConfig":{}},"Resources":{"Limits":{},"Reservations":{}},\
      "RestartPolicy":{"Condition":"any","Delay":5000000000,"MaxAttempts":0},"Placement":\
      {"Platforms":[{"Architecture":"amd64","OS":"linux"}]},"Networks":[{"Target":"%s"}],\
      "ForceUpdate":0},"ServiceID":"%s","Slot":%d,"NodeID":"%s","Status":{"Timestamp":\
      "2026-11-22T19:58:20.0Z","State":"%s","Message":"started","ContainerStatus":{"ContainerID":\
      "%s","PID":15177,"ExitCode":0},"PortStatus":{}},"DesiredState":"%s","NetworksAttachments":\
      [{"Network":{"ID":"%s","Version":{"Index":27},"Spec":{"Name":"app","Labels":{},\
      "DriverConfiguration":{"Name":"overlay"},"IPAMOptions":{"Driver":{"Name":"default"}},\
      "Scope":"swarm"},"DriverState":{"Name":"overlay","Options":\
      {"com.docker.network.driver.overlay.vxlanid_list":"4097"}}},"Addresses":["%s/24"]}]}\
      """
          .formatted(
              id,
              "registry.example.com/team/app:1@sha256:" + "0123456789abcdef".repeat(4),
              "x".repeat(900),
              NETWORK,
              service,
              slot,
              node,
              state,
              "c".repeat(64),
              desired,
              NETWORK,
              address());
    }
  }

  /// There is such a service from now on, with these labels.
  synchronized FakeSwarm service(String name, Map<String, String> says) {
    labels.put(name, Map.copyOf(says));
    return this;
  }

  synchronized FakeSwarm serviceGone(String name) {
    labels.remove(name);
    tasks.values().removeIf(task -> task.service.equals("id-" + name));
    return this;
  }

  /// Starts a task; returns its id.
  synchronized String start(String service, int slot) {
    String id = "task" + next++;
    tasks.put(id, new Task(id, "id-" + service, slot, "node" + slot % 3, "running", "running"));
    return id;
  }

  synchronized FakeSwarm becomes(String id, String desired, String state) {
    tasks.computeIfPresent(
        id, (_, task) -> new Task(id, task.service, task.slot, task.node, desired, state));
    return this;
  }

  synchronized FakeSwarm nodeDown(String node) {
    down.add(node);
    return this;
  }

  synchronized boolean knows(String serviceId) {
    return labels.containsKey(serviceId.substring(3));
  }

  synchronized String servicesJson() {
    return labels.entrySet().stream()
        .map(service ->
            """
            {"ID":"id-%s","Version":{"Index":7},"CreatedAt":"2026-11-22T19:00:00Z","Spec":\
            {"Name":"%s","Labels":{%s},"TaskTemplate":{"ContainerSpec":{},"Resources":{"Limits":\
            {"NanoCPUs":1500000000}}},"UpdateConfig":{"Order":"start-first"}}}\
            """
                .formatted(
                    service.getKey(),
                    service.getKey(),
                    service.getValue().entrySet().stream()
                        .map(label -> "\"%s\":\"%s\"".formatted(label.getKey(), label.getValue()))
                        .collect(Collectors.joining(","))))
        .collect(Collectors.joining(",", "[", "]"));
  }

  synchronized String nodesJson() {
    var nodes = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      nodes.add(
          """
          {"ID":"node%d","Description":{"Hostname":"w%d","Resources":{"NanoCPUs":4000000000}},\
          "Status":{"State":"%s","Addr":"192.0.2.%d"}}\
          """
              .formatted(i, i, down.contains("node" + i) ? "down" : "ready", i + 1));
    }
    return "[" + String.join(",", nodes) + "]";
  }

  /// Those that are meant to run, as the follower asks for.
  synchronized String tasksJson() {
    return tasks.values().stream()
        .filter(task -> task.desired.equals("running"))
        .map(Task::json)
        .collect(Collectors.joining(",", "[", "]"));
  }

  /// What a manager would be understood to say now.
  SwarmView view() {
    return new SwarmView(
        all(servicesJson()).stream().map(ServiceView::of).toList(),
        all(nodesJson()).stream().map(NodeView::of).toList(),
        all(tasksJson()).stream().map(TaskView::of).toList());
  }

  private static List<JsonNode> all(String json) {
    var all = new ArrayList<JsonNode>();
    new ObjectMapper().readTree(json).forEach(all::add);
    return all;
  }
}
