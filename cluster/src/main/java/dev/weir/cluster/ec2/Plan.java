package dev.weir.cluster.ec2;

import dev.weir.cluster.record.NodeRecord.Role;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a command is going to do on EC2, in order, and what it costs afterwards. Data only:
/// [Executor] carries out exactly this.
///
/// @param title what the plan is for: `up demo`
/// @param exists what is there already and stays, one line each
/// @param running instance types of all machines once the plan is done
/// @param diskGigabytes size of all their volumes together
public record Plan(
    String title,
    String cluster,
    String region,
    String account,
    List<String> exists,
    List<Step> steps,
    List<String> running,
    int diskGigabytes) {
  public Plan {
    exists = List.copyOf(exists);
    steps = List.copyOf(steps);
    running = List.copyOf(running);
  }

  /// Whether it makes no call that changes something.
  public boolean changesNothing() {
    return calls().findAny().isEmpty();
  }

  /// Whether it ends machines or removes something.
  public boolean destroys() {
    return steps.stream().anyMatch(step -> step instanceof Step.Terminate)
        || steps.stream().anyMatch(step -> step instanceof Step.DeleteGroup);
  }

  /// How many machines it starts.
  public int starts() {
    return (int) steps.stream().filter(step -> step instanceof Step.Run).count();
  }

  /// The calls that change something.
  Stream<Step.Call> calls() {
    return steps.stream().filter(step -> step instanceof Step.Call).map(step -> (Step.Call) step);
  }

  /// How many machines of a role it starts.
  long starts(Role role) {
    return steps.stream()
        .filter(step -> step instanceof Step.Run run && run.role() == role)
        .count();
  }

  /// The first group that it makes.
  Optional<Step.CreateGroup> newGroup() {
    return steps.stream()
        .filter(step -> step instanceof Step.CreateGroup)
        .map(step -> (Step.CreateGroup) step)
        .findFirst();
  }
}
