import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/// One case on one balancer: before, attack, seven seconds after, stop.
final class Trial implements AbuseCase.Stage {
  private static final double BEFORE_SECONDS = 1.5;
  private static final double AFTER_SECONDS = 7;
  private static final double AFTER_BRIEF_SECONDS = 4;

  /// Of HAProxy only the time of the attack counts.
  private static final double AFTER_PEER_SECONDS = 2;

  private static final double LAST_SECONDS = 2;
  private static final double STEP_SECONDS = .25;
  private static final double FLOOR_PER_SECOND = 20;
  private static final int WARM_THREADS = 8;
  private static final int WARM_EACH = 150;
  private static final int WARM_BRIEF_EACH = 50;
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration SLACK = Duration.ofSeconds(40);
  private static final Duration STOP_MOST = Duration.ofSeconds(12);

  private final AbuseCase each;
  private final Setup setup;
  private final String name;
  private final Path folder;
  private final ReplicaProcesses replicas;
  private final BalancerProcess balancer;
  private volatile long stopNanos;
  private volatile long endNanos;

  private Trial(AbuseCase each, String name, Setup setup) throws IOException, InterruptedException {
    this.each = each;
    this.setup = setup;
    this.name = name;
    folder = Files.createDirectories(setup.work().resolve(each.name + "-" + name));
    replicas = new ReplicaProcesses(each, folder);
    try {
      balancer = new BalancerProcess(name, each, setup, replicas.ports, folder);
    } catch (IOException e) {
      replicas.close();
      throw e;
    }
  }

  static Outcome run(AbuseCase each, String balancer, Setup setup) throws Exception {
    DatagramSocket deaf = each.deafNames ? deafServer() : null;
    try {
      var trial = new Trial(each, balancer, setup);
      try (trial.replicas;
          trial.balancer) {
        return trial.run();
      }
    } finally {
      if (deaf != null) {
        deaf.close();
      }
    }
  }

  private static DatagramSocket deafServer() throws IOException {
    return new DatagramSocket(new InetSocketAddress(BalancerProcess.DEAF_SERVER, 53));
  }

  private Outcome run() throws Exception {
    List<String> args =
        List.of(
            each.name,
            String.valueOf(setup.scale()),
            String.valueOf(seconds()),
            String.valueOf(balancer.port),
            String.valueOf(balancer.admin));
    var watch = new ProcessWatch(balancer.child.pid());
    try (Child attacker =
        Child.speaking(
            "attack", folder.resolve("attack.log"), Setup.java("512m", "Attack", args))) {
      attacker.await("ready", START);
      var client = new NormalClient(balancer.port, each.rate);
      var floor = new NormalClient(replicas.floorPort, FLOOR_PER_SECOND);
      var health = new HealthPoll(balancer.admin);
      client.warmUp(WARM_THREADS, setup.brief() ? WARM_BRIEF_EACH : WARM_EACH);
      ProcessWatch.Held start = held(watch);
      client.start();
      floor.start();
      health.start();
      nap(.5);
      long begin = System.nanoTime();
      nap(BEFORE_SECONDS);
      long attack = System.nanoTime();
      List<String> attacked = attack(attacker);
      long left = System.nanoTime();
      rest(afterSeconds());
      long end = System.nanoTime();
      replicas.check();
      attacker.check();
      boolean alive = balancer.child.isAlive();
      List<HealthPoll.Poll> polls = health.stop();
      List<NormalClient.Sample> floors = floor.stop();
      List<NormalClient.Sample> samples = client.stop();
      keep(samples, attack);
      ProcessWatch.Held held = alive ? held(watch) : ProcessWatch.Held.NOTHING;
      double stopped = stop();
      watch.stop();
      return new Outcome(
          each.name,
          name,
          Window.of(samples, begin, attack),
          Window.of(samples, attack, left),
          Window.of(samples, end - nanos(LAST_SECONDS), end),
          Window.of(floors, attack, end),
          recovery(samples, left, end),
          start,
          watch.peak(),
          held,
          HonestyCheck.of(samples, polls, attack, each.served ? attack : left, end),
          alive || each.ends ? -1 : balancer.child.exit(),
          stopped,
          balancer.child.exit(),
          each.ends ? Window.of(samples, begin, stopNanos).failed() : 0,
          attacked);
    }
  }

