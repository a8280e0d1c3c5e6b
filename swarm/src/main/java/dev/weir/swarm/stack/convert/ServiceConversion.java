package dev.weir.swarm.stack.convert;

import dev.weir.base.Problems;
import dev.weir.base.Visible;
import dev.weir.swarm.stack.read.Paths;
import dev.weir.swarm.stack.read.Stack;
import dev.weir.swarm.stack.read.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// One service as the Engine takes it.
final class ServiceConversion {
  private final Stack stack;
  private final StackNames names;
  private final String name;
  private final Map<String, @Nullable Object> keys;
  private final Map<String, @Nullable Object> deploy;
  private final Problems problems;

  ServiceConversion(
      Stack stack,
      StackNames names,
      String name,
      Map<String, @Nullable Object> keys,
      Problems problems) {
    this.stack = stack;
    this.names = names;
    this.name = name;
    this.keys = keys;
    this.deploy = Values.map(keys.get("deploy"));
    this.problems = problems;
  }

  ObjectNode spec() {
    String image = Values.text(keys.get("image"));
    if (image.isEmpty()) {
      problem("", "names no `image`; a swarm does not build one");
    } else if (!ImageName.isValid(image)) {
      problem("image", "`%s` is no image name".formatted(image));
    }
    Map<String, @Nullable Object> labels = names.labels(deploy.get("labels"));
    labels.put(StackNames.IMAGE, image);
    DeployConversion conversion = new DeployConversion(keys, this::problem);
    return new EngineSpec()
        .always("Name", names.scoped(name))
        .always("Labels", labels)
        .always("TaskTemplate", task(image, conversion))
        .always("Mode", conversion.mode())
        .given("UpdateConfig", conversion.update("update_config"))
        .given("RollbackConfig", conversion.update("rollback_config"))
        .always("EndpointSpec", endpoint())
        .node();
  }

  private void problem(String key, String message) {
    String service = Paths.key("services", name);
    String where = stack.where(key.isEmpty() ? service : Paths.key(service, key));
    problems.add(Visible.shortLine(where + ": " + message));
  }

  private EngineSpec task(String image, DeployConversion conversion) {
    EngineSpec task =
        new EngineSpec()
            .always("ContainerSpec", container(image))
            .always("Resources", conversion.resources())
            .given("RestartPolicy", conversion.restart())
            .always("Placement", conversion.placement())
            .put("Networks", networks())
            .always("ForceUpdate", 0L);
    if (keys.containsKey("logging")) {
      Map<String, @Nullable Object> logging = Values.map(keys.get("logging"));
      task.always(
          "LogDriver",
          new EngineSpec()
              .put("Name", logging.get("driver"))
              .put("Options", logging.get("options")));
    }
    return task;
  }

  private EngineSpec container(String image) {
    FileReferences references = new FileReferences(stack, names, keys, this::problem);
    Capabilities capabilities =
        Capabilities.of(Values.list(keys.get("cap_add")), Values.list(keys.get("cap_drop")));
    return new EngineSpec()
        .put("Image", image)
        .put("Labels", names.labels(keys.get("labels")))
        .put("Command", keys.get("entrypoint"))
        .put("Args", keys.get("command"))
        .put("Hostname", keys.get("hostname"))
        .put("Env", environment())
        .put("Dir", keys.get("working_dir"))
        .put("User", keys.get("user"))
        .always("Privileges", references.privileges())
        .given("Init", keys.get("init"))
        .put("StopSignal", keys.get("stop_signal"))
        .put("TTY", keys.get("tty"))
        .put("OpenStdin", keys.get("stdin_open"))
        .put("ReadOnly", keys.get("read_only"))
        .put("Mounts", new MountConversion(stack, names, this::problem).mounts(keys))
        .given("StopGracePeriod", keys.get("stop_grace_period"))
        .given("Healthcheck", healthcheck())
        .put("Hosts", hosts())
        .given("DNSConfig", dns())
        .put("Secrets", references.secrets())
        .put("Configs", references.configs())
        .put("Isolation", keys.get("isolation"))
        .put("Sysctls", keys.get("sysctls"))
        .put("CapabilityAdd", capabilities.add())
        .put("CapabilityDrop", capabilities.drop())
        .put("Ulimits", ulimits());
  }

  private List<String> environment() {
    List<String> variables = new ArrayList<>();
    Values.map(keys.get("environment"))
        .forEach((variable, value) ->
            variables.add(value == null ? variable : variable + "=" + Values.text(value)));
    variables.sort(Comparator.naturalOrder());
    return variables;
  }

