package dev.weir.lab.local;

import dev.weir.lab.local.ChildProcesses.Child;
import dev.weir.observe.ProcessSampler;
import dev.weir.observe.SampleSource;
import dev.weir.term.Terminal;
import java.util.ArrayList;
import java.util.List;

/// Replicas on this machine: primecheck processes on loopback ports, each with a CPU quota.
public final class LocalReplicas {
  private static final String MAIN = "dev.weir.sample.PrimeCheck";

  /// Small, and quick to start: the work itself is one hot loop.
  private static final List<String> JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m");

  private final List<Child> children = new ArrayList<>();
  private final List<Integer> ports;

  private LocalReplicas(List<Integer> ports) {
    this.ports = ports;
  }

  /// Starts the replicas one after another; each is ready before the next one starts.
  public static LocalReplicas start(
      ChildProcesses family, LocalPlan plan, List<Integer> ports, Terminal terminal) {
    var replicas = new LocalReplicas(ports);
    for (int i = 0; i < plan.replicas(); i++) {
      terminal.live("starting replica %d of %d".formatted(i + 1, plan.replicas()));
      replicas.add(family, plan);
    }
    terminal.clear();
    return replicas;
  }

  private void add(ChildProcesses family, LocalPlan plan) {
    int i = children.size();
    children.add(family.start(name(i), JVM, MAIN, arguments(plan, i), "primecheck listening"));
  }

  private List<String> arguments(LocalPlan plan, int i) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--address=127.0.0.1",
                "--port=" + ports.get(i),
                "--name=" + name(i),
                "--cpus=" + plan.cpus().get(i),
                "--seed=" + (plan.seed() + i),
                "--until-stdin-closes"));
    arguments.addAll(plan.work().flags());
    // The first replica measures the machine for all, so that only their quotas differ.
    if (i > 0) {
      arguments.add("--divisions-per-ms=" + divisionsPerMilli());
    }
    return arguments;
  }

  private String divisionsPerMilli() {
    String greeting = children.getFirst().greeting();
    return greeting.substring(greeting.indexOf('(') + 1, greeting.indexOf(" divisions"));
  }

  /// The replicas as options of `weir balance`.
  List<String> replicaFlags() {
    var flags = new ArrayList<String>();
    for (int i = 0; i < children.size(); i++) {
      flags.add("--replica");
      flags.add("http://127.0.0.1:%d;name=%s".formatted(ports.get(i), name(i)));
    }
    return flags;
  }

  /// The replicas as sources of samples.
  List<SampleSource> sources(String node) {
    return children.stream()
        .map(child -> ProcessSampler.of(child.name(), node, child.process().pid()))
        .toList();
  }

  private static String name(int index) {
    return "replica-" + (index + 1);
  }
}
