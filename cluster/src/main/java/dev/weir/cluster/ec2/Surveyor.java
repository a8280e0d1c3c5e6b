package dev.weir.cluster.ec2;

import dev.weir.cluster.ec2.Survey.Group;
import dev.weir.cluster.ec2.Survey.KeyPair;
import dev.weir.cluster.ec2.Survey.Machine;
import dev.weir.cluster.record.NodeRecord.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.Tag;

/// Finds what exists of a cluster, by its tags. It only reads.
final class Surveyor {
  private static final List<String> ALIVE =
      List.of("pending", "running", "shutting-down", "stopping", "stopped");

  private final Aws aws;
  private final String cluster;

  Surveyor(Aws aws, String cluster) {
    this.aws = aws;
    this.cluster = cluster;
  }

  /// Everything that has the cluster's tag.
  Survey survey() throws Ec2Exception {
    String account =
        aws.call("sts GetCallerIdentity", () -> aws.sts().getCallerIdentity()).account();
    var strange = new ArrayList<String>();
    List<Group> groups = groups(strange);
    List<KeyPair> keys = keys();
    List<Machine> machines = machines(strange);
    return new Survey(account, groups, keys, machines, volumes(), strange);
  }

  /// The machines that are not terminated.
  List<Machine> machines() throws Ec2Exception {
    return machines(new ArrayList<>());
  }

  private List<Machine> machines(List<String> strange) throws Ec2Exception {
    Filter alive = filter("instance-state-name", ALIVE);
    var machines = new ArrayList<Machine>();
    for (Instance instance :
        aws.call(
            "ec2 DescribeInstances",
            () ->
                aws
                    .ec2()
                    .describeInstancesPaginator(ask -> ask.filters(tagged(), alive))
                    .reservations()
                    .stream()
                    .flatMap(reservation -> reservation.instances().stream())
                    .toList())) {
      machine(instance)
          .ifPresentOrElse(
              machines::add,
              () ->
                  strange.add(
                      "%s has the tag %s, but not those of a machine that Weir made; it is left alone"
                          .formatted(instance.instanceId(), Tags.CLUSTER)));
    }
    return machines;
  }

  private Optional<Machine> machine(Instance instance) {
    Map<String, String> tags = map(instance.tags());
    String role = tags.getOrDefault(Tags.ROLE, "");
    int index = number(tags.get(Tags.INDEX));
    if (index < 1 || !(role.equals("manager") || role.equals("worker"))) {
      return Optional.empty();
    }
    return Optional.of(
        new Machine(
            instance.instanceId(),
            role.equals("manager") ? Role.MANAGER : Role.WORKER,
            index,
            instance.state().nameAsString(),
            instance.instanceTypeAsString(),
            String.valueOf(instance.imageId()),
            String.valueOf(instance.subnetId()),
            Math.max(0, number(tags.get(Tags.DISK))),
            Optional.ofNullable(instance.publicIpAddress()),
            Optional.ofNullable(instance.privateIpAddress())));
  }

  private List<Group> groups(List<String> strange) throws Ec2Exception {
    String name = Planner.resourceName(cluster);
    List<SecurityGroup> named =
        aws.call(
            "ec2 DescribeSecurityGroups",
            () ->
                aws
                    .ec2()
                    .describeSecurityGroupsPaginator(
                        ask -> ask.filters(filter("group-name", List.of(name))))
                    .securityGroups()
                    .stream()
                    .filter(group -> !isOurs(group.tags()))
                    .toList());
    named.forEach(group ->
        strange.add(
            "%s is named %s, but has no tag %s=%s; it is left alone"
                .formatted(group.groupId(), name, Tags.CLUSTER, cluster)));
    return aws
        .call(
            "ec2 DescribeSecurityGroups",
            () ->
                aws
                    .ec2()
                    .describeSecurityGroupsPaginator(ask -> ask.filters(tagged()))
                    .securityGroups()
                    .stream()
                    .toList())
        .stream()
        .map(Surveyor::group)
        .toList();
  }

  private static Group group(SecurityGroup group) {
    return new Group(
        group.groupId(),
        group.groupName(),
        String.valueOf(group.vpcId()),
        Math.max(1, number(map(group.tags()).get(Tags.GENERATION))),
        group.ipPermissions().stream().flatMap(one -> rules(group, one).stream()).toList());
  }

  private static List<Rule> rules(SecurityGroup group, IpPermission one) {
    int from = one.fromPort() == null ? -1 : one.fromPort();
    int to = one.toPort() == null ? -1 : one.toPort();
    var rules = new ArrayList<Rule>();
    one.ipRanges()
        .forEach(range ->
            rules.add(
                new Rule(
                    one.ipProtocol(),
                    from,
                    to,
                    Optional.of(range.cidrIp()),
                    Optional.ofNullable(range.description()).orElse(""))));
    one.userIdGroupPairs().stream()
        .filter(pair -> group.groupId().equals(pair.groupId()))
        .forEach(pair ->
            rules.add(
                new Rule(
                    one.ipProtocol(),
                    from,
                    to,
                    Optional.empty(),
                    Optional.ofNullable(pair.description()).orElse(""))));
    return rules;
  }

  private List<KeyPair> keys() throws Ec2Exception {
    return aws
        .call(
            "ec2 DescribeKeyPairs",
            () -> aws.ec2().describeKeyPairs(ask -> ask.filters(tagged()).includePublicKey(true)))
        .keyPairs()
        .stream()
        .map(key ->
            new KeyPair(
                key.keyPairId(),
                key.keyName(),
                KeyFile.withoutComment(Optional.ofNullable(key.publicKey()).orElse(""))))
        .toList();
  }

  private List<String> volumes() throws Ec2Exception {
    Filter free = filter("status", List.of("available"));
    return aws.call(
        "ec2 DescribeVolumes",
        () ->
            aws
                .ec2()
                .describeVolumesPaginator(ask -> ask.filters(tagged(), free))
                .volumes()
                .stream()
                .map(volume -> volume.volumeId())
                .toList());
  }

  private Filter tagged() {
    return filter("tag:" + Tags.CLUSTER, List.of(cluster));
  }

  private boolean isOurs(List<Tag> tags) {
    return cluster.equals(map(tags).get(Tags.CLUSTER));
  }

  static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static Map<String, String> map(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value, (first, _) -> first));
  }

  private static int number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : -1;
  }
}
