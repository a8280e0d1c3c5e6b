import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The replicas of a cell, processes on loopback.
final class LiveReplicas implements AutoCloseable {
  private static final int WARM_UP_REQUESTS = 400;
  private static final Duration START = Duration.ofSeconds(60);

  final List<Integer> ports = new ArrayList<>();
  private final List<Child> children = new ArrayList<>();

  /// Starts them and waits until they listen.
  ///
  /// @param folder where their logs go
  LiveReplicas(LiveCell cell, long seed, Path folder) throws IOException, InterruptedException {
    for (int i = 0; i < cell.replicas(); i++) {
      ports.add(Setup.freePort());
    }
    switch (cell.kind()) {
      case SLEEP -> startSleeping(cell, seed, folder);
      case CPU -> {
        for (int i = 0; i < ports.size(); i++) {
          startComputing(cell, seed + i, folder, ports.get(i));
        }
      }
    }
  }

  /// All in one process: they need hardly any CPU time.
  private void startSleeping(LiveCell cell, long seed, Path folder)
      throws IOException, InterruptedException {
    int control = Setup.freePort();
    List<String> arguments =
        List.of(
            "control=" + control,
            "replicas=" + ports.stream().map(String::valueOf).collect(Collectors.joining(",")),
            "slots=" + cell.slots(),
            "law=" + cell.workName(),
            "mean=" + cell.workMillis(),
            "scv=" + cell.workScv(),
            "seed=" + seed);
    Child origin =
        Child.speaking(
            "replicas", folder.resolve("replicas.log"), Setup.java("256m", "Origin", arguments));
    children.add(origin);
    origin.await("ready", START);
  }

  /// A process for each, which has compiled its code before the balancer sees it.
  private void startComputing(LiveCell cell, long seed, Path folder, int port)
      throws IOException, InterruptedException {
    var arguments =
        new ArrayList<>(
            List.of(
                "--address=127.0.0.1",
                "--port=" + port,
                "--seed=" + seed,
                "--work-dist=" + cell.workName(),
                "--work-millis=" + String.format(Locale.ROOT, "%s", cell.workMillis()),
                "--until-stdin-closes"));
    if (cell.workScv() > 1) {
      arguments.add("--work-scv=" + cell.workScv());
    }
    Path log = folder.resolve("replica-" + port + ".log");
    Child child =
        Child.logged(
            "replica", log, Setup.java("64m", "dev.weir.sample.PrimeCheck", arguments), Map.of());
    children.add(child);
    if (!child.awaitPort(port)) {
      throw new IOException("replica did not start; see " + log);
    }
    warmUp(port);
  }

  private static void warmUp(int port) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/primecheck")).build();
    try (var client = HttpClient.newHttpClient()) {
      for (int i = 0; i < WARM_UP_REQUESTS; i++) {
        client.send(request, BodyHandlers.discarding());
      }
    }
  }

  @Override
  public void close() {
    children.forEach(Child::close);
  }
}
