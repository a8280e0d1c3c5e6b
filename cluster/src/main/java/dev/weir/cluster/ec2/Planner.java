package dev.weir.cluster.ec2;

import dev.weir.cluster.ec2.Step.Until;
import dev.weir.cluster.ec2.Survey.Machine;
import dev.weir.cluster.record.NodeRecord.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Turns what is wanted and what exists into a plan. It calls nothing and reads no clock.
final class Planner {
  private final String cluster;
  private final String region;
  private final Survey survey;
  private final List<Step> steps = new ArrayList<>();

  Planner(String cluster, String region, Survey survey) {
    this.cluster = cluster;
    this.region = region;
    this.survey = survey;
  }

  /// The name of a cluster's group and key pair.
  static String resourceName(String cluster) {
    return "weir-" + cluster;
  }

  /// Makes what is missing. Machines that exist stay as they are.
  ///
  /// @param ownKey file of the private key, and its public half if it exists
  Plan up(Ec2Settings wanted, Placement placement, KeyFile ownKey) {
    new SurveyCheck(cluster, survey).beforeUp(wanted, ownKey);
    String group = group(wanted, placement);
    String key = key(ownKey);
    List<Step.Run> runs = missing(wanted, placement, group, key);
    if (survey.group().isEmpty() && !runs.isEmpty()) {
      steps.add(new Step.Await(Until.GROUP_VISIBLE));
    }
    steps.addAll(runs);
    steps.add(new Step.Await(Until.RUNNING));
    steps.add(new Step.Await(Until.HOST_KEYS));
    return plan("up", survey.machines(), runs);
  }

  /// Takes the workers of the highest indices out, until `workers` are left.
  Plan down(int workers) {
    List<Machine> all = survey.of(Role.WORKER);
    List<Machine> leaving =
        all.stream()
            .sorted(Comparator.comparingInt(Machine::index).reversed())
            .limit(all.size() - workers)
            .toList();
    leaving.forEach(machine -> steps.add(new Step.Leave(machine.node(cluster))));
    survey
        .group()
        .ifPresent(group -> steps.add(new Step.NextGeneration(group.id(), group.generation() + 1)));
    terminate(leaving);
    List<Machine> staying = new ArrayList<>(survey.machines());
    staying.removeAll(leaving);
    return plan("scale", staying, List.of());
  }

  /// Removes everything: machines, then what they used.
  Plan remove() {
    terminate(survey.machines());
    survey.groups().forEach(group -> steps.add(new Step.DeleteGroup(group.id(), group.name())));
    survey.keys().forEach(key -> steps.add(new Step.DeleteKey(key.id(), key.name())));
    survey.volumes().forEach(volume -> steps.add(new Step.DeleteVolume(volume)));
    steps.add(new Step.Await(Until.GONE));
    return plan("down", List.of(), List.of());
  }

  private void terminate(List<Machine> machines) {
    List<Machine> alive = machines.stream().filter(machine -> !machine.isGoing()).toList();
    if (!alive.isEmpty()) {
      steps.add(
          new Step.Terminate(
              alive.stream().map(machine -> machine.node(cluster)).toList(),
              alive.stream().map(Machine::id).toList()));
    }
    if (!machines.isEmpty()) {
      steps.add(new Step.Await(Until.TERMINATED));
    }
  }

  private String group(Ec2Settings wanted, Placement placement) {
    Optional<Survey.Group> known = survey.group();
    if (known.isEmpty()) {
      steps.add(new Step.CreateGroup(cluster, resourceName(cluster), placement.vpc()));
    }
    String id = known.map(Survey.Group::id).orElse(Step.NEW_GROUP);
    List<Rule> present = known.map(Survey.Group::rules).orElse(List.of());
    Rule.ofCluster(wanted.operator()).stream()
        .filter(rule -> present.stream().noneMatch(rule::isSame))
        .forEach(rule -> steps.add(new Step.Allow(id, rule)));
    wanted
        .operator()
        .map(Rule::operator)
        .ifPresent(current ->
            present.stream()
                .filter(rule -> rule.purpose().equals(Rule.OPERATOR) && !rule.isSame(current))
                .forEach(rule -> steps.add(new Step.Revoke(id, rule))));
    return id;
  }

  private String key(KeyFile own) {
    String name = resourceName(cluster);
    if (survey.key().isEmpty()) {
      Optional<String> known = own.publicKey();
      if (known.isEmpty()) {
        steps.add(new Step.MakeKey(own.file()));
      }
      steps.add(new Step.ImportKey(cluster, name, known.orElse(Step.NEW_PUBLIC_KEY)));
    }
    return survey.key().map(Survey.KeyPair::name).orElse(name);
  }

  private List<Step.Run> missing(
      Ec2Settings wanted, Placement placement, String group, String key) {
    return Stream.concat(
            missing(Role.MANAGER, wanted.managers()), missing(Role.WORKER, wanted.workers()))
        .map(node -> run(node, wanted, placement, group, key))
        .toList();
  }

  /// The lowest indices that no machine has.
  private Stream<Node> missing(Role role, int count) {
    List<Integer> taken = survey.of(role).stream().map(Machine::index).toList();
    return Stream.iterate(1, index -> index + 1)
        .filter(index -> !taken.contains(index))
        .limit(Math.max(0, count - taken.size()))
        .map(index -> new Node(role, index));
  }

  private Step.Run run(
      Node node, Ec2Settings wanted, Placement placement, String group, String key) {
    return new Step.Run(
        cluster,
        node.role,
        node.index,
        survey.group().map(Survey.Group::generation).orElse(1),
        group,
        key,
        wanted.type(),
        wanted.diskGigabytes(),
        placement.subnet().id(),
        placement.image(),
        placement.rootDevice());
  }

  private Plan plan(String verb, List<Machine> staying, List<Step.Run> starting) {
    List<String> types =
        Stream.concat(staying.stream().map(Machine::type), starting.stream().map(Step.Run::type))
            .toList();
    int disk =
        staying.stream().mapToInt(Machine::diskGigabytes).sum()
            + starting.stream().mapToInt(Step.Run::diskGigabytes).sum();
    return new Plan(
        verb + " " + cluster,
        cluster,
        region,
        survey.account(),
        verb.equals("down") ? List.of() : SurveyText.lines(cluster, survey),
        steps,
        types,
        disk);
  }

  /// A machine that is to be.
  private record Node(Role role, int index) {}
}
