import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Kills and silences replicas at random, one at a time, and keeps a list of it.
final class SoakFaults {
  private static final double KILL_SHARE = .7;
  private static final int OUTAGE_MILLIS_MAX = 3_000;
  private static final int CALM_MILLIS_MAX = 8_000;

  private final Child replicas;
  private final List<Integer> ports;
  private final SplittableRandom random;
  private final List<SoakJudge.Outage> outages = new ArrayList<>();
  private volatile boolean stopped;
  private Thread thread;

  SoakFaults(Child replicas, List<Integer> ports, long seed) {
    this.replicas = replicas;
    this.ports = ports;
    random = new SplittableRandom(seed);
  }

  void start() {
    thread = Thread.ofPlatform().daemon().name("faults").start(this::run);
  }

  private void run() {
    try {
      while (!stopped) {
        Thread.sleep(random.nextInt(500, CALM_MILLIS_MAX));
        int number = random.nextInt(ports.size());
        boolean kills = random.nextDouble() < KILL_SHARE;
        long from = System.currentTimeMillis();
        report(kills ? "kill " + number : "fault " + number + " silent");
        Thread.sleep(random.nextInt(100, OUTAGE_MILLIS_MAX));
        report(kills ? "open " + number : "fault " + number + " none");
        synchronized (outages) {
          outages.add(new SoakJudge.Outage(ports.get(number), from, System.currentTimeMillis()));
        }
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("bench/soak: the replicas take no more orders: " + e.getMessage());
    }
  }

  private void report(String command) throws IOException, InterruptedException {
    replicas.report(command);
    replicas.await("ok", java.time.Duration.ofSeconds(5));
  }

  List<SoakJudge.Outage> stop() throws InterruptedException {
    stopped = true;
    thread.join();
    synchronized (outages) {
      return List.copyOf(outages);
    }
  }
}
