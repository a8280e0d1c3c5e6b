import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import tools.jackson.databind.ObjectMapper;

/// Runs bench/soak: honest clients, hostile clients and failing replicas for some time, and then
/// the judge.
///
/// Run as `java Soak SECONDS SEED RATE HEAP WORK WEIR JSON`. Ends with 1 if a check failed.
final class Soak {
  private static final int REPLICAS = 4;
  private static final double SCALE = .05;
  private static final double ATTACK_SECONDS = 6;
  private static final double REST_SECONDS = 8;
  private static final int SHOWN_MAX = 20;

  /// Of all requests: attacks may use up a small heap's memory for moments, and no longer.
  private static final double REFUSED_SHARE = .002;

  private static final Duration START = Duration.ofSeconds(20);

  /// Who is hostile, one kind after another.
  private static final List<String> HOSTILE =
      List.of(
          "slow-heads",
          "idle",
          "admin-idle",
          "admin-flood",
          "partial-heads",
          "slow-readers",
          "uploads",
          "pipelines",
          "event-streams",
          "websockets",
          "slow-uploads",
          "resets",
          "connects",
          "half-closes",
          "noise",
          "endless-headers",
          "endless-extensions",
          "endless-trailers",
          "endless-uploads",
          "path-endless-body",
          "path-stall-body",
          "path-mid-close",
          "path-endless-headers");

  private final double seconds;
  private final long seed;
  private final double rate;
  private final Setup setup;
  private final AbuseCase settings;
  private final SplittableRandom random;
  private final SoakMemory memory = new SoakMemory();
  private final List<String> problems = new ArrayList<>();
  private final List<String> hostile = new ArrayList<>();
  private final long begin = System.nanoTime();

  private Soak(String[] args) {
    seconds = Double.parseDouble(args[0]);
    seed = Long.parseLong(args[1]);
    rate = Double.parseDouble(args[2]);
    setup = new Setup(Path.of(args[4]), args[5], SCALE, false);
    random = new SplittableRandom(seed);
    settings =
        new AbuseCase("soak", "")
            .heap(args[3])
            .weir(
                "--response-timeout", "5s", "--stream-idle-timeout", "5s", "--queue-deadline", "10s");
  }

  public static void main(String[] args) throws Exception {
    var soak = new Soak(args);
    Map<String, Object> found = soak.run();
    if (!args[6].isEmpty()) {
      var mapper = new ObjectMapper().writerWithDefaultPrettyPrinter();
      Files.writeString(Path.of(args[6]), mapper.writeValueAsString(found) + "\n");
    }
    System.exit(soak.problems.isEmpty() ? 0 : 1);
  }

  private Map<String, Object> run() throws Exception {
    List<Integer> ports = new ArrayList<>();
    List<String> args =
        new ArrayList<>(
            List.of(String.valueOf(seed), setup.work().resolve("journal.tsv").toString()));
    for (int i = 0; i < REPLICAS; i++) {
      ports.add(Setup.freePort());
      args.add(String.valueOf(ports.getLast()));
    }
    Path log = setup.work().resolve("replicas.log");
    try (Child replicas =
        Child.speaking("replicas", log, Setup.java("512m", "SoakReplicas", args))) {
      replicas.await("ready", START);
      try (var balancer =
              new BalancerProcess(BalancerProcess.WEIR, settings, setup, ports, setup.work());
          var refusals = new SoakRefusals(balancer.admin)) {
        var client = new SoakClient(balancer.port, rate, random.nextLong());
        var faults = new SoakFaults(replicas, ports, random.nextLong());
        client.start();
        faults.start();
        soak(balancer, client);
        List<SoakJudge.Outage> outages = faults.stop();
        int stuck = client.stop();
        Thread.sleep((long) (REST_SECONDS * 1_000));
        var judge =
            new SoakJudge(
                Journal.read(setup.work().resolve("journal.tsv")), outages, refusals);
        return judge(balancer, client, judge, outages, stuck);
      }
    }
  }

  /// Has hostile clients come and go, and notes the memory, until the time is over.
  private void soak(BalancerProcess balancer, SoakClient client) throws Exception {
    var watch = new ProcessWatch(balancer.child.pid());
    double every = Math.max(10, seconds / 30);
    double next = Math.min(10, every);
    while (passed() < seconds && balancer.child.isAlive()) {
      attack(balancer);
      if (passed() >= next && balancer.child.isAlive()) {
        ProcessWatch.Held held = watch.afterCollection();
        memory.add(held);
        say(
            "%.0f of %.0f s: RSS %.0f MiB, heap %.1f MiB alive, %d descriptors, %d requests failed so far; %s"
                .formatted(
                    passed(),
                    seconds,
                    held.rssMib(),
                    held.heapMib(),
                    held.descriptors(),
                    client.failed().size(),
                    hostile.getLast()));
        next += every;
      }
    }
    watch.stop();
  }

