package dev.weir.report;

import dev.weir.run.Certificate;
import dev.weir.run.ContainerSample;
import dev.weir.run.RequestRecord;
import dev.weir.run.RunEvent;
import dev.weir.run.RunInfo;
import dev.weir.run.RunRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Makes up a run that looks like one: Poisson arrivals at replicas that work off one request at a
/// time, the last of them three times slower, and a sample of each container per second.
final class SyntheticRun {
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final String policy;
  private final double perSecond;
  private final int count;
  private final int replicas;
  private final RandomGenerator random;
  private final long[] freeAtNanos;
  private final double[] busyNanos;

  private SyntheticRun(String policy, double perSecond, int count, int replicas) {
    this.policy = policy;
    this.perSecond = perSecond;
    this.count = count;
    this.replicas = replicas;
    random = new SplittableRandom(20_261_122);
    freeAtNanos = new long[replicas];
    busyNanos = new double[replicas];
  }

  static RunRecord of(String policy, double perSecond, int count, int replicas) {
    return new SyntheticRun(policy, perSecond, count, replicas).build();
  }

  /// 40 s at 20/s at three replicas.
  static RunRecord usual(String policy) {
    return of(policy, 20, 800, 3);
  }

  static RunRecord cutOff(RunRecord run) {
    return new RunRecord(
        run.info(),
        run.requests().subList(0, run.requests().size() / 2),
        run.samples(),
        run.events().subList(0, 1),
        Optional.empty());
  }

  private RunRecord build() {
    var requests = new ArrayList<RequestRecord>();
    double due = 0;
    for (int i = 0; i < count; i++) {
      due += -Math.log(1 - random.nextDouble()) / perSecond * 1e9;
      requests.add(request(i, (long) due));
    }
    return new RunRecord(
        new RunInfo(
            "demo-" + policy,
            policy,
            START,
            "weir demo --policy %s --rate %s --count %d --seed 7"
                .formatted(policy, perSecond, count),
            7,
            facts()),
        requests,
        samples(due / 1e9),
        events(due / 1e9),
        Optional.of(certificate()));
  }

  private RequestRecord request(int number, long due) {
    int replica = policy.equals("weir") ? soonest(due) : number % replicas;
    double mean = (replica == replicas - 1 ? 120e6 : 40e6) * 20 / perSecond;
    long work = (long) (mean * (.5 - .5 * Math.log(1 - random.nextDouble())));
    long sent = due + (long) (random.nextDouble() * 200_000);
    long responded = Math.max(sent, freeAtNanos[replica]) + work;
    freeAtNanos[replica] = responded;
    busyNanos[replica] += work;
    boolean fails = number % 211 == 210;
    return new RequestRecord(
        number, due, sent, responded, fails ? 503 : 200, 40, "primecheck." + (replica + 1), "");
  }

  private int soonest(long due) {
    int best = 0;
    for (int i = 1; i < replicas; i++) {
      double own = Math.max(due, freeAtNanos[i]) + (i == replicas - 1 ? 120e6 : 40e6);
      best = own < Math.max(due, freeAtNanos[best]) + 40e6 ? i : best;
    }
    return best;
  }

  private Map<String, List<ContainerSample>> samples(double seconds) {
    var samples = new TreeMap<String, List<ContainerSample>>();
    for (int replica = 0; replica < replicas; replica++) {
      var of = new ArrayList<ContainerSample>();
      double cpu = 0;
      String name = "primecheck." + (replica + 1);
      double cores = busyNanos[replica] / 1e9 / seconds;
      for (int at = -3; at < seconds + 3; at++) {
        boolean loaded = at >= 0 && at < seconds;
        cpu += 1e9 * (loaded ? Math.min(1, cores * (.7 + .6 * random.nextDouble())) : .01);
        if (replica == 1 && at > 14 && at < 20) {
          continue;
        }
        long memory =
            (long) (9e7 + replica * 1e7 + 4e5 * Math.min(at + 3, 40) + 2e6 * random.nextDouble());
        Instant instant = START.plus(Duration.ofMillis(at * 1000L + random.nextInt(40)));
        of.add(new ContainerSample(name, "node-1", instant, (long) cpu, 0, 0, memory, memory));
      }
      samples.put(name, of);
    }
    return samples;
  }

  private static List<RunEvent> events(double seconds) {
    return List.of(
        new RunEvent(START, "load-started", "", "the load begins"),
        new RunEvent(
            START.plusSeconds(15), "sample-gap", "primecheck.2", "no sample for 5 s <b>&\"'"),
        new RunEvent(
            START.plusMillis((long) (seconds * 1000)),
            "load-ended",
            "",
            "the last request was sent"));
  }

  private Map<String, String> facts() {
    var facts = new LinkedHashMap<String, String>();
    facts.put("policy", policy);
    facts.put("replicas", Integer.toString(replicas));
    facts.put("law", "poisson");
    facts.put("weir", "0.1.0");
    facts.put("java", "25.0.3");
    facts.put("machine", "2 cores, 16 GB, Linux 6.1");
    return facts;
  }

  private Certificate certificate() {
    boolean valid = policy.equals("weir");
    return new Certificate(
        valid ? Certificate.Verdict.VALID : Certificate.Verdict.DEGRADED,
        valid ? List.of() : List.of("lag p99 8.1 ms is above 5 ms"),
        "poisson(lambda=%s)".formatted(perSecond),
        count,
        count,
        perSecond,
        perSecond * 1.002,
        1 / perSecond,
        1.01 / perSecond,
        1.01,
        .95,
        1.07,
        .021,
        -.013,
        1.0,
        .98,
        Double.NaN,
        18_000,
        71_000,
        1_400_000);
  }
}
