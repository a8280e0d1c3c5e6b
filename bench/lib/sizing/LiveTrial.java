import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// Runs one cell: replicas, `weir balance` with a promise in front of them, and `weir load`.
final class LiveTrial {
  /*
   * The balancer looks back a minute, at least for its rate. The seconds before it, in which code is
   * compiled and a queue builds up meanwhile, count neither there nor in the percentile.
   */
  private static final int LEAD_SECONDS = 8;

  private static final long POLL_MILLIS = 500;
  private static final int VOID = 3;

  private final LiveCell cell;
  private final String weir;
  private final int seconds;
  private final long seed;
  private final Path folder;

  LiveTrial(LiveCell cell, String weir, int seconds, long seed, Path folder) throws IOException {
    this.cell = cell;
    this.weir = weir;
    this.seconds = seconds;
    this.seed = seed;
    this.folder = Files.createDirectories(folder);
  }

  LiveResult run() throws IOException, InterruptedException {
    int port = Setup.freePort();
    int admin = Setup.freePort();
    try (var replicas = new LiveReplicas(cell, seed, folder);
        Child balancer = balancer(port, admin, replicas.ports)) {
      if (!balancer.awaitPort(port)) {
        throw new IOException("weir balance did not start; see " + folder);
      }
      try (Child load = load(port)) {
        return result(load, readings(load, admin));
      }
    }
  }

  private Child balancer(int port, int admin, List<Integer> replicas) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                weir,
                "balance",
                "--until-stdin-closes",
                "--listen",
                "127.0.0.1:" + port,
                "--admin",
                "127.0.0.1:" + admin,
                "--limit",
                String.valueOf(cell.slots()),
                "--slo",
                "p99<10s"));
    replicas.forEach(at -> command.addAll(List.of("--replica", "http://127.0.0.1:" + at)));
    return Child.logged("balancer", folder.resolve("balancer.log"), command, Map.of());
  }

  private Child load(int port) throws IOException {
    List<String> command = new ArrayList<>(List.of(weir, "load"));
    command.addAll(List.of("--url", "http://127.0.0.1:" + port + "/primecheck"));
    command.addAll(cell.gapOptions());
    command.addAll(List.of("--duration", LEAD_SECONDS + seconds + "s", "--seed", "" + seed));
    command.addAll(List.of("--json", json().toString(), "--csv", csv().toString()));
    return Child.logged("load", folder.resolve("load.log"), command, Map.of());
  }

  private static List<LiveReading> readings(Child load, int admin) throws InterruptedException {
    var readings = new ArrayList<LiveReading>();
    while (load.isAlive()) {
      try {
        readings.add(LiveReading.read(admin));
      } catch (IOException e) {
        System.err.println("bench/sizing: /status: " + e.getMessage()); // the next one may come
      }
      Thread.sleep(POLL_MILLIS);
    }
    return readings;
  }

  private LiveResult result(Child load, List<LiveReading> readings) throws IOException {
    if (load.exit() != 0 && load.exit() != VOID) {
      throw new IOException("weir load failed; see " + folder.resolve("load.log"));
    }
    JsonNode summary = new ObjectMapper().readTree(Files.readString(json()));
    long sent = summary.path("requests").asLong();
    LiveReading last =
        readings.stream()
            .filter(reading -> reading.arrivals() < sent)
            .reduce((_, later) -> later)
            .orElseThrow(() -> new IOException("no status while the load ran"));
    return new LiveResult(
        cell, last, measured(), sent, summary.path("errorCount").asLong(), load.exit() == VOID);
  }

  /// The latencies of requests that were due after the first seconds, ascending, in seconds.
  private double[] measured() throws IOException {
    List<String> lines = Files.readAllLines(csv());
    List<String> columns = List.of(lines.getFirst().split(",", -1));
    int due = columns.indexOf("due_ns");
    int latency = columns.indexOf("latency_ns");
    return lines.stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .filter(fields -> Long.parseLong(fields[due]) >= LEAD_SECONDS * 1_000_000_000L)
        .mapToDouble(fields -> Long.parseLong(fields[latency]) / 1e9)
        .sorted()
        .toArray();
  }

  private Path json() {
    return folder.resolve("load.json");
  }

  private Path csv() {
    return folder.resolve("load.csv");
  }
}