  private List<String> hosts() {
    List<String> hosts = new ArrayList<>();
    for (Object host : Values.list(keys.get("extra_hosts"))) {
      String text = Values.text(host);
      int cut = text.indexOf(':');
      hosts.add(text.substring(cut + 1) + " " + text.substring(0, cut));
    }
    return hosts;
  }

  private @Nullable EngineSpec dns() {
    if (!keys.containsKey("dns") && !keys.containsKey("dns_search")) {
      return null;
    }
    return new EngineSpec()
        .put("Nameservers", keys.get("dns"))
        .put("Search", keys.get("dns_search"));
  }

  private @Nullable EngineSpec healthcheck() {
    if (!keys.containsKey("healthcheck")) {
      return null;
    }
    Map<String, @Nullable Object> check = Values.map(keys.get("healthcheck"));
    if (check.containsKey("disable")) {
      if (!Values.list(check.get("test")).isEmpty()) {
        problem("healthcheck", "has `test` and `disable`; keep one");
      }
      return new EngineSpec().put("Test", List.of("NONE"));
    }
    return new EngineSpec()
        .put("Test", check.get("test"))
        .put("Interval", check.get("interval"))
        .put("Timeout", check.get("timeout"))
        .put("StartPeriod", check.get("start_period"))
        .put("StartInterval", check.get("start_interval"))
        .put("Retries", check.get("retries"));
  }

  private List<Object> ulimits() {
    List<Object> limits = new ArrayList<>();
    new TreeMap<>(Values.map(keys.get("ulimits")))
        .forEach((limit, value) ->
            limits.add(
                new EngineSpec()
                    .always("Name", limit)
                    .always("Hard", Values.map(value).get("hard"))
                    .always("Soft", Values.map(value).get("soft"))));
    return limits;
  }

  private List<Object> networks() {
    Map<String, @Nullable Object> attached = new TreeMap<>(Values.map(keys.get("networks")));
    if (attached.isEmpty()) {
      attached.put("default", null);
    }
    Map<String, Object> byTarget = new TreeMap<>();
    attached.forEach((network, value) -> {
      Map<String, @Nullable Object> entry = stack.entry("networks", network);
      if (entry == null && !network.equals("default")) {
        problem("networks", "`%s` is not among the top-level `networks`".formatted(network));
      }
      String target = names.of(network, entry);
      List<Object> aliases = new ArrayList<>();
      for (Object alias : Values.list(Values.map(value).get("aliases"))) {
        aliases.add(Values.text(alias));
      }
      if (StackNames.isUserDefined(target)) {
        aliases.add(name);
      }
      byTarget.put(
          target + "\0" + network,
          new EngineSpec()
              .put("Target", target)
              .put("Aliases", aliases)
              .put("DriverOpts", Values.map(value).get("driver_opts")));
    });
    return List.copyOf(byTarget.values());
  }

  private EngineSpec endpoint() {
    List<Map<String, @Nullable Object>> ports = new ArrayList<>();
    for (Object port : Values.list(keys.get("ports"))) {
      ports.add(Values.map(port));
    }
    ports.sort(Comparator.comparingLong(port -> number(port.get("published"))));
    List<Object> specs = new ArrayList<>();
    for (Map<String, @Nullable Object> port : ports) {
      specs.add(
          new EngineSpec()
              .put("Protocol", port.get("protocol"))
              .put("TargetPort", port.get("target"))
              .put("PublishedPort", port.get("published"))
              .put("PublishMode", port.get("mode")));
    }
    return new EngineSpec()
        .put("Mode", Values.text(deploy.get("endpoint_mode")).toLowerCase(Locale.ROOT))
        .put("Ports", specs);
  }

  private static long number(@Nullable Object value) {
    return value instanceof Long number ? number : 0;
  }

  /// Capabilities to add to and drop from a container; added ones are not dropped.
  private record Capabilities(List<String> add, List<String> drop) {
    private static final String ALL = "ALL";
    private static final String RESET = "RESET";

    static Capabilities of(List<@Nullable Object> add, List<@Nullable Object> drop) {
      TreeSet<String> added = normal(add);
      TreeSet<String> dropped = normal(drop);
      dropped.removeAll(added);
      return new Capabilities(List.copyOf(added), List.copyOf(dropped));
    }

    private static TreeSet<String> normal(List<@Nullable Object> written) {
      TreeSet<String> out = new TreeSet<>();
      for (Object each : written) {
        String upper = Values.text(each).strip().toUpperCase(Locale.ROOT);
        boolean whole = upper.equals(ALL) || upper.equals(RESET) || upper.startsWith("CAP_");
        out.add(whole ? upper : "CAP_" + upper);
      }
      if (out.contains(ALL)) {
        out.removeIf(each -> !each.equals(ALL));
      }
      out.remove(RESET);
      return out;
    }
  }
}
