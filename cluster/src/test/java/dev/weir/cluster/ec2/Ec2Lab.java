package dev.weir.cluster.ec2;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.testing.RealTime;
import dev.weir.testing.aws.AwsProxy;
import dev.weir.testing.aws.Ec2Manners;
import dev.weir.testing.aws.MotoServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.regions.Region;

/// An empty account behind a proxy, and a user with short patience.
final class Ec2Lab implements AutoCloseable {
  static final String CLUSTER = "demo";
  static final String REGION = "us-east-1";
  static final String SECRET = "wJalrXUtnFEMIweirTESTonly";

  /// Chance that is always in the middle.
  private static final RandomGenerator HALF = () -> 1L << 62;

  private static final Duration SHORT = Duration.ofMillis(2);

  private final List<String> left = new ArrayList<>();
  private final Ec2Manners manners;
  private final AwsProxy proxy;
  private final Path home;

  Ec2Lab(Path home) throws Exception {
    this(home, List.of());
  }

  Ec2Lab(Path home, List<Ec2Manners.Bare> bare) throws Exception {
    assumeTrue(MotoServer.isPossible(), MotoServer.MISSING);
    this.home = home;
    this.manners = new Ec2Manners(bare);
    this.proxy = new AwsProxy(MotoServer.empty().address(), manners);
  }

  AwsProxy proxy() {
    return proxy;
  }

  Ec2Manners manners() {
    return manners;
  }

  /// The nodes that left the swarm, in order.
  List<String> left() {
    return left;
  }

  static Ec2Settings settings(int managers, int workers) {
    return new Ec2Settings(
        CLUSTER,
        managers,
        workers,
        "t3.small",
        20,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of("203.0.113.7"));
  }

  Plan up(int managers, int workers) throws Ec2Exception {
    return done(cluster -> cluster.planUp(_ -> settings(managers, workers)));
  }

  Plan scale(int workers) throws Ec2Exception {
    return done(cluster -> cluster.planScale(workers));
  }

  Plan down() throws Ec2Exception {
    return done(Ec2Cluster::planDown);
  }

  Survey survey() throws Ec2Exception {
    try (Ec2Cluster cluster = open(proxy.address(), home)) {
      return cluster.survey();
    }
  }

  /// Plans and carries out.
  Plan done(Planning planning) throws Ec2Exception {
    try (Ec2Cluster cluster = open(proxy.address(), home)) {
      Plan plan = planning.plan(cluster);
      cluster.execute(plan, left::add, new Silent());
      return plan;
    }
  }

  /// Plans only.
  Plan planned(Planning planning) throws Ec2Exception {
    try (Ec2Cluster cluster = open(proxy.address(), home)) {
      return planning.plan(cluster);
    }
  }

  static Ec2Cluster open(URI endpoint, Path home) {
    System.setProperty("aws.accessKeyId", "AKIATEST");
    System.setProperty("aws.secretAccessKey", SECRET);
    var stop = new Stop();
    Timing timing = hasty();
    var aws = new Aws(Region.of(REGION), Optional.of(endpoint), new Retry(timing, stop));
    return new Ec2Cluster(CLUSTER, aws, timing, stop, home, home.resolve("known_hosts"));
  }

  private static Timing hasty() {
    return new Timing(
        System::nanoTime,
        _ -> RealTime.pass(SHORT),
        HALF,
        SHORT,
        Duration.ofSeconds(20),
        Duration.ofSeconds(20),
        Duration.ofSeconds(20));
  }

  static Prices prices() {
    return new Prices(OptionalDouble.empty());
  }

  @Override
  public void close() throws IOException {
    proxy.close();
  }

  /// Makes a plan.
  @FunctionalInterface
  interface Planning {
    Plan plan(Ec2Cluster cluster) throws Ec2Exception;
  }

  /// Shows nothing.
  static final class Silent implements Watcher {
    @Override
    public void step(int number, int of, String title) {}

    @Override
    public void waiting(String what) {}

    @Override
    public void note(String text) {}
  }
}
