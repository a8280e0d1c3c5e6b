package dev.weir.cluster.ec2;

import dev.weir.cluster.ec2.Survey.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;

/// Waits until EC2 shows what was asked for: each wait has a limit, and says what it waits for.
final class Waits {
  private final Aws aws;
  private final String cluster;
  private final Timing timing;
  private final Stop stop;
  private final Watcher watcher;
  private final PinnedKeys pinned;

  Waits(Aws aws, String cluster, Timing timing, Stop stop, Watcher watcher, PinnedKeys pinned) {
    this.aws = aws;
    this.cluster = cluster;
    this.timing = timing;
    this.stop = stop;
    this.watcher = watcher;
    this.pinned = pinned;
  }

  /// Looks again and again, until there is a value.
  ///
  /// @param what what is waited for, for the message when time is up
  <T> T until(String what, Look<T> look) throws Ec2Exception {
    return until(what, timing.changeMax(), look);
  }

  private <T> T until(String what, Duration limit, Look<T> look) throws Ec2Exception {
    long endNanos = timing.nanos().getAsLong() + limit.toNanos();
    while (true) {
      stop.check();
      Optional<T> seen = look.look();
      if (seen.isPresent()) {
        return seen.get();
      }
      if (timing.nanos().getAsLong() >= endNanos) {
        throw new Ec2Exception(
            "%s: not there after %d min (run the command again, it goes on where it stopped)"
                .formatted(what, limit.toMinutes()));
      }
      watcher.waiting(what);
      timing.pauses().pass(timing.poll());
    }
  }

  /// A new group may be unknown to other parts of EC2 for seconds.
  void groupVisible(String id) throws Ec2Exception {
    until("the security group " + id, () -> shown(id));
  }

  private Optional<String> shown(String id) throws Ec2Exception {
    try {
      return aws
          .tried(() -> aws.ec2().describeSecurityGroups(ask -> ask.groupIds(id)))
          .securityGroups()
          .stream()
          .map(found -> found.groupId())
          .findFirst();
    } catch (SdkException e) {
      if (AwsProblem.of(e) == AwsProblem.NOT_YET) {
        return Optional.empty();
      }
      throw AwsErrors.of("ec2 DescribeSecurityGroups", e);
    }
  }

  /// Waits for all machines of the cluster that are not about to end.
  ///
  /// @param started ids of machines that were started a moment ago, which may not be visible
  void running(List<String> started) throws Ec2Exception {
    until("machines that run", () -> allRunning(started));
  }

  private Optional<List<Machine>> allRunning(List<String> started) throws Ec2Exception {
    List<Machine> all = new Surveyor(aws, cluster).machines();
    for (Machine machine : all) {
      if (machine.isGoing() && started.contains(machine.id())) {
        throw new Ec2Exception(
            "%s: %s ends right after its start: %s"
                .formatted(machine.node(cluster), machine.id(), reason(machine.id())));
      }
    }
    Set<String> running =
        all.stream()
            .filter(machine -> machine.state().equals("running"))
            .filter(machine -> machine.privateAddress().isPresent())
            .map(Machine::id)
            .collect(Collectors.toSet());
    boolean done =
        running.containsAll(started)
            && all.stream().allMatch(one -> one.isGoing() || running.contains(one.id()));
    return done ? Optional.of(all) : Optional.empty();
  }

  private String reason(String id) throws Ec2Exception {
    return aws
        .call(
            "ec2 DescribeInstances", () -> aws.ec2().describeInstances(ask -> ask.instanceIds(id)))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(instance -> instance.stateReason() == null ? "" : instance.stateReason().message())
        .findFirst()
        .orElse("no reason given");
  }

  /// Reads the host keys that are not pinned yet. A machine prints its keys on its console at its
  /// first start; no network can change what EC2 shows of it.
  void hostKeys() throws Ec2Exception {
    for (Machine machine : new Surveyor(aws, cluster).machines()) {
      String address = address(machine);
      if (!machine.isGoing() && !pinned.has(machine.id(), address)) {
        List<String> keys =
            until(
                "host keys on the console of " + machine.node(cluster),
                timing.consoleMax(),
                () -> new ConsoleKeys(aws).of(machine.id()));
        pinned.pin(machine.id(), address, keys);
      }
    }
  }

  /// Where SSH reaches a machine: at its public address, or else at its private one.
  static String address(Machine machine) throws Ec2Exception {
    return machine
        .publicAddress()
        .or(machine::privateAddress)
        .orElseThrow(() -> new Ec2Exception(machine.id() + ": has no address yet"));
  }

  /// @param ids the machines; if empty, all of the cluster
  void terminated(List<String> ids) throws Ec2Exception {
    until(
        "machines that end",
        () -> {
          Set<String> left =
              new Surveyor(aws, cluster)
                  .machines().stream()
                      .map(Machine::id)
                      .collect(Collectors.toCollection(HashSet::new));
          if (!ids.isEmpty()) {
            left.retainAll(ids);
          }
          return left.isEmpty() ? Optional.of(true) : Optional.empty();
        });
  }

  /// Waits until nothing has the cluster's tag any more.
  void gone() throws Ec2Exception {
    var left = new ArrayList<String>();
    try {
      until(
          "the last of " + cluster + " to be gone",
          () -> {
            Survey survey = new Surveyor(aws, cluster).survey();
            left.clear();
            left.addAll(SurveyText.lines(cluster, survey));
            return survey.isEmpty() ? Optional.of(true) : Optional.empty();
          });
    } catch (Ec2Exception e) {
      throw left.isEmpty()
          ? e
          : new Ec2Exception("%s; left: %s".formatted(e.getMessage(), String.join(", ", left)), e);
    }
  }

  /// One look at EC2.
  @FunctionalInterface
  interface Look<T> {
    /// What was waited for, once it is there.
    Optional<T> look() throws Ec2Exception;
  }
}
