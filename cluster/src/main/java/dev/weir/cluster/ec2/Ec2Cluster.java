package dev.weir.cluster.ec2;

import dev.weir.cluster.doctor.fact.OpenPort;
import dev.weir.cluster.ec2.Survey.Machine;
import dev.weir.cluster.record.NodeRecord;
import dev.weir.cluster.record.NodeRecord.Role;
import dev.weir.ssh.SshAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// One cluster's machines on EC2: plans changes, carries them out, and finds what exists. The tags
/// on EC2 are its only memory; this machine keeps the private key and the pinned host keys.
public final class Ec2Cluster implements AutoCloseable {
  private final String cluster;
  private final Aws aws;
  private final Timing timing;
  private final Stop stop;
  private final KeyFile key;
  private final PinnedKeys pinned;
  private final Path knownHosts;
  private Optional<Placement> placement = Optional.empty();

  Ec2Cluster(String cluster, Aws aws, Timing timing, Stop stop, Path folder, Path knownHosts) {
    this.cluster = cluster;
    this.aws = aws;
    this.timing = timing;
    this.stop = stop;
    this.key = new KeyFile(folder);
    this.pinned = new PinnedKeys(knownHosts);
    this.knownHosts = knownHosts;
  }

  /// Where a cluster is, and where this machine keeps what belongs to it.
  ///
  /// @param region empty for that of the environment or the profile
  /// @param endpoint an address instead of AWS's own, for stand-ins
  /// @param folder holds the private key
  /// @param knownHosts file of the pinned host keys
  public record Access(
      Optional<String> region, Optional<URI> endpoint, Path folder, Path knownHosts) {}

  /// Connects to AWS; nothing is asked yet.
  ///
  /// @param random spreads repeated calls
  /// @param stop ends what runs, between two calls
  /// @throws dev.weir.base.UserError if no region is known
  public static Ec2Cluster open(String cluster, Access access, RandomGenerator random, Stop stop) {
    Timing timing = Timing.real(random);
    var aws = new Aws(Aws.region(access.region()), access.endpoint(), new Retry(timing, stop));
    return new Ec2Cluster(cluster, aws, timing, stop, access.folder(), access.knownHosts());
  }

  /// The region's name.
  public String region() {
    return aws.regionName();
  }

  /// The file of the private key.
  public Path keyFile() {
    return key.file();
  }

  /// What exists.
  public Survey survey() throws Ec2Exception {
    return new Surveyor(aws, cluster).survey();
  }

  /// A plan to make what is missing.
  ///
  /// @param settings says what is wanted, seeing what exists
  /// @throws dev.weir.base.UserError if the settings do not fit what exists
  public Plan planUp(Function<Survey, Ec2Settings> settings) throws Ec2Exception {
    Survey survey = survey();
    Ec2Settings wanted = settings.apply(survey);
    Placement place = new Placer(aws).place(wanted, survey.group());
    placement = Optional.of(place);
    return new Planner(cluster, region(), survey).up(wanted, place, key);
  }

  /// A plan to have another number of workers, of the same kind as those that exist.
  public Plan planScale(int workers) throws Ec2Exception {
    Survey survey = survey();
    List<Machine> managers = survey.of(Role.MANAGER);
    if (managers.isEmpty()) {
      throw new Ec2Exception(
          "%s: no cluster of this name has a manager in %s (expected: one; weir cluster up makes it)"
              .formatted(cluster, region()));
    }
    List<Machine> present = survey.of(Role.WORKER);
    Machine like = present.isEmpty() ? managers.getFirst() : present.getLast();
    var wanted =
        new Ec2Settings(
            cluster,
            managers.size(),
            workers,
            like.type(),
            like.diskGigabytes(),
            Optional.of(like.image()),
            Optional.empty(),
            Optional.of(like.subnet()),
            Optional.empty());
    if (workers < present.size()) {
      return new Planner(cluster, region(), survey).down(workers);
    }
    Placement place = new Placer(aws).place(wanted, survey.group());
    placement = Optional.of(place);
    return new Planner(cluster, region(), survey).up(wanted, place, key);
  }

  /// A plan to remove everything.
  public Plan planDown() throws Ec2Exception {
    return new Planner(cluster, region(), survey()).remove();
  }

  /// Carries out a plan.
  ///
  /// @param leaving takes nodes out of the swarm before their machines end
  public void execute(Plan plan, Leaving leaving, Watcher watcher) throws Ec2Exception {
    var waits = new Waits(aws, cluster, timing, stop, watcher, pinned);
    var capacity = new Capacity(placement.map(Placement::others).orElse(List.of()));
    new Executor(aws, plan, key, waits, capacity, leaving, watcher).run();
  }

  /// The machines as nodes: managers first, each with its pinned host keys.
  ///
  /// @param user who logs in, such as ec2-user
  public List<NodeRecord> nodes(String user) throws Ec2Exception {
    var nodes = new ArrayList<NodeRecord>();
    for (Machine machine : survey().machines()) {
      if (!machine.isGoing()) {
        String address = Waits.address(machine);
        nodes.add(
            new NodeRecord(
                machine.node(cluster),
                machine.role(),
                new SshAddress(Optional.of(user), address, OptionalInt.empty()),
                machine.privateAddress().orElse(address),
                Optional.empty()));
      }
    }
    return nodes;
  }

  /// What the security groups of its machines let in from addresses, groups of others included.
  public List<OpenPort> openPorts() throws Ec2Exception {
    return new GroupRules(aws, cluster).open();
  }

  /// Waits until each machine lets SSH in.
  ///
  /// @throws Ec2Exception after five minutes, with what may be in the way
  public void reach(List<NodeRecord> nodes, Watcher watcher) throws Ec2Exception {
    new Reach(key.file(), knownHosts, timing, stop, watcher).await(nodes);
  }

  /// What exists, what it costs and how to remove it, for the end of a command that failed.
  public List<String> leftovers(Prices prices) throws Ec2Exception {
    Survey left = survey();
    if (left.isEmpty()) {
      return List.of("nothing of %s exists in %s".formatted(cluster, region()));
    }
    var lines = new ArrayList<String>();
    lines.add("what exists of %s in %s:".formatted(cluster, region()));
    SurveyText.lines(cluster, left).forEach(line -> lines.add("  " + line));
    lines.add(
        "its cost: "
            + prices.text(
                left.machines().stream().map(Machine::type).toList(),
                left.machines().stream().mapToInt(Machine::diskGigabytes).sum()));
    lines.add("to go on: run the command again");
    lines.add(
        "to remove it: weir cluster down --provider ec2 --name %s --region %s"
            .formatted(cluster, region()));
    return lines;
  }

  @Override
  public void close() {
    aws.close();
  }
}
