import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Weir or HAProxy in a process of its own, with what a case asks for.
final class BalancerProcess implements AutoCloseable {
  static final String WEIR = "weir";
  static final String HAPROXY = "haproxy";

  /// How long requests in flight may take once the balancer is to stop.
  static final int GRACE_SECONDS = 3;

  /// A name server that never responds.
  static final String DEAF_SERVER = "127.0.0.9";

  private static final String HEAP =
      "-Xms%s -Xmx%s -XX:+UseCompactObjectHeaders -XX:+AlwaysPreTouch";

  final int port = Setup.freePort();
  final int admin = Setup.freePort();
  final Child child;
  private final String name;

  /// Starts it and waits until it listens.
  ///
  /// @param folder where its configuration and its log go
  BalancerProcess(String name, AbuseCase each, Setup setup, List<Integer> replicas, Path folder)
      throws IOException, InterruptedException {
    this.name = name;
    Path log = folder.resolve("balancer.log");
    List<String> command = new ArrayList<>();
    if (each.deafNames) {
      Path names =
          Files.writeString(folder.resolve("resolv.conf"), "nameserver " + DEAF_SERVER + "\n");
      String mount = "mount --bind " + names + " /etc/resolv.conf && exec \"$@\"";
      command.addAll(List.of("unshare", "-m", "sh", "-c", mount, "sh"));
    }
    if (each.descriptors > 0) {
      command.addAll(
          List.of("sh", "-c", "ulimit -n " + each.descriptors + " && exec \"$@\"", "sh"));
    }
    command.addAll(isWeir() ? weir(each, setup, replicas) : haproxy(each, replicas, folder));
    String heap = HEAP.formatted(each.heap, each.heap);
    child = Child.logged(name, log, command, isWeir() ? Map.of("WEIR_JAVA_OPTS", heap) : Map.of());
    if (!child.awaitPort(port)) {
      child.close();
      throw new IOException(name + " did not start; see " + log);
    }
  }

  boolean isWeir() {
    return name.equals(WEIR);
  }

  /// What makes it stop in good order.
  String stopSignal() {
    return isWeir() ? "TERM" : "USR1";
  }

  private List<String> weir(AbuseCase each, Setup setup, List<Integer> replicas) {
    List<String> command =
        new ArrayList<>(List.of(setup.weir(), "balance", "--until-stdin-closes"));
    command.addAll(List.of("--listen", "127.0.0.1:" + port, "--admin", "127.0.0.1:" + admin));
    command.addAll(List.of("--grace", GRACE_SECONDS + "s"));
    if (each.slots > 0) {
      command.addAll(List.of("--limit", String.valueOf(each.slots)));
    }
    if (each.deafNames) {
      command.addAll(List.of("--replica", "http://deaf.weir.test:" + replicas.getFirst()));
    }
    replicas.forEach(at -> command.addAll(List.of("--replica", "http://127.0.0.1:" + at)));
    command.addAll(each.weir);
    return command;
  }

  private List<String> haproxy(AbuseCase each, List<Integer> replicas, Path folder)
      throws IOException {
    var servers = new StringBuilder();
    for (int at : replicas) {
      servers
          .append("  server replica-")
          .append(at)
          .append(" 127.0.0.1:")
          .append(at)
          .append(" check inter 1s");
      servers.append(each.slots > 0 ? " maxconn " + each.slots : "").append("\n");
    }
    String config =
        """
        global
        %s%s  hard-stop-after %ds
        defaults
          mode http
          timeout connect 5s
          timeout client 60s
          timeout server 60s
          timeout queue 60s
          timeout http-request 10s
          timeout http-keep-alive 60s
          timeout tunnel 1h
          option redispatch
          http-reuse always
        frontend clients
          bind 127.0.0.1:%d
          default_backend replicas
        frontend admin
          bind 127.0.0.1:%d
          monitor-uri /health
        backend replicas
          balance leastconn
        %s\
        """
            .formatted(
                each.descriptors > 0 ? "" : "  maxconn 9500\n",
                each.head > 0 ? "  tune.bufsize " + 2 * each.head + "\n" : "",
                GRACE_SECONDS,
                port,
                admin,
                servers);
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), config);
    return List.of("haproxy", "-db", "-f", file.toString());
  }

  @Override
  public void close() {
    child.close();
  }
}