  /// Writes the requests of the normal client: when each was due, counted from the begin of the
  /// attack, how long it took, both in milliseconds, and what came of it.
  private void keep(List<NormalClient.Sample> samples, long attack) throws IOException {
    var lines = new StringBuilder();
    for (NormalClient.Sample sample : samples) {
      String what = sample.good() ? String.valueOf(sample.status()) : sample.error();
      double due = (sample.dueNanos() - attack) / 1e6;
      double took = sample.latencyNanos() / 1e6;
      lines.append(String.format(Locale.ROOT, "%.1f\t%.2f\t%s%n", due, took, what));
    }
    Files.writeString(folder.resolve("samples.tsv"), lines);
  }

  private double seconds() {
    return each.seconds * setup.pace();
  }

  private double afterSeconds() {
    return each.ends
        ? 0
        : balancer.isWeir()
            ? setup.brief() ? AFTER_BRIEF_SECONDS : AFTER_SECONDS
            : AFTER_PEER_SECONDS;
  }

  private ProcessWatch.Held held(ProcessWatch watch) throws IOException, InterruptedException {
    return balancer.isWeir() ? watch.afterCollection() : watch.now();
  }

  private List<String> attack(Child attacker) throws Exception {
    var acted =
        CompletableFuture.runAsync(() -> {
          try {
            each.act.run(this);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
    attacker.report("go");
    List<String> said = attacker.await("left", SLACK.plusMillis((long) (seconds() * 1_000)));
    acted.get();
    return said;
  }

  /// Waits, but not for a balancer that is no more.
  private void rest(double seconds) throws InterruptedException {
    balancer.child.awaitEnd(Duration.ofMillis((long) (seconds * 1_000)));
  }

  /// The earliest time from which on all is well to the end, counted from the end of the attack.
  private static double recovery(List<NormalClient.Sample> samples, long left, long end) {
    double found = Double.POSITIVE_INFINITY;
    double most = (end - left) / 1e9 - LAST_SECONDS;
    for (double at = most;
        at >= 0 && Window.of(samples, left + nanos(at), end).good();
        at -= STEP_SECONDS) {
      found = at;
    }
    return found <= STEP_SECONDS ? 0 : found;
  }

  private static long nanos(double seconds) {
    return (long) (seconds * 1e9);
  }

  /// Stops it in good order, and by force if that takes too long. Returns how long it took.
  private double stop() throws IOException, InterruptedException {
    long from = stopNanos;
    if (from == 0) {
      from = System.nanoTime();
      if (balancer.child.isAlive()) {
        balancer.child.signal(balancer.stopSignal());
      }
    }
    balancer.child.awaitEnd(STOP_MOST);
    return endNanos == 0 ? (System.nanoTime() - from) / 1e9 : (endNanos - from) / 1e9;
  }

  private static void nap(double seconds) throws InterruptedException {
    Thread.sleep((long) (seconds * 1_000));
  }

  @Override
  public void pause(double seconds) throws InterruptedException {
    nap(seconds * setup.pace());
  }

  @Override
  public void replica(int number, String command) throws Exception {
    replicas.command(number, command);
  }

  @Override
  public void signal(int number, String signal) throws Exception {
    if (number >= 0) {
      replicas.signal(number, signal);
    } else if (signal.equals("TERM")) {
      stopNanos = System.nanoTime();
      balancer.child.signal(balancer.stopSignal());
      if (balancer.child.awaitEnd(STOP_MOST)) {
        endNanos = System.nanoTime();
      }
    } else {
      balancer.child.signal(signal);
    }
  }
}