  private void attack(BalancerProcess balancer) throws Exception {
    String name = HOSTILE.get(random.nextInt(HOSTILE.size()));
    List<String> args =
        List.of(
            name,
            String.valueOf(SCALE),
            String.valueOf(ATTACK_SECONDS),
            String.valueOf(balancer.port),
            String.valueOf(balancer.admin));
    hostile.add(name);
    try (Child attacker =
        Child.speaking(
            "attack", setup.work().resolve("attack.log"), Setup.java("256m", "Attack", args))) {
      attacker.await("ready", START);
      attacker.report("go");
      attacker.await("left", START.plusSeconds((long) ATTACK_SECONDS));
    }
  }

  private double passed() {
    return (System.nanoTime() - begin) / 1e9;
  }

  private Map<String, Object> judge(
      BalancerProcess balancer,
      SoakClient client,
      SoakJudge judge,
      List<SoakJudge.Outage> outages,
      int stuck)
      throws Exception {
    List<SoakClient.Result> failed = client.failed();
    Map<String, Integer> explained = new TreeMap<>();
    List<SoakClient.Result> unexplained = new ArrayList<>();
    int refused = 0;
    for (SoakClient.Result result : failed) {
      String by = judge.explains(result);
      refused += by.equals(SoakJudge.MEMORY) ? 1 : 0;
      if (by.isEmpty()) {
        unexplained.add(result);
      } else {
        explained.merge(result.error() + " <- " + by, 1, Integer::sum);
      }
    }
    if (!balancer.child.isAlive()) {
      problems.add("the balancer ended with exit code " + balancer.child.exit());
    }
    if (stuck > 0) {
      problems.add(stuck + " requests never ended");
    }
    if (!unexplained.isEmpty()) {
      problems.add(unexplained.size() + " errors that no fault explains");
    }
    if (refused > REFUSED_SHARE * seconds * rate) {
      problems.add(refused + " requests refused because memory was used up");
    }
    judge.twice(failed).forEach(id -> problems.add("POST " + id + " reached replicas twice"));
    problems.addAll(memory.growth());
    problems.addAll(left(balancer));
    print(client, judge, explained, unexplained, failed.size());
    var all = new LinkedHashMap<String, Object>();
    all.put("seed", seed);
    all.put("seconds", seconds);
    all.put("failed", failed.size());
    all.put("explained", explained);
    all.put("unexplained", unexplained);
    all.put("committed", judge.committed());
    all.put("outages", outages);
    all.put("hostile", hostile);
    all.put("memory", memory.rows());
    all.put("problems", problems);
    return all;
  }

  /// What the balancer still counts as work although all clients are gone.
  private static List<String> left(BalancerProcess balancer) throws InterruptedException {
    List<String> found = new ArrayList<>();
    try (var http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + balancer.admin + "/metrics");
      var ask = HttpRequest.newBuilder(uri).timeout(START).build();
      for (String line : http.send(ask, HttpResponse.BodyHandlers.ofString()).body().split("\n")) {
        if (line.matches("weir_(in_flight|queue_length|tunnels|replica_in_flight)[ {].*")
            && !line.matches(".* 0(\\.0)?")) {
          found.add("with all clients gone: " + line);
        }
      }
    } catch (IOException e) {
      found.add("/metrics did not respond: " + e);
    }
    return found;
  }

  private void print(
      SoakClient client,
      SoakJudge judge,
      Map<String, Integer> explained,
      List<SoakClient.Result> unexplained,
      int failed) {
    long all = 0;
    for (SoakRequest.Kind kind : SoakRequest.Kind.values()) {
      System.out.printf("%-10s %,9d%n", kind, client.count(kind));
      all += client.count(kind);
    }
    System.out.printf(
        "%,d requests, %,d failed. Faults that requests met: %s%n", all, failed, judge.committed());
    explained.forEach((what, count) -> System.out.printf("  %,6d  %s%n", count, what));
    for (SoakClient.Result result :
        unexplained.subList(0, Math.min(SHOWN_MAX, unexplained.size()))) {
      System.out.printf(
          "  unexplained: %s, %s after %,d ms: %s%n",
          result.request(),
          result.error(),
          result.toMillis() - result.fromMillis(),
          judge.entries(result.request().id()));
    }
    System.out.println(
        problems.isEmpty()
            ? "held, seed " + seed
            : "FAILED, seed " + seed + ":\n    " + String.join("\n    ", problems));
  }

  private static void say(String text) {
    System.err.println("bench/soak: " + text);
  }
}
