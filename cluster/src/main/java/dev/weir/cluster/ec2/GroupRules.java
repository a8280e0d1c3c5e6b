package dev.weir.cluster.ec2;

import dev.weir.cluster.doctor.fact.OpenPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.GroupIdentifier;
import software.amazon.awssdk.services.ec2.model.IpPermission;
import software.amazon.awssdk.services.ec2.model.IpRange;
import software.amazon.awssdk.services.ec2.model.Ipv6Range;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/// What all security groups of a cluster's machines let in: Weir's own, and those that others put
/// there.
final class GroupRules {
  private static final String EVERYTHING = "-1";
  private static final int PORT_MAX = 65_535;

  private final Aws aws;
  private final Filter tagged;

  /// @param cluster the value of the tag that its machines have
  GroupRules(Aws aws, String cluster) {
    this.aws = aws;
    this.tagged = Surveyor.filter("tag:" + Tags.CLUSTER, List.of(cluster));
  }

  List<OpenPort> open() throws Ec2Exception {
    Set<String> groups = groups();
    if (groups.isEmpty()) {
      return List.of();
    }
    var open = new ArrayList<OpenPort>();
    for (SecurityGroup group :
        aws.call(
            "ec2 DescribeSecurityGroups",
            () ->
                aws
                    .ec2()
                    .describeSecurityGroupsPaginator(ask -> ask.groupIds(groups))
                    .securityGroups()
                    .stream()
                    .toList())) {
      String rule = "security group %s (%s)".formatted(group.groupId(), group.groupName());
      group.ipPermissions().forEach(one -> open.addAll(open(rule, one)));
    }
    return open;
  }

  private Set<String> groups() throws Ec2Exception {
    return aws.call(
        "ec2 DescribeInstances",
        () -> {
          var ids = new TreeSet<String>();
          aws.ec2().describeInstancesPaginator(ask -> ask.filters(tagged)).reservations().stream()
              .flatMap(reservation -> reservation.instances().stream())
              .flatMap(instance -> instance.securityGroups().stream())
              .map(GroupIdentifier::groupId)
              .forEach(ids::add);
          return ids;
        });
  }

  private static List<OpenPort> open(String rule, IpPermission one) {
    boolean isEverything = one.ipProtocol().equals(EVERYTHING);
    String protocol = isEverything ? "all" : one.ipProtocol();
    int from = isEverything || one.fromPort() == null ? 0 : one.fromPort();
    int to = isEverything || one.toPort() == null ? PORT_MAX : one.toPort();
    return Stream.concat(
            one.ipRanges().stream().map(IpRange::cidrIp),
            one.ipv6Ranges().stream().map(Ipv6Range::cidrIpv6))
        .map(source -> new OpenPort(rule, protocol, from, to, source))
        .toList();
  }
}
